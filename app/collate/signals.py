"""How much two passages share, each measure on its own: matrices over all pairs of units."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

_K1 = 2.0
_B = 0.75
_BLOCK = 4096
BACKGROUND = 30


def counts(bags: Sequence[Sequence[str]]) -> tuple[Matrix, dict[str, int]]:
    """Return units × vocabulary counts, and the column of each word."""
    column = {word: n for n, word in enumerate(sorted({word for bag in bags for word in bag}))}
    table = np.zeros((len(bags), len(column)), dtype=np.float32)
    for row, bag in enumerate(bags):
        np.add.at(table[row], [column[word] for word in bag], 1.0)
    return table, column


def idf(table: Matrix) -> Matrix:
    """Return ln((N + 1 + b) / (df + .5)) for each column.

    b passages that share no word stand for the rest of the world, so that words keep their weight
    where all of a few passages have them.
    """
    df = (table > 0).sum(axis=0)
    weights: Matrix = np.log((len(table) + 1 + BACKGROUND) / (df + 0.5)).astype(np.float32)
    return weights


def bm25(table: Matrix, weights: Matrix) -> Matrix:
    """Return raw BM25, both directions summed. Source: reference 3.2 (there k1 is 1.2)."""
    lengths = table.sum(axis=1, keepdims=True)
    norm = _K1 * (1 - _B + _B * lengths / max(1e-6, float(lengths.mean())))
    scored = (weights * table * (_K1 + 1) / (table + norm)).astype(np.float32)
    one: Matrix = (table > 0).astype(np.float32) @ scored.T
    return np.add(one, one.T, dtype=np.float32)


def shared(left: Matrix, right: Matrix, weights: Matrix) -> Matrix:
    """Return the summed weight of the columns that both rows have."""
    both: Matrix = ((left > 0) * weights) @ (right > 0).astype(np.float32).T
    return both


def shared_of(bags: Sequence[Sequence[str]]) -> Matrix:
    """Return the summed idf of what two bags share; what only one bag has costs nothing."""
    seen: dict[str, int] = {}
    for bag in bags:
        for word in set(bag):
            seen[word] = seen.get(word, 0) + 1
    table, _ = counts([[word for word in bag if seen[word] > 1] for bag in bags])
    return shared(table, table, idf(table))


def characters(texts: Sequence[str], sizes: tuple[int, ...] = (2, 3, 4)) -> Matrix:
    """Return the cosine of TF-IDF over character n-grams. Cost: N² × n-grams two texts have."""
    grams = [_grams(text, sizes) for text in texts]
    owner = np.repeat(np.arange(len(texts)), [len(g) for g in grams])
    unit = np.uint64(len(texts))
    keys, codes = np.unique(np.concatenate(grams), return_inverse=True)
    both = codes.astype(np.uint64) * unit + owner.astype(np.uint64)
    cells, tf = np.unique(both, return_counts=True)
    column, row = (cells // unit).astype(np.int64), (cells % unit).astype(np.int64)
    df = np.bincount(column, minlength=len(keys))
    value = (1 + np.log(tf)) * np.log((len(texts) + 1 + BACKGROUND) / (df[column] + 0.5))
    norm = np.sqrt(np.bincount(row, value**2, minlength=len(texts))) + 1e-9
    value = (value / norm[row]).astype(np.float32)
    often = df[column] > 1
    dense = np.unique(column[often], return_inverse=True)[1]
    return _product(row[often], dense, value[often], len(texts))


def _grams(text: str, sizes: tuple[int, ...]) -> NDArray[np.uint64]:
    codes = np.frombuffer(f" {text} ".encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    found = [np.zeros(0, np.uint64)]
    for size in sizes:
        number = len(codes) - size + 1
        if number > 0:
            key = np.full(number, size, dtype=np.uint64)
            for shift in range(size):
                key = key * np.uint64(1_000_003) + codes[shift : number + shift]
            found.append(key)
    return np.concatenate(found)


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
