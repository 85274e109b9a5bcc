"""What stands in another order: the links between two tellings that the longest run in order
leaves out.
"""

from collections.abc import Sequence


def moved(places: Sequence[int], weights: Sequence[float]) -> list[int]:
    """Return the indices of `places` (positions in the other telling, in the order of this one)
    that are out of order: all but the heaviest rising run. Cost: O(n²).

    >>> moved([4, 0, 1, 2, 3], [1, 1, 1, 1, 1])
    [0]
    """
    best = list(weights)
    before = [-1] * len(places)
    for i in range(len(places)):
        for j in range(i):
            if places[j] <= places[i] and best[j] + weights[i] > best[i]:
                best[i], before[i] = best[j] + weights[i], j
    at = max(range(len(places)), key=best.__getitem__, default=-1)
    kept = set()
    while at >= 0:
        kept.add(at)
        at = before[at]
    return [i for i in range(len(places)) if i not in kept]
