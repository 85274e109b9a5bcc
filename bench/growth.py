"""Draw how the cost of an event grows with its articles: `python -m bench.growth`.

Reads bench/speed.json, writes docs/img/growth.svg.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PLOT = HERE.parent / "docs" / "img" / "growth.svg"
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 360, 56, 48, 24


def draw(points: Sequence[dict[str, Any]]) -> str:
    """Return an SVG: CPU seconds over articles, the whole of it and the comparison of words."""
    most = max(point["articles"] for point in points)
    high = max(point["seconds"] for point in points) * 1.05
    step = _step(high)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="12" fill="currentColor">',
        "<title>CPU seconds of a fresh comparison, by the number of articles of an event</title>",
    ]
    for n in range(int(high / step) + 1):
        y = _y(n * step, high)
        lines.append(
            f'<path d="M{LEFT} {y}H{WIDTH - 12}" stroke="currentColor" stroke-opacity=".2"/>'
        )
        lines.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{n * step:g} s</text>')
    for point in points:
        x = _x(point["articles"], most)
        lines.append(
            f'<text x="{x}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">'
            f"{point['articles']}</text>"
        )
    for key, dash, label in (("seconds", "", "whole"), ("compare", "5 4", "rows and words")):
        places = [(_x(p["articles"], most), _y(p[key], high)) for p in points]
        path = "L".join(f"{x} {y}" for x, y in places)
        lines.append(
            f'<path d="M{path}" fill="none" stroke="currentColor" stroke-width="2" '
            f'stroke-dasharray="{dash or "none"}"/>'
        )
        lines += [f'<circle cx="{x}" cy="{y}" r="3"/>' for x, y in places]
        row = TOP + 16 * (key == "compare")
        lines.append(
            f'<path d="M{LEFT + 12} {row}h28" stroke="currentColor" stroke-width="2" '
            f'stroke-dasharray="{dash or "none"}"/>'
        )
        lines.append(f'<text x="{LEFT + 48}" y="{row + 4}">{label}</text>')
    lines.append(f'<text x="{LEFT}" y="{HEIGHT - 8}">articles of the event</text></svg>')
    return "\n".join(lines) + "\n"


def _x(articles: float, most: float) -> float:
    return round(LEFT + articles / most * (WIDTH - LEFT - 24), 1)


def _y(seconds: float, high: float) -> float:
    return round(HEIGHT - BOTTOM - seconds / high * (HEIGHT - BOTTOM - TOP), 1)


def _step(high: float) -> float:
    """Return a round number of seconds between two lines, so that there are ten at most."""
    steps = [base * 10**power for power in range(-2, 5) for base in (1, 2, 5)]
    return next(step for step in steps if high / step <= 10)


def main() -> None:
    """Draw the figure, where there is something to draw."""
    measured = json.loads((HERE / "speed.json").read_text(encoding="utf-8"))["measured"]
    if "growth" in measured:
        PLOT.write_text(draw(measured["growth"]), encoding="utf-8")
    print("{}")


if __name__ == "__main__":
    main()
