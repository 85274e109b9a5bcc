"""Logistic regression by Newton's method, and how good and how honest its answers are."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Model:
    """A logistic regression over standardised inputs."""

    mean: Floats
    scale: Floats
    weight: Floats
    bias: float

    def logit(self, table: Floats) -> Floats:
        out: Floats = (table - self.mean) / self.scale @ self.weight + self.bias
        return out

    def stretched(self, other: "Model") -> "Model":
        """Return this model with its log-odds as `other`, a model of one input, reads them."""
        slope = float((other.weight / other.scale)[0])
        shift = other.bias - slope * float(other.mean[0])
        return Model(self.mean, self.scale, self.weight * slope, self.bias * slope + shift)

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """Return the model as app/collate/scoring.py reads it."""
        return {
            name: np.stack([self.mean, self.scale, self.weight]),
            f"{name}_bias": np.array(self.bias),
        }


def chance(logit: Floats) -> Floats:
    out: Floats = 1 / (1 + np.exp(-logit))
    return out


def fit(table: Floats, truth: Floats, ridge: float, weight: Floats | None = None) -> Model:
    """Fit; `ridge` is the penalty on the squared weights of standard inputs, `weight` says how much
    each row counts.
    """
    counts = np.ones(len(table)) if weight is None else weight
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-9
    inputs = np.column_stack([(table - mean) / scale, np.ones(len(table))])
    penalty = np.diag([ridge] * table.shape[1] + [0.0])
    found = np.zeros(inputs.shape[1])
    for _ in range(50):
        p = chance(inputs @ found)
        gradient = inputs.T @ (counts * (truth - p)) - penalty @ found
        curve = (inputs * (counts * p * (1 - p))[:, None]).T @ inputs + penalty
        step = np.linalg.solve(curve, gradient)
        found += step
        if np.abs(step).max() < 1e-8:
            break
    return Model(mean, scale, found[:-1], float(found[-1]))


def average_precision(truth: Floats, score: Floats) -> float:
    hits = truth[np.argsort(-score, kind="stable")]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits > 0].mean())


def bins(truth: Floats, probability: Floats, number: int = 10) -> list[tuple[float, float]]:
    """Return predicted and real share of each of `number` bins with equally many pairs."""
    order = np.argsort(probability, kind="stable")
    return [
        (float(probability[part].mean()), float(truth[part].mean()))
        for part in np.array_split(order, number)
    ]


def calibration_error(truth: Floats, probability: Floats) -> float:
    """Return the mean distance of predicted and real shares over ten equal-mass bins (ECE)."""
    return float(np.mean([abs(a - b) for a, b in bins(truth, probability)]))


def link_scores(label: Labels, found: NDArray[np.bool_], links: int) -> dict[str, float]:
    """Return link and strict F1 as ../shared/benchmarks/score.py has them; `links` counts the sure
    ones, candidates or not.
    """
    hit, pairs = int((found & (label == 2)).sum()), int(found.sum())
    right, judged = int((found & (label > 0)).sum()), int((found & (label != 1)).sum())
    recall = hit / links

    def f1(precision: float) -> float:
        return 2 * precision * recall / (precision + recall) if hit else 0.0

    precision = right / max(1, pairs)
    return {
        "link_precision": precision,
        "link_recall": recall,
        "link_f1": f1(precision),
        "strict_f1": f1(hit / max(1, judged)),
    }
