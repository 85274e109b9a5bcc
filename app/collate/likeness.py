"""How much whole tellings are alike, and which of them tell of one thing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.collate.signals import Matrix
from app.collate.text import Span
from app.collate.tokens import is_function_word, stem, tokenize

_LEAD_WEIGHT = 3
"""How often a word of the headline, the standfirst or the first two sentences counts."""
_NAME_WEIGHT = 1.5
_NUMBER_WEIGHT = 1.5
_ALONE = 0.14
"""Likeness to a group of its own below which a telling stays where it is."""
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Digest:
    """The spans of one telling, those of its lead apart."""

    text: str
    lead: tuple[Span, ...]
    rest: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Bag:
    """The stems of one span with the weight of the span, and which stems are names here."""

    stems: tuple[str, ...]
    named: tuple[bool, ...]
    weight: int


def likeness(digests: Sequence[Digest]) -> Matrix:
    """Return tellings × tellings cosines 0..1 of their weighted words.

    A word weighs log(1 + count) × ln((S + 1) / (spans with it + .5)) for S spans; names and numbers
    half as much again. Cost: O(T² · words) for T tellings. Set on cluster_ecb dev.
    """
    bags = [[*_bags(d, d.lead, _LEAD_WEIGHT), *_bags(d, d.rest, 1)] for d in digests]
    column: dict[str, int] = {}
    for telling in bags:
        for bag in telling:
            for word in bag.stems:
                column.setdefault(word, len(column))
    counts = np.zeros((len(bags), len(column)), dtype=np.float32)
    spread, seen, named = np.zeros((3, len(column)), dtype=np.float32)
    for row, telling in enumerate(bags):
        for bag in telling:
            at = [column[word] for word in bag.stems]
            np.add.at(counts[row], at, bag.weight)
            spread[list(set(at))] += 1
            np.add.at(seen, at, 1)
            np.add.at(named, at, bag.named)
    rarity = np.log((sum(map(len, bags)) + 1) / (spread + 0.5))
    boost = np.where(named > 0.6 * seen, _NAME_WEIGHT, 1.0)
    boost *= [_NUMBER_WEIGHT if word[0].isdigit() else 1.0 for word in column]
    table = (np.log1p(counts) * rarity * boost).astype(np.float32)
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    cosine: Matrix = table @ table.T
    return cosine


def _bags(digest: Digest, spans: Sequence[Span], weight: int) -> list[_Bag]:
    bags = []
    for span in spans:
        tokens = tokenize(digest.text, span)
        capitals = {t.norm for t in tokens[1:] if t.text[0].isupper()}
        kept = [t.norm for t in tokens if t.norm[0].isalnum() and not is_function_word(t.norm)]
        named = tuple(norm in capitals for norm in kept)
        bags.append(_Bag(tuple(stem(norm) for norm in kept), named, weight))
    return bags


def partition(matrix: Matrix, least: float) -> list[int]:
    """Return the group of each telling, numbered by first telling.

    Average linkage down to `least`, then each telling moves to the group it is most like, a few
    rounds over.
    """
    labels = _refined(matrix, _linked(matrix, least))
    numbers: dict[int, int] = {}
    return [numbers.setdefault(int(label), len(numbers)) for label in labels]


def _linked(matrix: Matrix, least: float) -> NDArray[np.int64]:
    size = len(matrix)
    alike = matrix.astype(np.float64)
    np.fill_diagonal(alike, -1)
    members = np.ones(size)
    labels = np.arange(size)
    while size > 1:
        a, b = divmod(int(alike.argmax()), size)
        if alike[a, b] < least:
            break
        row = (alike[a] * members[a] + alike[b] * members[b]) / (members[a] + members[b])
        row[alike[a] < -0.5] = -1
        alike[a] = alike[:, a] = row
        alike[a, a] = -1
        alike[b] = alike[:, b] = -1
        members[a] += members[b]
        labels[labels == labels[b]] = labels[a]
    return labels


def _refined(matrix: Matrix, labels: NDArray[np.int64]) -> NDArray[np.int64]:
    everyone = np.arange(len(labels))
    for _ in range(_ROUNDS):
        groups, own = np.unique(labels, return_inverse=True)
        inside = (own[:, None] == np.arange(len(groups))).astype(np.float64)
        sizes = inside.sum(axis=0)
        mean = matrix @ inside
        mean[everyone, own] -= np.diag(matrix)
        others = np.broadcast_to(sizes, mean.shape) - inside
        mean = np.where(others > 0, mean / np.maximum(others, 1), _ALONE)
        moved = groups[mean.argmax(axis=1)]
        if (moved == labels).all():
            break
        labels = moved
    return labels
