"""Align the words of two sentences: for every pair of tokens the probability that they answer
each other.

The sentences span a grid of cells, each with FEATURES numbers; a small convolutional net reads the
grid (rows and columns by their maxima and means), so that a cell knows its rivals and neighbours.
Source: reference/engine.md 3.1 of the project; trained by bench/train/aligner.py.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, JaroWinkler
from rapidfuzz.process import cdist

from app.collate.config import Config
from app.collate.data import aligner_weights, meanings, vectors
from app.collate.tokens import is_function_word, normal, stem

FEATURES = 18
"""Numbers each cell is described by."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Word:
    """What the aligner knows of one token, whatever its neighbours. `rarity` is 0 common … 1 rare;
    `vector` (from the word's pieces) and `meaning` (of the whole word) have length 1, or 0 where
    nothing is known.
    """

    norm: str
    stem: str
    flags: tuple[bool, bool, bool]  # punctuation, function word, number
    rarity: float
    vector: Floats
    meaning: Floats


def link_words(
    a: Sequence[str], b: Sequence[str], config: Config
) -> tuple[tuple[int, int, float], ...]:
    """Return the links (i, j, probability) between two token lists, in order of i, then j.

    One token may have several links. `config.link_threshold` sets how sure a link must be.

    >>> [(i, j) for i, j, _ in link_words(["Moscow", "agreed"], ["Moscow", "agreed"], Config())]
    [(0, 0), (1, 1)]
    """
    grid = link_grid(a, b)
    rows, columns = np.nonzero(grid > config.link_threshold)
    return tuple((int(i), int(j), float(grid[i, j])) for i, j in zip(rows, columns, strict=True))


def link_grid(a: Sequence[str], b: Sequence[str]) -> Floats:
    """Return len(a) × len(b) probabilities (0..1) that token i of `a` and token j of `b` answer
    each other, the same word or another for it. Tokens as written.

    `link_grid(b, a)` is the transpose. Cost: O(len(a) · len(b)).
    """
    if not a or not b:
        return np.zeros((len(a), len(b)), np.float32)
    return run(features(a, b), aligner_weights())


def features(a: Sequence[str], b: Sequence[str]) -> Floats:
    """Return len(a) × len(b) × FEATURES numbers that describe each pair of tokens. All of them are
    the same when the sides are swapped.
    """
    left, right = [word(t) for t in a], [word(t) for t in b]
    norms_a, norms_b = [w.norm for w in left], [w.norm for w in right]
    grid = np.empty((FEATURES, len(left), len(right)), np.float32)
    grid[0] = cdist(norms_a, norms_b, scorer=JaroWinkler.similarity, dtype=np.float32)
    grid[1] = cdist(norms_a, norms_b, scorer=Indel.normalized_similarity, dtype=np.float32)
    grid[2] = grid[1] == 1
    grid[3] = np.equal.outer(*_numbered([w.stem for w in left], [w.stem for w in right]))
    flags_a = np.array([w.flags for w in left]).T[:, :, None]
    flags_b = np.array([w.flags for w in right]).T[:, None, :]
    grid[4:7] = flags_a & flags_b
    grid[7:9] = (flags_a ^ flags_b)[:2]
    grid[9] = grid[6] * (1 - grid[3])
    vectors_a, vectors_b = np.stack([w.vector for w in left]), np.stack([w.vector for w in right])
    grid[10] = _times(vectors_a, vectors_b.T)
    grid[11] = _times(_around(vectors_a), _around(vectors_b).T)
    rarity_a = np.array([w.rarity for w in left], np.float32)[:, None]
    rarity_b = np.array([w.rarity for w in right], np.float32)
    grid[17] = _times(np.stack([w.meaning for w in left]), np.stack([w.meaning for w in right]).T)
    grid[12] = (rarity_a + rarity_b) / 2
    grid[13] = np.abs(rarity_a - rarity_b)
    grid[14] = np.abs(_places(len(left))[:, None] - _places(len(right)))
    alone_a, alone_b = _alone(norms_a)[:, None], _alone(norms_b)
    grid[15] = (alone_a + alone_b) / 2
    grid[16] = np.minimum(alone_a, alone_b)
    return np.ascontiguousarray(grid.transpose(1, 2, 0))


