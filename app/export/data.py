"""JSON: the comparison with offsets, texts, readings and relations. Schema: docs/exporting.md."""

import json
from dataclasses import asdict
from typing import Any

from app.collate import Entry, Row
from app.export.edition import Edition

FORMAT = "variorum-event"
VERSION = 1


def write_json(edition: Edition) -> str:
    """Return the comparison as one JSON object; positions are code points into `texts`."""
    return json.dumps(_event(edition), ensure_ascii=False, indent=1, default=str) + "\n"


def _event(edition: Edition) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "engine": edition.engine,
        "event": {"label": edition.label, "address": edition.address},
        "sources": [asdict(source) for source in edition.sources],
        "texts": {str(w.revision): w.text for w in edition.witnesses.values()},
        "witnesses": [
            {"id": w.id, "siglum": w.siglum, "outlet": w.outlet, "revision": w.revision}
            for w in edition.witnesses.values()
        ],
        "rows": [_row(edition, row) for row in edition.rows],
    }


def _row(edition: Edition, row: Row) -> dict[str, Any]:
    whole = asdict(row)
    whole["number"] = edition.numbers[row.id]
    whole["address"] = edition.row_address(row)
    whole["entries"] = [_entry(edition, entry) for entry in row.entries]
    for cell, said in zip(row.cells, whole["cells"], strict=True):
        said["words"] = edition.words(cell)
    return whole


def _entry(edition: Edition, entry: Entry) -> dict[str, Any]:
    return {**asdict(entry), "address": edition.entry_address(entry.id)}
