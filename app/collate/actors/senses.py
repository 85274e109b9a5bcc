"""What words mean, as far as vectors of single words tell. Source: weights/meanings.md."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from app.collate.actors.labels import groups, nouns_of
from app.collate.data import meanings
from app.collate.tokens import stem

Vector = NDArray[np.float32]

_STEEP = 4.0
"""By what the difference of two cosines is multiplied to fill -1..1."""


@cache
def meaning_of(word: str) -> Vector:
    """Return the vector of a word, of length 1; zeros where none is known."""
    by_word, by_stem, rows = meanings()
    row = by_word.get(word, by_stem.get(stem(word), -1)) if word else -1
    if row < 0:
        return np.zeros(rows.shape[1], np.float32)
    vector: Vector = rows[row].astype(np.float32)
    vector /= np.linalg.norm(vector)
    return vector


def mean_meaning(words: Sequence[str]) -> Vector:
    """Return the mean of the words' vectors, brought to length 1; zeros where none is known."""
    total = np.sum([meaning_of(""), *(meaning_of(word) for word in words)], axis=0)
    mean: Vector = total / (np.linalg.norm(total) + np.float32(1e-6))
    return mean


@cache
def humanity(noun: str) -> float:
    """Say how much a noun is one for a person, from -1 (for a body) to 1."""
    if noun in groups():
        return -1.0
    if noun in nouns_of("persons") or noun.removesuffix("s") in nouns_of("persons"):
        return 1.0
    vector = meaning_of(noun)
    lean = float(vector @ _centre(nouns_of("persons")) - vector @ _centre(groups()))
    return min(1.0, max(-1.0, _STEEP * lean))


@cache
def _centre(nouns: frozenset[str]) -> Vector:
    mean: Vector = np.mean([meaning_of(noun) for noun in sorted(nouns)], axis=0)
    return mean
