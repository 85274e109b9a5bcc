"""The pairs the word aligner is trained on, and the folds it is tried on."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.collate.words import features

FOLDS = 5


@dataclass(frozen=True)
class Pair:
    id: str
    genre: str
    s: list[str]
    t: list[str]
    sure: frozenset[tuple[int, int]]
    possible: frozenset[tuple[int, int]] = frozenset()


def read(path: Path) -> list[Pair]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        Pair(
            x["id"],
            x["genre"],
            x["s"],
            x["t"],
            frozenset(map(tuple, x["sure"])),
            frozenset(map(tuple, x.get("possible", []))),
        )
        for x in map(json.loads, lines)
    ]


def folds(pairs: list[Pair], seed: int = 0) -> list[list[int]]:
    """Cut the pairs into FOLDS lists of indices so that no sentence stands in two folds, nor two
    sentences that share 70 % of their words.
    """
    bags = [
        (i, frozenset(w.lower() for w in side)) for i, p in enumerate(pairs) for side in (p.s, p.t)
    ]
    root = list(range(len(pairs)))

    def find(i: int) -> int:
        while root[i] != i:
            i = root[i]
        return i

    for k, (i, x) in enumerate(bags):
        for j, y in bags[:k]:
            if len(x & y) >= 0.7 * len(x | y):
                root[find(i)] = find(j)
    groups: dict[int, list[int]] = {}
    for i in range(len(pairs)):
        groups.setdefault(find(i), []).append(i)
    order = list(groups.values())
    np.random.default_rng(seed).shuffle(order)
    order.sort(key=lambda g: pairs[g[0]].genre)  # each fold gets its share of each genre
    found: list[list[int]] = [[] for _ in range(FOLDS)]
    for k, group in enumerate(order):
        found[k % FOLDS].extend(group)
    return found


@dataclass(frozen=True)
class Example:
    """A pair as the net sees it. `weight` is that of each cell in the loss."""

    grid: np.ndarray
    label: np.ndarray
    weight: np.ndarray


def example(pair: Pair, possible: float = 0.3, weight: float = 1.0) -> Example:
    """`possible` is the label of a cell that annotators only call possible."""
    label = np.zeros((len(pair.s), len(pair.t)), np.float32)
    for links, value in ((pair.possible, possible), (pair.sure, 1.0)):
        for i, j in links:
            label[i, j] = value
    return Example(features(pair.s, pair.t), label, np.full(label.shape, weight, np.float32))
