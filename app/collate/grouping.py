"""Groups of units from the probabilities of their pairs: the surest groups first."""

from collections import Counter
from collections.abc import Collection, Sequence
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
    least: float,
    cap: int,
    heads: Collection[int] = frozenset(),
) -> tuple[tuple[int, ...], ...]:
    """Return the groups of two units and more, each sorted, the groups by their first unit.

    `reports` gives the report of each unit. Each unit begins alone; the two groups with the highest
    likeness are merged while it is above `least` and no report then has more than `cap` units in
    one group. Likeness: each unit's best score with a unit of the other group, averaged over the
    units of either side, then over the sides; a pair without an edge scores 0. So one passage
    joins a group because of one good partner, and two groups join only if most of their passages
    have one. `heads` (headlines and standfirsts) are held to more: each sums up the whole event and
    shares its names, so a head is as near to a group as to its heads on average, if it has any.
    The mean over all pairs (greedy correlation clustering) finds less of what belongs
    together, measured on the five articles: .47 against .53 (weights/passages.md).
    Ties: the groups with the lowest first units. Cost: O(e log e) for e edges.

    >>> group([Edge(0, 1, 0.9), Edge(1, 2, 0.8), Edge(0, 2, 0.1)], [0, 1, 2], least=0.5, cap=1)
    ((0, 1, 2),)
    >>> group([Edge(0, 1, 0.9), Edge(1, 2, 0.8)], [0, 1, 0], least=0.5, cap=1)
    ((0, 1),)
    >>> group([Edge(0, 1, 0.9), Edge(1, 2, 0.8)], [0, 1, 2], least=0.5, cap=1, heads={0, 1, 2})
    ((0, 1),)
    """
    table = _Table(edges, reports, heads)
    heap = [(-table.likeness(a, b), a, b, 0, 0) for a in table.members for b in table.near(a, a)]
    heapify(heap)
    while heap:
        gain, a, b, turn_a, turn_b = heappop(heap)
        if -gain <= least:
            break
        if table.turn.get(a) != turn_a or table.turn.get(b) != turn_b or not table.fits(a, b, cap):
            continue
        table.merge(a, b)
        for other in table.near(a):
            low, high = min(a, other), max(a, other)
            gain = -table.likeness(low, high)
            heappush(heap, (gain, low, high, table.turn[low], table.turn[high]))
    return tuple(tuple(sorted(m)) for _, m in sorted(table.members.items()) if len(m) > 1)


class _Table:
    """The groups so far, each under its lowest unit, with each unit's best score in each group.

    `turn` counts the merges of a group, so that likenesses computed before are known as stale.
    """

    def __init__(
        self, edges: Sequence[Edge], reports: Sequence[int], heads: Collection[int]
    ) -> None:
        self.members = {unit: [unit] for unit in range(len(reports))}
        self.turn = dict.fromkeys(self.members, 0)
        self._counts = {unit: Counter({report: 1}) for unit, report in enumerate(reports)}
        self._best: list[dict[int, float]] = [{} for _ in reports]
        for edge in edges:
            if reports[edge.a] != reports[edge.b]:
                self._best[edge.a][edge.b] = self._best[edge.b][edge.a] = edge.score
        self._heads = {head: dict(self._best[head]) for head in heads}

    def near(self, a: int, above: int = -1) -> list[int]:
        """Return the groups with an edge to group `a`, those above a number only."""
        return sorted({b for unit in self.members[a] for b in self._best[unit] if b > above})

    def likeness(self, a: int, b: int) -> float:
        """Return how alike two groups are, 0..1."""
        sides = (
            sum(self._nearness(unit, there) for unit in self.members[here])
            / len(self.members[here])
            for here, there in ((a, b), (b, a))
        )
        return sum(sides) / 2

    def _nearness(self, unit: int, group: int) -> float:
        """Return how alike a unit and a group are, 0..1."""
        heads = [other for other in self.members[group] if other in self._heads]
        if unit not in self._heads or not heads:
            return self._best[unit].get(group, 0.0)
        return sum(self._heads[unit].get(other, 0.0) for other in heads) / len(heads)

    def fits(self, a: int, b: int, cap: int) -> bool:
        """Say whether no report has more than `cap` units in both together."""
        return max((self._counts[a] + self._counts[b]).values()) <= cap

    def merge(self, a: int, b: int) -> None:
        """Put group `b` into group `a` (a < b)."""
        touched = {unit for near in self.near(b) for unit in self.members[near]}
        for unit in touched | set(self.members[a]):
            if b in self._best[unit]:
                score = self._best[unit].pop(b)
                self._best[unit][a] = max(score, self._best[unit].get(a, 0.0))
        self.members[a] += self.members.pop(b)
        for unit in self.members[a]:
            self._best[unit].pop(a, None)
        self._counts[a] += self._counts.pop(b)
        self.turn[a] += 1
        del self.turn[b]
