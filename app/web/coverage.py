"""The head of an event page: when, where, who by whom; which outlet reports which row."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.collate import Entry, Matter, Reading, Relation, Row, RowKind, Witness
from app.i18n import _

_PITCH, _LINE, _WIDE, _HIGH, _PER_LINE = 13, 19, 11, 15, 24
"""Geometry of the strip in px, and its squares in one line."""
_MOST_VALUES = {"when": 3, "where": 4, "who": 8}
_MOST_CLASHES = 4
_MOST_SIGLA = 5
_CONFLICTS_OF = {"when": Matter.DATE, "where": Matter.PLACE}


@dataclass(frozen=True, slots=True)
class Siglum:
    """The letters of an outlet or reading, with its name."""

    letters: str
    title: str


@dataclass(frozen=True, slots=True)
class FactView:
    """One value of when, where or who, as the texts word it, with those who state it; `more`: how
    many are not named.
    """

    words: str
    sigla: tuple[Siglum, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class ClashView:
    """A statement that conflicts with another one; `row` and `entry` lead to it."""

    words: str
    sigla: tuple[Siglum, ...]
    entry: str
    row: str


@dataclass(frozen=True, slots=True)
class FactLine:
    """All values of one question."""

    label: str
    values: tuple[FactView, ...]
    clashes: tuple[ClashView, ...]


@dataclass(frozen=True, slots=True)
class StripCell:
    """One row in a coverage strip. `state`: reported, only (no other outlet has it), silent."""

    row: str
    x: int
    y: int
    state: str
    is_round: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """A coverage strip: a drawing of `width` × `height` px."""

    width: int
    height: int
    cells: tuple[StripCell, ...]
    told: int
    alone: int
    total: int


def build_facts(
    facts: Sequence[Mapping[str, Any]],
    outlet_of: Mapping[int, Siglum],
    rows: Sequence[Row],
    witnesses: Mapping[str, Witness],
) -> tuple[FactLine, ...]:
    """Return the lines when, where, who. `outlet_of`: the outlet of each revision.

    Conflicts stand beside the fact that they touch, with the wording that fewer outlets have.
    """
    labels = {"when": _("When"), "where": _("Where"), "who": _("Who")}
    lines = []
    for what, label in labels.items():
        stated = [fact for fact in facts if fact["what"] == what]
        values = _values(stated, outlet_of, _MOST_VALUES[what])
        places = {
            (fact["revision"], n) for fact in stated for n in range(fact["start"], fact["end"])
        }
        clashes = [
            _clash(row, entry, reading, outlet_of, witnesses)
            for row in rows
            for entry in row.entries
            if entry.matter is _CONFLICTS_OF.get(what)
            for reading in _minor(entry, places, witnesses)
        ]
        if values:
            lines.append(FactLine(label, values, tuple(clashes[:_MOST_CLASHES])))
    return tuple(lines)


def _values(
    facts: Sequence[Mapping[str, Any]], outlet_of: Mapping[int, Siglum], most: int
) -> tuple[FactView, ...]:
    """Group facts by value, those that most outlets state first, in their commonest words, of
    words as common the fullest. A date known in part ("--03") is shown in its words too, with those
    who give a full one in the same words, else after the full ones.
    """
    sigla: dict[str, dict[str, Siglum]] = {}
    words: dict[str, Counter[str]] = {}
    known = {_flat(f["words"]): f["value"] for f in facts if not _is_partial(f["value"])}
    for fact in facts:
        if fact["revision"] not in outlet_of:
            continue
        one, value, said = outlet_of[fact["revision"]], fact["value"], _flat(fact["words"])
        value = known.get(said, value) if _is_partial(value) else value
        sigla.setdefault(value, {})[one.letters] = one
        words.setdefault(value, Counter())[said] += 1
    ranked = sorted(sigla, key=lambda value: (-len(sigla[value]), _is_partial(value)))[:most]
    return tuple(
        FactView(
            words=max(words[value], key=lambda one: (words[value][one], len(one))),
            sigla=tuple(sigla[value].values())[:_MOST_SIGLA],
            more=max(0, len(sigla[value]) - _MOST_SIGLA),
        )
        for value in ranked
    )


def _flat(words: str) -> str:
    return " ".join(words.split())


def _is_partial(value: str) -> bool:
    """Say whether a value is a date without a year."""
    return value.startswith("--")


def _minor(
    entry: Entry, places: Collection[tuple[int, int]], witnesses: Mapping[str, Witness]
) -> list[int]:
    """Return the readings that conflict with one that states a fact, told by fewer outlets."""
    minor = set()
    for compared in entry.relations:
        if compared.relation is not Relation.CONFLICTING:
            continue
        pair = sorted((compared.a, compared.b), key=lambda n: len(entry.readings[n].places))
        if any(_touches(entry.readings[n], places, witnesses) for n in pair):
            minor.add(pair[0])
    return sorted(minor)


def _touches(
    reading: Reading, places: Collection[tuple[int, int]], witnesses: Mapping[str, Witness]
) -> bool:
    return any(
        (witnesses[place.witness].revision, n) in places
        for place in reading.places
        for span in place.spans
        for n in range(span.start, span.end)
    )


def _clash(
    row: Row,
    entry: Entry,
    reading: int,
    outlet_of: Mapping[int, Siglum],
    witnesses: Mapping[str, Witness],
) -> ClashView:
    told = entry.readings[reading]
    sigla = {outlet_of[witnesses[place.witness].revision] for place in told.places}
    ordered = tuple(sorted(sigla, key=lambda siglum: siglum.letters))
    return ClashView(told.text, ordered, entry.id, row.id)


def build_strip(outlet: str, rows: Sequence[Row], witnesses: Mapping[str, Witness]) -> Strip:
    """Return which rows an outlet reports, in event order."""
    cells = []
    for n, row in enumerate(rows):
        outlets = {witnesses[cell.witness].outlet for cell in row.cells}
        state = "silent"
        if outlet in outlets:
            state = "only" if len(outlets) == 1 else "reported"
        x, y = n % _PER_LINE * _PITCH, n // _PER_LINE * _LINE
        is_round = row.kind is RowKind.QUOTATION
        cells.append(StripCell(row.id, x, y, state, is_round))
    lines = (len(rows) + _PER_LINE - 1) // _PER_LINE
    return Strip(
        width=min(len(rows), _PER_LINE) * _PITCH,
        height=max(0, (lines - 1) * _LINE + _HIGH),
        cells=tuple(cells),
        told=sum(cell.state != "silent" for cell in cells),
        alone=sum(cell.state == "only" for cell in cells),
        total=len(rows),
    )
