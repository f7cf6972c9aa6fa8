"""A Slack of our own on loopback: real HTTP, real WebSocket, Slack's limits.

`FakeSlack` is the workspace with its server; what a person does in Slack is a
method of it (`say`, `click`, `command`, …). Run it by hand with
`python -m tests.fakes.slack`.
"""

from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.server import FakeSlack

__all__ = ["FakeSlack", "SlackError"]
