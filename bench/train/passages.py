"""Train the passage score: `.venv/bin/python -m bench.train.passages`.

Data: our labelled stories (stories_*.txt), passages_superpal dev (Apache-2.0) and passages_ecb dev
(CC BY 3.0). Nothing of the five articles. Writes app/collate/weights/passages.npz, and what each
model makes of topics it never saw to bench/train/passages.json and docs/img. Nothing is random, so
there is no seed.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.collate.evidence import EVIDENCE
from app.collate.support import SUPPORT, support
from bench.train.regression import (
    Floats,
    Labels,
    Model,
    average_precision,
    bins,
    calibration_error,
    chance,
    fit,
    link_scores,
)
from bench.train.reliability import reliability_plot
from bench.train.topics import Topic, ecb, stories, superpal

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "app" / "collate" / "weights" / "passages.npz"
REPORT = Path(__file__).with_suffix(".json")
PLOT = ROOT / "docs" / "img" / "passage-calibration.svg"
RIDGE = 200.0
HAPPENING_RIDGE = 20.0
MAYBE = 0.3
"""How much a pair counts that shares one happening only, beside one that shares two."""
FOLDS = 5
CALIBRATION = "demo"
"""The topic whose long texts and look-alike events have as few true pairs as real events have."""


def main() -> None:
    arrays: dict[str, Any] = {}
    report: dict[str, Any] = {}
    for part in (_same, _happening):
        found, told = part()
        arrays |= found
        report |= told
    np.savez(TARGET, **arrays)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    shown = reliability_plot(report["happening"]["calibration"], "passages_ecb, topics never seen")
    PLOT.write_text(shown, encoding="utf-8")


def _same() -> tuple[dict[str, Any], dict[str, Any]]:
    """Train "both say the same thing" on our stories and passages_superpal."""
    topics = [*stories(), *superpal()]
    told = {}
    for n, topic in enumerate(topics):
        asked = topic.label >= 0
        truth = (topic.label[asked] == 2).astype(np.float64)
        logit = fit_same(topics[:n] + topics[n + 1 :]).logit(topic.pairs.table[asked])
        told[topic.name] = {
            "average_precision": average_precision(truth, logit),
            "same": int(truth.sum()),
            "no_candidates": topic.missed,
        }
        if topic.name == CALIBRATION:
            platt = fit(logit[:, None], truth, 1e-3)
    model = fit_same(topics).stretched(platt)
    _print_weights("same", model, EVIDENCE)
    return model.arrays("same"), {"same": told}


def fit_same(topics: Sequence[Topic]) -> Model:
    label = np.concatenate([topic.label for topic in topics])
    table = np.concatenate([topic.pairs.table for topic in topics])
    return fit(table[label >= 0], (label[label >= 0] == 2).astype(np.float64), RIDGE)


def _happening() -> tuple[dict[str, Any], dict[str, Any]]:
    """Train "both tell of one happening" on passages_ecb: two looks (app/collate/scoring.py)."""
    topics = list(ecb())
    logits: list[Floats] = [np.zeros(0)] * len(topics)
    for fold in range(FOLDS):
        first, second = _fit_looks([t for n, t in enumerate(topics) if n % FOLDS != fold])
        for n in range(fold, len(topics), FOLDS):
            logits[n] = second.logit(_second_table(topics[n], first))[topics[n].label >= 0]
    first, second = _fit_looks(topics)
    labels = [topic.label[topic.label >= 0] for topic in topics]
    missed = [topic.missed for topic in topics]
    model = second.stretched(_platt(labels, logits))
    _print_weights("happening", model, EVIDENCE + SUPPORT)
    told = {"happening": _unseen(labels, logits, missed)}
    return first.arrays("first") | model.arrays("happening"), told


def _fit_looks(topics: Sequence[Topic]) -> tuple[Model, Model]:
    label = np.concatenate([topic.label for topic in topics])
    asked = label >= 0
    truth = (label[asked] > 0).astype(np.float64)
    weight = np.where(label[asked] == 1, MAYBE, 1.0)
    table = np.concatenate([topic.pairs.table for topic in topics])
    first = fit(table[asked], truth, HAPPENING_RIDGE, weight)
    again = np.concatenate([_second_table(topic, first) for topic in topics])
    return first, fit(again[asked], truth, HAPPENING_RIDGE, weight)


def _second_table(topic: Topic, first: Model) -> Floats:
    pairs = topic.pairs
    others = support(topic.owner, pairs.left, pairs.right, chance(first.logit(pairs.table)))
    return np.hstack([pairs.table, others])


def _platt(labels: Sequence[Labels], logits: Sequence[Floats]) -> Model:
    truth = (np.concatenate(labels) > 0).astype(np.float64)
    return fit(np.concatenate(logits)[:, None], truth, 1e-3)


def _unseen(
    labels: Sequence[Labels], logits: Sequence[Floats], missed: Sequence[int]
) -> dict[str, Any]:
    """Return the scores of log-odds by models that never saw the topic; threshold and calibration
    of each fold come from the other folds.
    """
    links = sum(int((label == 2).sum()) for label in labels) + sum(missed)
    found, probability = list(logits), list(logits)
    for fold in range(FOLDS):
        rest = [n for n in range(len(labels)) if n % FOLDS != fold]
        others = [labels[n] for n in rest], [logits[n] for n in rest]
        platt = _platt(*others)
        least = _best_threshold(*map(np.concatenate, others))
        for n in range(fold, len(labels), FOLDS):
            probability[n] = chance(platt.logit(logits[n][:, None]))
            found[n] = logits[n] >= least
    label, sure = np.concatenate(labels), np.concatenate(probability)
    truth = (label > 0).astype(np.float64)
    least = _best_threshold(label, np.concatenate(logits))
    return {
        **link_scores(label, np.concatenate(found).astype(bool), links),
        "calibrated": 1 - calibration_error(truth, sure),
        "calibration": [(round(a, 4), round(b, 4)) for a, b in bins(truth, sure)],
        "threshold": float(chance(_platt(labels, logits).logit(np.array([[least]])))[0]),
    }


def _best_threshold(label: Labels, logit: Floats) -> float:
    """Return the log-odds at which link F1 and strict F1 together are best."""
    links = int((label == 2).sum())

    def worth(least: float) -> float:
        scores = link_scores(label, logit >= least, links)
        return scores["link_f1"] + scores["strict_f1"]

    return max(map(float, np.quantile(logit, np.linspace(0, 1, 200))), key=worth)


def _print_weights(name: str, model: Model, inputs: Sequence[str]) -> None:
    print(name)
    for called, weight in zip(inputs, model.weight, strict=True):
        print(f"  {called:32} {weight:6.2f}")


if __name__ == "__main__":
    main()
