"""A typed question made into a Query that stands alone, or into something social."""

from .normalise import LONGEST_QUESTION
from .question import understand
from .social import Social, SocialKind
from .turns import REMEMBERED_TURNS

__all__ = ["LONGEST_QUESTION", "REMEMBERED_TURNS", "Social", "SocialKind", "understand"]
