"""What the reader sees of a row when one witness is the base: marks, omissions, counts.

`kind_of` is DESIGN's view of Operation × Matter × Relation; the first line that fits gives the
kind.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.collate.apparatus import Cell, Entry, Matter, Operation, Reading, Relation, Row
from app.collate.text import Span, Token, TokenKind, Witness
from app.collate.tokens import is_function_word, stem, tokenize


class Kind(StrEnum):
    """The kinds of difference a reader learns, rarest and loudest first."""

    CONFLICT = "conflict"
    NAMING = "naming"
    REWORDED = "reworded"
    ADDED = "added"
    OMITTED = "omitted"
    MOVED = "moved"
    VERB = "verb"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked stretch of a cell.

    `relation` is to the base's reading, None where no values are compared.
    """

    entry: str
    span: Span
    kind: Kind
    operation: Operation | None
    matter: Matter
    relation: Relation | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Omission:
    """Words of the base that this cell lacks, as the base has them."""

    entry: str
    text: str
    matter: Matter


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """The marks of one witness's cell: in order, not overlapping, each inside one of the cell's
    spans.
    """

    witness: str
    marks: tuple[Mark, ...] = ()
    omissions: tuple[Omission, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row against one base.

    `base` is the witness compared with; `silent` = the chosen outlet has nothing here.
    """

    row: str
    base: str
    silent: bool
    cells: tuple[MarkedCell, ...]
    counts: dict[Kind, int] = field(default_factory=dict)


def mark(
    row: Row,
    witnesses: Mapping[str, Witness],
    base_outlet: str,
    shown: Collection[str] | None = None,
) -> MarkedRow:
    """Mark every telling of a row against one of them.

    The base is the witness of `base_outlet` from which the others depart least, the longest of
    equals (a crosshead above a carried report is no measure of it); where that outlet has nothing,
    the first witness there is, and `silent` says so. A second witness inside the base outlet is
    marked against it. `shown` names the outlets to be seen (None: all); what only hidden outlets
    say leaves no mark. Conflicts are symmetric: marked in every reading that takes part, the base's
    too. Additions that follow one another are one mark, omissions one box. `counts` holds each
    entry that is shown once for every witness that departs; what the base shows is not counted.
    """
    cells = [c for c in row.cells if shown is None or witnesses[c.witness].outlet in shown]
    if not cells:
        return MarkedRow(row.id, "", True, ())
    ids = [cell.witness for cell in cells]
    inside = [w for w in ids if witnesses[w].outlet == base_outlet]
    tried = {w: [_Side(entry, w, ids) for entry in row.entries] for w in inside or ids[:1]}
    sizes = {cell.witness: sum(len(span) for span in cell.spans) for cell in cells}
    base = min(tried, key=lambda w: (sum(side.departures for side in tried[w]), -sizes[w]))
    sides = tried[base]
    text = witnesses[base].text
    marked = tuple(
        _cell(cell, _Reader(witnesses[cell.witness].text), _Reader(text), sides) for cell in cells
    )
    counts: Counter[Kind] = Counter()
    for cell in marked:
        if cell.witness != base:
            counts.update(_counted(cell))
    return MarkedRow(row.id, base, not inside, marked, dict(counts))


def agreement(
    row: Row, witnesses: Mapping[str, Witness], shown: Collection[str] | None = None
) -> Mapping[str, tuple[tuple[Span, int], ...]]:
    """Return for each witness the words it shares with others: (span, 1 = some of the others have
    it, 2 = all have it), in order. Words of grammar and words that stand alone are left out.
    """
    cells = [c for c in row.cells if shown is None or witnesses[c.witness].outlet in shown]
    words = {
        cell.witness: [
            token
            for span in cell.spans
            for token in tokenize(witnesses[cell.witness].text, span)
            if token.kind is not TokenKind.PUNCTUATION and not is_function_word(token.norm)
        ]
        for cell in cells
    }
    stems = {witness: {stem(token.norm) for token in found} for witness, found in words.items()}
    return {witness: tuple(_shared(witness, found, stems)) for witness, found in words.items()}


def kind_of(operation: Operation | None, matter: Matter, relation: Relation | None) -> Kind:
    """Return the kind a reader is shown. Source: the table in docs/glossary.md."""
    if relation is Relation.CONFLICTING:
        return Kind.CONFLICT
    if operation is None:
        return Kind.CONTESTED
    simple = {
        Operation.TRANSPOSITION: Kind.MOVED,
        Operation.ADDITION: Kind.ADDED,
        Operation.OMISSION: Kind.OMITTED,
    }
    if operation in simple:
        return simple[operation]
    if relation is Relation.OTHER_REFERENT:
        return Kind.ADDED
    return {Matter.ATTRIBUTION: Kind.VERB, Matter.NAMING: Kind.NAMING}.get(matter, Kind.REWORDED)


class _Side:
    """One entry as seen from the base: who has which reading."""

    def __init__(self, entry: Entry, base: str, ids: Sequence[str]) -> None:
        self.entry = entry
        self.base = base
        self.reading = {
            place.witness: index
            for index, reading in enumerate(entry.readings)
            for place in reading.places
            if place.witness in ids
        }
        self.visible = set(self.reading.values())
        self.departures = sum(self.operation(w) is not None for w in ids if w != base)

    def operation(self, witness: str) -> Operation | None:
        """Return how a witness departs from the base here, None where it does not."""
        own, base = self.reading.get(witness), self.reading.get(self.base)
        if own is None:
            return None if base is None else Operation.OMISSION
        if base is None:
            return Operation.ADDITION
        if own != base:
            return Operation.SUBSTITUTION
        pair = {witness, self.base}
        moved = any(pair == set(two) for two in self.entry.moved)
        return Operation.TRANSPOSITION if moved else None

    def is_contested(self, witness: str) -> bool:
        """Say whether words that stand as in the base are disputed: the base's own from which a
        reading departs, or any that takes part in a conflict.
        """
        if witness == self.base:
            return self.departures > 0
        return self.relation(witness) is Relation.CONFLICTING

    def relation(self, witness: str) -> Relation | None:
        """Return how the witness's value stands to the base's. A conflict with any visible reading
        comes first, so that no choice of base can hide one.
        """
        own, base = self.reading[witness], self.reading.get(self.base)
        found = None
        for compared in self.entry.relations:
            pair = {compared.a, compared.b}
            if own not in pair or not pair <= self.visible:
                continue
            if compared.relation is Relation.CONFLICTING:
                return Relation.CONFLICTING
            if pair == {own, base}:
                found = compared.relation
        return found


class _Reader:
    """Tells whether two stretches of a text follow one another but for words of grammar."""

    def __init__(self, text: str) -> None:
        self.text = text

    def is_joined(self, first: Span, second: Span) -> bool:
        if second.start < first.end or second.start - first.end > _GAP:
            return False
        between = tokenize(self.text, Span(first.end, second.start))
        return all(is_function_word(token.norm) for token in between)


_GAP = 24  # characters of grammar ("of the") over which two marks of one kind read as one


def _cell(cell: Cell, own: _Reader, base: _Reader, sides: Sequence[_Side]) -> MarkedCell:
    marks: list[Mark] = []
    boxes: list[tuple[Span, Omission]] = []
    witness = cell.witness
    for side in sides:
        operation = side.operation(witness) if witness != side.base else None
        if witness in side.reading and (operation or side.is_contested(witness)):
            marks += _marks(side, witness, operation)
        if operation is Operation.OMISSION or _replaced(side, witness, operation):
            boxes += _boxes(side)
    kept = _joined(_apart(marks, cell.spans), own, cell.spans)
    return MarkedCell(witness, kept, _gathered(boxes, base))


def _joined(marks: Sequence[Mark], reader: _Reader, spans: Sequence[Span]) -> tuple[Mark, ...]:
    """Join additions that follow one another: whom else they set apart is no matter here. The
    first one's entry stands for all.
    """
    found: list[Mark] = []
    for new in marks:
        last = found[-1] if found else None
        added = last and last.kind is new.kind is Kind.ADDED
        whole = Span(last.span.start, new.span.end) if last else new.span
        inside = added and any(span.covers(whole) for span in spans)
        if last and inside and reader.is_joined(last.span, new.span):
            matter = last.matter if last.matter is new.matter else Matter.WORDING
            quoted = last.quoted or new.quoted
            found[-1] = replace(last, span=whole, matter=matter, relation=None, quoted=quoted)
        else:
            found.append(new)
    return tuple(found)


def _gathered(boxes: Sequence[tuple[Span, Omission]], reader: _Reader) -> tuple[Omission, ...]:
    """Return the boxes in the order of the base's text, those that follow one another as one."""
    found: list[tuple[Span, Omission]] = []
    for span, box in sorted(boxes, key=lambda two: two[0]):
        if found and (found[-1][0].overlap(span) or reader.is_joined(found[-1][0], span)):
            whole = Span(found[-1][0].start, max(found[-1][0].end, span.end))
            last = found[-1][1]
            matter = last.matter if last.matter is box.matter else Matter.WORDING
            text = " ".join(whole.of(reader.text).split())
            found[-1] = (whole, Omission(last.entry, text, matter))
        else:
            text = " ".join(span.of(reader.text).split())
            found.append((span, Omission(box.entry, text, box.matter)))
    return tuple(box for _, box in found)


def _marks(side: _Side, witness: str, operation: Operation | None) -> list[Mark]:
    entry, relation = side.entry, side.relation(witness)
    kind = kind_of(operation, entry.matter, relation)
    return [
        Mark(entry.id, span, kind, operation, entry.matter, relation, entry.quoted)
        for place in entry.readings[side.reading[witness]].places
        if place.witness == witness
        for span in place.spans
    ]


def _replaced(side: _Side, witness: str, operation: Operation | None) -> bool:
    """Say whether the witness has words in this slot that speak of another thing: added here, and
    the base's words are omitted.
    """
    return operation is Operation.SUBSTITUTION and side.relation(witness) is Relation.OTHER_REFERENT


def _boxes(side: _Side) -> list[tuple[Span, Omission]]:
    """Return the boxes with the base's words, and where they stand there."""
    reading: Reading = side.entry.readings[side.reading[side.base]]
    place = next(place for place in reading.places if place.witness == side.base)
    return [(span, Omission(side.entry.id, "", side.entry.matter)) for span in place.spans]


def _apart(marks: Sequence[Mark], spans: Sequence[Span]) -> tuple[Mark, ...]:
    """Return the marks in order, inside the cell and without overlaps; the loudest one stays."""
    loudness = {kind: rank for rank, kind in enumerate(Kind)}
    kept: list[Mark] = []
    for new in sorted(marks, key=lambda m: (loudness[m.kind], m.span)):
        inside = any(span.covers(new.span) for span in spans)
        if inside and not any(new.span.overlap(old.span) for old in kept):
            kept.append(new)
    return tuple(sorted(kept, key=lambda m: m.span))


def _counted(cell: MarkedCell) -> list[Kind]:
    """Return the kinds that a departing cell adds to the row's counts, one an entry."""
    kinds = {mark.entry: mark.kind for mark in cell.marks if mark.operation}
    boxes = {box.entry for box in cell.omissions} - set(kinds)
    return [*kinds.values(), *(Kind.OMITTED for _ in boxes)]


def _shared(
    witness: str, words: Sequence[Token], stems: Mapping[str, set[str]]
) -> list[tuple[Span, int]]:
    others = [found for other, found in stems.items() if other != witness]
    shared = []
    for token in words:
        count = sum(stem(token.norm) in found for found in others)
        if count:
            shared.append((token.span, 2 if count == len(others) else 1))
    return shared
