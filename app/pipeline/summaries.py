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

    `rows` in all, `shared` by two outlets or more, `quotations`, `facts`, `claims`, `differences`,
    `conflicts`; `outlets`: siglum → {"rows", "alone"}; `partings`: where they part, the weightiest
    of each row, the weightiest first: {row, number, entry, matter, conflict, readings: [{text,
    sigla}]}.
    """
    outlets: dict[str, Counter[str]] = {w.outlet: Counter() for w in witnesses.values()}
    partings = []
    kinds: Counter[str] = Counter()
    shared = 0
    for number, row in enumerate(apparatus.rows, start=1):
        columns = {witnesses[cell.witness].outlet for cell in row.cells}
        shared += len(columns) > 1
        for siglum in columns:
            outlets[siglum]["rows"] += 1
            outlets[siglum]["alone"] += len(columns) == 1
        kinds[row.kind.value] += 1
        partings += [_parting(row, number, entry, witnesses) for entry in row.entries]
    partings = [parting for parting in partings if len(parting["readings"]) > 1]
    weightiest: dict[str, dict[str, Any]] = {}
    for parting in sorted(partings, key=_weight):
        weightiest.setdefault(parting["row"], parting)
    return {
        "rows": len(apparatus.rows),
        "shared": shared,
        "quotations": kinds["quotation"],
        "facts": kinds["fact"],
        "claims": kinds["claim"],
        "differences": sum(len(row.entries) for row in apparatus.rows),
        "conflicts": sum(parting["conflict"] for parting in partings),
        "outlets": {siglum: dict(counts) for siglum, counts in outlets.items()},
        "partings": [*weightiest.values()][:MOST_PARTINGS],
    }


def _parting(
    row: Row, number: int, entry: Entry, witnesses: Mapping[str, Witness]
) -> dict[str, Any]:
    return {
        "row": row.id,
        "number": number,
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
