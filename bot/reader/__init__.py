"""The embedded engine's reader: points at the answer in a passage, or says it is not there."""

from bot.reader.brackets import balanced
from bot.reader.calibration import Calibration, Standing, standings
from bot.reader.model import Reader
from bot.reader.spans import Span
from bot.reader.windows import Window, sentence_round, windows

__all__ = [
    "Calibration",
    "Reader",
    "Span",
    "Standing",
    "Window",
    "balanced",
    "sentence_round",
    "standings",
    "windows",
]
