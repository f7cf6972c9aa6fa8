"""The Web API's methods: which arguments each takes, what it does, how it refuses."""

from tests.fakes.slack.methods import agent, app, chat, reading, streams
from tests.fakes.slack.methods.registry import call

# Imported so that their methods are in the registry.
__all__ = ["agent", "app", "call", "chat", "reading", "streams"]
