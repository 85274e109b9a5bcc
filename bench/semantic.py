"""Measure what sentence embeddings add across languages: `semantic.py [--fit]`.

Needs the extra `semantic`. The texts are our own (languages.txt): one happening told by five
outlets, each passage in five languages. Every outlet is read in one language, in all the ways
that LINE_UPS gives; only pairs of passages in two languages are counted. `--fit` prints the
numbers of app.collate.nearness.py.
"""

import argparse
import itertools
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from app import semantics
from app.collate import Config, Passage, PassageKind, Span, Witness, align
from app.collate.nearness import apart, cosines, margins, tongue
from app.collate.terms import units_of
from app.semantics import Vectors

HERE = Path(__file__).resolve().parent
LANGUAGES = ("en", "es", "de", "ru", "ko")

Floats = NDArray[np.float64]
Link = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Telling:
    """What one outlet tells: for each passage its facts, and its words by language."""

    facts: list[frozenset[str]]
    words: list[dict[str, str]]


def read_tellings() -> list[Telling]:
    """Return the tellings of languages.txt."""
    found: list[Telling] = []
    for line in (HERE / "languages.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            found.append(Telling([], []))
        elif line and line[0] != "#":
            key, words = line.split("|", 1)
            if key in LANGUAGES:
                found[-1].words[-1][key] = words.strip()
            else:
                found[-1].facts.append(frozenset(key.split()))
                found[-1].words.append({})
    return found


def line_ups() -> Iterator[tuple[str, list[str | None]]]:
    """Yield the language of each outlet, None for those left out, with the kind of the line-up."""
    five = range(len(LANGUAGES))
    for step, start in itertools.product((1, 2, 3, 4), five):
        yield "five languages", [LANGUAGES[(step * n + start) % 5] for n in five]
    for a, b in itertools.combinations(five, 2):
        for other in LANGUAGES[1:]:
            yield "English and one", [other if n in {a, b} else "en" for n in five]
        for pair in itertools.permutations(LANGUAGES, 2):
            yield "two texts", [dict(zip((a, b), pair, strict=True)).get(n) for n in five]


def witnesses_in(
    tellings: Sequence[Telling], languages: Sequence[str | None], vectors: dict[str, Vectors]
) -> list[Witness]:
    """Return the witnesses of one line-up; the revision is the number of the outlet."""
    found = []
    for number, (telling, language) in enumerate(zip(tellings, languages, strict=True)):
        if language is None:
            continue
        passages, given, text = [], {}, ""
        for place, words in enumerate(telling.words):
            line = words[language]
            span = Span(len(text), len(text) + len(line))
            passages.append(Passage(span, PassageKind.SENTENCE, place))
            if line in vectors:
                given[span.start] = vectors[line]
            text += line + "\n"
        roles = {passage.span.start: "main" for passage in passages}
        found.append(
            Witness(
                id=str(number),
                siglum=f"W{number}",
                outlet=f"W{number}",
                revision=number,
                text=text,
                passages=tuple(passages),
                roles=roles,
                vectors=given,
            )
        )
    return found


def links_in(tellings: Sequence[Telling], languages: Sequence[str | None]) -> set[Link]:
    """Return the pairs of passages in two languages that share a fact."""
    places = [
        (n, place)
        for n, (telling, language) in enumerate(zip(tellings, languages, strict=True))
        if language
        for place in range(len(telling.facts))
    ]
    return {
        frozenset((a, b))
        for a, b in itertools.combinations(places, 2)
        if languages[a[0]] != languages[b[0]]
        and tellings[a[0]].facts[a[1]] & tellings[b[0]].facts[b[1]]
    }


def links_of_rows(witnesses: Sequence[Witness], languages: Sequence[str | None]) -> set[Link]:
    """Return the pairs of passages in two languages that stand in one row."""
    place = {(w.id, p.span): (int(w.id), p.paragraph) for w in witnesses for p in w.passages}
    found = set()
    for row in align(witnesses, Config()):
        cells = [place[cell.witness, span] for cell in row.cells for span in cell.spans]
        found |= {
            frozenset((a, b))
            for a, b in itertools.combinations(cells, 2)
            if languages[a[0]] != languages[b[0]]
        }
    return found


def score(vectors: dict[str, Vectors]) -> dict[str, dict[str, float]]:
    """Return precision, recall and F1 of the links of rows, micro over the line-ups of a kind."""
    tellings = read_tellings()
    counts: dict[str, NDArray[np.int64]] = {}
    for kind, languages in line_ups():
        found = links_of_rows(witnesses_in(tellings, languages, vectors), languages)
        wanted = links_in(tellings, languages)
        added = np.array([len(found & wanted), len(found), len(wanted)])
        counts[kind] = counts.get(kind, np.zeros(3, int)) + added
    return {
        kind: {
            "precision": round(hits / max(1, made), 3),
            "recall": round(hits / wanted, 3),
            "f1": round(2 * hits / (made + wanted), 3),
        }
        for kind, (hits, made, wanted) in counts.items()
    }


def fit(vectors: dict[str, Vectors]) -> None:
    """Print the numbers of app.collate.nearness.py, and the average precision on pairs with a
    language that the numbers were not fitted on.
    """
    tables, truths, pairs = [], [], []
    tellings = read_tellings()
    for _, languages in line_ups():
        witnesses = witnesses_in(tellings, languages, vectors)
        units = units_of(witnesses)
        names = [tongue(witnesses[u.witness].text) for u in units]
        foreign = apart(names)
        rows = np.stack([witnesses[u.witness].vectors[u.passage.span.start] for u in units])
        left, right = np.nonzero(np.triu(foreign))
        places = [(int(witnesses[u.witness].id), u.passage.paragraph) for u in units]
        wanted = links_in(tellings, languages)
        near = cosines(rows, names)
        tables.append(np.stack([near, margins(near, foreign)], axis=2)[left, right])
        for a, b in zip(left, right, strict=True):
            truths.append(frozenset((places[a], places[b])) in wanted)
            pairs.append({languages[places[a][0]], languages[places[b][0]]})
    table, truth = np.concatenate(tables), np.array(truths, float)
    for language in LANGUAGES[1:]:
        here = np.array([language in pair for pair in pairs])
        weights = regress(table[~here], truth[~here])
        scores = table[here] @ weights[:-1] + weights[-1]
        print(language, np.round(weights, 2), round(average_precision(truth[here], scores), 3))
    print("all", np.round(regress(table, truth), 2))


def regress(table: Floats, truth: Floats) -> Floats:
    """Fit a logistic regression by Newton's method; the last number is the intercept."""
    inputs = np.column_stack([table, np.ones(len(table))])
    weights = np.zeros(inputs.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-inputs @ weights))
        curve = (inputs * (chance * (1 - chance))[:, None]).T @ inputs
        weights += np.linalg.solve(curve, inputs.T @ (truth - chance))
    return weights


def average_precision(truth: Floats, scores: Floats) -> float:
    """Return the mean precision at each true pair, the surest first."""
    hits = truth[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits > 0].mean())


def embed_all() -> dict[str, Vectors]:
    """Return the vectors of all passages of languages.txt by their words."""
    texts = [line for t in read_tellings() for words in t.words for line in words.values()]
    return dict(zip(texts, semantics.E5().embed(texts), strict=True))


def main() -> None:
    """Measure with the extra and (f1_words) without, or fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true")
    given = parser.parse_args()
    vectors = embed_all()
    if given.fit:
        fit(vectors)
        return
    words = score({})
    found = {kind: f | {"f1_words": words[kind]["f1"]} for kind, f in score(vectors).items()}
    print(json.dumps(found))
    (HERE / "semantic.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
