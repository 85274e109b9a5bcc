"""The order of rows: as the event is told, so that the table reads like an article."""

from collections import Counter
from collections.abc import Sequence

Places = Sequence[tuple[int, float]]
"""The passages of one row: witness, and position 0..1 in its text."""

_STEP = 0.01


def ordered(rows: Sequence[Places]) -> list[int]:
    """Return the indices of the rows in reading order.

    The witness with most rows is the base: its order stands. Another row comes after the row that
    stands before it in the text of a witness that has both, as far behind as its position there
    says; rows that meet the base nowhere go by their position. Ties: the order given.

    >>> ordered([[(0, 0.9), (1, 0.5)], [(1, 0.6), (2, 0.0)], [(0, 1.0), (1, 1.0)]])
    [0, 1, 2]
    """
    counts = Counter(witness for row in rows for witness in {w for w, _ in row})
    known: dict[int, float] = {}
    for witness in sorted(counts, key=lambda w: (-counts[w], w)):
        mine = sorted(
            (min(position for w, position in row if w == witness), n)
            for n, row in enumerate(rows)
            if any(w == witness for w, _ in row)
        )
        fixed = [(position, known[n]) for position, n in mine if n in known]
        for position, n in mine:
            known.setdefault(n, _between(position, fixed))
    return sorted(range(len(rows)), key=lambda n: (known[n], n))


def _between(position: float, fixed: Sequence[tuple[float, float]]) -> float:
    """Return the place just after the last fixed row before this position."""
    if not fixed:
        return position
    before = [pair for pair in fixed if pair[0] <= position]
    if not before:
        return min(place for _, place in fixed) - _STEP * (fixed[0][0] - position) - 1e-6
    return before[-1][1] + _STEP * (position - before[-1][0]) + 1e-6
