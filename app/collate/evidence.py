"""What speaks for and against two passages saying the same thing: one row of numbers a pair."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.collate import signals
from app.collate.signals import Matrix
from app.collate.terms import Unit
from app.collate.text import PassageKind
from app.collate.words import word

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

LEAST_SHARED = 2.5
"""Raw BM25, both directions, under which a pair without other evidence is no candidate."""

FIRST = (
    "shared words",
    "shared words, roots",
    "word forms",
    "share of the shorter",
    "share of the longer",
    "shared rare words",
    "shared phrases",
    "like words",
    "like words, alone",
    "same quotation",
    "quotation and report",
    "same numbers",
    "other numbers",
    "other years",
    "same names",
    "names, share",
    "other speaker",
    "same speaker",
    "length",
    "both titles",
    "one title",
)


@dataclass(frozen=True, slots=True)
class Pairs:
    """The candidate pairs, as indices of units (left < right), and their evidence."""

    left: Indices
    right: Indices
    table: Floats


def first_evidence(units: Sequence[Unit]) -> Pairs:
    """Return the candidates with what each pair shows by itself, pairs × FIRST."""
    table, column = signals.counts([unit.stems for unit in units])
    weights = signals.idf(table)
    bm25 = signals.bm25(table, weights)
    chars = signals.characters([" ".join(unit.stems) for unit in units])
    vectors = _vectors(units, dict(zip(column, weights.tolist(), strict=True)))
    cosine = vectors @ vectors.T
    owner = np.array([unit.witness for unit in units])
    enough = (bm25 >= LEAST_SHARED) | (cosine >= 0.5)
    left, right = np.nonzero(np.triu(owner[:, None] != owner[None, :]) & enough)
    both = signals.shared(table, table, weights)
    mass = (table > 0) @ weights + 1e-6
    rare = weights * (weights >= np.log((len(units) + 1) / (max(4, 0.03 * len(units)) + 0.5)))
    quoted = _quoted(units, column)
    across = signals.shared(quoted, table, weights)
    numbers = _sets([unit.numbers for unit in units])
    years = _sets([unit.years for unit in units])
    names = signals.shared_of([sorted(unit.names) for unit in units])
    own = np.maximum(np.diag(names), 1e-6)
    at = (left, right)
    shorter = np.minimum(mass[left], mass[right])
    longer = np.maximum(mass[left], mass[right])
    same, other = _speakers(units, left, right)
    title = np.array([unit.passage.kind is PassageKind.TITLE for unit in units])
    columns = [
        bm25[at] / 10,
        np.sqrt(np.maximum(bm25[at], 0)),
        chars[at],
        both[at] / shorter,
        both[at] / longer,
        signals.shared(table, table, rare)[at] / 5,
        np.sqrt(signals.shared_of(_phrases(units))[at]),
        cosine[at],
        signals.csls(cosine)[at],
        np.sqrt(signals.shared(quoted, quoted, weights)[at]),
        np.sqrt(np.maximum(across, across.T)[at]),
        np.minimum(numbers.common(left, right), 2),
        numbers.apart(left, right),
        years.apart(left, right),
        names[at] / 5,
        names[at] / np.minimum(own[left], own[right]),
        other,
        same,
        np.log1p(
            np.minimum([len(units[n].stems) for n in left], [len(units[n].stems) for n in right])
        ),
        title[left] & title[right],
        title[left] ^ title[right],
    ]
    return Pairs(left, right, np.stack(columns, axis=1).astype(np.float64))


def _vectors(units: Sequence[Unit], weights: dict[str, float]) -> Matrix:
    """Return one vector of length 1 a unit: the mean of its words' by idf, less that of all."""
    rows = []
    for unit in units:
        parts = [
            word(form).vector * weights[stem]
            for form, stem in zip(unit.forms, unit.stems, strict=True)
        ]
        rows.append(np.sum(parts, axis=0) if parts else np.zeros_like(word("a").vector))
    table = np.array(rows, dtype=np.float32)
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    table -= table.mean(axis=0)
    centred: Matrix = table / (np.linalg.norm(table, axis=1, keepdims=True) + 1e-9)
    return centred


def _quoted(units: Sequence[Unit], column: dict[str, int]) -> Matrix:
    table = np.zeros((len(units), len(column)), dtype=np.float32)
    for row, unit in enumerate(units):
        for stem, inside in zip(unit.stems, unit.quoted, strict=True):
            if inside:
                table[row, column[stem]] = 1
    return table


def _phrases(units: Sequence[Unit]) -> list[list[str]]:
    return [[f"{a} {b}" for a, b in zip(u.stems, u.stems[1:], strict=False)] for u in units]


class _sets:  # noqa: N801
    """Small sets of values, compared pair by pair."""

    def __init__(self, bags: Sequence[frozenset[str]]) -> None:
        table, _ = signals.counts([sorted(bag) for bag in bags])
        self._common = table @ table.T
        self._any = table.sum(axis=1) > 0

    def common(self, left: Indices, right: Indices) -> Matrix:
        """Return how many values both have."""
        return self._common[left, right]

    def apart(self, left: Indices, right: Indices) -> NDArray[np.bool_]:
        """Say of each pair whether both have values and share none."""
        return self._any[left] & self._any[right] & (self._common[left, right] == 0)


def _speakers(
    units: Sequence[Unit], left: Indices, right: Indices
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Say of each pair whether both have one speaker, and whether each has another one."""
    keys = {None: 0}
    codes = np.array([keys.setdefault(unit.speaker, len(keys)) for unit in units])
    known = (codes[left] > 0) & (codes[right] > 0)
    same = known & (codes[left] == codes[right])
    return same, known & ~same
