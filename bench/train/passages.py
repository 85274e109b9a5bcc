"""Train the passage score: `.venv/bin/python -m bench.train.passages`.

Data: our labelled stories (stories_*.txt) and passages_superpal dev (Apache-2.0). Nothing of the
five articles. Writes app/collate/weights/passages.npz; prints what stands in its card. Nothing is
random, so there is no seed.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.collate import Passage, PassageKind, Span, Witness, find_quotations
from app.collate.evidence import EVIDENCE, collect
from app.collate.terms import units_of

ROOT = Path(__file__).resolve().parents[2]
SUPERPAL = ROOT.parent / "shared" / "benchmarks" / "passages_superpal" / "dev.jsonl"
TARGET = ROOT / "app" / "collate" / "weights" / "passages.npz"
RIDGE = 200.0
CALIBRATION = "demo"
"""The topic whose long texts and look-alike events have as few true pairs as real events have."""

Floats = NDArray[np.float64]
Docs = list[list[str]]
Links = set[frozenset[tuple[int, int]]]


@dataclass(frozen=True)
class Topic:
    """The evidence of the pairs of one topic, with 1 for pairs that say the same."""

    name: str
    table: Floats
    truth: Floats
    missed: int


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


def main() -> None:
    topics = [*(_topic(*story) for story in stories()), *(_topic(*item) for item in _superpal())]
    for n, topic in enumerate(topics):
        held_out = fit(topics[:n] + topics[n + 1 :], RIDGE).logit(topic.table)
        ap = average_precision(topic.truth, held_out)
        print(
            f"{topic.name:20} pairs {len(topic.truth):6} same {int(topic.truth.sum()):4} "
            f"not candidates {topic.missed:3} AP {ap:.3f}"
        )
        if topic.name == CALIBRATION:
            platt = fit([Topic("", held_out[:, None], topic.truth, 0)], 1e-3)
    model = fit(topics, RIDGE)
    slope = float((platt.weight / platt.scale)[0])
    intercept = platt.bias - slope * float(platt.mean[0])
    np.savez(
        TARGET,
        mean=model.mean,
        scale=model.scale,
        weight=model.weight,
        bias=model.bias,
        platt=np.array([slope, intercept]),
    )
    for name, weight in zip(EVIDENCE, model.weight, strict=True):
        print(f"{name:32} {weight:6.2f}")


def fit(topics: Sequence[Topic], ridge: float) -> Model:
    """Fit by Newton's method; `ridge` is the penalty on the squared weights of standard inputs."""
    table = np.concatenate([topic.table for topic in topics])
    truth = np.concatenate([topic.truth for topic in topics])
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-9
    inputs = np.column_stack([(table - mean) / scale, np.ones(len(table))])
    penalty = np.diag([ridge] * table.shape[1] + [0.0])
    weight = np.zeros(inputs.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-inputs @ weight))
        gradient = inputs.T @ (truth - p) - penalty @ weight
        curve = (inputs * (p * (1 - p))[:, None]).T @ inputs + penalty
        step = np.linalg.solve(curve, gradient)
        weight += step
        if np.abs(step).max() < 1e-8:
            break
    return Model(mean, scale, weight[:-1], float(weight[-1]))


def average_precision(truth: Floats, score: Floats) -> float:
    hits = truth[np.argsort(-score, kind="stable")]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits > 0].mean())


def stories() -> Iterator[tuple[str, Docs, Links]]:
    """Yield our stories: name, texts, pairs of (text, sentence) that say the same."""
    for path in sorted(Path(__file__).parent.glob("stories_*.txt")):
        for block in path.read_text(encoding="utf-8").split("@ topic ")[1:]:
            name, *tellings = block.split("== ")
            docs, labels = [], {}
            for doc, telling in enumerate(tellings):
                rows = [line.split("| ", 1) for line in telling.splitlines()[1:] if line]
                docs.append([sentence for _, sentence in rows])
                labels |= {(doc, n): {*row[0].split()} - {"0"} for n, row in enumerate(rows)}
            same = {
                frozenset((a, b))
                for a, of_a in labels.items()
                for b, of_b in labels.items()
                if a[0] < b[0] and of_a & of_b
            }
            yield name.strip(), docs, same


def _superpal() -> Iterator[tuple[str, Docs, Links, list[str]]]:
    for line in SUPERPAL.read_text(encoding="utf-8").splitlines():
        item: dict[str, Any] = json.loads(line)
        same = {frozenset(((a, s), (b, t))) for a, s, b, t in item["sure"]}
        sides = [doc["side"] for doc in item["docs"]]
        yield item["id"], [doc["sents"] for doc in item["docs"]], same, sides


def _topic(
    name: str,
    docs: Docs,
    same: Links,
    sides: list[str] | None = None,
) -> Topic:
    """Collect the evidence of one topic; where texts have sides, pairs across them only."""
    units = units_of([_witness(n, sents, titled=sides is None) for n, sents in enumerate(docs)])
    places = [(doc, n) for doc, sents in enumerate(docs) for n in range(len(sents))]
    pairs = collect(units)
    keys = [
        frozenset((places[a], places[b]))
        for a, b in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    ]
    truth = np.array([key in same for key in keys], dtype=np.float64)
    asked = np.ones(len(keys), dtype=bool)
    if sides:
        of = np.array([sides[doc] for doc, _ in places])
        asked = of[pairs.left] != of[pairs.right]
    return Topic(name, pairs.table[asked], truth[asked], len(same) - int(truth[asked].sum()))


def _witness(number: int, sentences: Sequence[str], *, titled: bool) -> Witness:
    """Make a witness of a list of sentences; the first is the headline where texts have one."""
    passages: list[Passage] = []
    text = ""
    for n, sentence in enumerate(sentences):
        kind = PassageKind.TITLE if titled and n == 0 else PassageKind.SENTENCE
        passages.append(Passage(Span(len(text), len(text) + len(sentence)), kind, n))
        text += sentence + "\n"
    read = tuple(passages)
    return Witness(
        str(number), str(number), str(number), number, text, read, find_quotations(text, read)
    )


if __name__ == "__main__":
    main()
