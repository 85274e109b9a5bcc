"""What the other passages say for a pair: a second look, once every pair has a probability."""

import numpy as np
from numpy.typing import NDArray

from app.collate.evidence import Floats, Indices
from app.collate.signals import Matrix

SUPPORT = (
    "match the same passages",
    "matched in texts like these",
    "texts with matching passages",
    "texts that match the same texts",
)
"""The inputs, in the order of the columns of `support`."""

_PASSAGES = 3
"""How many passages of a text are counted when two texts are compared, the surest first."""
_NEARNESS = 4
"""Power of the likeness of texts that says how much one counts for another."""


def support(owner: Indices, left: Indices, right: Indices, probability: Floats) -> Floats:
    """Return pairs × SUPPORT from the probabilities of the candidate pairs.

    `owner` gives the text of each unit, ascending; `left` and `right` are indices of units. Two
    texts are alike where the same texts have passages that match theirs: so tellings of one event
    come apart from those of a look-alike, whatever words both share. Cost: O(N³) for N units, one
    matrix product; 30 ms for 600.
    """
    matched = np.zeros((len(owner), len(owner)), dtype=np.float32)
    matched[left, right] = matched[right, left] = probability
    _, starts, text = np.unique(owner, return_index=True, return_inverse=True)
    best: Matrix = np.maximum.reduceat(matched, starts, axis=1)
    surest = [np.sort(rows, axis=0)[-_PASSAGES:].sum(axis=0) for rows in np.split(best, starts[1:])]
    one_way: Matrix = np.array(surest, dtype=np.float32)
    texts = np.multiply(one_way + one_way.T, 0.5, dtype=np.float32)
    alike = _profiles(texts, texts.max(axis=1))
    near = alike**_NEARNESS
    np.fill_diagonal(near, 0)
    told = best @ (near / (near.sum(axis=1, keepdims=True) + 1e-9)).T
    columns = (
        _profiles(matched, np.ones(len(owner)))[left, right],
        (told[left, text[right]] + told[right, text[left]]) / 2,
        texts[text[left], text[right]],
        alike[text[left], text[right]],
    )
    return np.stack(columns, axis=1).astype(np.float64)


def _profiles(table: Matrix, itself: NDArray[np.floating]) -> Matrix:
    """Return the cosine of each two rows of a square table, with what a row says of itself."""
    table = np.array(table)
    np.fill_diagonal(table, itself)
    table /= np.linalg.norm(table, axis=1, keepdims=True) + np.float32(1e-9)
    cosine: Matrix = table @ table.T
    return cosine
