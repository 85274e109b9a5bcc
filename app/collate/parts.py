"""Units and their parts: what a sentence becomes when its clauses stand in different rows."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from app.collate.grouping import Edge
from app.collate.terms import Unit
from app.collate.text import Span, Token

FAINTEST = 0.02
"""Probability below which a pair counts as 0 when groups are made."""
_SUREST = 6.0
"""Log-odds above which a pair of whole passages counts as no surer when it is shared out."""
_STRANGERS = -5.0
"""Log-odds that two passages without a common word say the same."""
_SHORTER = 0.7
"""Exponent of the share of common words: below 1, since a part also has fewer words of its own."""


@dataclass(frozen=True, slots=True)
class Parted:
    """Units, some of them parts: `origin` is the index of the passage that each comes from."""

    units: tuple[Unit, ...]
    origin: tuple[int, ...]
    edges: tuple[Edge, ...]

    def is_cut(self, n: int) -> bool:
        """Say whether a unit and the one before it are parts of one passage."""
        return n > 0 and self.origin[n] == self.origin[n - 1]

    def cut(
        self, parts: Mapping[int, Sequence[Unit]], weight: Mapping[str, float]
    ) -> tuple["Parted", frozenset[int]]:
        """Return the units with their parts in their place, and which of them met a cut one.

        What a pair has in common is shared out by the `weight` of the words that two parts share.
        """
        now = [parts.get(n, (unit,)) for n, unit in enumerate(self.units)]
        first = [0, *accumulate(map(len, now))]
        edges: list[Edge] = []
        met: set[int] = set()
        for edge in self.edges:
            for i, j, share in _shares(now[edge.a], now[edge.b], weight):
                score = edge.score if share == 1 else _weakened(edge.score, share)
                if score < FAINTEST:
                    continue
                edges.append(Edge(first[edge.a] + i, first[edge.b] + j, score))
                if edge.a in parts or edge.b in parts:
                    met |= {edges[-1].a, edges[-1].b}
        units = tuple(unit for found in now for unit in found)
        origin = tuple(self.origin[n] for n, found in enumerate(now) for _ in found)
        return Parted(units, origin, tuple(edges)), frozenset(met)

    def housed(self, groups: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
        """Return the groups with every part that stands in none put to one of its passage."""
        where = {n: g for g, members in enumerate(groups) for n in members}
        forth = range(1, len(self.units))
        for numbers, step in ((forth, -1), (range(len(self.units) - 2, -1, -1), 1)):
            for n in numbers:
                if n not in where and n + step in where and self.is_cut(max(n, n + step)):
                    where[n] = where[n + step]
        housed: list[list[int]] = [[] for _ in groups]
        for n in sorted(where):
            housed[where[n]].append(n)
        return tuple(map(tuple, housed))

    def joined(self, groups: Sequence[Sequence[int]]) -> "Parted":
        """Return the units with parts of a passage that follow one another in a group made one."""
        where = {n: g for g, members in enumerate(groups) for n in members}
        units: list[Unit] = []
        origin: list[int] = []
        now: list[int] = []
        for n, unit in enumerate(self.units):
            if self.is_cut(n) and where.get(n) == where.get(n - 1):
                units[-1] = _one(units[-1], unit)
            else:
                units.append(unit)
                origin.append(self.origin[n])
            now.append(len(units) - 1)
        best: dict[tuple[int, int], float] = {}
        for edge in self.edges:
            pair = now[edge.a], now[edge.b]
            best[pair] = max(edge.score, best.get(pair, 0.0))
        edges = tuple(Edge(a, b, score) for (a, b), score in best.items())
        return Parted(tuple(units), tuple(origin), edges)


def places_of(unit: Unit, tokens: Sequence[Token]) -> list[int]:
    """Return for each stem of a unit the index of the token it stands at."""
    at, found = 0, []
    for form in unit.forms:
        here = next((k for k in range(at, len(tokens)) if tokens[k].norm == form), None)
        at = at if here is None else here + 1
        found.append(max(0, at - 1))
    return found


def parts_of(unit: Unit, tokens: Sequence[Token], starts: Sequence[int]) -> tuple[Unit, ...]:
    """Return the parts of a unit that begin at these tokens, the first of which is 0."""
    places, matter = places_of(unit, tokens), frozenset(unit.matter)
    found = []
    for a, b in pairwise([*starts, len(tokens)]):
        inside = [n for n, at in enumerate(places) if a <= at < b]
        stems = tuple(unit.stems[n] for n in inside)
        span = Span(tokens[a].span.start, tokens[b - 1].span.end)
        found.append(
            replace(
                unit,
                passage=replace(unit.passage, span=span),
                forms=tuple(unit.forms[n] for n in inside),
                stems=stems,
                matter=tuple(stem for stem in stems if stem in matter),
            )
        )
    return tuple(found)


def _one(a: Unit, b: Unit) -> Unit:
    """Return two parts that follow one another as one."""
    return replace(
        a,
        passage=replace(a.passage, span=Span(a.passage.span.start, b.passage.span.end)),
        forms=a.forms + b.forms,
        stems=a.stems + b.stems,
        matter=a.matter + b.matter,
    )


def _shares(
    a: Sequence[Unit], b: Sequence[Unit], weight: Mapping[str, float]
) -> list[tuple[int, int, float]]:
    """Return for each part of either side which share of the common words both have."""
    if len(a) == len(b) == 1:
        return [(0, 0, 1.0)]
    masses = [
        (i, j, sum(weight[word] for word in frozenset(x.matter) & frozenset(y.matter)))
        for i, x in enumerate(a)
        for j, y in enumerate(b)
    ]
    total = sum(mass for _, _, mass in masses)
    return [(i, j, mass / total if total else 1.0) for i, j, mass in masses]


def _weakened(score: float, share: float) -> float:
    """Return the probability of two parts that have a share of what two passages have in common.

    The log-odds of a pair grow about linearly with what it has in common.
    """
    odds = min(_SUREST, math.log(max(score, 1e-6) / max(1 - score, 1e-6)))
    return 1 / (1 + math.exp(-_STRANGERS - share**_SHORTER * (odds - _STRANGERS)))
