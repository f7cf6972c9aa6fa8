"""How well questions are answered: measured one by one, told as figures, wrong ones kept."""

from bot.evaluate.figures import Figures
from bot.evaluate.measure import Measure
from bot.evaluate.outcome import Outcome, Shown
from bot.evaluate.questions import Question, question_of

__all__ = ["Figures", "Measure", "Outcome", "Question", "Shown", "question_of"]
