"""The apparatus of one difference as it is drawn: every wording with those who have it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.collate import Entry, Kind, Operation, Relation, Row, Span, kind_of
from app.i18n import _
from app.web.labels import GLYPHS, kind_word, matter_word, relation_word
from app.web.pieces import shorten
from app.web.rows import Sheet, Telling

_LONGEST = 40
"""Words of a wording before it is shortened in the apparatus."""


@dataclass(frozen=True, slots=True)
class WordingView:
    """One wording, or with no words those who lack it."""

    words: str
    tellings: tuple[Telling, ...]
    is_base: bool = False


@dataclass(frozen=True, slots=True)
class RelationView:
    """How two wordings stand to each other, where their values were compared."""

    one: str
    other: str
    word: str


@dataclass(frozen=True, slots=True)
class ApparatusView:
    """One place where the wordings differ, with all of them."""

    entry: str
    row: str
    number: int
    matter: str
    kind: str
    glyph: str
    kind_word: str
    wordings: tuple[WordingView, ...]
    lacking: tuple[Telling, ...]
    silent: tuple[tuple[str, str], ...]
    relations: tuple[RelationView, ...]
    summary: str


def build_apparatus(sheet: Sheet, row: Row, number: int, entry: Entry) -> ApparatusView:
    """Return the apparatus of `entry` over the outlets that are shown; the base's wording first."""
    viewing = sheet.viewing
    shown = [c.witness for c in row.cells if sheet.witnesses[c.witness].outlet in viewing.shown]
    wordings = []
    having: set[str] = set()
    for reading in entry.readings:
        places = [place for place in reading.places if place.witness in shown]
        having |= {place.witness for place in places}
        by_words: dict[str, list[str]] = {}
        for place in places:
            words = _words(sheet.witnesses[place.witness].text, place.spans)
            by_words.setdefault(words, []).append(place.witness)
        wordings += [_wording(sheet, words, tellers) for words, tellers in by_words.items()]
    wordings.sort(key=lambda wording: (not wording.is_base, -len(wording.tellings)))
    kind = _kind(entry)
    outlets = {sheet.witnesses[witness].outlet for witness in shown}
    return ApparatusView(
        entry=entry.id,
        row=row.id,
        number=number,
        matter=matter_word(entry.matter),
        kind=kind,
        glyph=GLYPHS.get(kind, ""),
        kind_word=kind_word(kind),
        wordings=tuple(wordings),
        lacking=tuple(sheet.tellings[w] for w in shown if w not in having),
        silent=tuple((o, sheet.names[o]) for o in viewing.shown if o not in outlets),
        relations=tuple(_relations(entry)),
        summary=_summary(number, entry, wordings),
    )


def _summary(number: int, entry: Entry, wordings: Sequence[WordingView]) -> str:
    """Return one line for the live region: where, what, and all wordings."""
    told = "; ".join(
        " ".join([wording.words, *(telling.siglum for telling in wording.tellings)])
        for wording in wordings
    )
    words = {"number": number, "matter": matter_word(entry.matter), "wordings": told}
    return _("§%(number)s, %(matter)s: %(wordings)s") % words


def _wording(sheet: Sheet, words: str, witnesses: list[str]) -> WordingView:
    base = sheet.viewing.base if sheet.viewing.mode == "base" else ""
    return WordingView(
        shorten(words, _LONGEST, _LONGEST - 4, 3),
        tuple(sheet.tellings[witness] for witness in witnesses),
        any(sheet.witnesses[witness].outlet == base for witness in witnesses),
    )


def _words(text: str, spans: tuple[Span, ...]) -> str:
    return " … ".join(" ".join(span.of(text).split()) for span in spans)


def _kind(entry: Entry) -> Kind:
    """The loudest kind that any choice of base would show here."""
    relations = {compared.relation for compared in entry.relations}
    if Relation.CONFLICTING in relations:
        return Kind.CONFLICT
    if entry.moved:
        return Kind.MOVED
    if len(entry.readings) == 1:
        return Kind.ADDED
    return kind_of(Operation.SUBSTITUTION, entry.matter, None)


def _relations(entry: Entry) -> list[RelationView]:
    return [
        RelationView(
            shorten(entry.readings[compared.a].text, 9, 6, 2),
            shorten(entry.readings[compared.b].text, 9, 6, 2),
            relation_word(compared.relation),
        )
        for compared in entry.relations
        if compared.relation is not Relation.SAME
    ]
