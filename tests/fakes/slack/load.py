"""Load: `python -m tests.fakes.slack.load`, a minute of a busy workspace with accidents.

300 questions in 60 threads of 12 channels over 60 s, tiers on, 30 % of the events
redelivered, the socket cut twice, one instance killed (-9) in the middle and started
again. With `--instances 2` the same over one store, every other event to each, and the
twins of a mention across them. Status 1 when a question has no answer, or two.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median, quantiles

from tests.fakes.slack import FakeSlack
from tests.fakes.slack.deliveries import ACK_SECONDS
from tests.fakes.slack.messages import APP_TOKEN, BOT_TOKEN, BOT_USER

QUESTIONS = (
    "国務省の政務次官になったのは誰ですか？",
    "それはいつですか？",
    "When did the bridge open?",
    "Why was it late?",
    "会談はいつ開かれますか？",
    "Who spoke at the opening?",
    "火星に行ったのは誰ですか？",
)
REDELIVERED = 0.3
RETRY_PACE = 0.1  # Slack's second retry after 6 s instead of 60, to fit a minute
SEED = 7


class Load:
    def __init__(self, instances: int, questions: int, threads: int, channels: int, seconds: int):
        self.instances = instances
        self.count = questions
        self.seconds = seconds
        self.random = random.Random(SEED)
        self.slack = FakeSlack(limits=True)
        self.slack.deliveries.pace = RETRY_PACE
        self.slack.on_post = self._posted
        self.done: dict[str, float] = {}
        self.asked: dict[tuple[str, str], float] = {}
        self.accidents: list[tuple[str, float]] = []
        self.processes: list[subprocess.Popen[bytes]] = []
        self.threads, self.channels = threads, channels
        self._folder = tempfile.TemporaryDirectory()
        self.store = Path(self._folder.name) / "store"

    # --- the bots

    def _begin(self) -> subprocess.Popen[bytes]:
        environ = {
            **os.environ,
            "KIJI_STORE": str(self.store),
            "KIJI_SLACK_BOT_TOKEN": BOT_TOKEN,
            "KIJI_SLACK_APP_TOKEN": APP_TOKEN,
            "KIJI_SLACK_API_URL": self.slack.api_url,
        }
        before = len(self.slack.deliveries.sockets)
        process = subprocess.Popen(
            [sys.executable, "-c", "from bot.cli import main; main()", "slack"],
            env=environ,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 120
        while len(self.slack.deliveries.sockets) <= before and time.monotonic() < end:
            time.sleep(0.05)
        return process

    def _posted(self, message, where) -> None:
        ephemeral = where.get("ephemeral")
        if not ephemeral and message.get("user") == BOT_USER and message.get("metadata"):
            self.done.setdefault(message["ts"], time.time())

    # --- the minute

    def run(self) -> dict[str, object]:
        from bot.opening import Opening
        from bot.settings import Settings

        opening = Opening(Settings.load({"KIJI_STORE": str(self.store)}))
        with opening.library() as library:
            library.index(opening.sample())
        with self.slack:
            self.processes = [self._begin() for _ in range(self.instances)]
            people = [self.slack.person(f"p{n}", "ja-JP") for n in range(20)]
            rooms = [self.slack.new_channel(*people) for _ in range(self.channels)]
            warm = self.slack.new_channel(*people)
            for _ in range(self.instances * 4):
                self.slack.mention(warm, people[0], QUESTIONS[0])
            self._settle(warm, self.instances * 4)
            self.slack.deliveries.log.clear()
            print(f"{self.instances} instance(s) warm; {self.count} questions follow", flush=True)
            accidents = threading.Thread(target=self._accidents)
            accidents.start()
            self._ask(people, rooms)
            accidents.join()
            return self._figures(rooms)

    def _settle(self, channel: str, count: int) -> None:
        end = time.monotonic() + 180
        while time.monotonic() < end:
            held = list(self.slack.memory.channels[channel].messages.values())
            if sum("metadata" in message for message in held) >= count:
                return
            time.sleep(0.1)

    def _ask(self, people: list[str], rooms: list[str]) -> None:
        started = time.monotonic()
        roots: list[tuple[str, str]] = []
        for number in range(self.count):
            pause = started + number * self.seconds / self.count - time.monotonic()
            time.sleep(max(pause, 0))
            words = QUESTIONS[number % len(QUESTIONS)]
            person = self.random.choice(people)
            lanes = (number % 2, 1 - number % 2) if self.instances > 1 else (None, None)
            slot = number % self.threads
            if number < self.threads:
                channel = rooms[slot % len(rooms)]
                ts = self.slack.mention(channel, person, words, lanes=lanes)
                roots.append((channel, ts))
            else:
                channel, root = roots[slot]
                ts = self.slack.say(channel, person, words, root, lanes=lanes)
            self.asked[channel, ts] = time.time()
            if self.random.random() < REDELIVERED:
                delivery = next(
                    d
                    for d in reversed(self.slack.deliveries.log)
                    if d.payload["event"].get("ts") == ts
                )
                threading.Timer(self.random.uniform(0.5, 8), self._again, [delivery]).start()

    def _again(self, delivery) -> None:
        self.slack.spawn(self.slack.deliveries.once(delivery, 1, "http_timeout"))

    def _accidents(self) -> None:
        def at(share: float) -> None:
            time.sleep(max(started + share * self.seconds - time.monotonic(), 0))

        started = time.monotonic()
        at(0.25)
        self._accident("cut")
        self.slack.run(self.slack.deliveries.cut())
        at(0.5)
        self._accident("kill -9")
        self.processes[0].kill()
        self.processes[0].wait()
        self.processes[0] = self._begin()
        self._accident("restarted")
        at(0.75)
        self._accident("cut")
        self.slack.run(self.slack.deliveries.cut())

    def _accident(self, what: str) -> None:
        self.accidents.append((what, time.time()))

    def _excused(self, sent: float) -> bool:
        """Whether an event was on its way when its socket was cut or its process was dead."""
        whens = dict(self.accidents)
        spans = [(at, at) for what, at in self.accidents if what == "cut"]
        spans.append((whens["kill -9"], whens["restarted"]))
        return any(begin - ACK_SECONDS <= sent <= end + ACK_SECONDS for begin, end in spans)

    # --- what came of it

    def _answers(self, rooms: list[str]) -> dict[tuple[str, str], list[dict]]:
        found = defaultdict(list)
        for room in rooms:
            for message in list(self.slack.memory.channels[room].messages.values()):
                if message["user"] == BOT_USER:
                    mark = message.get("metadata", {}).get("event_payload", {})
                    found[room, mark.get("question", f"? {message['ts']}")].append(message)
        return found

    def _figures(self, rooms: list[str]) -> dict[str, object]:
        end = time.monotonic() + 300
        while time.monotonic() < end:
            answers = self._answers(rooms)
            if all(key in answers for key in self.asked):
                break
            time.sleep(0.5)
        time.sleep(10)  # whatever would come twice has come by then
        answers = self._answers(rooms)
        ways: Counter[str] = Counter()
        first, whole = [], []
        for key, asked in self.asked.items():
            for message in answers.get(key, [])[:1]:
                ways["streamed" if "streaming_state" in message else "posted"] += 1
                first.append(float(message["ts"]) - asked)
                whole.append(self.done[message["ts"]] - asked)
        log = self.slack.deliveries.log
        acks = [ack for delivery in log for ack in delivery.acks]
        unheard = [at for d in log for at in d.failed if not self._excused(at)]
        for process in self.processes:
            process.terminate()
        ended = [process.wait(90) for process in self.processes]
        return {
            "instances": self.instances,
            "questions": len(self.asked),
            "answered": sum(key in answers for key in self.asked),
            "doubles": sum(len(answers.get(key, ())) > 1 for key in self.asked),
            "unasked": sum(key not in self.asked for key in answers),
            "events": len(log),
            "arrivals": sum(delivery.sent for delivery in log),
            "lost to an accident": sum(len(d.failed) for d in log) - len(unheard),
            "not acknowledged by a living process": len(unheard),
            "never acknowledged": sum(not d.acks for d in log),
            "ack p50 / p99 / max": [round(x, 3) for x in (median(acks), _p(acks, 99), max(acks))],
            "first words p50 / p95": [round(x, 2) for x in (median(first), _p(first, 95))],
            "whole p50 / p95 / max": [
                round(x, 2) for x in (median(whole), _p(whole, 95), max(whole))
            ],
            "ways": dict(ways),
            "429": dict(self.slack.limits.refused),
            "accidents": [what for what, _ in self.accidents],
            "exit statuses": ended,
            "load average": [round(x, 1) for x in os.getloadavg()],
        }


def _p(values: list[float], percent: int) -> float:
    return quantiles(values, n=100)[percent - 1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", type=int, default=1)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--threads", type=int, default=60)
    parser.add_argument("--channels", type=int, default=12)
    parser.add_argument("--seconds", type=int, default=60)
    given = parser.parse_args()
    load = Load(given.instances, given.questions, given.threads, given.channels, given.seconds)
    figures = load.run()
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    whole = figures["answered"] == figures["questions"] and not figures["doubles"]
    return 0 if whole and not figures["unasked"] else 1


if __name__ == "__main__":
    sys.exit(main())
