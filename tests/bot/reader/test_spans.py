from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from bot.reader.spans import LONGEST, best_spans, sentence_numbers

# Position 0 is "not here"; 1–2 the question; 3–6 the text's tokens, two characters each.
OFFSETS = [(0, 0), (0, 1), (1, 2), (0, 2), (2, 4), (4, 6), (6, 8)]
ONE_SENTENCE = np.array([-1, -1, -1, 0, 0, 0, 0])


def logits(**peaks: float) -> np.ndarray:
    values = np.zeros(7, dtype=np.float32)
    for place, value in peaks.items():
        values[int(place[1:])] = value
    return values


def test_the_best_span_is_given_with_its_margin_over_not_here() -> None:
    (span,) = best_spans(logits(t0=1, t4=5), logits(t0=1, t5=4), OFFSETS, ONE_SENTENCE, 1)
    assert (span.start, span.end) == (2, 6)
    assert span.margin == pytest.approx(9 - 2, abs=0.1)


def test_a_peak_on_the_question_is_not_an_answer() -> None:
    (span,) = best_spans(logits(t1=50, t3=1), logits(t2=50, t3=1), OFFSETS, ONE_SENTENCE, 1)
    assert (span.start, span.end) == (0, 2)


def test_an_end_before_its_start_is_never_taken() -> None:
    (span,) = best_spans(logits(t6=9), logits(t3=9), OFFSETS, ONE_SENTENCE, 1)
    assert span.start < span.end


def test_several_spans_do_not_overlap_and_come_best_first() -> None:
    spans = best_spans(logits(t3=5, t6=4), logits(t3=5, t6=4), OFFSETS, ONE_SENTENCE, 4)
    assert [(s.start, s.end) for s in spans[:2]] == [(0, 2), (6, 8)]
    margins = [span.margin for span in spans]
    assert margins == sorted(margins, reverse=True)
    for one, other in pairwise(spans):
        assert one.end <= other.start or other.end <= one.start


def test_no_span_is_longer_than_the_limit() -> None:
    size = LONGEST * 3
    start = np.zeros(size, dtype=np.float32)
    end = np.zeros(size, dtype=np.float32)
    start[1], end[-1] = 9, 9
    one_sentence = np.zeros(size, dtype=np.int64)
    one_sentence[0] = -1
    (span,) = best_spans(start, end, [(i, i + 1) for i in range(size)], one_sentence, 1)
    assert span.end - span.start <= LONGEST


def test_a_window_without_text_has_no_span() -> None:
    assert best_spans(logits(), logits(), OFFSETS, np.full(7, -1), 3) == []


def test_a_span_stays_within_its_sentence() -> None:
    two = np.array([-1, -1, -1, 0, 0, 1, 1])
    (span,) = best_spans(logits(t3=5), logits(t6=5, t4=4), OFFSETS, two, 1)
    assert (span.start, span.end) == (0, 4)


def test_of_two_likely_spans_the_shorter_is_taken() -> None:
    (span,) = best_spans(logits(t4=5), logits(t4=5, t6=5.05), OFFSETS, ONE_SENTENCE, 1)
    assert (span.start, span.end) == (2, 4)


def test_every_span_is_found_when_many_are_asked_for() -> None:
    spans = best_spans(logits(), logits(), OFFSETS, ONE_SENTENCE, 9)
    assert sorted((span.start, span.end) for span in spans) == [(0, 2), (2, 4), (4, 6), (6, 8)]


def test_tokens_are_numbered_by_their_sentence() -> None:
    # "見出し\n港は開く。冬は閉じる。": a token takes the line break along, the question has none.
    offsets = [(0, 0), (0, 2), (0, 3), (3, 6), (6, 9), (9, 11), (11, 15)]
    inside = [False, False, True, True, True, True, True]
    numbers = sentence_numbers(offsets, inside, [(0, 3), (4, 9), (9, 15)])
    assert numbers.tolist() == [-1, -1, 0, 1, 1, 2, 2]
