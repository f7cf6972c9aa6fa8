import pytest

from retrieval.errors import LoadError
from retrieval.load.pdf import paragraphs, read_pdf
from tests.retrieval.load.makers import encrypted_pdf, pdf

PAGE = """灯台の百年

岬の灯台が百年の務めを終え、町の人々が海辺
に集まって最後の明かりを見送る催しが開かれ
た。
灯台守は「霧の夜は今も汽笛で知らせる」と話
1"""
NEXT = "し、涙を見せた。\n2"


def test_broken_lines_become_paragraphs_over_page_ends():
    material = read_pdf(pdf(PAGE, NEXT), "a.pdf")
    lines = [line for line in material.text.split("\n") if line]
    assert lines == [
        "灯台の百年",
        "岬の灯台が百年の務めを終え、町の人々が海辺に集まって最後の明かりを見送る催しが開かれた。",
        "灯台守は「霧の夜は今も汽笛で知らせる」と話し、涙を見せた。",
    ]
    assert material.date is None


def test_english_lines_join_with_a_space_and_hyphens_close():
    lines = "The old light-\nhouse on the cape went dark\non Monday."
    assert list(paragraphs([lines])) == ["The old lighthouse on the cape went dark on Monday."]


def test_a_title_property_counts_only_if_it_is_shown():
    assert read_pdf(pdf(PAGE, title="灯台の百年"), "a").title == "灯台の百年"
    assert read_pdf(pdf(PAGE, title="Microsoft Word - x.docx"), "a").title is None


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (encrypted_pdf(pdf(PAGE), "geheim"), "load.encrypted_pdf"),
        (pdf(""), "load.image_pdf"),
        (b"%PDF-1.7\nnothing more", "load.damaged_pdf"),
        (pdf(PAGE)[:300], "load.damaged_pdf"),
    ],
    ids=["encrypted", "images", "empty", "cut off"],
)
def test_what_cannot_be_read_is_told(data, key):
    with pytest.raises(LoadError) as caught:
        read_pdf(data, "a.pdf")
    assert caught.value.key == key


def test_a_pdf_with_an_empty_user_password_is_read():
    assert "灯台" in read_pdf(encrypted_pdf(pdf(PAGE), ""), "a.pdf").text
