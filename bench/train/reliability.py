"""Draw how far probabilities are to be trusted, as a small SVG of our own."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

SIZE, EDGE = 320, 44
"""Side of the square in pixels, and the margin around it."""


def reliability_plot(bins: Sequence[tuple[float, float]], title: str) -> str:
    """Return an SVG: a point for each bin (predicted, real share), and the line of perfect answers.

    >>> reliability_plot([(0.2, 0.25)], "links").count("<circle")
    1
    """
    points = [(_across(predicted), _up(real)) for predicted, real in bins]
    whole = SIZE + 2 * EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" '
        'font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{whole}" height="{whole}" fill="white"/>',
        f'<rect x="{EDGE}" y="{EDGE}" width="{SIZE}" height="{SIZE}" fill="none" stroke="#888"/>',
        f'<path d="M{_across(0)} {_up(0)}L{_across(1)} {_up(1)}" stroke="#888" '
        'stroke-dasharray="4 4"/>',
    ]
    for share in (0, 0.5, 1):
        below = f'x="{_across(share)}" y="{whole - EDGE + 16}" text-anchor="middle"'
        parts.append(f"<text {below}>{share}</text>")
        parts.append(f'<text x="{EDGE - 6}" y="{_up(share) + 4}" text-anchor="end">{share}</text>')
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    parts.append(f'<polyline points="{line}" fill="none" stroke="#1f5fa8"/>')
    parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#1f5fa8"/>' for x, y in points]
    middle = whole / 2
    parts += [
        f'<text x="{middle}" y="{EDGE - 14}" text-anchor="middle">{escape(title)}</text>',
        f'<text x="{middle}" y="{whole - 8}" text-anchor="middle">predicted</text>',
        f'<text x="14" y="{middle}" text-anchor="middle" '
        f'transform="rotate(-90 14 {middle})">real share</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _across(share: float) -> float:
    return EDGE + SIZE * share


def _up(share: float) -> float:
    return EDGE + SIZE * (1 - share)
