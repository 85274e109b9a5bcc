"""The head of an event page: when, where, who by whom; which outlet reports which row."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.collate import Entry, Matter, Relation, Row, RowKind, Witness
from app.i18n import _

_PITCH, _LINE, _WIDE, _HIGH, _PER_LINE = 13, 19, 11, 15, 24
"""Geometry of the strip in px, and its squares in one line."""
_MOST_VALUES = {"when": 3, "where": 4, "who": 8}
_CONFLICTS_OF = {"when": Matter.DATE, "where": Matter.PLACE}


@dataclass(frozen=True, slots=True)
class Siglum:
    """The letters of an outlet or reading, with its name."""

    letters: str
    title: str


@dataclass(frozen=True, slots=True)
class FactView:
    """One value of when, where or who, as the texts word it, with those who state it."""

    words: str
    sigla: tuple[Siglum, ...]


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
    """Return the lines when, where, who. `outlet_of`: the outlet of each revision."""
    labels = {"when": _("When"), "where": _("Where"), "who": _("Who")}
    lines = []
    for what, label in labels.items():
        values = _values([f for f in facts if f["what"] == what], outlet_of, _MOST_VALUES[what])
        clashes = _clashes(rows, witnesses, outlet_of, _CONFLICTS_OF.get(what))
        if values or clashes:
            lines.append(FactLine(label, values, clashes))
    return tuple(lines)


def _values(
    facts: Sequence[Mapping[str, Any]], outlet_of: Mapping[int, Siglum], most: int
) -> tuple[FactView, ...]:
    """Group facts by value, those that most outlets state first, in their commonest words."""
    sigla: dict[str, dict[str, Siglum]] = {}
    words: dict[str, Counter[str]] = {}
    for fact in facts:
        if fact["revision"] not in outlet_of:
            continue
        one = outlet_of[fact["revision"]]
        sigla.setdefault(fact["value"], {})[one.letters] = one
        words.setdefault(fact["value"], Counter())[" ".join(fact["words"].split())] += 1
    ranked = sorted(sigla, key=lambda value: -len(sigla[value]))[:most]
    return tuple(
        FactView(words[value].most_common(1)[0][0], tuple(sigla[value].values()))
        for value in ranked
    )


def _clashes(
    rows: Sequence[Row],
    witnesses: Mapping[str, Witness],
    outlet_of: Mapping[int, Siglum],
    matter: Matter | None,
) -> tuple[ClashView, ...]:
    """Return of each conflict about `matter` the wordings that fewer outlets have."""
    found = []
    for row in rows:
        for entry in row.entries if row.role == "main" and matter else ():
            if entry.matter is not matter:
                continue
            for reading in sorted(_minor(entry)):
                places = entry.readings[reading].places
                sigla = {outlet_of[witnesses[p.witness].revision] for p in places}
                ordered = tuple(sorted(sigla, key=lambda siglum: siglum.letters))
                found.append(ClashView(entry.readings[reading].text, ordered, entry.id, row.id))
    return tuple(found[:4])


def _minor(entry: Entry) -> set[int]:
    minor = set()
    for compared in entry.relations:
        if compared.relation is Relation.CONFLICTING:
            sizes = {n: len(entry.readings[n].places) for n in (compared.a, compared.b)}
            minor.add(compared.b if sizes[compared.b] <= sizes[compared.a] else compared.a)
    return minor


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
