"""Names in a claim: each must stand in a quote, or carry the original that does.

English gives names away by their capitals. Japanese does not, so that there every
word of kanji or katakana must stand in the quote, but for a list of plain words.
Across languages a name is followed by the article's own writing: Allison Hooker
（…） or 「ルース・オカフォー市長（Ruth Okafor）」.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.bearing.numbers import without_numbers
from bot.bearing.plain_words import ENGLISH_OPENERS, ENGLISH_TITLES, JAPANESE, KATAKANA
from bot.quotes import folded

_CAPITAL = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z0-9]*(?:['’.-][A-Za-z0-9]+)*")
_RUN = re.compile(rf"{_CAPITAL.pattern}(?:\s+{_CAPITAL.pattern})*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[“\"(（「]\s*)$")
# "Building it", "Closing the": no name stands before its own object.
_GERUND = re.compile(r"[A-Z][a-z]{2,}ing\s+(?:the|an?|its?|their|his|her|this|these|those|them)\b")
_WORD = re.compile(r"[A-Za-z0-9]+(?:['’.-][A-Za-z0-9]+)*")
_KANJI = re.compile(r"[一-鿿々〆]+")
_KATAKANA = re.compile(r"[ァ-ヺー]{2,}")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.&-]*")
_PERSONAL = re.compile(
    r"(?<![ぁ-ゖ])([ぁ-ゖ]{2,5}?)(?:さん|氏|ちゃん|くん)(?<!みなさん)(?<!皆さん)(?<!たくさん)"
)
_TITLE_JA = (
    r"(?:氏|さん|様|大統領|首相|総書記|主席|国王|知事|市長|町長|村長|議員|大臣|外相|長官|社長|会長|監督|選手|"
    r"教授|博士|容疑者|被告|記者)"
)
# What one is or was: 前市長 is no 市長.
_FORMER_JA = "前元旧副次准"
# What somebody is called by, by its last character: 館長, 主将, 建築家, 市議.
_ROLE_JA = re.compile(r"[一-鿿々]+(?:[長家者手員師士将官相議王督授]|代表|教諭)")
_HONORIFICS = ("氏", "様", "君")
_NAMED_JA = re.compile(rf"([一-鿿々]{{1,5}}?){_TITLE_JA}(?![（(])")
_IN_PARENTHESES = re.compile(r"[（(]([^（()）]+)[)）]")
_CJK = re.compile(r"[぀-ヿ一-鿿]")
_STANDING_ALONE = frozenset("はがもをとにでのへや、。，．氏さだ")


def missing_name(claim: str, quotes: str, article: str, *, english: bool) -> str | None:
    """A name of the claim that no quote has, or None; claim and quotes in one language.

    `claim` is without its times; `article` is the whole text, which shows how a
    word is written where no sentence begins with it.
    """
    if english:
        return _missing_english(claim, quotes, article)
    return _missing_japanese(without_numbers(claim), quotes)


def _bare(word: str) -> str:
    word = re.sub(r"['’]s$", "", word)
    return word.lower().replace("’", "'").strip(".")


@lru_cache(maxsize=64)
def _lower_words(text: str) -> frozenset[str]:
    """The words that a text writes small somewhere."""
    return frozenset(word for word in _WORD.findall(text) if word[0].islower())


@lru_cache(maxsize=64)
def _names_of(text: str) -> frozenset[str]:
    """The words that a text writes with a capital inside a sentence, and never small."""
    inside = {
        _bare(match.group())
        for match in _CAPITAL.finditer(text)
        if not _SENTENCE_START.search(text[: match.start()][-4:]) and len(match.group()) > 2
    }
    return frozenset(inside - {word.lower() for word in _lower_words(text)})


def _missing_english(claim: str, quotes: str, article: str) -> str | None:
    given = {_bare(word) for word in _WORD.findall(quotes)}
    for run in _RUN.finditer(claim):
        words = run.group().split()
        opens = _SENTENCE_START.search(claim[: run.start()][-4:]) is not None
        for index, word in enumerate(words):
            bare = _bare(word)
            if bare in given or bare == "i" or (bare in ENGLISH_TITLES and len(bare) < 4):
                continue
            if index == 0 and opens and _opens_plainly(bare, claim[run.start() :], quotes, article):
                continue
            return word
        if not _in_one_place(words, quotes, opens):
            return run.group()
    known = _names_of(article)
    for word in _lower_words(claim):
        if _bare(word) in known and _bare(word) not in given:
            return word
    return None


def _opens_plainly(bare: str, sentence: str, quotes: str, article: str) -> bool:
    """Whether the word that opens a sentence owes its capital to that, and names nobody."""
    if bare in ENGLISH_OPENERS or bare in _lower_words(article) or _GERUND.match(sentence):
        return True
    # Work, where the quote has works.
    quoted = _lower_words(quotes)
    return f"{bare}s" in quoted or (bare.endswith("s") and bare[:-1] in quoted)


def _in_one_place(words: list[str], quotes: str, opens: bool) -> bool:
    """Whether the parts of one name stand together in the quotes: Ruth Okafor, not Ruth Brandt."""
    parts: list[list[str]] = [[]]
    for index, word in enumerate(words):
        if _bare(word) in ENGLISH_TITLES or (
            index == 0 and opens and _bare(word) in ENGLISH_OPENERS
        ):
            parts.append([])
        else:
            parts[-1].append(re.escape(re.sub(r"['’]s$", "", word)))
    between = r"[\s,]+(?:[\w.'’-]+\s+){0,2}"
    return all(
        re.search(rf"\b{between.join(part)}", quotes, re.IGNORECASE)
        for part in parts
        if len(part) > 1
    )


def _missing_japanese(claim: str, quotes: str) -> str | None:
    given = folded(quotes)
    for match in _KATAKANA.finditer(claim):
        if match.group() not in KATAKANA and not given.find(match.group()):
            return match.group()
    for match in _LATIN.finditer(claim):
        if not given.find(match.group()):
            return match.group()
    for match in _PERSONAL.finditer(claim):
        if not given.find(match[1]):
            return match[1]
    for match in _KANJI.finditer(claim):
        run = match.group()
        after = claim[match.end() : match.end() + 1]
        if len(run) == 1 and after and after not in _STANDING_ALONE:
            continue  # a verb or an adjective with its kana
        if not _covered(run, quotes):
            return run
    return None


def _covered(run: str, quotes: str) -> bool:
    """Whether a word of kanji is the quote's, or made of its words and plain ones."""
    pieces: list[str] = []
    position = 0
    while position < len(run):
        for end in range(len(run), position, -1):
            piece = run[position:end]
            if piece in JAPANESE or piece in _HONORIFICS:
                break
            if piece in quotes and (len(piece) > 1 or len(run) == 1):
                pieces.append(piece)
                break
        else:
            return False
        position = end
    # 森田 and 太郎 of two people do not make one: pieces stand together, with no kanji between.
    # A title may: 浜田市長 is 浜田涼子市長.
    joined = re.escape(pieces[0]) if pieces else ""
    for piece in pieces[1:]:
        titled = re.match(_TITLE_JA, piece)
        between = rf".{{0,4}}(?<![{_FORMER_JA}])" if titled else r"[^一-鿿]{0,4}"
        joined += between + re.escape(piece)
    if len(pieces) < 2 or re.search(joined, quotes):
        return True
    if len(pieces) > 2 or not _ROLE_JA.fullmatch(pieces[1]):
        return False
    # 藤井誠館長 is 館長の藤井誠氏, but not 前館長の藤井誠氏.
    name, role = map(re.escape, pieces)
    return re.search(rf"(?<![{_FORMER_JA}]){role}の{name}", quotes) is not None


