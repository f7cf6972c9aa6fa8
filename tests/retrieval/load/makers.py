"""Small real documents, made on the spot."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter

# Maps every two-byte code to the character of the same number.
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Plain def 1 begincodespacerange <0000> <FFFF> endcodespacerange
%d beginbfchar
%s
endbfchar endcmap end end"""


def pdf(*pages: str, title: str | None = None) -> bytes:
    """A PDF with a text layer, one page for each text, its lines as they stand."""
    characters = sorted(set("".join(pages)) - {"\n"})
    pairs = b"\n".join(b"<%04X> <%04X>" % (ord(c), ord(c)) for c in characters)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(_TO_UNICODE % (len(characters), pairs)),
    ]
    kids = []
    for text in pages:
        lines = [
            b"1 0 0 1 40 %d Tm <%s> Tj" % (800 - 16 * i, line.encode("utf-16-be").hex().encode())
            for i, line in enumerate(text.split("\n"))
            if line
        ]
        content = b"BT /F1 12 Tf\n" + b"\n".join(lines) + b"\nET" if lines else b""
        objects.append(_stream(content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    body, offsets = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    made = body + tail % (len(objects) + 1, body.index(b"xref\n0"))
    return _with_title(made, title) if title else made


def encrypted_pdf(data: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, algorithm="RC4-128")
    return _written(writer)


def _with_title(data: bytes, title: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.add_metadata({"/Title": title})
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)