def run(grid: Floats, net: Mapping[str, Floats]) -> Floats:
    """Return the net's probability for every cell of a features grid.

    `net` holds w_in, b_in, then for each layer k (3 × 3 × H × H, flattened), line, mean, own, b,
    and w, c. The kernel is the same on both sides of the diagonal and rows and columns share their
    weights, so swapping the sentences transposes the answer.
    """
    n, m = grid.shape[:2]
    h = np.maximum(
        _times(grid.reshape(n * m, -1)[:, : len(net["w_in"])], net["w_in"]) + net["b_in"], 0
    )
    channels = h.shape[1]
    h = h.reshape(n, m, channels)
    for layer in range(len(net["k"])):
        padded = np.zeros((n + 2, m + 2, channels), np.float32)
        padded[1:-1, 1:-1] = h
        patches = sliding_window_view(padded, (3, 3), axis=(0, 1)).transpose(0, 1, 3, 4, 2)
        u = _times(patches.reshape(n * m, 9 * channels), net["k"][layer])
        u += _times(h.reshape(n * m, channels), net["own"][layer])
        u = u.reshape(n, m, channels) + net["b"][layer]
        for axis in (0, 1):
            u += h.max(axis, keepdims=True) @ net["line"][layer]
            u += h.mean(axis, keepdims=True) @ net["mean"][layer]
        h = h + np.maximum(u, 0)
    return np.asarray(1 / (1 + np.exp(-(h @ net["w"] + net["c"]))), np.float32)


def _times(rows: Floats, matrix: Floats) -> Floats:
    """Multiply block by block. Small products stay on one thread: waking the others of the linear
    algebra library costs more than such a product (measured: six times the CPU time).
    """
    size = max(1, _ONE_THREAD // (matrix.shape[0] * matrix.shape[1]))
    whole = len(rows) // size * size
    out = np.empty((len(rows), matrix.shape[1]), np.float32)
    blocks = rows[:whole].reshape(-1, size, rows.shape[1])
    np.matmul(blocks, matrix, out=out[:whole].reshape(-1, size, matrix.shape[1]))
    np.matmul(rows[whole:], matrix, out=out[whole:])
    return out


_ONE_THREAD = 1 << 18  # multiplications; OpenBLAS takes further threads above this


@lru_cache(maxsize=100_000)
def word(text: str) -> Word:
    """Return what the aligner knows of a token. First sight costs about 60 µs, then nothing."""
    norm = normal(text)
    letters = any(char.isalnum() for char in norm)
    flags = (not letters, is_function_word(norm), any(char.isdigit() for char in norm))
    rows, rarity = _pieces(norm)
    _, table, _ = vectors()
    mean = table[rows].astype(np.float32).sum(0) if rows else np.zeros(table.shape[1], np.float32)
    return Word(norm, stem(norm), flags, rarity, _to_length_one(mean), _meaning(norm))


def _meaning(norm: str) -> Floats:
    """Return the vector of a word or, where it has none, of the commonest word of its stem."""
    index, by_stem, table = meanings()
    row = index.get(norm, by_stem.get(stem(norm)))
    if row is None:
        return np.zeros(table.shape[1], np.float32)
    return _to_length_one(table[row].astype(np.float32))


def _to_length_one(row: Floats) -> Floats:
    return row / np.float32(float(np.linalg.norm(row)) or 1)


def _pieces(norm: str) -> tuple[list[int], float]:
    """Cut a word as byte-pair merging does and return the rows of its pieces in the vector table,
    with the word's rarity: that of its rarest piece, more for each further piece.
    """
    index, _, commonness = vectors()
    parts = ["\u2581", *norm]
    while len(parts) > 1:
        ranks = [index.get(x + y, _NEVER) for x, y in pairwise(parts)]
        first = min(ranks)
        if first == _NEVER:
            break
        at = ranks.index(first)
        parts[at : at + 2] = [parts[at] + parts[at + 1]]
    rows = [index[part] for part in parts if part in index and part != "\u2581"]
    rarest = min((float(commonness[row]) for row in rows), default=0.0)
    return rows, min(1.0, 1 - rarest + 0.1 * (len(parts) - 1))


_NEVER = 1 << 30


def _numbered(a: list[str], b: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return both lists as numbers, equal where the strings are."""
    numbers: dict[str, int] = {}
    first, second = ([numbers.setdefault(x, len(numbers)) for x in side] for side in (a, b))
    return np.array(first), np.array(second)


def _around(rows: Floats) -> Floats:
    """Return for each word the mean direction of the two words on either side of it."""
    padded = np.zeros((len(rows) + 4, rows.shape[1]), np.float32)
    padded[2:-2] = rows
    near = padded[:-4] + padded[1:-3] + padded[3:-1] + padded[4:]
    near /= np.maximum(np.linalg.norm(near, axis=1, keepdims=True), np.float32(1e-6))
    return near


def _places(n: int) -> Floats:
    return np.linspace(0, 1, n, dtype=np.float32) if n > 1 else np.array([0.5], np.float32)


def _alone(norms: list[str]) -> Floats:
    """Return for each word 1 / the number of times it stands in its sentence."""
    counts = Counter(norms)
    return np.array([1 / counts[norm] for norm in norms], np.float32)
