"""What the reader is shown: for each question a window that answers it and one that does not.

Windows are whole sentences, 60 to 600 characters, as kiji's passages and their
neighbours will be. What does not answer is, by chance: another context of the same
title, a near one of another title, the right one with every sentence that holds the
answer taken out, or any other; or it is the right one, and the question is another.
Questions are said in other ways a good part of the time.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from retrieval.models.reader_data import Dataset, Question, by_title
from retrieval.models.reader_reword import altered, reworded, styled, typed

_SENTENCE = re.compile(r"[^。\n]*(?:。|\n+|$)[」』）)]?")
_ENGLISH_SENTENCE = re.compile(r".+?(?:[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n+|$)", re.S)
# How long a window is meant to be, in characters: one of three ranges, then a place in it.
_SIZES = ((60, 200), (100, 320), (200, 600))
# English takes about so many characters to say what Japanese says in one.
_ENGLISH_LONGER = 2.0
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SHORTEST_REMAINDER = 30
# The shares of what does not answer, cumulative; the rest is any other context.
_SAME_TITLE, _NEAR, _WITHOUT_ANSWER = 0.15, 0.63, 0.93
# How often a window stands for another question: one written for it, else one made by rule.
_BESIDE, _ALTERED = 0.6, 0.15
_TITLED, _GLOSSED = 0.7, 0.12
# How often a question is put in a wording of kiji's own where it has any, else by rule.
_WORDED, _REWORDED, _STYLED = 0.7, 0.3, 0.7


@dataclass(frozen=True, slots=True)
class Reading:
    """A question and the text to read for it.

    `answer` is None where the text does not hold it; `head` is how many of the
    text's first characters are the title line.
    """

    question: str
    text: str
    answer: str | None
    head: int = 0


class Sampler:
    """Draws windows; one chain of draws, so one seed gives one training set."""

    def __init__(self, data: Dataset, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a draw to repeat, not a secret
        self._data = data
        self._sentences = [sentences(context.text) for context in data.contexts]
        self._siblings = by_title(data.contexts)

    def groups(self, questions: Iterable[int]) -> Iterator[tuple[Reading, Reading]]:
        """For each question, by index: a reading that holds the answer, and one that does not."""
        contexts = self._data.contexts
        for index in questions:
            question = self._data.questions[index]
            asked = self._styled(self._asked(question))
            answer, own = question.answer, contexts[question.context]
            places = occurrences(own.text, answer)
            # An answer that stands in many places is most often a name whose first mention answers.
            start = self.random.choice(places) if len(places) < 3 else places[0]
            window = self.holding(question.context, start, start + len(answer))
            answering = self._titled(asked, own.title, window, answer)
            chance = self.random.random()
            beside = question.beside if is_japanese(asked) else question.beside_english
            if beside is not None and chance < _BESIDE:
                window = self.seen(question.context, *question.seen)
                unanswered = self._styled(beside, reworded)
                yield answering, self._titled(unanswered, own.title, window, None)
            elif chance < _ALTERED and (other := self._altered(asked, own.text)) is not None:
                yield answering, self._titled(other, own.title, window, None)
            else:
                context, window = self.without(index)
                yield answering, self._titled(asked, contexts[context].title, window, None)

    def _asked(self, question: Question) -> str:
        """The question in one of its wordings."""
        chance = self.random.random()
        if question.said:
            return self.random.choice(question.said) if chance < _WORDED else question.text
        if question.english and chance < _GLOSSED:
            return question.english
        if chance < _GLOSSED + _REWORDED and is_japanese(question.text):
            return reworded(question.text, self.random)
        return question.text

    def _styled(self, asked: str, way: Callable[[str, random.Random], str] = styled) -> str:
        """The question, most often in another style: none may tell whether the text answers.

        `way` is how else it may be said than with another ending.
        """
        if not is_japanese(asked):
            return typed(asked, self.random)
        if self.random.random() > _STYLED:
            return asked
        return self.random.choice((styled, way))(asked, self.random)

    def _altered(self, asked: str, text: str) -> str | None:
        return altered(asked, text, self._another, self.random) if is_japanese(asked) else None

    def _another(self) -> str:
        return self.random.choice(self._data.questions).text

    def holding(self, context: int, start: int, end: int) -> str:
        """A window of a context around the characters `start` to `end`."""
        spans = self._sentences[context]
        first = next(i for i, span in enumerate(spans) if span[1] > start)
        last = next(i for i, span in enumerate(spans) if span[1] >= end)
        return self._window(context, first, last)

    def anywhere(self, context: int) -> str:
        """A window of a context around any of its sentences."""
        sentence = self.random.randrange(len(self._sentences[context]))
        return self._window(context, sentence, sentence)

    def seen(self, context: int, start: int, end: int) -> str:
        """A window of a context within the characters `start` to `end`."""
        inside = [i for i, (a, b) in enumerate(self._sentences[context]) if start <= a and b <= end]
        if not inside:
            return self._data.contexts[context].text[start:end]
        sentence = self.random.choice(inside)
        return self._window(context, sentence, sentence, inside[0], inside[-1])

    def without(self, index: int) -> tuple[int, str]:
        """A window that does not hold a question's answer, and the context that it is of."""
        question, contexts = self._data.questions[index], self._data.contexts
        answer, chance = question.answer, self.random.random()
        if chance < _SAME_TITLE:
            siblings = [
                i
                for i in self._siblings[contexts[question.context].title]
                if i != question.context and answer not in contexts[i].text
            ]
            if siblings:
                chosen = self.random.choice(siblings)
                return chosen, self.anywhere(chosen)
        if chance < _NEAR and question.near:
            # The first ones, which mislead most, are drawn most.
            chosen = question.near[int(len(question.near) * self.random.random() ** 2)]
            return chosen, self.anywhere(chosen)
        if chance < _WITHOUT_ANSWER:
            rest = self.deleted(question.context, answer)
            if rest:
                return question.context, rest
        for _ in range(20):  # an answer that 20 contexts hold is no answer to look for
            chosen = self.random.randrange(len(contexts))
            if answer not in contexts[chosen].text:
                break
        return chosen, self.anywhere(chosen)

    def deleted(self, context: int, answer: str) -> str | None:
        """A window of what is left without the sentences that hold the answer.

        None when too little is left, or the answer arises where the cuts meet.
        """
        text = self._data.contexts[context].text
        kept = [text[a:b] for a, b in self._sentences[context] if answer not in text[a:b]]
        rest = "".join(kept)
        if answer in rest or len(rest) < _SHORTEST_REMAINDER:
            return None
        size = self._size(text)
        if len(kept) == 1 or len(rest) <= size:
            return rest
        first = last = self.random.randrange(len(kept))
        window = kept[first]
        while len(window) < size and (first > 0 or last < len(kept) - 1):
            if last < len(kept) - 1 and (first == 0 or self.random.random() < 0.5):
                last += 1
                window += kept[last]
            else:
                first -= 1
                window = kept[first] + window
        return window

    def _window(
        self, context: int, first: int, last: int, least: int = 0, most: int | None = None
    ) -> str:
        """Sentences `first` to `last`, grown at either end to a drawn size, from `least` to `most`.

        `most` None: to the context's end.
        """
        text, spans = self._data.contexts[context].text, self._sentences[context]
        size = self._size(text)
        final = len(spans) - 1 if most is None else most
        while spans[last][1] - spans[first][0] < size and (first > least or last < final):
            if last == final or (first > least and self.random.random() < 0.5):
                first -= 1
            else:
                last += 1
        return text[spans[first][0] : spans[last][1]]

    def _size(self, text: str) -> float:
        size = self.random.choice([self.random.uniform(*span) for span in _SIZES])
        return size if is_japanese(text) else size * _ENGLISH_LONGER

    def _titled(self, question: str, title: str, text: str, answer: str | None) -> Reading:
        head = f"{title}\n" if title and self.random.random() < _TITLED else ""
        return Reading(question, head + text, answer, len(head))


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text, as offsets; together they are the whole text."""
    sentence = _SENTENCE if is_japanese(text) else _ENGLISH_SENTENCE
    return [found.span() for found in sentence.finditer(text) if found.group()]


def is_japanese(text: str) -> bool:
    """Whether it has a Japanese letter; what has none is taken for English."""
    return _JAPANESE.search(text) is not None


def occurrences(text: str, answer: str) -> list[int]:
    """Where an answer stands in a text."""
    return [found.start() for found in re.finditer(re.escape(answer), text)]
