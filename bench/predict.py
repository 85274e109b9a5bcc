"""Make predictions for one benchmark task: `predict.py TASK INPUT.jsonl > predictions.jsonl`.

The contract stands in bench/README.md. Only the prediction goes to standard output. An item that
lacks a field or has a wrong one gets the empty prediction, and a message on standard error.
"""

import argparse
import gzip
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

# No message of a library may reach standard output, and numpy needs no threads for our sizes.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from app import semantics
from app.collate import (
    Cleaned,
    Config,
    Label,
    Passage,
    PassageKind,
    Span,
    Telling,
    Witness,
    clean,
    cluster,
    find_quotations,
    liken,
    link_words,
    name_actors,
    pair_passages,
    prepare,
    segment,
    split_sentences,
)
from app.ingest.page import extract
from app.pipeline import analyse
from app.settings import Settings

Item = dict[str, Any]
CONFIG = Config()
SAME_HAPPENING = 0.66
"""Probability above which two passages tell of one happening. Set by bench/train/passages.json:
where link F1 and strict F1 on passages_ecb are best, by models that never saw the topic."""
BACKED = 0.03
"""Probability of two passages saying the same above which one backs the other, a summary and its
source. Set on passages_superpal dev; flat from .02 to .05."""

SHORT_TEXTS = 0.4
"""`event_threshold` for texts of a few sentences, which share few names by chance: the best on
folds of cluster_ecb that the model had not seen, flat from .3 to .45."""


def aligned_words(item: Item) -> Item:
    """Word alignment of two token lists."""
    links = link_words(_strings(item, "s"), _strings(item, "t"), CONFIG)
    return {"pairs": [[int(i), int(j)] for i, j, *_ in links]}


def linked_passages(item: Item) -> Item:
    """Sentences of different texts that tell of one happening; where texts have sides, those of
    both sides that say the same.
    """
    docs = item["docs"]
    sides = [doc.get("side") for doc in docs]
    witnesses, index = _witnesses_of_docs(docs)
    found = set()
    for pair in pair_passages(witnesses):
        doc, sentence = index[pair.a, pair.span_a.start]
        other, twin = index[pair.b, pair.span_b.start]
        if sides[doc] is None:
            linked = pair.happening >= SAME_HAPPENING
        else:
            linked = sides[doc] != sides[other] and pair.score >= BACKED
        if linked:
            found.add((doc, sentence, other, twin))
    return {"links": [list(link) for link in sorted(found)]}


def _witnesses_of_docs(
    docs: Sequence[Item],
) -> tuple[list[Witness], dict[tuple[str, int], tuple[int, int]]]:
    """Make one witness of each list of sentences; the index leads from a passage to its place."""
    witnesses, index = [], {}
    for number, doc in enumerate(docs):
        passages, parts, start = [], [], 0
        for place, sentence in enumerate(doc["sents"]):
            parts.append(sentence)
            if sentence.strip():
                span = Span(start, start + len(sentence))
                passages.append(Passage(span, PassageKind.SENTENCE, place))
                index[str(number + 1), start] = (number, place)
            start += len(sentence) + 1
        witnesses.append(
            Witness(
                id=str(number + 1),
                siglum=f"W{number + 1}",
                outlet=f"W{number + 1}",
                revision=number + 1,
                text="\n".join(parts),
                passages=tuple(passages),
                roles={passage.span.start: "main" for passage in passages},
            )
        )
    return witnesses, index


def likenesses(items: Sequence[Item]) -> Iterator[Item]:
    """How much two short texts say the same, by their embeddings too where the app would take
    them (VARIORUM_SEMANTIC=1).
    """
    pairs = [(_text(item, "s"), _text(item, "t")) for item in items]
    embedder = semantics.chosen()
    texts = sorted({text for pair in pairs for text in pair}) if embedder else []
    vectors = dict(zip(texts, embedder.embed(texts), strict=True)) if embedder else {}
    for s, t in pairs:
        yield {"score": liken(s, t, float(vectors[s] @ vectors[t]) if vectors else None)}


def found_quotations(item: Item) -> Item:
    """Quotations of a passage of running text: nothing is furniture here."""
    text = item["text"]
    whole = Cleaned(kept=(Span(0, len(text)),), dropped=()) if text else Cleaned((), ())
    quotations = find_quotations(text, segment(text, whole))
    return {
        "quotes": [
            {"content": [[q.span.start, q.span.end]], "source_text": q.speaker or ""}
            for q in quotations
        ]
    }


def cut_sentences(item: Item) -> Item:
    """Sentences of a text in one of the languages of the set."""
    text = item["text"]
    spans = split_sentences(text, str(item.get("lang") or "en"))
    # A wrapped sentence is printed on one line.
    return {"sents": [re.sub(r"\s*[\r\n]+\s*", " ", span.of(text).strip()) for span in spans]}


