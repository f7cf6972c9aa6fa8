"""The absolute dates behind the answers of real news questions."""

from datetime import date

import pytest

from retrieval.dates import find_times, time_at
from tests.bench.data import corpus_file, records


@pytest.mark.bench
def test_every_answer_with_a_known_day_starts_on_it(bench_folder):
    articles = {a["id"]: a for a in records(corpus_file(bench_folder, "wikinews"))}
    asked = [q for q in records(bench_folder / "wikinews_questions.jsonl") if q.get("iso")]
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
