"""How much two passages share, by each measure on its own: matrices over all pairs of units."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.collate.terms import Unit

Matrix = NDArray[np.float32]

_K1 = 1.2
_B = 0.75
_BLOCK = 4096


def counts(bags: Sequence[Sequence[str]]) -> tuple[Matrix, list[str]]:
    """Return units × vocabulary counts, and the vocabulary (sorted)."""
    vocabulary = sorted({word for bag in bags for word in bag})
    column = {word: index for index, word in enumerate(vocabulary)}
    table = np.zeros((len(bags), len(vocabulary)), dtype=np.float32)
    for row, bag in enumerate(bags):
        np.add.at(table[row], [column[word] for word in bag], 1.0)
    return table, vocabulary


def idf(table: Matrix) -> Matrix:
    """Return ln((N + 1) / (df + .5)) for each column."""
    df = (table > 0).sum(axis=0)
    weights: Matrix = np.log((len(table) + 1) / (df + 0.5)).astype(np.float32)
    return weights


def bm25(table: Matrix, weights: Matrix) -> Matrix:
    """Return raw BM25, both directions summed. Source: reference 3.2 (k1 1.2, b .75)."""
    lengths = table.sum(axis=1, keepdims=True)
    norm = _K1 * (1 - _B + _B * lengths / max(1e-6, float(lengths.mean())))
    scored = weights * table * (_K1 + 1) / (table + norm)
    one: Matrix = (table > 0).astype(np.float32) @ scored.T
    return one + one.T


def characters(texts: Sequence[str], sizes: tuple[int, ...] = (3, 4, 5)) -> Matrix:
    """Return the cosine of TF-IDF over character n-grams. Cost: N² × n-grams in two texts."""
    grams = [_grams(text, sizes) for text in texts]
    owner = np.repeat(np.arange(len(texts)), [len(g) for g in grams])
    unit = np.uint64(len(texts))
    keys, codes = np.unique(np.concatenate([*grams, np.zeros(0, np.uint64)]), return_inverse=True)
    cells, tf = np.unique(
        codes.astype(np.uint64) * unit + owner.astype(np.uint64), return_counts=True
    )
    column, row = (cells // unit).astype(np.int64), (cells % unit).astype(np.int64)
    df = np.bincount(column, minlength=len(keys))
    value = (1 + np.log(tf)) * np.log((len(texts) + 1) / (df[column] + 0.5))
    norm = np.sqrt(np.bincount(row, value**2, minlength=len(texts))) + 1e-9
    value = (value / norm[row]).astype(np.float32)
    shared = df[column] > 1
    return _product(
        row[shared], np.unique(column[shared], return_inverse=True)[1], value[shared], len(texts)
    )


def _grams(text: str, sizes: tuple[int, ...]) -> NDArray[np.uint64]:
    codes = np.frombuffer(f" {text} ".encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    found = []
    for size in sizes:
        if len(codes) >= size:
            key = np.full(len(codes) - size + 1, size, dtype=np.uint64)
            for shift in range(size):
                key = key * np.uint64(1_000_003) + codes[shift : len(codes) - size + 1 + shift]
            found.append(key)
    return np.concatenate([*found, np.zeros(0, np.uint64)])


def _product(row: NDArray[Any], column: NDArray[Any], value: Matrix, size: int) -> Matrix:
    """Return A Aᵀ of a sparse A whose entries are sorted by column, block by block."""
    total = np.zeros((size, size), dtype=np.float32)
    last = int(column[-1]) + 1 if len(column) else 0
    for start in range(0, last, _BLOCK):
        low, high = np.searchsorted(column, [start, start + _BLOCK])
        block = np.zeros((size, min(_BLOCK, last - start)), dtype=np.float32)
        block[row[low:high], column[low:high] - start] = value[low:high]
        total += block @ block.T
    return total


def shared(left: Matrix, right: Matrix, weights: Matrix) -> Matrix:
    """Return the summed weight of the columns that both rows have."""
    return ((left > 0) * weights) @ (right > 0).astype(np.float32).T


def bigrams(units: Sequence[Unit]) -> Matrix:
    """Return the summed idf of shared pairs of neighbouring stems."""
    bags = [[f"{a} {b}" for a, b in zip(u.stems, u.stems[1:], strict=False)] for u in units]
    return sparse_shared(bags)


def sparse_shared(bags: Sequence[Sequence[str]], weight: Callable[[Any], Any] = idf) -> Matrix:
    """Return the summed weight of what two bags share, using only what two bags have."""
    seen: dict[str, int] = {}
    for bag in bags:
        for word in set(bag):
            seen[word] = seen.get(word, 0) + 1
    kept = [[word for word in bag if seen[word] > 1] for bag in bags]
    table, _ = counts(kept)
    return shared(table, table, weight(table))
