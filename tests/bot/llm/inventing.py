"""Models that invent: every way of it, made from facts, and what of it would be shown.

`python -m tests.bot.llm.inventing` prints the table by kind. Kinds that a machine can
tell must show nothing; the others are counted as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.llm.model import ModelOptions
from retrieval.values import Language
from tests.bot.llm.facts import ARTICLES, FACTS, INVENTED, LOOSE, PEOPLE, Fact
from tests.bot.llm.support import Talk, hits_of
from tests.fakes.model import plain

HITS = hits_of(*ARTICLES)

# What a machine can tell, by the issue's own list; nothing of these may be shown.
TOLD = (
    "false quote", "altered quote", "swapped person", "invented person", "changed number",
    "changed date", "turned negation", "another article's quote", "passage that is not there",
    "two sentences stitched", "cut before the denial", "across languages",
    "true quote, unrelated claim", "person of one quote, deed of another",
)  # fmt: skip
UNTOLD = ("other words swapped",)
TRUE = ("true", "true, loosely worded", "true, on two quotes", "true, across languages")


@dataclass(frozen=True)
class Case:
    """What a model writes: a claim on a quote of passage `number` (from 1), or on two."""

    kind: str
    number: int
    quote: str
    claim: str
    also: tuple[int, str] | None = None

    @property
    def reply(self) -> str:
        before = f"QUOTE {self.also[0]}: {self.also[1]}\n" if self.also else ""
        return before + plain((self.number, self.quote, self.claim))


def _number(sentence: str) -> int:
    return next(n for n, hit in enumerate(HITS, 1) if sentence in hit.text)


def _english(text: str) -> bool:
    return not re.search(r"[ぁ-ゖァ-ヺ]", text)


def _other_numbers(value: str) -> Iterator[str]:
    plain_value = int(value.replace(",", ""))
    for changed in (plain_value + 1, plain_value * 10, max(2, plain_value // 3)):
        if changed != plain_value:
            yield f"{changed:,}" if "," in value else str(changed)


def _other_dates(value: str) -> Iterator[str]:
    numbers = re.findall(r"\d+", value)
    for number in numbers:
        changed = int(number) - 1 if int(number) > 1 else int(number) + 1
        yield re.sub(rf"(?<!\d){number}(?!\d)", str(changed), value, count=1)
    for one, other in (
        ("May", "June"),
        ("June", "July"),
        ("July", "August"),
        ("September", "March"),
    ):
        if one in value:
            yield value.replace(one, other)


def _altered(sentence: str) -> Iterator[str]:
    """A quote with one word exchanged."""
    pairs = (
        ("won", "lost"), ("not ", ""), ("never ", "often "), ("rejected", "approved"),
        ("will", "must"), ("closed", "sold"), ("early", "late"), ("promised", "stole"),
        ("destroyed", "saved"), ("raised", "cut"), ("発表", "撤回"), ("なかった", "た"),
        ("しない", "する"), ("担当", "辞退"), ("破り", "下し"), ("放った", "逃した"),
        ("公開", "売却"), ("完成", "閉館"), ("建設費", "赤字"), ("批判", "擁護"),
        ("延期", "短縮"), ("12年目", "2年目"),
    )  # fmt: skip
    for one, other in pairs:
        if one in sentence:
            yield sentence.replace(one, other, 1)
            return


def _of(fact: Fact) -> Iterator[Case]:
    sentence, number = fact.sentence, _number(fact.sentence)
    true = fact.claim.format(**fact.values)

    def case(kind: str, claim: str, quote: str = sentence, at: int = number) -> Case:
        return Case(kind, at, quote, claim)

    yield case("true", true)
    yield from (case("true", claim) for claim in fact.true)
    yield from (case("true, loosely worded", claim) for claim in LOOSE.get(sentence, ()))
    yield from (case("true, across languages", claim) for claim in fact.crossed)

    names = INVENTED["en" if _english(sentence) else "ja"]
    if person := fact.values.get("p"):
        others = [name for name in PEOPLE[fact.article.id] if name != person][:3]
        for name in others:
            yield case("swapped person", fact.claim.format(**fact.values | {"p": name}))
        for name in names:
            yield case("invented person", fact.claim.format(**fact.values | {"p": name}))
        yield case(
            "false quote", true.replace(person, names[0]), sentence.replace(person, names[0])
        )
        for another in FACTS:
            if another.article is fact.article and another is not fact and "p" in another.values:
                stolen = fact.claim.format(**fact.values | {"p": another.values["p"]})
                also = (_number(another.sentence), another.sentence)
                kind = "person of one quote, deed of another"
                yield Case(kind, number, sentence, stolen, also)
                yield Case("true, on two quotes", number, sentence, true, also)
                break
    if count := fact.values.get("n"):
        for changed in _other_numbers(count):
            yield case("changed number", fact.claim.format(**fact.values | {"n": changed}))
    if day := fact.values.get("d"):
        for changed in dict.fromkeys(_other_dates(day)):
            if changed != day:
                yield case("changed date", fact.claim.format(**fact.values | {"d": changed}))
    yield from (case("turned negation", claim) for claim in fact.negated)
    for altered in _altered(sentence):
        yield case("altered quote", true, altered)
    yield case("false quote", true, f"{true.rstrip('。.')}{'!' if _english(true) else 'という！'}")
    other = next(
        other
        for other in FACTS
        if other.article is not fact.article and _english(other.sentence) == _english(sentence)
    )
    yield case("another article's quote", true, other.sentence)
    yield case("another article's quote", true, other.sentence, _number(other.sentence))
    yield case("passage that is not there", true, sentence, len(HITS) + 3)
    following = FACTS[(FACTS.index(fact) + 1) % len(FACTS)].sentence
    half, rest = sentence[: len(sentence) // 2], following[len(following) // 2 :]
    yield case("two sentences stitched", f"{half}{rest}", f"{half}{rest}")
    yield case("true quote, unrelated claim", _UNRELATED[_english(sentence)])
    yield from (case("across languages", claim) for claim in fact.crossed_false)
    yield from (case("other words swapped", claim) for claim in fact.untold)


_UNRELATED = {
    True: "Fishermen found a whale near the northern pier.",
    False: "漁師が北の桟橋の近くでクジラを見つけた。",
}
_CUTS = (
    ("黒川正市議は採決に加わ", "黒川正市議は採決に加わった。"),
    ("入館料を値上げし", "入館料を値上げした。"),
    ("小野寺健選手は一度も降板し", "小野寺健選手は降板した。"),
    ("長谷川仁監督は取材に応じ", "長谷川仁監督は取材に応じた。"),
    ("attend the meeting", "He did attend the meeting."),
    ("Marcus Dene did", "Marcus Dene did it."),
    ("pay for the roof", "Pay for the roof came."),
    ("return to the clinic", "Return to the clinic was made."),
)
_DOUBTS = (
    ("2人の職員が不正に関わった", "2人の職員が不正に関わった。"),
    ("職員が不正に関わった", "職員が不正に関わりました。"),
    ("the depot at Cole Street will be sold", "The depot at Cole Street will be sold."),
    ("will be sold", "The depot will be sold."),
)


def cases() -> list[Case]:
    """Every case, in a fixed order."""
    made = [case for fact in FACTS for case in _of(fact)]
    for quote, claim in (*_CUTS, *_DOUBTS):
        made.append(Case("cut before the denial", _number(quote), quote, claim))
    return list(dict.fromkeys(made))


def is_shown(case: Case, patch: pytest.MonkeyPatch) -> bool:
    """Whether the whole chain shows the claim; asked to repair it, the model insists."""
    talk = Talk(patch, HITS)
    assert ModelOptions("fake:model").outside
    talk.model.enqueue(case.reply, case.reply)
    english = _english(case.claim)
    question = "Who did what, and when?" if english else "誰が何をしましたか？"
    answer = talk.ask(question)
    assert answer.language is (Language.EN if english else Language.JA)
    if answer.answered:
        assert answer.engine == "fake:model"
    return answer.answered


def measured() -> dict[str, tuple[int, list[Case]]]:
    """By kind: how many cases, and those that were shown (of true ones: that were dropped)."""
    count: Counter[str] = Counter()
    odd: dict[str, list[Case]] = {}
    with pytest.MonkeyPatch.context() as patch:
        for case in cases():
            count[case.kind] += 1
            if is_shown(case, patch) != (case.kind in TRUE):
                odd.setdefault(case.kind, []).append(case)
    return {kind: (count[kind], odd.get(kind, [])) for kind in (*TOLD, *UNTOLD, *TRUE)}


def main() -> None:
    """Print the table, and under it what was wrongly shown or dropped."""
    table = measured()
    for kind, (count, odd) in table.items():
        what = "dropped" if kind in TRUE else "shown"
        print(f"{kind:30} {count:4} cases  {len(odd):3} {what}")  # noqa: T201 - its table
        for case in odd:
            print(f"    {case.quote!r} → {case.claim!r}")  # noqa: T201 - its table


if __name__ == "__main__":
    main()
