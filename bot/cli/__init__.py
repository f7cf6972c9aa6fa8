"""The command line; the only room that knows every face."""

from bot.cli.entry import main

__all__ = ["main"]
