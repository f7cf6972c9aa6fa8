"""Does a quote bear out a claim worded in other words? What a machine can tell, it tells.

Numbers, times, names, negation and the share of words each have a module; `bearing`
asks them in order. What they cannot tell (who did what to whom, irony, a reason
that the sentence only sits beside) passes: the quote is shown for a person to see.
"""

from bot.bearing.bearing import Problem, plainly_said, unborne, wrong_language

__all__ = ["Problem", "plainly_said", "unborne", "wrong_language"]
