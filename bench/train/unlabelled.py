"""Pairs of sentences whose words nobody has linked, for the teacher to label."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.collate.tokens import tokenize

SETS = ("passages_ecb", "passages_superpal")
LIKE = (0.2, 0.97)
"""Cosine of weighted words from which, and up to which, two sentences make a pair; every fourth
pair from half the lower bound on stays as well: strangers to learn from.
"""
LENGTH = (4, 40)


def unlabelled(benchmarks: Path, count: int, seed: int = 1) -> list[tuple[list[str], list[str]]]:
    """Return up to `count` pairs: each sentence with the two most like it in other texts of the
    same topic, of passages_ecb dev (CC-BY 3.0), passages_superpal dev (Apache-2.0) and our stories.
    What their labels say of them is not looked at.
    """
    found = {}
    for docs in _topics(benchmarks):
        for like, a, b in _nearest(docs):
            found.setdefault((tuple(a), tuple(b)), like)
    pairs = [pair for pair, like in found.items() if LIKE[0] < like < LIKE[1]]
    pairs += [pair for pair, like in found.items() if like <= LIKE[0]][::4]
    order = np.random.default_rng(seed).permutation(len(pairs))[:count]
    return [(list(pairs[k][0]), list(pairs[k][1])) for k in order]


def _topics(benchmarks: Path) -> Iterator[list[list[str]]]:
    for name in SETS:
        for line in (benchmarks / name / "dev.jsonl").read_text(encoding="utf-8").split("\n"):
            if line:
                yield [doc["sents"] for doc in json.loads(line)["docs"]]
    for path in sorted(Path(__file__).parent.glob("stories_*.txt")):
        for topic in path.read_text(encoding="utf-8").split("@ topic ")[1:]:
            yield [
                [line.split("| ", 1)[1] for line in telling.splitlines()[1:] if line]
                for telling in topic.split("== ")[1:]
            ]


def _nearest(docs: list[list[str]]) -> Iterator[tuple[float, list[str], list[str]]]:
    """Each sentence with the two most like it in other texts, and how like they are."""
    sides = [(d, [t.text for t in tokenize(s)]) for d, doc in enumerate(docs) for s in doc]
    sides = [(d, words) for d, words in sides if LENGTH[0] <= len(words) <= LENGTH[1]]
    bags = [Counter(w.lower() for w in words) for _, words in sides]
    number = {w: k for k, w in enumerate(sorted({w for bag in bags for w in bag}))}
    spread = Counter(w for bag in bags for w in bag)
    table = np.zeros((len(bags), len(number)), np.float32)
    for row, bag in zip(table, bags, strict=True):
        for w in bag:
            row[number[w]] = np.log(len(bags) / spread[w])
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-6
    like = table @ table.T
    doc = np.array([d for d, _ in sides])
    like[doc[:, None] == doc] = 0
    for a, row in enumerate(like):
        for b in np.argsort(-row)[:2]:
            if row[b] > LIKE[0] / 2 and bags[a] != bags[b]:
                yield float(row[b]), *(sides[k][1] for k in sorted((a, int(b))))
