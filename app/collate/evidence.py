"""What speaks for and against two passages saying the same thing: one row of numbers a pair."""

from collections.abc import Mapping, Sequence
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

EVIDENCE = (
    "shared rare words",
    "shared words for their length",
    "same word forms",
    "same phrases",
    "words of like meaning",
    "same numbers",
    "other numbers",
    "other years",
    "other speaker",
    "same speaker",
    "both headlines",
    "one headline",
    "texts of the same names",
)
"""The inputs, in the order of the columns of `Pairs.table`; these names are shown as reasons."""

_LEAST_SHARED = 1.5
_LEAST_LIKE = 0.4
_LEAST_WORTH = 0.2
"""What the commonest word of English counts beside a rare one that as few passages have: "recently"
joins no two of them. Set on topics not seen (bench/train/passages.json); flat from 0 to .35.
"""
_DAMPING = 0.35
_SMALLEST_MASS = 3.0


@dataclass(frozen=True, slots=True)
class Pairs:
    """The candidate pairs, as indices of units (left < right), and their evidence.

    `table` has a row for each pair and a column for each of EVIDENCE.
    """

    left: Indices
    right: Indices
    table: Floats


def collect(units: Sequence[Unit]) -> Pairs:
    """Return the evidence of all pairs of different witnesses that could say the same thing.

    A pair is a candidate where both directions of BM25 together reach 1.5 or the mean word vectors
    a cosine of .4; all others share next to nothing. Order: by left, then right.
    """
    table, column = signals.counts([unit.matter for unit in units])
    weights = signals.idf(table) * _rarity(units, column)
    bm25 = signals.bm25(table, weights)
    meaning = _meaning(units, dict(zip(column, weights.tolist(), strict=True)))
    owner = np.array([unit.witness for unit in units])
    enough = (bm25 >= _LEAST_SHARED) | (meaning >= _LEAST_LIKE)
    left, right = np.nonzero(np.triu(owner[:, None] != owner[None, :]) & enough)
    mass = (table > 0) @ weights + _SMALLEST_MASS
    shared = signals.shared(table, table, weights) / np.outer(mass, mass) ** _DAMPING
    phrases = np.sqrt(signals.shared_of([unit.phrases for unit in units]))
    forms = signals.characters([" ".join(unit.stems) for unit in units])
    same_numbers, other_numbers = _sets([unit.numbers for unit in units], left, right)
    _, other_years = _sets([unit.years for unit in units], left, right)
    same_speaker, other_speaker = _sets([unit.speakers for unit in units], left, right)
    title = np.array([unit.passage.kind is PassageKind.TITLE for unit in units])
    columns = (
        bm25[left, right] / 10,
        shared[left, right],
        forms[left, right],
        phrases[left, right],
        meaning[left, right],
        np.minimum(same_numbers, 2),
        other_numbers,
        other_years,
        other_speaker,
        np.minimum(same_speaker, 1),
        title[left] & title[right],
        title[left] ^ title[right],
        _names(units)[owner[left], owner[right]],
    )
    return Pairs(left, right, np.stack(columns, axis=1).astype(np.float64))


def _rarity(units: Sequence[Unit], column: Mapping[str, int]) -> Matrix:
    """Return what each stem is worth by how rare its words are in English, up to 1."""
    found = np.ones(len(column), dtype=np.float32)
    for unit in units:
        for form, stem in zip(unit.forms, unit.stems, strict=True):
            if stem in column and stem[0] != "@":
                found[column[stem]] = _LEAST_WORTH + (1 - _LEAST_WORTH) * word(form).rarity ** 2
    return found


def _names(units: Sequence[Unit]) -> Matrix:
    """Return the cosine of the names of each two texts, those of few texts first."""
    bags: list[list[str]] = [[] for _ in range(max(unit.witness for unit in units) + 1)]
    for unit in units:
        bags[unit.witness] += unit.names
    table, _ = signals.counts(bags)
    weighed = np.log1p(table) * np.log((len(bags) + 1) / ((table > 0).sum(axis=0) + 0.5))
    weighed /= np.linalg.norm(weighed, axis=1, keepdims=True) + 1e-9
    cosine: Matrix = (weighed @ weighed.T).astype(np.float32)
    return cosine


def _meaning(units: Sequence[Unit], weights: dict[str, float]) -> Matrix:
    """Return the cosine of the mean word vectors, weighted by idf, less what all units share."""
    rows = []
    for unit in units:
        parts = [
            word(form).vector * weights[stem]
            for form, stem in zip(unit.forms, unit.stems, strict=True)
            if stem in weights
        ]
        rows.append(np.sum(parts, axis=0) if parts else np.zeros_like(word("a").vector))
    table = np.array(rows, dtype=np.float32)
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    table -= table.sum(axis=0) / (len(table) + signals.BACKGROUND)
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    cosine: Matrix = table @ table.T
    return cosine


def _sets(
    bags: Sequence[frozenset[str]], left: Indices, right: Indices
) -> tuple[Matrix, NDArray[np.bool_]]:
    """Return how many values each pair shares, and whether both have values and share none."""
    table, _ = signals.counts([sorted(bag) for bag in bags])
    common = (table @ table.T)[left, right]
    some = table.sum(axis=1) > 0
    return common, some[left] & some[right] & (common == 0)
