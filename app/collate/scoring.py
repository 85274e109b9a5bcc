"""The probability that two passages say the same thing, and the inputs that weighed most."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.collate.data import weights
from app.collate.evidence import EVIDENCE, Floats, Indices, collect
from app.collate.terms import Unit

_VETOES = ("other speaker", "other years")
"""Two people do not utter one sentence; a happening has one year (reference 3.3 and 4)."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities of the candidate pairs (`left`, `right`: indices of units, left < right).

    `weighed` holds what each input added to the log-odds of the average pair, pairs × EVIDENCE.
    """

    left: Indices
    right: Indices
    probability: Floats
    weighed: Floats

    def reasons(self, pair: int, most: int = 3) -> tuple[tuple[str, float], ...]:
        """Return the inputs that spoke most for the pair, strongest first."""
        row = self.weighed[pair]
        order = np.argsort(-row, kind="stable")[:most]
        return tuple((EVIDENCE[n], round(float(row[n]), 3)) for n in order if row[n] > 0)


def score(units: Sequence[Unit]) -> Scores:
    """Return the calibrated probability of each candidate pair; 0 where a veto stands.

    Logistic regression over EVIDENCE, then Platt scaling. Source: weights/passages.md.
    """
    pairs = collect(units)
    model = weights("passages")
    weighed = (pairs.table - model["mean"]) / model["scale"] * model["weight"]
    slope, intercept = model["platt"]
    logit = slope * (weighed.sum(axis=1) + model["bias"]) + intercept
    probability: NDArray[np.float64] = 1 / (1 + np.exp(-logit))
    vetoed = pairs.table[:, [EVIDENCE.index(name) for name in _VETOES]].any(axis=1)
    probability[vetoed] = 0.0
    return Scores(pairs.left, pairs.right, probability, weighed * slope)
