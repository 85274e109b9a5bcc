"""Groups of units from the probabilities of their pairs: greedy correlation clustering."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush


@dataclass(frozen=True, slots=True)
class Edge:
    """Two units of different reports and the probability 0..1 that they belong together."""

    a: int
    b: int
    score: float


def group(
    edges: Sequence[Edge],
    reports: Sequence[int],
    *,
    bias: float,
    cap: int,
    vetoes: Collection[tuple[int, int]] = (),
) -> tuple[tuple[int, ...], ...]:
    """Return the groups of two units and more, each sorted, the groups by their first unit.

    `reports` gives the report of each unit. Each unit begins alone; the two groups whose cross-
    report pairs have the highest mean of (score − `bias`) are merged while that mean is above 0, no
    report then has more than `cap` units in it, and no pair of `vetoes` comes together. A pair
    without an edge scores 0. Ties: the groups with the lowest first units. Cost: O(e log e) for e
    edges, and a merge touches the neighbours of both groups only. Source: reference 3.3.

    >>> group([Edge(0, 1, 0.9), Edge(1, 2, 0.8), Edge(0, 2, 0.1)], [0, 1, 2], bias=0.5, cap=1)
    ((0, 1),)
    """
    table = _Table(edges, reports, vetoes)
    heap = [(-table.gain(a, b, bias), a, b, 0, 0) for a, b in table.pairs()]
    heapify(heap)
    while heap:
        gain, a, b, seen_a, seen_b = heappop(heap)
        if gain >= 0:
            break
        if not table.fresh(a, seen_a) or not table.fresh(b, seen_b) or not table.may(a, b, cap):
            continue
        for other in table.merge(a, b):
            first, second = min(a, other), max(a, other)
            heappush(
                heap,
                (
                    -table.gain(first, second, bias),
                    first,
                    second,
                    table.turn[first],
                    table.turn[second],
                ),
            )
    return table.groups()


class _Table:
    """The groups so far, each under its lowest unit, with the sums of scores between them."""

    def __init__(
        self, edges: Sequence[Edge], reports: Sequence[int], vetoes: Collection[tuple[int, int]]
    ) -> None:
        size = len(reports)
        self.members = {unit: [unit] for unit in range(size)}
        self.turn = dict.fromkeys(range(size), 0)
        self._counts = {unit: Counter({reports[unit]: 1}) for unit in range(size)}
        self._sums: dict[int, dict[int, float]] = {unit: {} for unit in range(size)}
        self._vetoes: dict[int, set[int]] = {unit: set() for unit in range(size)}
        for edge in sorted(edges, key=lambda e: (min(e.a, e.b), max(e.a, e.b))):
            if reports[edge.a] != reports[edge.b]:
                self._sums[edge.a][edge.b] = self._sums[edge.b][edge.a] = edge.score
        for a, b in vetoes:
            self._vetoes[a].add(b)
            self._vetoes[b].add(a)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield each pair of groups with an edge between them once."""
        for a, row in self._sums.items():
            for b in row:
                if a < b:
                    yield a, b

    def gain(self, a: int, b: int, bias: float) -> float:
        """Return the mean of (score − bias) over the cross-report pairs of the two groups."""
        counts, others = self._counts[a], self._counts[b]
        same = sum(count * others[report] for report, count in counts.items())
        pairs = counts.total() * others.total() - same
        return self._sums[a].get(b, 0.0) / pairs - bias if pairs else -bias

    def fresh(self, unit: int, turn: int) -> bool:
        """Say whether the group still is what it was when its gain was computed."""
        return unit in self.members and self.turn[unit] == turn

    def may(self, a: int, b: int, cap: int) -> bool:
        """Say whether the two groups may be merged."""
        both = self._counts[a] + self._counts[b]
        return max(both.values()) <= cap and self._vetoes[a].isdisjoint(self.members[b])

    def merge(self, a: int, b: int) -> list[int]:
        """Put group `b` into group `a` (a < b); return the groups that now have a new gain."""
        self.members[a] += self.members.pop(b)
        self._counts[a] += self._counts.pop(b)
        self._vetoes[a] |= self._vetoes.pop(b)
        self.turn[a] += 1
        for other, total in self._sums.pop(b).items():
            del self._sums[other][b]
            if other != a:
                self._sums[a][other] = self._sums[a].get(other, 0.0) + total
                self._sums[other][a] = self._sums[a][other]
        return sorted(self._sums[a])

    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Return the groups of two units and more."""
        return tuple(
            tuple(sorted(units)) for _, units in sorted(self.members.items()) if len(units) > 1
        )
