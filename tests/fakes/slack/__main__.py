"""A workspace in the terminal: `python -m tests.fakes.slack`, to try the bot by hand.

It prints the settings under which `kiji slack` joins it (or starts it itself, with
`--run`), then a channel. What you type is said in it; `@kiji` mentions the bot.

    @kiji いつですか？       say something in the channel
    > それは誰？            say it in the thread of the last message
    /dm いつ？              write to the bot directly
    /kiji articles          the slash command
    /click 4 2              press the second button of message 4
    /good 4   /bad 4        the feedback buttons of message 4
    /stop                   the stop button, while it answers
    /edit 3 @kiji なぜ？    change message 3        /delete 3    delete it
    /upload PATH            drop a file, with a mention
    /wait [TEXT]            wait until the bot is done, or has said TEXT (for scripts)
    /quit
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.fakes.slack import FakeSlack
from tests.fakes.slack.messages import APP_TOKEN, BOT_TOKEN, BOT_USER, shown


class Screen:
    def __init__(self, slack: FakeSlack, person: str, channel: str) -> None:
        self.slack, self.person, self.channel = slack, person, channel
        self.numbers: dict[tuple[str, str], int] = {}
        self.places: list[tuple[str, str]] = []
        self.last: tuple[str, str] | None = None
        self.heard: list[str] = []
        slack.on_post = self.posted

    def number(self, channel: str, ts: str) -> int:
        if (channel, ts) not in self.numbers:
            self.numbers[channel, ts] = len(self.places) + 1
            self.places.append((channel, ts))
        return self.numbers[channel, ts]

    def posted(self, message: dict[str, Any], where: dict[str, Any]) -> None:
        channel = where["channel"]
        if where.get("ephemeral"):
            self.show("kiji, to you alone", shown(message))
            return
        number = self.number(channel, message["ts"])
        who = "kiji" if message["user"] == BOT_USER else "you"
        if where.get("deleted"):
            self.show(f"[{number}]", "(deleted)")
            return
        root = message.get("thread_ts")
        place = f" in the thread of {self.number(channel, root)}" if root else ""
        changed = " (changed)" if where.get("changed") and not message.get("streamed") else ""
        if message.get("streaming_state") == "in_progress":
            changed = " (begins to stream)"
        direct = " directly" if channel.startswith("D") else ""
        words = shown(message).replace(f"<@{BOT_USER}>", "@kiji")
        self.show(f"[{number}] {who}{direct}{place}{changed}", words)

    def show(self, head: str, words: str) -> None:
        self.heard.append(words)
        body = "\n".join(f"    {line}" for line in words.split("\n"))
        print(f"{head}\n{body}", flush=True)

    # --- what is typed

    def typed(self, line: str) -> None:
        command, _, rest = line.partition(" ")
        match command:
            case "":
                return
            case "/kiji":
                print(f"you: {line}", flush=True)
                self.slack.command(self.channel, self.person, rest)
            case "/dm":
                self.say(self.slack.direct(self.person), rest)
            case ">":
                if self.last is None:
                    print("There is no thread yet.")
                    return
                channel, root = self.last
                self.say(channel, rest, root)
            case "/click" | "/good" | "/bad":
                self.click(command, rest.split())
            case "/stop" if self.last:
                wait(lambda: self.session() == "processing", 10)
                print("you press stop", flush=True)
                self.slack.press_stop(*self.last[:1], self.person, self.last[1])
            case "/edit":
                number, _, words = rest.partition(" ")
                self.slack.edit(*self.places[int(number) - 1], self.words(words))
            case "/delete":
                self.slack.delete(*self.places[int(rest) - 1])
            case "/upload":
                path = Path(rest)
                file = self.slack.upload(self.person, path.name, path.read_bytes())
                self.last = (
                    self.channel,
                    self.slack.mention(self.channel, self.person, "", files=(file,)),
                )
            case "/wait" if rest:
                wait(lambda: any(rest in words for words in self.heard), 240)
            case "/wait":
                wait(self.quiet, 240)
            case _:
                self.say(self.channel, line)

    def words(self, text: str) -> str:
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return escaped.replace("@kiji", f"<@{BOT_USER}>")

    def say(self, channel: str, text: str, thread: str | None = None) -> None:
        ts = self.slack.say(channel, self.person, self.words(text), thread)
        self.last = (channel, thread or ts)

    def session(self) -> str:
        return self.slack.memory.sessions.get(self.last, {}).get("status", "") if self.last else ""

    def click(self, command: str, rest: list[str]) -> None:
        channel, ts = self.places[int(rest[0]) - 1]
        message = self.slack.memory.channels[channel].messages[ts]
        if command != "/click":
            print(f"you press {command[1:]} under [{rest[0]}]", flush=True)
            self.slack.click(channel, self.person, ts, "kiji_feedback", command[1:])
            return
        buttons = [
            element
            for block in message.get("blocks", [])
            if block["type"] == "actions"
            for element in block["elements"]
        ]
        button = buttons[int(rest[1]) - 1]
        print(f"you press “{button['text']['text']}” of [{rest[0]}]", flush=True)
        self.slack.click(channel, self.person, ts, button["action_id"])

    def quiet(self) -> bool:
        """Whether every delivery is done, nothing is being answered, and the last call is old."""
        count = len(self.slack.calls)
        time.sleep(1.5)
        sessions = list(self.slack.memory.sessions.values())
        busy = any(session["status"] == "processing" for session in sessions)
        done = all(delivery.done.is_set() for delivery in self.slack.deliveries.log)
        return done and not busy and count == len(self.slack.calls)


def wait(condition: Any, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--run", action="store_true", help="start `kiji slack` as well")
    parser.add_argument("--store", help="the bot's store")
    parser.add_argument("--english", action="store_true", help="use Slack in English")
    given = parser.parse_args()
    with FakeSlack(limits=True) as slack:
        person = slack.person("you", "en-US" if given.english else "ja-JP")
        screen = Screen(slack, person, slack.new_channel(person))
        settings = {
            "KIJI_SLACK_API_URL": slack.api_url,
            "KIJI_SLACK_BOT_TOKEN": BOT_TOKEN,
            "KIJI_SLACK_APP_TOKEN": APP_TOKEN,
        }
        if given.store:
            settings["KIJI_STORE"] = given.store
        bot = None
        if given.run:
            command = [sys.executable, "-c", "from bot.cli import main; main()", "slack"]
            bot = subprocess.Popen(command, env={**os.environ, **settings})
        else:
            print(" ".join(f"{name}={value}" for name, value in settings.items()), "kiji slack")
        wait(lambda: slack.deliveries.sockets, 3600)
        try:
            for line in sys.stdin:
                if line.strip() == "/quit":
                    break
                try:
                    screen.typed(line.strip())
                except Exception as error:  # noqa: BLE001 - a slip of the keys must not end the talk
                    print(f"! {error!r}")
        except KeyboardInterrupt:
            pass
        finally:
            if bot is not None:
                bot.terminate()
                bot.wait(90)
    return 0


if __name__ == "__main__":
    sys.exit(main())
