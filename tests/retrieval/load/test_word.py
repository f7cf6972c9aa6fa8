import io
import zipfile

import pytest
from docx import Document

from retrieval.errors import LoadError
from retrieval.load.limits import LoadLimits
from retrieval.load.word import read_word


def _document(style: str = "Title") -> bytes:
    document = Document()
    document.add_paragraph("灯台の百年", style=style)
    document.add_paragraph("岬の灯台が務めを終えた。")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "1925"
    table.rows[0].cells[1].text = "点灯"
    document.add_paragraph("町の人は別れを惜しんだ。")
    document.core_properties.title = "Template 7"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_paragraphs_and_tables_in_order():
    material = read_word(_document(), "a.docx", LoadLimits())
    assert material.title == "灯台の百年"
    assert material.text.split("\n") == [
        "灯台の百年",
        "岬の灯台が務めを終えた。",
        "1925\t点灯",
        "町の人は別れを惜しんだ。",
    ]
    assert (material.date, material.author) == (None, None)


def test_a_title_property_that_is_not_shown_is_ignored():
    assert read_word(_document("Normal"), "a.docx", LoadLimits()).title is None


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(2_000_000))
    with pytest.raises(LoadError) as caught:
        read_word(out.getvalue(), "a.docx", LoadLimits(max_bytes=100_000))
    assert caught.value.key == "load.too_large"


@pytest.mark.parametrize("data", [b"no zip", _document()[:500]])
def test_damaged(data):
    with pytest.raises(LoadError) as caught:
        read_word(data, "a.docx", LoadLimits())
    assert caught.value.key == "load.damaged_word"
