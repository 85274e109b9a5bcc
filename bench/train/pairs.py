"""The pairs the word aligner is trained on, and the folds it is tried on."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.collate.words import features, rows

FOLDS = 5
GROUPS = ((0, 1), (2, 3), (4,))
"""The folds that one teacher never sees: three teachers serve five folds."""


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
    """A pair as the net sees it: its grid, n × m × features; its words, n or m × described; and
    what to say of each cell, n × m × 2: is the link sure, is it sure or possible. `weight` is that
    of each of its cells in the loss.
    """

    grid: np.ndarray
    a: np.ndarray
    b: np.ndarray
    label: np.ndarray
    weight: np.ndarray | float = 1.0


def example(pair: Pair, possible: float) -> Example:
    """`possible` is the label of a cell whose link annotators only call possible."""
    label = np.zeros((len(pair.s), len(pair.t), 2), np.float32)
    for links, value in ((pair.possible, possible), (pair.sure, 1.0)):
        for i, j in links:
            label[i, j] = value, 1
    return labelled(pair.s, pair.t, label)


def labelled(s: list[str], t: list[str], label: np.ndarray) -> Example:
    return Example(features(s, t), rows(s), rows(t), label.astype(np.float32))
