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
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, JaroWinkler
from rapidfuzz.process import cdist

from app.collate.config import Config
from app.collate.data import aligner_weights, meanings, vectors
from app.collate.tokens import is_function_word, normal, stem

FEATURES = 18
"""Numbers each cell is described by."""

Floats = NDArray[np.float32]
Net = Mapping[str, Floats]


VECTOR, MEANING, FLAGS, RARITY = slice(0, 128), slice(128, 256), slice(256, 259), 259
"""Where in a word's row stand its vector (from its pieces), its meaning (of the whole word), its
flags (punctuation, function word, number: 0 or 1) and its rarity (0 common … 1 rare).
"""


@dataclass(frozen=True, slots=True)
class Word:
    """What the aligner knows of one token, whatever its neighbours."""

    norm: str
    stem: str
    row: Floats

    @property
    def vector(self) -> Floats:
        """128 numbers of length 1, or 0 where no piece of the word is known."""
        return self.row[VECTOR]

    @property
    def meaning(self) -> Floats:
        """128 numbers of length 1, or 0 where the word is not known."""
        return self.row[MEANING]

    @property
    def rarity(self) -> float:
        """0 common … 1 rare."""
        return float(self.row[RARITY])


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
    return run(features(a, b), rows(a), rows(b), aligner_weights())


def rows(tokens: Sequence[str]) -> Floats:
    """Return len(tokens) × 260: the row of each word."""
    return np.stack([word(token).row for token in tokens])


def features(a: Sequence[str], b: Sequence[str]) -> Floats:
    """Return len(a) × len(b) × FEATURES numbers that describe each pair of tokens. All of them are
    the same when the sides are swapped.
    """
    left, right = [word(t) for t in a], [word(t) for t in b]
    norms_a, norms_b = [w.norm for w in left], [w.norm for w in right]
    rows_a, rows_b = rows(a), rows(b)
    grid = np.empty((FEATURES, len(left), len(right)), np.float32)
    grid[0] = cdist(norms_a, norms_b, scorer=JaroWinkler.similarity, dtype=np.float32)
    grid[1] = cdist(norms_a, norms_b, scorer=Indel.normalized_similarity, dtype=np.float32)
    grid[2] = grid[1] == 1
    grid[3] = np.equal.outer(*_numbered([w.stem for w in left], [w.stem for w in right]))
    flags_a, flags_b = rows_a[:, FLAGS].T[:, :, None], rows_b[:, FLAGS].T[:, None]
    grid[4:7] = flags_a * flags_b
    grid[7:9] = np.abs(flags_a[:2] - flags_b[:2])
    grid[9] = grid[6] * (1 - grid[3])
    grid[10] = _times(rows_a[:, VECTOR], rows_b[:, VECTOR].T)
    grid[11] = _times(_around(rows_a[:, VECTOR]), _around(rows_b[:, VECTOR]).T)
    grid[17] = _times(rows_a[:, MEANING], rows_b[:, MEANING].T)
    rarity_a, rarity_b = rows_a[:, RARITY, None], rows_b[:, RARITY]
    grid[12] = (rarity_a + rarity_b) / 2
    grid[13] = np.abs(rarity_a - rarity_b)
    grid[14] = np.abs(_places(len(left))[:, None] - _places(len(right)))
    alone_a, alone_b = _alone(norms_a)[:, None], _alone(norms_b)
    grid[15] = (alone_a + alone_b) / 2
    grid[16] = np.minimum(alone_a, alone_b)
    return np.ascontiguousarray(grid.transpose(1, 2, 0))


def run(grid: Floats, a: Floats, b: Floats, net: Net) -> Floats:
    """Return the net's probability for every cell of a features grid; `a` and `b` hold the rows of
    the words on its sides.

    `net` holds w_in, b_in; heads (260 × heads × width), by which words are compared, and kind
    (260 × H), which says what sort of word stands there; for each layer k (3 × 3H × H: a row of
    cells above, here, below), line, mean and b; and w, c. The kernel is the same on both sides of
    the diagonal and rows and columns share their weights, so swapping the sentences transposes the
    answer.
    """
    n, m = grid.shape[:2]
    channels = len(net["b_in"])
    like = _heads(a, net["heads"]) @ _heads(b, net["heads"]).transpose(0, 2, 1)
    cells = np.concatenate([grid.reshape(n * m, -1), like.reshape(len(like), -1).T], axis=1)
    first = _times(cells, net["w_in"]).reshape(n, m, channels)
    first += (_times(a, net["kind"]) + net["b_in"])[:, None]
    first += _times(b, net["kind"])
    # The grid stands in a frame of zeros, row after row, and two zeros more at the end, so that
    # each cell's neighbours lie at fixed distances. The states are 0 or more: a maximum is safe.
    width = m + 2
    flat = np.zeros(((n + 2) * width + 2, channels), np.float32)
    h = flat[:-2].reshape(n + 2, width, channels)[1:-1, 1:-1]
    np.maximum(first, 0, out=h)
    for layer, kernel in enumerate(net["k"]):
        three = np.concatenate([flat[:-2], flat[1:-1], flat[2:]], axis=1)
        u = _times(three[: n * width], kernel[0])
        u += _times(three[width:-width], kernel[1])
        u += _times(three[2 * width :], kernel[2])
        u = u.reshape(n, width, channels)[:, :m]
        u += (_lines(h, 1, net, layer) + net["b"][layer])[:, None]
        u += _lines(h, 0, net, layer)
        h += np.maximum(u, 0, out=u)
    logits = _times(h.reshape(n * m, channels), net["w"]).reshape(n, m) + net["c"]
    return np.asarray(1 / (1 + np.exp(-logits)), np.float32)


def _heads(rows: Floats, heads: Floats) -> Floats:
    """Return heads × words × width: the words as each head sees them."""
    described, *shape = heads.shape
    return _times(rows, heads.reshape(described, -1)).reshape(-1, *shape).transpose(1, 0, 2)


def _lines(h: Floats, axis: int, net: Net, layer: int) -> Floats:
    """Return what each row (axis 1) or column (axis 0) tells its cells."""
    return np.asarray(h.max(axis) @ net["line"][layer] + h.mean(axis) @ net["mean"][layer])


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
    pieces, rarity = _pieces(norm)
    row = np.zeros(RARITY + 1, np.float32)
    row[VECTOR] = _to_length_one(vectors()[1][pieces].sum(0, np.float32))
    row[MEANING] = _meaning(norm)
    row[FLAGS] = flags
    row[RARITY] = rarity
    row.flags.writeable = False
    return Word(norm, stem(norm), row)


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
