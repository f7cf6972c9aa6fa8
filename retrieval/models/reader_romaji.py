"""Katakana in Latin letters, Hepburn without long vowels."""

from __future__ import annotations

_TABLE = (
    "ア a イ i ウ u エ e オ o カ ka キ ki ク ku ケ ke コ ko サ sa シ shi ス su セ se ソ so "
    "タ ta チ chi ツ tsu テ te ト to ナ na ニ ni ヌ nu ネ ne ノ no ハ ha ヒ hi フ fu ヘ he ホ ho "
    "マ ma ミ mi ム mu メ me モ mo ヤ ya ユ yu ヨ yo ラ ra リ ri ル ru レ re ロ ro ワ wa ヲ o ン n "
    "ガ ga ギ gi グ gu ゲ ge ゴ go ザ za ジ ji ズ zu ゼ ze ゾ zo ダ da ヂ ji ヅ zu デ de ド do "
    "バ ba ビ bi ブ bu ベ be ボ bo パ pa ピ pi プ pu ペ pe ポ po ヴ v ァ a ィ i ゥ u ェ e ォ o"
)
_LATIN = dict(zip(_TABLE.split()[::2], _TABLE.split()[1::2], strict=True))
_GLIDES = {"ャ": "a", "ュ": "u", "ョ": "o"}
_SMALL = "ァィェォ"


def romaji(kana: str) -> str:
    """The Latin writing, in small letters; what is not katakana stays."""
    written, at = "", 0
    while at < len(kana):
        sign, following = kana[at], kana[at + 1 : at + 2]
        known = _LATIN.get(sign)
        at += 1
        if sign == "ッ" and following in _LATIN:
            written += _LATIN[following][0]
        elif sign == "ー":
            continue
        elif known and following in _GLIDES:
            stem = known[:-1] if known in ("shi", "chi", "ji") else f"{known[:-1]}y"
            written += stem + _GLIDES[following]
            at += 1
        elif known and following and following in _SMALL:
            written += known.rstrip("aiueo") + _LATIN[following]
            at += 1
        else:
            written += known or sign
    return written
