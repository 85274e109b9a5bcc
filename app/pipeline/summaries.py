"""Summaries: the few numbers and wordings of a comparison that lists of events show."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from app.collate import Apparatus, Entry, Matter, Relation, Row, Witness

MOST_PARTINGS = 6
WEIGHT = {
    Matter.NUMBER: 1,
    Matter.DATE: 1,
    Matter.PLACE: 1,
    Matter.NAMING: 2,
    Matter.ATTRIBUTION: 2,
    Matter.QUOTATION: 2,
    Matter.AGENCY: 2,
    Matter.MODALITY: 3,
    Matter.TENSE: 3,
    Matter.WORDING: 4,
}


def summarise(apparatus: Apparatus, witnesses: Mapping[str, Witness]) -> dict[str, Any]:
    """Return the summary of a comparison, ready for JSON.

    `rows` in all, `shared` by two outlets or more, `quotations`, `differences`, `conflicts`;
    `outlets`: siglum → {"rows", "alone"}; `partings`: where they part, the weightiest first:
    {row, entry, matter, conflict, readings: [{text, sigla}]}.
    """
    outlets: dict[str, Counter[str]] = {w.outlet: Counter() for w in witnesses.values()}
    partings = []
    shared = 0
    for row in apparatus.rows:
        columns = {witnesses[cell.witness].outlet for cell in row.cells}
        shared += len(columns) > 1
        for siglum in columns:
            outlets[siglum]["rows"] += 1
            outlets[siglum]["alone"] += len(columns) == 1
        partings += [_parting(row, entry, witnesses) for entry in row.entries]
    partings = [parting for parting in partings if len(parting["readings"]) > 1]
    return {
        "rows": len(apparatus.rows),
        "shared": shared,
        "quotations": sum(row.kind.value == "quotation" for row in apparatus.rows),
        "differences": sum(len(row.entries) for row in apparatus.rows),
        "conflicts": sum(parting["conflict"] for parting in partings),
        "outlets": {siglum: dict(counts) for siglum, counts in outlets.items()},
        "partings": sorted(partings, key=_weight)[:MOST_PARTINGS],
    }


def _parting(row: Row, entry: Entry, witnesses: Mapping[str, Witness]) -> dict[str, Any]:
    return {
        "row": row.id,
        "entry": entry.id,
        "matter": entry.matter.value,
        "conflict": any(one.relation is Relation.CONFLICTING for one in entry.relations),
        "readings": [
            {
                "text": reading.text,
                "sigla": sorted({witnesses[place.witness].siglum for place in reading.places}),
            }
            for reading in entry.readings
        ],
    }


def _weight(parting: dict[str, Any]) -> tuple[bool, int, int]:
    """Conflicts first, then by matter, then where more wordings stand against each other."""
    return (not parting["conflict"], WEIGHT[Matter(parting["matter"])], -len(parting["readings"]))
