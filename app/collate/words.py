"""Align the words of two sentences: for every pair of tokens the probability that they answer
each other.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from app.collate.config import Config
from app.collate.tokens import is_function_word, normal, stem


def link_grid(a: Sequence[str], b: Sequence[str]) -> NDArray[np.float32]:
    """Return len(a) × len(b) probabilities (0..1) that token i of `a` and token j of `b` answer
    each other, the same word or another for it. Tokens as written.
    """
    if not a or not b:
        return np.zeros((len(a), len(b)), np.float32)
    left, right = [normal(t) for t in a], [normal(t) for t in b]
    grid = np.asarray(cdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32))
    grid = np.where(grid > 0.85, grid * 0.7, 0)
    stems = np.array([[stem(x) == stem(y) for y in right] for x in left])
    equal = np.array([[x == y for y in right] for x in left])
    grid = np.where(stems, 0.85, grid)
    grid = np.where(equal, 0.95, grid)
    place = np.linspace(0, 1, len(a))[:, None] - np.linspace(0, 1, len(b))[None, :]
    grid = grid * (1 - 0.3 * np.abs(place))
    common = np.array([is_function_word(x) or not x[0].isalnum() for x in left])
    grid[common] *= np.where(np.abs(place[common]) < 0.2, 1, 0.5)
    best = (grid >= grid.max(1, keepdims=True)) & (grid >= grid.max(0, keepdims=True))
    return np.where(best, grid, grid * 0.5).astype(np.float32)


def link_words(
    a: Sequence[str], b: Sequence[str], config: Config
) -> tuple[tuple[int, int, float], ...]:
    """Return the links (i, j, probability) between two token lists, in order of i, then j.

    One token may have several links. `config.link_threshold` sets how sure a link must be.
    """
    grid = link_grid(a, b)
    rows, columns = np.nonzero(grid > config.link_threshold)
    return tuple((int(i), int(j), float(grid[i, j])) for i, j in zip(rows, columns, strict=True))
