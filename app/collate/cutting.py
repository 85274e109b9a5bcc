"""Sentences that say two things, cut where their clauses answer different passages.

Whole passages are paired first: clauses alone share too few words to be paired surely (measured:
weights/passages.md). The pairs then show which sentence has partners for different clauses.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product

from app.collate import signals
from app.collate.clauses import Seam, seams
from app.collate.grouping import Edge
from app.collate.parts import Parted, parts_of, places_of
from app.collate.terms import Unit
from app.collate.text import PassageKind, Witness
from app.collate.tokens import tokenize

_CUT = frozenset({PassageKind.SENTENCE, PassageKind.STANDFIRST})
_ROUNDS = 3
"""Rounds of cutting: where one sentence is cut can show where another is to be."""
_PARTNER = 0.25
"""Probability from which a passage is a partner whose words may cut a sentence."""
_ONE_SIDE = 0.8
"""Share of the words common with a partner that must stand on one side of a cut."""
_RARE = 6.0
"""Summed idf of common words that makes it sure which clause a partner answers: two rare words."""
_LEAST = 0.45
"""Strength 0..1 that the weaker side of a cut must have: the probability of its partner, less where
few words show it. Higher: fewer cuts. Flat from .4 to .5 on the five articles."""
_SAME = 0.5
"""Probability of saying the same from which two partners do not stand for two things."""
_AS_GOOD = 0.9
"""Of the cuts that reach this share of the best, the one at the plainest seam is taken."""


def cut(units: Sequence[Unit], witnesses: Sequence[Witness], edges: Sequence[Edge]) -> Parted:
    """Return the units with the sentences cut whose clauses answer different partners.

    A cut needs a partner on either side, with most of its common words there; words that all
    partners have say nothing. Two such partners are no neighbours in one telling (that is one
    sentence told in two) and do not themselves say the same. Cost: linear in edges; measured in
    bench/speed.json.
    """
    table, column = signals.counts([unit.matter for unit in units])
    weight = dict(zip(column, signals.idf(table).tolist(), strict=True))
    parted = Parted(tuple(units), tuple(range(len(units))), tuple(edges))
    fresh: Collection[int] = range(len(units))
    for _ in range(_ROUNDS):
        board = _Board(parted, witnesses, weight)
        parts = {n: found for n in fresh if len(found := board.parts(n)) > 1}
        if not parts:
            break
        parted, fresh = parted.cut(parts, weight)
    return parted


class _Board:
    """The units of one round with their partners."""

    def __init__(
        self, parted: Parted, witnesses: Sequence[Witness], weight: Mapping[str, float]
    ) -> None:
        self._parted, self._witnesses, self._weight = parted, witnesses, weight
        self._words = [frozenset(unit.matter) for unit in parted.units]
        self._near: list[dict[int, float]] = [{} for _ in parted.units]
        for edge in parted.edges:
            self._near[edge.a][edge.b] = self._near[edge.b][edge.a] = edge.score

    def parts(self, n: int) -> tuple[Unit, ...]:
        """Return the parts of a unit in text order, itself alone where it is not to be cut."""
        unit = self._parted.units[n]
        near = {y: score for y, score in self._near[n].items() if score >= _PARTNER}
        if unit.passage.kind not in _CUT or not self._may_cut(n, near):
            return (unit,)
        tokens = tokenize(self._witnesses[unit.witness].text, unit.passage.span)
        found = seams(tokens)
        told = Counter(word for y in near for word in self._words[y])
        weight = {
            word: self._weight[word] * (1 - told[word] / len(near)) for word in self._words[n]
        }
        placed = list(zip(places_of(unit, tokens), unit.stems, strict=True))
        starts = [0, *(seam.token for seam in found)]
        clauses = [
            {stem: weight[stem] for at, stem in placed if a <= at < b and stem in weight}
            for a, b in pairwise([*starts, len(tokens)])
        ]
        cuts = self._cuts(_Run(clauses, found), near)
        return parts_of(unit, tokens, [0, *(starts[c] for c in cuts)])

    def _may_cut(self, n: int, near: Mapping[int, float]) -> bool:
        """Say whether two partners each share enough with the unit that the other does not."""
        mine = {y: self._words[n] & self._words[y] for y in near}

        def strength(y: int, z: int) -> float:
            return near[y] * sum(self._weight[word] for word in mine[y] - mine[z])

        return any(
            min(strength(y, z), strength(z, y)) >= _LEAST * _RARE and self._are_apart(y, z)
            for y, z in combinations(near, 2)
        )

    def _cuts(self, run: "_Run", near: Mapping[int, float]) -> list[int]:
        """Return the clauses of a run before which it is cut, in order."""
        masses = {y: run.masses(self._words[y]) for y in near}
        strengths = [self._strength(masses, near, c) for c in range(1, len(run.clauses))]
        best = max(strengths, default=0.0)
        if best < _LEAST:
            return []
        good = [n for n, strength in enumerate(strengths) if strength >= _AS_GOOD * best]
        c = 1 + max(good, key=lambda n: (run.seams[n].weight, strengths[n], -n))
        before = _Run(run.clauses[:c], run.seams[: c - 1])
        after = _Run(run.clauses[c:], run.seams[c:])
        return [*self._cuts(before, near), c, *(c + n for n in self._cuts(after, near))]

    def _strength(
        self, masses: Mapping[int, Sequence[float]], near: Mapping[int, float], c: int
    ) -> float:
        """Return how surely a cut before clause `c` parts two partners, 0..1."""
        left, right = {}, {}
        for y, mass in masses.items():
            before, after = sum(mass[:c]), sum(mass[c:])
            if before > 0 and before >= _ONE_SIDE * (before + after):
                left[y] = near[y] * min(1.0, before / _RARE)
            elif after > 0 and after >= _ONE_SIDE * (before + after):
                right[y] = near[y] * min(1.0, after / _RARE)
        pairs = [(y, z) for y, z in product(left, right) if self._are_apart(y, z)]
        return max((min(left[y], right[z]) for y, z in pairs), default=0.0)

    def _are_apart(self, y: int, z: int) -> bool:
        """Say whether two partners can stand for two things."""
        a, b = self._parted.units[y], self._parted.units[z]
        beside = abs(self._parted.origin[y] - self._parted.origin[z]) <= 1
        if a.witness == b.witness and beside:
            return False
        return self._near[y].get(z, 0.0) < _SAME


@dataclass(frozen=True, slots=True)
class _Run:
    """Clauses that follow one another: the weight of each of their words, and their seams."""

    clauses: Sequence[Mapping[str, float]]
    seams: Sequence[Seam]

    def masses(self, there: Collection[str]) -> list[float]:
        """Return the weight of the words of each clause that stand `there`.

        A word of several clauses counts where most of the other words do.
        """
        shared = [[word for word in clause if word in there] for clause in self.clauses]
        times = Counter(word for words in shared for word in words)
        found = [
            sum(clause[word] for word in words if times[word] == 1)
            for clause, words in zip(self.clauses, shared, strict=True)
        ]
        for word in sorted(word for word, count in times.items() if count > 1):
            most = max(
                (n for n, words in enumerate(shared) if word in words), key=found.__getitem__
            )
            found[most] += self.clauses[most][word]
        return found
