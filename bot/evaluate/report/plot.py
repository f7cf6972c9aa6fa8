"""Quality against time, as an SVG: up is better, left is faster (logarithmic)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

# The units of the drawing; a column of the page is about as many pixels wide.
_WIDTH, _HEIGHT = 380.0, 270.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 14.0, 14.0, 42.0
_RADIUS = 6.0
_LETTER, _LINE, _GAP = 7.0, 14.0, 3.0
_WIDE = 0x2E80
# Decades up to which 2 and 5 have room between the powers of ten.
_ROOMY = 2.4


@dataclass(frozen=True, slots=True)
class Point:
    """A name at (seconds, quality in [0, 1]); `colour` is the number of its CSS class."""

    name: str
    seconds: float
    quality: float
    colour: int


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    @property
    def inside(self) -> bool:
        return self.left >= _LEFT and self.right <= _WIDTH and self.top >= 0


def plot(points: Sequence[Point], quality: str, axis: str) -> str:
    """The drawing, with the names of its two axes (plain text). Empty without points."""
    if not points:
        return ""
    low, high = _span([math.log10(max(point.seconds, 1e-4)) for point in points])
    bottom = max(0.0, math.floor(10 * min(p.quality for p in points) - 0.5) / 10)

    def x(seconds: float) -> float:
        share = (math.log10(max(seconds, 1e-4)) - low) / (high - low)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _TOP + (1 - value) / (1 - bottom) * (_HEIGHT - _TOP - _BOTTOM)

    parts = [
        f'<svg class="plot" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" '
        f'aria-label="{escape(quality)} / {escape(axis)}">'
    ]
    step = 0.1 if 1 - bottom <= 0.5 else 0.2
    for count in range(round((1 - bottom) / step) + 1):
        value = 1 - count * step
        if value >= bottom - 1e-9:
            parts.append(_level(y(value), f"{value:.1f}"))
    for tick in _ticks(low, high):
        parts.append(
            f'<line class="grid" x1="{x(tick):.1f}" x2="{x(tick):.1f}" '
            f'y1="{_TOP:g}" y2="{_HEIGHT - _BOTTOM:g}"/>'
            f'<text class="tick" x="{x(tick):.1f}" y="{_HEIGHT - _BOTTOM + 16:g}" '
            f'text-anchor="middle">{_plain(tick)}</text>'
        )
    parts.append(
        f'<text class="axis" x="{_WIDTH - _RIGHT:g}" y="{_HEIGHT - 6:g}" '
        f'text-anchor="end">{escape(axis)}</text>'
        f'<text class="axis" x="{_LEFT:g}" y="{_HEIGHT - 6:g}">{escape(quality)} ↑</text>'
    )
    places = [(point, x(point.seconds), y(point.quality)) for point in points]
    taken = [_Box(a - 7, b - 7, a + 7, b + 7) for _, a, b in places]
    for point, a, b in places:
        title = f"{point.name}: {point.quality:.3f}, {point.seconds:.3f} s"
        parts.append(
            f'<circle class="c{point.colour}" cx="{a:.1f}" cy="{b:.1f}" r="{_RADIUS:g}">'
            f"<title>{escape(title)}</title></circle>"
        )
    for point, a, b in places:
        parts.append(_label(point, a, b, taken))
    return "".join([*parts, "</svg>"])


def _span(logs: Sequence[float]) -> tuple[float, float]:
    """The ends of the time axis: a margin round the points, and at least a factor of five."""
    low, high = min(logs) - 0.15, max(logs) + 0.25
    short = max(0.0, 0.7 - (high - low)) / 2
    return low - short, high + short


def _ticks(low: float, high: float) -> list[float]:
    """Seconds to mark between two powers of ten: 1, 2 and 5, or 1 alone where it is crowded."""
    steps = (1, 2, 5) if high - low <= _ROOMY else (1,)
    powers = range(math.floor(low), math.ceil(high) + 1)
    ticks = [step * 10.0**power for power in powers for step in steps]
    return [tick for tick in ticks if low <= math.log10(tick) <= high]


def _plain(tick: float) -> str:
    """A round number without an exponent: 0.0001, 0.05, 20."""
    return f"{tick:.6f}".rstrip("0").rstrip(".")


def _level(y: float, label: str) -> str:
    return (
        f'<line class="grid" x1="{_LEFT:g}" x2="{_WIDTH - _RIGHT:g}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{_LEFT - 7:g}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
    )


def _label(point: Point, x: float, y: float, taken: list[_Box]) -> str:
    """The name beside its point and in its colour, where no other name or point stands."""
    name = point.name
    width = sum(_LETTER * (1.7 if ord(letter) >= _WIDE else 1) for letter in name)
    places = [
        (anchor, x + dx, y + dy)
        for dy in (4, -12, 20, -26, 34, -40, 48)
        for anchor, dx in (("start", 11), ("end", -11), ("middle", 0))
        if not (anchor == "middle" and abs(dy) < 10)
    ]
    box = None
    for anchor, at, base in places:
        left = {"start": at, "end": at - width, "middle": at - width / 2}[anchor]
        box = _Box(left - _GAP, base - _LINE + 3, left + width + _GAP, base + 3)
        if box.inside and not any(box.meets(other) for other in taken):
            break
    else:
        anchor, at, base = places[0]
    if box is not None:
        taken.append(box)
    return (
        f'<text class="name c{point.colour}" x="{at:.1f}" y="{base:.1f}" text-anchor="{anchor}">'
        f"{escape(name)}</text>"
    )
