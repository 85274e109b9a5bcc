"""Train what sentence embeddings add to the passage score: `python -m bench.train.near`.

Needs the extra `semantic`; a minute. Data: our labelled stories and passages_superpal dev, as for
"same" in bench.train.passages. Two inputs: the log-odds of "same" by a model that never saw the
topic, and the cosine of the embeddings; the mean of what they give together and of "same" alone is
taken. Writes app/collate/weights/near.npz, and what it makes of topics it never saw to
bench/train/near.json. Nothing is random.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from app import semantics
from app.collate.nearness import cosines
from bench.train.passages import CALIBRATION, fit_same
from bench.train.regression import Floats, Model, average_precision, fit
from bench.train.topics import Topic, stories, superpal

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "app" / "collate" / "weights" / "near.npz"
REPORT = Path(__file__).with_suffix(".json")
RIDGE = 1.0


def main() -> None:
    topics = [*stories(), *superpal()]
    embedder = semantics.E5()
    vectors = [embedder.embed(topic.words) for topic in topics]
    centre = np.concatenate(vectors).mean(axis=0)
    np.savez(TARGET, centre=centre)  # read by `cosines`
    truths = [(topic.label[topic.label >= 0] == 2).astype(np.float64) for topic in topics]
    demo = [topic.name for topic in topics].index(CALIBRATION)
    rest = [(topics[:n] + topics[n + 1 :], topic) for n, topic in enumerate(topics)]
    words = [fit_same(others).logit(t.pairs.table[t.label >= 0])[:, None] for others, t in rest]
    platt = fit(words[demo], truths[demo], 1e-3)
    words = [platt.logit(logit)[:, None] for logit in words]  # as the app has them
    near = [
        np.column_stack([logit, _cosine(topic, rows)])
        for logit, topic, rows in zip(words, topics, vectors, strict=True)
    ]
    both = [
        _fit(near[:n] + near[n + 1 :], truths[:n] + truths[n + 1 :]).logit(table)[:, None]
        for n, table in enumerate(near)
    ]
    platt = fit(both[demo], truths[demo], 1e-3)
    told: dict[str, Any] = {
        topic.name: {
            "average_precision": average_precision(
                truth, (alone[:, 0] + platt.logit(together)) / 2
            ),
            "words_alone": average_precision(truth, alone[:, 0]),
        }
        for topic, truth, alone, together in zip(topics, truths, words, both, strict=True)
    }
    told["mean"] = {
        name: float(np.mean([topic[name] for topic in told.values()]))
        for name in ("average_precision", "words_alone")
    }
    model = _fit(near, truths).stretched(platt)
    weight = model.weight / model.scale
    together = np.array([*weight, model.bias - weight @ model.mean])
    numbers = (together + [1, 0, 0]) / 2
    np.savez(TARGET, centre=centre, near=numbers)
    REPORT.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(told["mean"]), numbers)


def _cosine(topic: Topic, rows: semantics.Vectors) -> Floats:
    asked = topic.label >= 0
    near = cosines(rows, ["en"] * len(rows))
    return near[topic.pairs.left[asked], topic.pairs.right[asked]].astype(np.float64)


def _fit(tables: list[Floats], truths: list[Floats]) -> Model:
    return fit(np.concatenate(tables), np.concatenate(truths), RIDGE)


if __name__ == "__main__":
    main()
