"""The probability that two passages say the same thing, and the inputs that weighed most."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.collate.data import weights
from app.collate.evidence import EVIDENCE, Floats, Indices, collect
from app.collate.support import support
from app.collate.terms import Unit

NEAR = "like meaning"
"""What sentence embeddings add after EVIDENCE, where there are any (nearness.py)."""

_VETOES = ("other speaker", "other years")
"""Two people do not utter one sentence; a happening has one year (reference 3.3 and 4)."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities of the candidate pairs (`left`, `right`: indices of units, left < right).

    `probability`: both say the same thing. `happening`: both tell of one happening, whatever they
    say of it. `weighed` holds what each input added to the log-odds of `probability` against the
    average pair, pairs × EVIDENCE, and NEAR where there are embeddings.
    """

    left: Indices
    right: Indices
    probability: Floats
    happening: Floats
    weighed: Floats

    def reasons(self, pair: int, most: int = 3) -> tuple[tuple[str, float], ...]:
        """Return the inputs that spoke most for the pair, strongest first."""
        row = self.weighed[pair]
        order = np.argsort(-row, kind="stable")[:most]
        names = (*EVIDENCE, NEAR)
        return tuple((names[n], round(float(row[n]), 3)) for n in order if row[n] > 0)


def score(units: Sequence[Unit]) -> Scores:
    """Return the calibrated probabilities of each candidate pair; 0 where a veto stands.

    Logistic regressions, calibrated: "same" and "first" over EVIDENCE, "happening" over EVIDENCE
    and what the others say for the pair by "first". Source: weights/passages.md.
    """
    pairs = collect(units)
    weighed, bias = _weigh("same", pairs.table)
    vetoed = pairs.table[:, [EVIDENCE.index(name) for name in _VETOES]].any(axis=1)
    same = np.where(vetoed, 0.0, _probability(weighed, bias))
    owner = np.array([unit.witness for unit in units])
    first = _probability(*_weigh("first", pairs.table))
    others = support(owner, pairs.left, pairs.right, first)
    happening = _probability(*_weigh("happening", np.hstack([pairs.table, others])))
    return Scores(pairs.left, pairs.right, same, happening, weighed)


def _weigh(model: str, table: Floats) -> tuple[Floats, float]:
    """Return what each input adds to the log-odds of the average pair, and those log-odds."""
    arrays = weights("passages")
    mean, scale, weight = arrays[model]
    weighed: Floats = (table - mean) / scale * weight
    return weighed, float(arrays[f"{model}_bias"])


def _probability(weighed: Floats, bias: float) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-weighed.sum(axis=1) - bias))
    return chance
