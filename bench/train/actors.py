"""Train which labels mean the same actor: `python -m bench.train.actors ECB.jsonl NEWSWCL.jsonl`.

The files are actors_ecb dev (labels with their sentences) and actors_newswcl dev (labels alone).
A logistic regression for each, scored on groups it did not see (topics for actors_ecb), with a
threshold chosen on the others. Writes app/collate/weights/actors.npz and bench/train/actors.json.
Nothing is random.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.collate.actors import link
from app.collate.actors.evidence import Event
from app.collate.actors.labels import Label

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "app" / "collate" / "weights" / "actors.npz"
REPORT = Path(__file__).with_suffix(".json")
FOLDS = 6
RIDGE = {"told": 500.0, "bare": 100.0}
MOST = 60_000
"""Pairs of one group that are trained on; of more, every second, third …"""
LEAST = {"told": np.arange(0.25, 0.56, 0.05), "bare": np.arange(0.08, 0.31, 0.02)}

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Group:
    """The labels of one event: evidence of their pairs, share of pairs that mean the same."""

    fold: int
    members: list[list[dict[str, Any]]]
    table: NDArray[np.float32]
    truth: Floats
    weight: Floats
    times: Floats
    apart: NDArray[np.bool_]

    def chances(self, weights: Floats) -> Floats:
        """Return labels × labels probabilities, -inf where two cannot be one."""
        size = len(self.members)
        out = np.zeros((size, size))
        out[np.triu_indices(size, 1)] = 1 / (1 + np.exp(-(self.table @ weights[:-1] + weights[-1])))
        out += out.T
        out[self.apart] = -np.inf
        return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ecb", type=Path)
    parser.add_argument("newswcl", type=Path)
    given = parser.parse_args()
    arrays: dict[str, Any] = {}
    report: dict[str, Any] = {}
    for which, path in (("told", given.ecb), ("bare", given.newswcl)):
        names, groups = read(path)
        arrays["names"] = np.frombuffer("\n".join([*names, "bias"]).encode(), dtype=np.uint8)
        arrays[which] = fit(groups, RIDGE[which]).astype(np.float32)
        report[which] = unseen(groups, which)
        print(which, json.dumps(report[which]))
    np.savez(TARGET, **arrays)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> tuple[list[str], list[Group]]:
    """Read a set: the names of the evidence, and its groups. The two events of one topic of
    actors_ecb are of one fold.
    """
    by_group: dict[str, list[dict[str, Any]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        by_group.setdefault(item["group"], []).append(item)
    groups = []
    for name, items in by_group.items():
        members: dict[Label, list[dict[str, Any]]] = {}
        for item in items:
            members.setdefault(label_of(item), []).append(item)
        times = np.array([len(same) for same in members.values()], dtype=np.float64)
        event = Event(list(members), times)
        evidence = dict(event.evidence())
        pairs = np.triu_indices(len(members), 1)
        table = np.stack([matrix[pairs] for matrix in evidence.values()], axis=1)
        share = shares(list(members.values()))
        weight = np.sqrt(times[pairs[0]] * times[pairs[1]])
        fold = int(re.sub(r"\D", "", name)) % FOLDS
        truth = (share @ share.T)[pairs]
        groups.append(
            Group(fold, list(members.values()), table, truth, weight, times, event.apart())
        )
    return list(evidence), groups


def label_of(item: dict[str, Any]) -> Label:
    """Return what the predictor makes of an item (bench/predict.py)."""
    if "context" not in item:
        return Label(item["text"])
    return Label(item["text"], item["doc"], item["context"], item["start"])


def shares(members: Sequence[Sequence[dict[str, Any]]]) -> Floats:
    """Return labels × actors, how often a label means an actor."""
    actors = {item["cluster"]: 0 for same in members for item in same}
    column = {actor: n for n, actor in enumerate(actors)}
    table = np.zeros((len(members), len(column)))
    for row, same in enumerate(members):
        for item in same:
            table[row, column[item["cluster"]]] += 1 / len(same)
    return table


def fit(groups: Sequence[Group], ridge: float) -> Floats:
    """Fit by Newton's method; `ridge` is the penalty on the squared weights of standard inputs.
    Returns a weight for each piece of evidence as it is, then the bias.
    """
    steps = [1 + len(group.truth) // MOST for group in groups]
    table, truth, weight = (
        np.concatenate([getattr(g, name)[::step] for g, step in zip(groups, steps, strict=True)])
        for name in ("table", "truth", "weight")
    )
    weight = weight / weight.mean()
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-3
    inputs = np.column_stack([(table - mean) / scale, np.ones(len(table))]).astype(np.float64)
    penalty = np.array([ridge] * table.shape[1] + [0.0])
    found = np.zeros(inputs.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-inputs @ found))
        gradient = inputs.T @ (weight * (truth - p)) - penalty * found
        curve = (inputs * (weight * p * (1 - p))[:, None]).T @ inputs + np.diag(penalty + 1e-6)
        step = np.linalg.solve(curve, gradient)
        found += step
        if np.abs(step).max() < 1e-6:
            break
    out = found[:-1] / scale
    return np.append(out, found[-1] - mean @ out)


def unseen(groups: Sequence[Group], which: str) -> dict[str, float]:
    """Score each group by weights that did not see its fold, and a threshold set without it."""
    chances = {}
    for fold in range(FOLDS):
        inside = [n for n, group in enumerate(groups) if group.fold == fold]
        if inside:
            weights = fit([g for g in groups if g.fold != fold], RIDGE[which])
            chances |= {n: groups[n].chances(weights) for n in inside}
    scores = np.array(
        [
            [figures(group, link(chances[n], group.times, least)) for n, group in enumerate(groups)]
            for least in LEAST[which]
        ]
    )
    folds = np.array([group.fold for group in groups])
    best = {f: best_of(f1s(scores[:, folds != f])) for f in set(folds.tolist())}
    held_out = np.stack([scores[best[f], n] for n, f in enumerate(folds.tolist())])
    whole = f1s(scores)
    report = {name: round(value.item(), 4) for name, value in f1s(held_out[None]).items()}
    for least, b, o in zip(LEAST[which], whole["bcubed_f1"], whole["other_name_f1"], strict=True):
        print(f"{which} {least:.2f}  B-cubed {b:.3f}  other name {o:.3f}")
    return report | {"threshold": round(float(LEAST[which][best_of(whole)]), 2)}


def best_of(figures: dict[str, Floats]) -> int:
    """Return the threshold with the highest sum of both figures."""
    return int((figures["bcubed_f1"] + figures["other_name_f1"]).argmax())


def figures(group: Group, labels: NDArray[np.int64]) -> list[float]:
    """Return sums that f1s turns into figures: B-cubed precision, recall, mentions; right, found
    and true pairs of other names in other texts.
    """
    rows = [
        (item["cluster"], int(label), item["doc"], item["text"].lower().strip())
        for same, label in zip(group.members, labels, strict=True)
        for item in same
    ]
    gold, found = Counter(r[0] for r in rows), Counter(r[1] for r in rows)
    both = Counter(r[:2] for r in rows)
    precision = sum(n * n / found[label] for (_, label), n in both.items())
    recall = sum(n * n / gold[actor] for (actor, _), n in both.items())
    codes = np.stack(
        [np.unique(column, return_inverse=True)[1] for column in zip(*rows, strict=True)]
    )
    same = codes[:, :, None] == codes[:, None, :]
    other = np.triu(~same[2] & ~same[3], 1)
    return [
        precision,
        recall,
        len(rows),
        int((same[0] & same[1] & other).sum()),
        int((same[1] & other).sum()),
        int((same[0] & other).sum()),
    ]


def f1s(scores: Floats) -> dict[str, Floats]:
    """Return the figures of thresholds × groups × sums, one for each threshold."""
    precision, recall, mentions, right, found, true = scores.sum(axis=1).T
    return {
        "bcubed_f1": 2 * precision * recall / (precision + recall) / mentions,
        "other_name_f1": 2 * right / (found + true),
    }


if __name__ == "__main__":
    main()