def extracted(item: Item, folder: Path) -> Item:
    """Article text and metadata of a page, from its bytes."""
    data = gzip.decompress((folder / item["html"]).read_bytes())
    page = extract(data, item.get("url"))
    if page is None:
        return EMPTY["extraction"]
    cleaned = clean(page.text)  # what the metadata do not say the text may, as at the import
    author = page.author or (cleaned.author.value if cleaned.author else "")
    published = page.published.isoformat() if page.published else ""
    if not published and cleaned.published:
        published = cleaned.published.value
    return {"text": page.body, "title": page.title or "", "author": author, "date": published}


def clustered(items: Sequence[Item]) -> Iterator[Item]:
    """Texts by event: the whole file is one pool."""
    tellings = [telling_of(str(number), item) for number, item in enumerate(items)]
    config = replace(CONFIG, event_threshold=SHORT_TEXTS)
    found = cluster([telling for telling in tellings if telling.passages], config)
    label = {}
    for index, event in enumerate(found):
        top = index
        while (parent := found[top].parent) is not None:
            top = parent
        for telling in event.main_tellings:
            label.setdefault(telling, top)
    for number in range(len(items)):
        yield {"cluster": label.get(str(number), f"alone {number}")}


def telling_of(name: str, item: Item) -> Telling:
    """Return a text of cluster_ecb as the search for events takes it."""
    text, title = _text(item, "text"), _text(item, "title")
    whole = f"{title}\n\n{text}" if title else text
    prepared = prepare(whole)
    try:
        published = date.fromisoformat(str(item.get("date"))[:10])
    except ValueError:
        published = None
    return Telling(
        id=name,
        text=whole,
        passages=prepared.passages,
        quotations=prepared.quotations,
        published=published,
        title=prepared.cleaned.title,
    )


def named_actors(items: Sequence[Item]) -> Iterator[Item]:
    """Names by actor within a group."""
    groups: dict[str, list[int]] = {}
    for number, item in enumerate(items):
        groups.setdefault(str(item.get("group")), []).append(number)
    actor = {}
    for members in groups.values():
        labels = [_label(items[number]) for number in members]
        actor |= dict(zip(members, name_actors(labels, CONFIG), strict=True))
    for number in range(len(items)):
        yield {"cluster": actor[number]}


def _label(item: Item) -> Label:
    """Read a name; without its sentence it does not matter in which text it stands."""
    text, context, start = _text(item, "text"), _text(item, "context"), item.get("start")
    if not isinstance(start, int) or not context.startswith(text, start):
        return Label(text)
    return Label(text, str(item.get("doc")), context, start)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", text.lower())


def _text(item: Item, key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""


def _strings(item: Item, key: str) -> list[str]:
    return [str(token) for token in item[key]]


def analysed(items: Sequence[Item]) -> dict[str, Any]:
    """The task `gold`: one object for all texts, made from the texts alone."""
    return analyse({str(item["id"]): _text(item, "text") for item in items})


EMPTY: dict[str, Item] = {
    "align": {"pairs": []},
    "passages": {"links": []},
    "quotes": {"quotes": []},
    "segmentation": {"sents": []},
    "extraction": {"text": "", "title": "", "author": "", "date": ""},
}
SINGLE: dict[str, Callable[[Item], Item]] = {
    "align": aligned_words,
    "passages": linked_passages,
    "quotes": found_quotations,
    "segmentation": cut_sentences,
}
POOLED: dict[str, Callable[[Sequence[Item]], Iterator[Item]]] = {
    "cluster": clustered,
    "actors": named_actors,
    "similarity": likenesses,
}
TASKS = (*SINGLE, *POOLED, "extraction", "gold")


def read_items(path: Path) -> list[Item]:
    """Read the input: one JSON object a line, each id once. Faulty lines are told and left out."""
    items: dict[str, Item] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            items.setdefault(item["id"], item)
        except (ValueError, KeyError, TypeError) as fault:
            _tell(f"{path.name}:{number}: left out, no object with an id: {fault!r}")
    return list(items.values())


def predictions(task: str, items: Sequence[Item], folder: Path) -> Iterator[Item]:
    """Yield one prediction for each item."""
    if task in POOLED:
        for item, found in zip(items, POOLED[task](items), strict=True):
            yield {"id": item["id"], **found}
        return
    predict = SINGLE.get(task) or (lambda item: extracted(item, folder))
    for item in items:
        try:
            found = predict(item)
        except (KeyError, TypeError, ValueError, AttributeError, OSError) as fault:
            _tell(f"{item['id']}: {type(fault).__name__}: {fault}")
            found = EMPTY[task]
        yield {"id": item["id"], **found}


def _tell(message: str) -> None:
    print(message, file=sys.stderr)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one task."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("input", type=Path)
    given = parser.parse_args(argv)
    try:
        items = read_items(given.input)
    except (OSError, UnicodeDecodeError) as fault:
        _tell(f"{given.input} cannot be read: {fault}")
        return 2
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr] - a real stream
    semantics.configure(wanted=Settings().semantic)
    if given.task == "gold":
        print(json.dumps(analysed(items), ensure_ascii=False))
        return 0
    for found in predictions(given.task, items, given.input.parent):
        print(json.dumps(found, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