def another_subject(claim: str, sentences: list[str], article: str, *, english: bool) -> str | None:
    """A name that the claim gives to what a sentence tells of somebody else, or None.

    Of several sentences the one nearest to the claim is what it tells. A name may
    come from another sentence only where that one names nobody whom the claim leaves out.
    """
    if len(sentences) < 2:
        return None
    main = max(sentences, key=lambda sentence: _nearness(claim, sentence))
    missing = missing_name(claim, main, article, english=english)
    if missing is None:
        return None
    if english:
        known, said = _names_of(article), {_bare(word) for word in _WORD.findall(claim)}
        others = [w for w in map(_bare, _WORD.findall(main)) if w in known and w not in said]
    else:
        named = [match[1] for match in _NAMED_JA.finditer(main)]
        named += [m.group() for m in _KATAKANA.finditer(main) if m.group() not in KATAKANA]
        others = [name for name in named if name not in claim and name not in JAPANESE]
    return missing if others else None


def _nearness(claim: str, sentence: str) -> int:
    """How many words, or pairs of characters, two texts share."""
    if re.search(r"[ぁ-ゖァ-ヺ一-鿿]", claim):
        pairs = {claim[i : i + 2] for i in range(len(claim) - 1)}
        return sum(sentence[i : i + 2] in pairs for i in range(len(sentence) - 1))
    words = {word.lower() for word in _WORD.findall(claim) if word[0].islower()}
    return sum(word in words for word in _WORD.findall(sentence))


def missing_original(claim: str, quotes: str, *, english: bool) -> str | None:
    """Across languages: a name without its original in the quotes, or None."""
    given = folded(quotes)
    for match in _IN_PARENTHESES.finditer(claim):
        foreign = bool(_CJK.search(match[1])) == english
        if foreign and not given.find(match[1]):
            return match[1]
    if english:
        return _missing_after_english(claim, quotes)
    for match in _NAMED_JA.finditer(claim):
        if match[1] not in JAPANESE:
            return match.group()
    for match in re.finditer(r"[ァ-ヺー]{2,}(?:[・＝=][ァ-ヺー]+)*", claim):
        follows = re.match(rf"(?:の?[一-鿿]{{1,8}}|{_TITLE_JA})?[（(]", claim[match.end() :])
        plain = all(part in KATAKANA for part in re.split("[・＝=]", match.group()))
        if not plain and not follows:
            return match.group()
    return None


def _missing_after_english(claim: str, quotes: str) -> str | None:
    given = folded(quotes)
    known: set[str] = set()
    for run in _RUN.finditer(claim):
        words = run.group().split()
        opens = _SENTENCE_START.search(claim[: run.start()][-4:]) is not None
        if opens and (_bare(words[0]) in ENGLISH_OPENERS or _GERUND.match(claim[run.start() :])):
            words = words[1:]
        words = [w for w in words if _bare(w) not in ENGLISH_TITLES and _bare(w) != "i"]
        followed = re.match(r"(?:['’]s)?\s*[（(]", claim[run.end() :]) is not None
        if followed:
            known |= {_bare(word) for word in words}
        for word in words:
            if _bare(word) not in known and not given.find(re.sub(r"['’]s$", "", word)):
                return word
    return None
