"""The report page: one HTML file that needs nothing else."""

from bot.evaluate.report.page import page

__all__ = ["page"]
