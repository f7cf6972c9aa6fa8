"""What the reader is trained for."""

from __future__ import annotations

import torch

# In the place of minus infinity, whose differences are not numbers.
_NEVER = -1e4


def loss(
    logits: torch.Tensor,
    allowed: torch.Tensor,
    starts: torch.Tensor,
    ends: torch.Tensor,
    groups: int,
) -> torch.Tensor:
    """The loss of a batch, a scalar: per window, plus half of it per group.

    `logits` has shape (windows, tokens, 2), the masks (windows, tokens); the windows
    of a group follow each other, and each group has as many and one that answers.

    Per window: cross-entropy over its tokens, the first of which means "not here", as in
    SQuAD 2.0 (Rajpurkar et al. 2018); all places of the answer count as right. Per group:
    cross-entropy over the tokens of all its windows but the first ones, so that spans of
    different windows can be compared (shared normalisation, Clark & Gardner 2018).
    """
    total = logits.new_zeros((), dtype=torch.float32)
    for edge, right in ((0, starts), (1, ends)):
        scores = logits[..., edge].float().masked_fill(~allowed, _NEVER)
        window = torch.logsumexp(scores, 1) - _mass(scores, right)
        spans = scores.clone()
        spans[:, 0] = _NEVER
        everything = torch.logsumexp(torch.logsumexp(spans, 1).view(groups, -1), 1)
        answer = _mass(spans, right).view(groups, -1).max(1).values
        total = total + window.mean() + 0.5 * (everything - answer).mean()
    return total / 2


def _mass(scores: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    return torch.logsumexp(scores.masked_fill(~right, _NEVER), 1)
