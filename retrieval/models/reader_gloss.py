"""English-like questions from Japanese ones, word by word, for there are none to train on.

Each word becomes its first gloss in JMdict or its name in JMnedict (EDRDG; the
database of the package jamdict-data 1.5), 「AのB」 becomes "B of A", and an English
interrogative comes first: "When did meeting of Beijing opened?". Bad English, but
its words are those that an English question about the article shares with it.
"""

from __future__ import annotations

import random
import re
import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path
from typing import Any

from retrieval.models.reader_romaji import romaji

_INTERROGATIVES = {
    "who": ("Who", "Who was", "Who is", "By whom"),
    "when": ("When", "When did", "When was", "In what year", "On what date"),
    "where": ("Where", "Where was", "Where is", "In which place"),
    "why": ("Why", "Why did", "For what reason", "What caused"),
    "how": ("How", "How many", "How much", "How long"),
    "what": ("What", "What is", "What was", "Which"),
    "other": ("What", "Which", "What is"),
}
# Words that ask or only carry grammar; the interrogative says them already.
_SKIPPED = re.compile(
    r"(誰|だれ|何|なに|なん|いつ|どこ|なぜ|どう|どの|どれ|どちら|いくつ|いくら|どんな|どういう"
    r"|か|です|ます|ある|いる|する|なる|の|こと|もの|ため|何者|さん|くださる|教える)"
)
_SILENT = {"助動詞", "補助記号", "空白", "記号", "感動詞", "接続詞"}
_LATIN = re.compile(r"[0-9A-Za-z.,:&\-]+")
_BRACKETS = re.compile(r"\([^)]*\)")
_OPENING = re.compile(r"^(to be |to |a |an |the )")
_LONGEST_GLOSS = 4  # words; more is an explanation


class Glosser:
    """Glosses questions; reads the dictionaries into memory when made."""

    def __init__(self, database: Path) -> None:
        """Read jamdict.db. Raises sqlite3.Error when it is not that database."""
        from sudachipy import Dictionary, SplitMode  # of the extra `models`

        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as source:
            self._words = _words(source)
            self._names = _names(source)
        self._tokenizer: Any = Dictionary().tokenizer()
        self._mode = SplitMode.C

    def question(self, text: str, kind: str, rng: random.Random) -> str | None:
        """The gloss of a question of a kind ("who" …); None when no word is left of it."""
        said: list[str] = []
        joins = False  # whether 「の」 stands between the last word and the next
        for part in self._tokenizer.tokenize(unicodedata.normalize("NFKC", text), self._mode):
            word_class, surface = part.part_of_speech()[0], part.surface()
            if word_class == "助詞":
                if surface == "の" and said:
                    joins = True
                elif surface in ("で", "に") and said and rng.random() < 0.3:
                    said.append("in")
                elif surface == "と" and said and rng.random() < 0.5:
                    said.append("and")
                continue
            if word_class in _SILENT or _skipped(part.dictionary_form()) or _skipped(surface):
                continue
            word = self._word(part)
            if not word:
                continue
            if joins and said and word_class == "名詞":
                owner = said.pop()
                said.append(f"{word} of {owner}" if rng.random() < 0.6 else f"{owner}'s {word}")
            else:
                said.append(word)
            joins = False
        if not said:
            return None
        asks = _INTERROGATIVES.get(kind, _INTERROGATIVES["other"])
        return f"{rng.choice(asks)} {' '.join(said)}?"

    def _word(self, part: Any) -> str:  # noqa: ANN401 - a morpheme of sudachipy, which has no types here
        surface, pos = part.surface(), part.part_of_speech()
        if _LATIN.fullmatch(surface):
            return str(surface)
        proper = pos[1] == "固有名詞"
        if proper and surface in self._names:
            return self._names[surface]
        if surface in self._words:
            return self._words[surface]
        reading = part.reading_form()
        if proper:
            return romaji(reading).capitalize()
        if part.dictionary_form() in self._words:
            return self._words[part.dictionary_form()]
        if surface in self._names and pos[0] == "名詞":
            return self._names[surface]
        if re.fullmatch(r"[ァ-ヺー]+", reading or ""):
            return romaji(reading).capitalize()
        return str(surface)


def _skipped(form: str) -> bool:
    return _SKIPPED.fullmatch(form) is not None


def _words(source: sqlite3.Connection) -> dict[str, str]:
    """JMdict: the first gloss of the first sense, by writing."""
    sense: dict[int, int] = {}
    for number, entry in source.execute("select ID, idseq from Sense order by ID"):
        sense.setdefault(entry, number)
    gloss: dict[int, str] = {}
    for number, text in source.execute(
        "select sid, text from SenseGloss where lang = 'eng' order by rowid"
    ):
        gloss.setdefault(number, text)
    words: dict[str, str] = {}
    # The last one written stays: writings in kanji before kana, and early entries before late.
    for table in ("Kana", "Kanji"):
        query = f"select idseq, text from {table} order by ID desc"  # noqa: S608 - names of ours
        for entry, writing in source.execute(query):
            text = gloss.get(sense.get(entry, -1), "")
            if text and len(_short(text).split()) <= _LONGEST_GLOSS:
                words[writing] = _short(text)
    return words


def _names(source: sqlite3.Connection) -> dict[str, str]:
    """JMnedict: the first translation, by writing."""
    translations = dict(
        source.execute("select tid, text from NETransGloss order by rowid desc").fetchall()
    )
    entries = {
        entry: translations[number]
        for number, entry in source.execute("select ID, idseq from NETranslation order by ID desc")
        if number in translations
    }
    names: dict[str, str] = {}
    for table in ("NEKana", "NEKanji"):
        query = f"select idseq, text from {table} order by ID desc"  # noqa: S608 - names of ours
        for entry, writing in source.execute(query):
            if entry in entries:
                names[writing] = _BRACKETS.sub("", entries[entry]).split(";")[0].strip()
    return names


def _short(gloss: str) -> str:
    """A gloss without brackets, other meanings and a first article."""
    first = _BRACKETS.sub("", gloss).split(";")[0].strip()
    return re.sub(r"\s+", " ", _OPENING.sub("", first)).strip()
