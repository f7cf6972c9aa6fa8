import hashlib

import pytest

from retrieval.errors import LoadError
from retrieval.load.decode import decode

SHORT = "港の灯台、百年で無人に"
LONG = (
    "岬の灯台に灯がともってから百年がたった。\n"
    "灯台守の田村さん（72）は「霧の夜は今も汽笛で知らせる」と話す。\n"
    "市は2025年9月27日、ライトアップの催しを開き、レストランやカフェも夜まで店を開けた。\n"
) * 30
CODECS = ("utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("text", [SHORT, LONG], ids=["short", "long"])
def test_the_same_words_in_every_encoding(text, codec):
    assert decode(text.encode(codec), "x") == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-8", "cp932", "euc_jp"])
def test_english_in_every_encoding(codec):
    text = "The lighthouse went dark on Monday.\nNobody was hurt."
    assert decode(text.encode(codec), "x") == text


def test_big_endian_with_a_mark():
    assert decode(b"\xfe\xff" + SHORT.encode("utf-16-be"), "x") == SHORT


def test_kana_only_utf16_which_is_also_valid_ascii():
    kana = "このことについて"
    for codec in ("utf-16-le", "utf-16-be"):
        assert decode(kana.encode(codec), "x") == kana


def test_plain_ascii_is_never_taken_for_utf16():
    for text in ("this app can break", "10203040", "a0b0c0d0 codes 10 20 30"):
        assert decode(text.encode(), "x") == text


@pytest.mark.parametrize("codec", ["cp932", "euc_jp", "utf-16-le", "utf-16-be"])
def test_snippets_of_twenty_characters(codec):
    sentences = LONG[: len(LONG) // 30]
    for start in range(len(sentences) - 20):
        snippet = sentences[start : start + 20]
        assert decode(snippet.encode(codec), "x") == snippet


def test_circled_digits_and_half_width_katakana_of_windows():
    text = "①灯台の点検は㈱港湾が受け持つ。担当はﾀﾅｶ氏。"
    assert decode(text.encode("cp932"), "x") == text


def test_western_accents():
    text = "Le café de la gare était fermé, dit Zoë."
    assert decode(text.encode("cp1252"), "x") == text


def test_emoji_in_utf8_and_utf16():
    text = "灯台まつり🎆に1万人👨‍👩‍👧が集まった。"
    for codec in ("utf-8", "utf-16", "utf-16-le"):
        assert decode(text.encode(codec), "x") == text


def test_a_few_control_characters_are_no_binary():
    text = "灯台の明かりは\x00夜明けまで\x07ともる。港の人々はそれを見て帰る。"
    assert decode(text.encode(), "x") == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04\x14\x00",
        bytes(200),
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        hashlib.shake_256(b"4").digest(64),
        hashlib.shake_256(b"5").digest(5000),
    ],
    ids=["png", "zip", "zeros", "jpeg", "64 random", "5000 random"],
)
def test_binary_is_refused(data):
    with pytest.raises(LoadError) as caught:
        decode(data, "x.txt")
    assert caught.value.key == "load.binary_file"
    assert caught.value.details["source"] == "x.txt"


def test_short_noise_is_hardly_ever_taken_for_text():
    taken = 0
    for number in range(300):
        noise = hashlib.shake_256(str(number).encode()).digest(16 + number % 48)
        try:
            decode(noise, "x")
            taken += 1
        except LoadError as error:
            assert error.key in {"load.binary_file", "load.unknown_encoding"}
    assert taken <= 3


def test_one_broken_byte_in_utf8_is_told_not_dropped():
    data = LONG.encode()[:3000] + b"\xff" + LONG.encode()[3000:]
    with pytest.raises(LoadError) as caught:
        decode(data, "x")
    assert caught.value.key == "load.unknown_encoding"


def test_a_declared_charset_is_used_if_it_decodes():
    assert decode(SHORT.encode("cp932"), "x", "Shift_JIS") == SHORT
    assert decode(SHORT.encode("utf-8"), "x", "Shift_JIS") == SHORT
    assert decode(SHORT.encode("utf-8"), "x", "no-such-charset") == SHORT
