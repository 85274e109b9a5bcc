"""Train the likeness of tellings: `.venv/bin/python -m bench.train.events [--folds]`.

Data: cluster_ecb dev (ECB+, CC BY 3.0), whose topics hold two look-alike events each. Learnt in
pools of 2 to 33 topics, so that a small collection is read as well as a large one. Writes
app/collate/weights/events.npz; with --folds it writes nothing, but prints the scores of topics that
no part of the model has seen. Seed: 5.
"""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.collate.clustering import digest_of
from app.collate.likeness import EVIDENCE, Digest, Pool, Weights
from app.collate.partition import divide, features, halvings, loose_groups
from bench.predict import SHORT_TEXTS, telling_of

ROOT = Path(__file__).resolve().parents[2]
ECB = ROOT.parent / "shared" / "benchmarks" / "cluster_ecb" / "dev.jsonl"
TARGET = ROOT / "app" / "collate" / "weights" / "events.npz"
SEED = 5
POOLS = ((2, 10), (4, 8), (8, 5), (16, 2), (33, 1))
"""How many topics in a pool, and how many such pools."""
FOLDS = 5
CUTS = (7, 1, 2)
"""Seeds of three ways to cut the topics into folds."""
THRESHOLDS = (0.3, 0.4, 0.5, 0.65)

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


class Texts:
    """The digests of all texts, with their events and topics."""

    def __init__(self) -> None:
        items = [json.loads(line) for line in ECB.read_text("utf-8").split("\n") if line]
        tellings = [telling_of(str(n), item) for n, item in enumerate(items)]
        self.digests: list[Digest] = [digest_of(telling) for telling in tellings]
        self.event = np.array([item["cluster"] for item in items])
        self.topic = np.array([int(re.sub(r"\D", "", event)) for event in self.event])

    def of(self, topics: Sequence[int] | Indices) -> Indices:
        """Return the places of the texts of some topics."""
        return np.flatnonzero(np.isin(self.topic, topics))

    def pick(self, places: Indices) -> list[Digest]:
        return [self.digests[n] for n in places]


def train(texts: Texts, topics: Indices) -> Weights:
    """Train both regressions on some topics."""
    draw = np.random.default_rng(SEED)
    drawn = [draw.permutation(topics)[:many] for many, times in POOLS for _ in range(times)]
    pools = [(places, Pool(texts.pick(places))) for places in map(texts.of, drawn)]
    pairs = [_pairs(texts, places, pool) for places, pool in pools]
    pair, bias = fit(*(np.concatenate(part) for part in zip(*pairs, strict=True)), mass=3000)
    model = {"pair": pair, "pair_bias": np.array(bias)}
    rows = [row for places, pool in pools for row in _groups(texts, places, pool, model, draw)]
    group, bias = fit(
        np.array([row for row, _ in rows]), np.array([one for _, one in rows], float), mass=200
    )
    return model | {"group": group, "group_bias": np.array(bias)}


def _pairs(texts: Texts, places: Indices, pool: Pool) -> tuple[Floats, Floats]:
    """Return evidence and truth of the pairs that share a loose group."""
    rows, truth = [], []
    for group in loose_groups(pool):
        left, right = np.triu_indices(len(group), 1)
        event = texts.event[places][group]
        rows.append(pool.evidence(group)[left, right])
        truth.append((event[left] == event[right]).astype(float))
    return np.concatenate(rows), np.concatenate(truth)


def _groups(
    texts: Texts, places: Indices, pool: Pool, model: Weights, draw: np.random.Generator
) -> Iterator[tuple[Floats, bool]]:
    """Yield features of two groups and whether they tell one event: the two events of a topic, all
    their texts and a part of them, and each of them halved as `divide` would.
    """
    for topic in np.unique(texts.topic[places]):
        group = np.flatnonzero(texts.topic[places] == topic)
        alike, event = pool.alike(group, model), texts.event[places][group]
        both = [np.flatnonzero(event == e) for e in np.unique(event)]
        some = [np.sort(draw.permutation(m)[: draw.integers(1, len(m) + 1)]) for m in both]
        for pair in (both, some):
            yield features(alike, pair[0], pair[1]), False
            for members in pair:
                for halves in halvings(alike, members):
                    yield features(alike, *halves), True


def partition(digests: Sequence[Digest], model: Weights, least: float) -> Indices:
    """Return the event of each text of a pool."""
    pool = Pool(digests)
    labels = np.zeros(len(digests), np.int64)
    for group in loose_groups(pool):
        alike = pool.alike(group, model)
        for part in divide(alike, np.arange(len(group)), model, least):
            labels[group[part]] = labels.max() + 1
    return labels


def fit(table: Floats, truth: Floats, *, mass: float) -> tuple[Floats, float]:
    """Fit a logistic regression by Newton's method, ridge 1 against rows of a total weight of
    `mass`; return the weights for inputs as they are, and the bias.
    """
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-9
    inputs = np.column_stack([(table - mean) / scale, np.ones(len(table))])
    penalty = np.diag([1.0] * table.shape[1] + [1e-6])
    half = truth.mean()
    each = mass / len(table) / 2 * np.where(truth > 0, 1 / half, 1 / (1 - half))
    weight = np.zeros(inputs.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-inputs @ weight))
        gradient = inputs.T @ (each * (truth - p)) - penalty @ weight
        curve = (inputs * (each * p * (1 - p))[:, None]).T @ inputs + penalty
        weight += np.linalg.solve(curve, gradient)
    plain = weight[:-1] / scale
    return plain, float(weight[-1] - mean @ plain)


def scores(gold: NDArray[np.str_], labels: Indices) -> Floats:
    """Return B-cubed F1 and pair F1."""
    true, said = np.equal.outer(gold, gold), np.equal.outer(labels, labels)
    both = true & said
    f1 = []
    for p, r in (
        ((both.sum(1) / said.sum(1)).mean(), (both.sum(1) / true.sum(1)).mean()),
        tuple((both.sum() - len(gold)) / max(1, x.sum() - len(gold)) for x in (said, true)),
    ):
        f1.append(2 * p * r / (p + r) if p + r else 0.0)
    return np.array(f1)


def check(texts: Texts) -> None:
    """Print B-cubed and pair F1 of each way to cut the topics, each fold a pool of its own."""
    topics = np.unique(texts.topic)
    for cut in CUTS:
        order = np.random.default_rng(cut).permutation(topics)
        found = {least: np.zeros(2) for least in THRESHOLDS}
        for fold in range(FOLDS):
            model = train(texts, np.sort(np.delete(order, np.s_[fold::FOLDS])))
            places = texts.of(order[fold::FOLDS])
            for least in THRESHOLDS:
                score = scores(texts.event[places], partition(texts.pick(places), model, least))
                found[least] += score * len(places) / len(texts.digests)
        print(cut, *(f"{least}: {b:.3f} / {p:.3f}" for least, (b, p) in found.items()), flush=True)


def main() -> None:
    """Train and write the weights, or check them by folds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", action="store_true")
    texts = Texts()
    if parser.parse_args().folds:
        check(texts)
        return
    model = train(texts, np.unique(texts.topic))
    np.savez(TARGET, **model)
    for name, weight in zip(EVIDENCE, model["pair"], strict=True):
        print(f"{name:24} {weight:6.2f}")
    print("group", model["group"], model["group_bias"])
    found = partition(texts.digests, model, SHORT_TEXTS)
    print("in-sample", scores(texts.event, found))


if __name__ == "__main__":
    main()
