"""Measure typed differences on the pairs of ../shared/gold: `word_differences.py [--detail]`.

Each labelled pair is compared by itself, as whole passages, as a row of two witnesses. A labelled
span counts as found where entries of its kind mark at least half of it, on every side it names.
`precision` is the share of entries that touch a labelled span of any kind; the labels are not
exhaustive, so it is a measure of noise and no goal. SKIPPED where ../shared is missing.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app.collate import Cleaned, Config, Prepared, prepare
from app.collate.apparatus import Entry, Matter, Relation
from app.collate.comparison import compare
from app.collate.text import Span, Witness

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEEDS = SHARED / "gold" / "seeds.json"
Label = Mapping[str, Any]


def _witness(name: str, text: str, read: Prepared, revision: int) -> Witness:
    published = _published(read.cleaned)
    return Witness(
        name, name, name, revision, text, read.passages, read.quotations, published=published
    )


def _published(cleaned: Cleaned) -> date | None:
    return date.fromisoformat(cleaned.published.value) if cleaned.published else None


def _cell(witness: Witness, member: Label, labels: Sequence[Label]) -> tuple[Span, ...]:
    """Return the passages that hold the member, or one of the labelled spans on its side."""
    wanted = [Span(x["start"], x["end"]) for x in (member, *labels)]
    spans = [p.span for p in witness.passages if any(p.span.overlap(span) for span in wanted)]
    return tuple(spans)


def _is_marked(entries: Sequence[Entry], side: str, label: Label) -> bool:
    """Say whether entries cover half of a labelled span, or any of one as short as a word."""
    span = Span(label["start"], label["end"])
    covered = sum(
        span.overlap(part)
        for entry in entries
        for reading in entry.readings
        for place in reading.places
        if place.witness == side
        for part in place.spans
    )
    return covered > 0 and (2 * covered >= len(span) or len(span) < _SHORT)


_SHORT = 5  # characters


def _sides(entry: Entry) -> set[str]:
    return {place.witness for reading in entry.readings for place in reading.places}


def _parts(entry: Entry) -> bool:
    """Say whether the two sides have other words here."""
    return len(_sides(entry)) == 2 and len(entry.readings) == 2


_FITS: dict[str, Callable[[Entry], bool]] = {
    "added": lambda e: _sides(e) == {"b"} or _is_other(e),
    "omitted": lambda e: _sides(e) == {"a"} or _is_other(e),
    "moved": lambda e: bool(e.moved),
    "number": lambda e: _parts(e) and e.matter in {Matter.NUMBER, Matter.DATE},
    "naming": lambda e: _parts(e) and e.matter in {Matter.NAMING, Matter.PLACE},
    "reporting-verb": lambda e: _parts(e) and e.matter is Matter.ATTRIBUTION,
    "reworded": _parts,
}


def _is_other(entry: Entry) -> bool:
    """Say whether two values speak of other things: shown as added here and omitted there."""
    return any(c.relation is Relation.OTHER_REFERENT for c in entry.relations)


def _found(entries: Sequence[Entry], label: Label) -> bool:
    sides = [side for side in ("a", "b") if label[side]]
    fitting = [entry for entry in entries if _FITS[label["type"]](entry)]
    return all(_is_marked(fitting, side, label[side]) for side in sides)


def _touches(entry: Entry, labels: Sequence[Label]) -> bool:
    return any(
        Span(label[place.witness]["start"], label[place.witness]["end"]).overlap(span)
        for label in labels
        for reading in entry.readings
        for place in reading.places
        if label[place.witness]
        for span in place.spans
    )


def measure(seeds: Mapping[str, Any], *, detail: bool = False) -> dict[str, float]:
    """Return the share found by kind and over all, and the share of entries that are labelled."""
    texts = {
        path.name: path.read_bytes().decode("utf-8")
        for path in sorted((SHARED / "articles").glob("*.txt"))
    }
    read = {name: prepare(text) for name, text in texts.items()}
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    entered = labelled = 0
    for pair in seeds["word_differences"]:
        labels = pair["diffs"]
        cells = []
        for number, side in enumerate("ab"):
            name = pair[side]["file"]
            witness = _witness(side, texts[name], read[name], number)
            cells.append(
                (witness, _cell(witness, pair[side], [d[side] for d in labels if d[side]]))
            )
        entries = compare(cells, Config())
        entered += len(entries)
        labelled += sum(_touches(entry, labels) for entry in entries)
        for label in labels:
            hit = _found(entries, label)
            found[label["type"]] += hit
            wanted[label["type"]] += 1
            if detail and not hit:
                words = [(label[side] or {}).get("text") for side in "ab"]
                print(pair["group"], label["type"], *words, sep=" | ", file=sys.stderr)
    figures = {kind: found[kind] / wanted[kind] for kind in sorted(wanted)}
    total = sum(found.values()) / (sum(wanted.values()) or 1)
    return {"found": total, **figures, "precision": labelled / (entered or 1)}


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--detail", action="store_true", help="list the labels that are missed")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    if not SEEDS.is_file():
        print("SKIPPED (no ../shared)")
        return 0
    seeds = json.loads(SEEDS.read_text(encoding="utf-8"))
    figures = measure(seeds, detail=given.detail)
    if given.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:<16}{value:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
