"""Read the labelled passages that the passage score learns from, one topic after the other."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.collate import Passage, PassageKind, Span, Witness, find_quotations
from app.collate.evidence import Pairs, collect
from app.collate.terms import units_of

BENCHMARKS = Path(__file__).resolve().parents[3] / "shared" / "benchmarks"

Links = set[frozenset[tuple[int, int]]]


@dataclass(frozen=True)
class Topic:
    """The candidate pairs of one topic, and what the labels say of them.

    `owner` is the text of each unit. `label` is 2 for pairs that belong together, 1 for those that
    may, 0 for others, -1 where nobody asked. `missed` counts the links that are no candidates.
    `words` are those of each unit.
    """

    name: str
    owner: NDArray[np.int64]
    pairs: Pairs
    label: NDArray[np.int64]
    missed: int
    words: list[str]


def stories() -> Iterator[Topic]:
    """Yield our own stories; every pair of sentences is labelled."""
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
            yield _topic(name.strip(), docs, same, titled=True)


def superpal() -> Iterator[Topic]:
    """Yield the topics of passages_superpal dev; only pairs of a summary and a source are asked."""
    for item in _items("passages_superpal"):
        of = [doc["side"] for doc in item["docs"]]
        asked = {(n, s) for n, doc in enumerate(item["docs"]) for s in range(len(doc["sents"]))}
        yield _topic(item["id"], _docs(item), _links(item["sure"]), asked=asked, sides=of)


def ecb() -> Iterator[Topic]:
    """Yield the topics of passages_ecb dev; only pairs of checked sentences are asked."""
    for item in _items("passages_ecb"):
        checked = {
            (n, s) for n, doc in enumerate(item["docs"]) for s, yes in enumerate(doc["eval"]) if yes
        }
        maybe = _links(item["possible"])
        yield _topic(item["id"], _docs(item), _links(item["sure"]), maybe=maybe, asked=checked)


def _items(name: str) -> Iterator[dict[str, Any]]:
    for line in (BENCHMARKS / name / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _docs(item: dict[str, Any]) -> list[list[str]]:
    return [doc["sents"] for doc in item["docs"]]


def _links(rows: Sequence[Sequence[int]]) -> Links:
    return {frozenset(((a, s), (b, t))) for a, s, b, t in rows}


def _topic(  # noqa: PLR0913 - what the three sets label differs
    name: str,
    docs: Sequence[Sequence[str]],
    same: Links,
    *,
    maybe: Links = frozenset(),  # type: ignore[assignment]
    asked: set[tuple[int, int]] | None = None,
    sides: Sequence[str] | None = None,
    titled: bool = False,
) -> Topic:
    units = units_of([_witness(n, sents, titled=titled) for n, sents in enumerate(docs)])
    places = [(unit.witness, unit.passage.paragraph) for unit in units]
    pairs = collect(units)
    label = []
    for a, b in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True):
        one, two = places[a], places[b]
        key = frozenset((one, two))
        apart = sides is None or sides[one[0]] != sides[two[0]]
        known = asked is None or (one in asked and two in asked)
        label.append(-1 if not (known and apart) else 2 if key in same else int(key in maybe))
    owner = np.array([unit.witness for unit in units])
    words = [docs[doc][n] for doc, n in places]
    return Topic(name, owner, pairs, np.array(label), len(same) - label.count(2), words)


def _witness(number: int, sentences: Sequence[str], *, titled: bool) -> Witness:
    """Make a witness of a list of sentences; the first is the headline where texts have one."""
    passages: list[Passage] = []
    text = ""
    for n, sentence in enumerate(sentences):
        kind = PassageKind.TITLE if titled and n == 0 else PassageKind.SENTENCE
        if sentence.strip():
            passages.append(Passage(Span(len(text), len(text) + len(sentence)), kind, n))
        text += sentence + "\n"
    read = tuple(passages)
    return Witness(
        str(number), str(number), str(number), number, text, read, find_quotations(text, read)
    )
