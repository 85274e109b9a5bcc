"""Train the likeness of short texts: `python -m bench.train.similarity DEV.jsonl`.

DEV.jsonl is similarity_headlines dev. Ridge regression over the traits of each pair, without and
with the cosine of their sentence embeddings (needs the extra `semantic`; some minutes), scored on
five folds in which no headline stands twice. Writes app/collate/weights/similarity.npz and
bench/train/similarity.json. Nothing is random.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app import semantics
from app.collate.similarity import TRAITS, traits

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "app" / "collate" / "weights" / "similarity.npz"
REPORT = Path(__file__).with_suffix(".json")
FOLDS = 5
RIDGE = 5.0
MOST = 5.0
"""The score of two headlines that say the same."""

Floats = NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dev", type=Path)
    given = parser.parse_args()
    items = [json.loads(line) for line in given.dev.read_text(encoding="utf-8").splitlines()]
    truth = np.array([item["score"] for item in items]) / MOST
    fold = groups([(item["s"].lower(), item["t"].lower()) for item in items]) % FOLDS
    table = np.array([traits(item["s"], item["t"]) for item in items])
    tables = {"plain": table, "embedded": np.column_stack([table, cosines(items)])}
    arrays, report = {}, {"pairs": len(items)}
    for name, inputs in tables.items():
        arrays[name], arrays[f"{name}_bias"] = weight, _ = fit(inputs, truth)
        report[name] = figures(truth, unseen(inputs, truth, fold))
        for trait, value in zip((*TRAITS, "cosine"), weight * inputs.std(axis=0), strict=False):
            print(f"{name:10} {trait:32} {value:6.3f}")
    np.savez(TARGET, **arrays)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report))


def cosines(items: Sequence[dict[str, Any]]) -> Floats:
    """Return the cosine of the sentence embeddings of each pair."""
    texts = sorted({item[side] for item in items for side in "st"})
    vectors = dict(zip(texts, semantics.E5().embed(texts), strict=True))
    return np.array([float(vectors[item["s"]] @ vectors[item["t"]]) for item in items])


def fit(table: Floats, truth: Floats) -> tuple[Floats, float]:
    """Fit by least squares; RIDGE is the penalty on the squared weights of standard inputs."""
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-9
    inputs = (table - mean) / scale
    curve = inputs.T @ inputs + RIDGE * np.eye(inputs.shape[1])
    weight = np.linalg.solve(curve, inputs.T @ (truth - truth.mean())) / scale
    return weight, float(truth.mean() - mean @ weight)


def unseen(table: Floats, truth: Floats, fold: NDArray[np.int64]) -> Floats:
    """Score each pair by a model that was trained on the other folds."""
    score = np.zeros(len(truth))
    for k in range(FOLDS):
        weight, bias = fit(table[fold != k], truth[fold != k])
        score[fold == k] = table[fold == k] @ weight + bias
    return score


def figures(truth: Floats, score: Floats) -> dict[str, float]:
    return {
        "pearson": round(float(np.corrcoef(truth, score)[0, 1]), 4),
        "spearman": round(float(np.corrcoef(_ranks(truth), _ranks(score))[0, 1]), 4),
    }


def _ranks(values: Floats) -> Floats:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[place]


def groups(pairs: Sequence[tuple[str, str]]) -> NDArray[np.int64]:
    """Return for each pair the number of its group: pairs that share a text are in one."""
    parent: dict[str, str] = {}

    def top(text: str) -> str:
        while parent.setdefault(text, text) != text:
            text = parent[text]
        return text

    for a, b in pairs:
        parent[top(a)] = top(b)
    number: dict[str, int] = {}
    return np.array([number.setdefault(top(a), len(number)) for a, _ in pairs])


if __name__ == "__main__":
    main()
