"""The demonstration events give the apparatus that was last looked at and found right.

`make golden` (VARIORUM_REWRITE_GOLDEN=1) writes tests/golden/*.json anew; the diff is reviewed.
"""

import json
import os
from pathlib import Path

import pytest

from app.collate import (
    Apparatus,
    Entry,
    Row,
    Witness,
    clean,
    collate,
    prepare,
    unpaired,
    witnesses_of,
)
from app.ingest import Draft
from app.ingest.files import read_item, walk

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
EVENTS = ("vostochny-summit", "march-2024-veto")
OPENING = 70  # characters of a cell that a summary shows


def witnesses_of_demo(event: str) -> list[Witness]:
    """Read one event's folder; an outlet's siglum is made of the initials of its file."""
    found = []
    for revision, item in enumerate(walk([ROOT / "demo" / event]), start=1):
        draft = read_item(item, clean=clean)
        assert isinstance(draft, Draft)
        found += witnesses_of(
            prepare(draft.text, draft.cleaned),
            text=draft.text,
            revision=revision,
            siglum="".join(part[0] for part in item.path.stem.split("-")).upper(),
            published=draft.published,
        )
    return found


def summary_of(event: str) -> dict:
    """Return what a reviewer wants to see of one event's comparison, in plain words."""
    witnesses = witnesses_of_demo(event)
    apparatus = collate(witnesses)
    by_id = {witness.id: witness for witness in witnesses}
    return {
        "event": event,
        "rows": [_row(row, by_id) for row in apparatus.rows],
        "unpaired": {witness.siglum: _unpaired(witness, apparatus) for witness in witnesses},
        "dropped": {
            witness.siglum: [
                [dropped.reason, _opening(dropped.span.of(witness.text))]
                for dropped in clean(witness.text).dropped
                if dropped.span.of(witness.text).strip()
            ]
            for witness in witnesses
        },
    }


def _opening(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= OPENING else words[:OPENING].rsplit(" ", 1)[0] + " …"


def _row(row: Row, by_id: dict[str, Witness]) -> dict:
    return {
        "id": row.id,
        "kind": str(row.kind),
        "speaker": row.speaker,
        "loose": row.loose,
        "cells": {
            by_id[cell.witness].siglum: [
                _opening(span.of(by_id[cell.witness].text)) for span in cell.spans
            ]
            for cell in row.cells
        },
        "differences": [_entry(entry, by_id) for entry in row.entries],
    }


def _entry(entry: Entry, by_id: dict[str, Witness]) -> dict:
    return {
        "matter": str(entry.matter),
        "readings": [
            [" ".join(by_id[place.witness].siglum for place in reading.places), reading.text]
            for reading in entry.readings
        ],
        "relations": [[r.a, r.b, str(r.relation)] for r in entry.relations],
        "moved": [f"{by_id[a].siglum} {by_id[b].siglum}" for a, b in entry.moved],
    }


def _unpaired(witness: Witness, apparatus: Apparatus) -> list[str]:
    return [_opening(p.span.of(witness.text)) for p in unpaired(witness, apparatus)]


@pytest.fixture(scope="module")
def summaries() -> dict[str, dict]:
    """The summaries of both events as the engine makes them now."""
    return {event: summary_of(event) for event in EVENTS}


@pytest.mark.parametrize("event", EVENTS)
def test_demo_event_gives_the_golden_apparatus(event, summaries):
    path = GOLDEN / f"{event}.json"
    if os.environ.get("VARIORUM_REWRITE_GOLDEN"):
        text = json.dumps(summaries[event], indent=1, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")

    golden = json.loads(path.read_text(encoding="utf-8"))

    assert summaries[event] == golden, "review with `make golden` and `git diff tests/golden`"


@pytest.mark.parametrize("event", EVENTS)
def test_demo_event_has_rows_of_all_outlets(event, summaries):
    rows = summaries[event]["rows"]

    assert len(rows) >= 10
    assert {siglum for row in rows for siglum in row["cells"]} == {"AR", "CBA", "DL", "MW"}
    assert all(len(row["cells"]) >= 2 for row in rows)
