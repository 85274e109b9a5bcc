"""The probability that two passages say the same thing, and the inputs that weighed most."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.collate import signals
from app.collate.signals import Matrix
from app.collate.terms import Unit

FEATURES = ("shared rare words", "same word forms", "common words")
_MEAN = np.array([8.0, 0.08, 0.15])
_SCALE = np.array([8.0, 0.10, 0.15])
_WEIGHTS = np.array([0.9, 1.3, 0.6])
_BIAS = -4.2


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities of the candidate pairs (`left`, `right`: indices of units, left < right).

    `weighed` holds what each input added to the log-odds, pairs × FEATURES.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    probability: NDArray[np.float64]
    weighed: NDArray[np.float64]

    def reasons(self, pair: int, most: int = 3) -> tuple[tuple[str, float], ...]:
        """Return the inputs that spoke most for the pair, strongest first."""
        row = self.weighed[pair]
        order = np.argsort(-row, kind="stable")[:most]
        return tuple((FEATURES[n], round(float(row[n]), 3)) for n in order if row[n] > 0)


def score(units: Sequence[Unit]) -> Scores:
    """Return the probabilities of all pairs of units of different witnesses that share a stem."""
    table, _ = signals.counts([unit.stems for unit in units])
    weights = signals.idf(table)
    bm25 = signals.bm25(table, weights)
    chars = signals.characters([" ".join(unit.stems) for unit in units])
    both = signals.shared(table, table, weights)
    mass = (table > 0) @ weights
    longer = both / np.maximum(np.maximum.outer(mass, mass), 1e-6)
    owner = np.array([unit.witness for unit in units])
    left, right = np.nonzero(np.triu(owner[:, None] != owner[None, :]) & (bm25 >= 2.5))
    features = np.stack([m[left, right] for m in (bm25, chars, longer)], axis=1)
    weighed = (features - _MEAN) / _SCALE * _WEIGHTS
    return Scores(left, right, _sigmoid(weighed.sum(axis=1) + _BIAS), weighed)


def _sigmoid(x: Matrix) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-x.astype(np.float64)))
