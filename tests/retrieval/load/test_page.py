import pytest

from retrieval.errors import LoadError
from retrieval.load.assemble import assemble
from retrieval.load.page import read_page

# Its own import fails where lxml_html_clean is missing: an ImportError, not a missing module.
pytest.importorskip("trafilatura", exc_type=ImportError)

PAGE = """<!doctype html><html lang="ja"><head><meta charset="{charset}">
<title>灯台が百年の務めを終える - 港新聞</title>
<meta property="og:title" content="灯台が百年の務めを終える"><meta name="author" content="山本一郎">
<meta property="article:published_time" content="2025-09-27T10:00:00+09:00">
<script>var menu = "隠れた文字";</script></head>
<body><nav><a href="/">ホーム</a><a href="/w">天気</a></nav>
<article><h1>灯台が百年の務めを終える</h1>
<p>岬の灯台が<b>27日</b>、最後の<a href="/x">明かり</a>をともした。
<ruby>岬<rt>みさき</rt></ruby>の灯が消えるのは百年ぶりで、
町から多くの人が集まっ
<em>て</em>見送った。</p>
<h2>町の声</h2><p>「船から見るといつも安心した」と、漁師の佐藤さんは話した。<br>市は<strong>建物を残す</strong>考えだ。</p>
<ul><li>一般公開は日曜日</li><li>入場は無料</li></ul>
<table><tr><th>年</th><th>出来事</th></tr><tr><td>1925</td><td>点灯</td></tr></table>
</article><footer>© 港新聞 2024</footer></body></html>"""


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("utf-8", "utf-8"),
        ("Shift_JIS", "cp932"),
        ("EUC-JP", "euc_jp"),
        ("iso-2022-jp", "iso2022_jp"),
    ],
)
def test_a_page_in_the_charset_that_it_names(charset, codec):
    markup = PAGE.format(charset=charset).replace("©", "")
    material = read_page(markup.encode(codec), "a.html")
    assert material.title == "灯台が百年の務めを終える"
    assert (material.date, material.author) == ("2025-09-27", "山本一郎")
    assert [line for line in material.text.split("\n") if line] == [
        "灯台が百年の務めを終える",
        "岬の灯台が27日、最後の明かりをともした。岬の灯が消えるのは百年ぶりで、"
        "町から多くの人が集まって見送った。",
        "町の声",
        "「船から見るといつも安心した」と、漁師の佐藤さんは話した。",
        "市は建物を残す考えだ。",
        "一般公開は日曜日",
        "入場は無料",
        "年\t出来事",
        "1925\t点灯",
    ]


def test_the_header_outranks_the_page_and_a_wrong_name_costs_nothing():
    markup = PAGE.format(charset="euc-jp")
    header = read_page(markup.replace("©", "").encode("cp932"), "a", charset="Shift_JIS")
    wrong = read_page(markup.encode("utf-8"), "a")
    assert header.title == wrong.title == "灯台が百年の務めを終える"


def test_one_broken_byte_does_not_cost_the_page():
    data = PAGE.format(charset="utf-8").encode().replace("天気".encode(), b"\xe5\xa4")
    assert "百年ぶりで、町から" in read_page(data, "a").text


def test_a_day_in_the_text_is_not_metadata():
    markup = (
        "<html><head><title>灯台の話</title></head><body><article><h1>灯台の話</h1><p>"
        + "岬の灯台は2025年9月27日に務めを終えた。" * 5
        + "</p></article></body></html>"
    )
    material = read_page(markup.encode(), "a")
    assert material.date is None
    from datetime import date

    article = assemble(material, id="a", source="a", today=date(2026, 1, 1))
    assert (article.date, article.date_inferred) == ("2025-09-27", True)


def test_a_short_page_is_read_by_its_lines():
    material = read_page(
        "<title>港</title><body><nav>上</nav><div>灯が<b>消え</b>た。<br>朝。</div>".encode(), "a"
    )
    assert "灯が消えた。" in material.text
    assert "朝。" in material.text
    assert "上" not in material.text
    assert material.title == "港"


@pytest.mark.parametrize(
    "markup",
    ["<html><body><script>var a = 1;</script></body></html>", "<html></html>", "<!-- only -->"],
)
def test_a_page_without_text_is_told(markup):
    with pytest.raises(LoadError) as caught:
        read_page(markup.encode(), "https://example.org/a")
    assert caught.value.key == "load.no_readable_text"


def test_a_page_that_is_nested_without_end():
    markup = "<div>" * 5000 + "灯台の話。" + "</div>" * 5000
    try:
        material = read_page(markup.encode(), "a")
    except LoadError as error:
        assert error.key == "load.no_readable_text"
    else:
        assert "灯台の話。" in material.text


def test_an_xml_declaration_is_no_obstacle():
    markup = '<?xml version="1.0" encoding="utf-8"?>' + PAGE.format(charset="utf-8")
    assert read_page(markup.encode(), "a").title == "灯台が百年の務めを終える"
