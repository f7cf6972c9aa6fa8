"""Why-questions made from causal sentences, for people ask too few to learn from.

A sentence with one causal marker, 「大雨のため、…が中止された。」, is cut at it: what
stands before is the answer (`大雨のため`), what stands after is asked (`…が中止された
のはなぜ？`). JaQuAD's training split has some 600 whys of people.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from retrieval.models.reader_data import Context, Question

_SENTENCE = re.compile(r"[^。\n]*。")
_MARKER = re.compile(
    r"ため(?:に)?、|ため(?=[^、。]{6,}。)|ことから、|ことにより、|ことによって、|ので、"
    r"|(?<=[たるいだ])から、|を受けて、?|により、|によって、|に伴い、|をきっかけに、?"
    r"|が原因で、?|のせいで、?"
)
# Where a clause ends, so that what follows may be a cause of its own.
_CLAUSE_END = re.compile(r"[はがもしりた年月頃後ずて]、|しかし|そして")
_TOPIC = re.compile(r"(?:しかし、|また、|そして、)?([^、]{2,20}(?:は|では|には))、")
_WHOLE_RESULT = re.compile(r"(た|る|い|う|だ|である|ない|れた|せる|された)$")

# What of the marker belongs to the answer, by how an answer of people ends.
_TAILS = {
    "ため": "ため",
    "ために": "ため",
    "ことから": "こと",
    "ことにより": "こと",
    "ことによって": "こと",
    "を受けて": "を受けて",
}
_ASKS = (
    "のはなぜですか?",
    "のはなぜ?",
    "のはどうしてですか?",
    "理由は何ですか?",
    "のは何が理由ですか?",
    "原因は?",
    "のはなぜでしたか?",
    "のはどうして?",
)
_TOPIC_KEPT, _RESULT_CUT = 0.7, 0.5


def whys(contexts: Sequence[Context], seed: int = 5) -> Iterator[Question]:
    """The questions that the sentences of the contexts allow, held contexts left out.

    The answer of each stands in its context exactly once.
    """
    rng = random.Random(seed)  # noqa: S311 - a draw to repeat, not a secret
    for i, context in enumerate(contexts):
        if context.held:
            continue
        for found in _SENTENCE.finditer(context.text):
            pair = why(found.group(), rng)
            if pair is not None and context.text.count(pair[1]) == 1:
                yield Question(pair[0], (pair[1],), "why", i, made=True)


def why(sentence: str, rng: random.Random) -> tuple[str, str] | None:
    """A question and its answer from one sentence with its 「。」; None when it gives none."""
    if not 25 <= len(sentence) <= 180 or ("「" in sentence and "」" not in sentence):
        return None
    markers = list(_MARKER.finditer(sentence))
    if len(markers) != 1:
        return None
    (marker,) = markers
    before, result = sentence[: marker.start()], sentence[marker.end() :].rstrip("。")
    topic = ""
    named = _TOPIC.match(before)
    if named and rng.random() < _TOPIC_KEPT:
        topic = f"{named.group(1)}、"
    cause = _cause(before)
    if cause is None or len(result) < 8 or not _WHOLE_RESULT.search(result):
        return None
    answer = cause + _TAILS.get(marker.group().rstrip("、"), "")
    asked = re.sub(r"だ$", "である", _asked(result, rng))
    return topic + asked + rng.choice(_ASKS), answer


def _cause(before: str) -> str | None:
    """The last clause before the marker that is long enough; None when it is no clause."""
    cut = 0
    for end in _CLAUSE_END.finditer(before):
        if len(before) - end.end() >= 5:
            cut = end.end()
    cause = before[cut:]
    whole = (
        4 <= len(cause) <= 70
        and not ("」" in cause and "「" not in cause)
        and ("(" in cause) == (")" in cause)
    )
    return cause if whole else None


def _asked(result: str, rng: random.Random) -> str:
    """The result, now and then without its first clauses."""
    clauses = result.split("、")
    if len(clauses) > 1 and rng.random() < _RESULT_CUT:
        shorter = "、".join(clauses[rng.randrange(len(clauses)) :])
        return shorter if len(shorter) >= 6 else result
    return result
