"""The absolute dates behind the answers of real news questions."""

import json
from datetime import date

import pytest

from retrieval.dates import find_times, time_at


def _records(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


@pytest.mark.bench
def test_every_answer_with_a_known_day_starts_on_it(bench_folder):
    articles = {a["id"]: a for a in _records(bench_folder / "wikinews_corpus.jsonl")}
    asked = [q for q in _records(bench_folder / "wikinews_questions.jsonl") if q.get("iso")]
    assert asked, "no question has an iso value"
    wrong = []
    for question in asked:
        article = articles[question["article"]]
        text = f"{article['title']}\n\n{article['text']}"
        answer = question["answers"][0]
        start = text.index(answer)
        mentions = find_times(text, date.fromisoformat(article["date"]))
        mention = time_at(mentions, start, start + len(answer))
        first_day = ((mention.iso if mention else None) or "").split("/")[0][:10]
        if first_day != question["iso"].split("/")[0]:
            wrong.append((question["id"], answer, question["iso"], mention))
    assert not wrong
