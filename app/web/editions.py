"""What is exported and cited of an event: the rows and readings that the address asks for."""

from collections.abc import Mapping
from dataclasses import replace

from app.collate import Compared, Entry, Gist, Reading, Row, Witness
from app.errors import Conflict
from app.export import Edition, Source, join
from app.i18n import _
from app.pipeline import EventComparison, engine_version
from app.urls import absolute
from app.web.view import is_wanted, names_of, rows_of
from app.web.viewing import Viewing


def edition_of(comparison: EventComparison, viewing: Viewing) -> Edition:
    """Return the rows that the filters leave, each with the readings of the outlets shown.

    Raises Conflict while there is no comparison.
    """
    if comparison.apparatus is None:
        raise Conflict(_("This event is still being compared: try again in a moment."))
    rows = rows_of(comparison)
    shown = {
        name: witness
        for name, witness in comparison.witnesses.items()
        if witness.outlet in viewing.shown
    }
    return Edition(
        slug=comparison.event.slug,
        label=comparison.event.label,
        address=viewing.whole_link(),
        permanent=absolute(f"/events/{comparison.event.slug}"),
        engine=engine_version(),
        sources=tuple(_sources(comparison, viewing)),
        witnesses=shown,
        rows=tuple(
            only(row, shown) for row in rows if is_wanted(viewing, row, comparison.witnesses)
        ),
        numbers={row.id: number for number, row in enumerate(rows, 1)},
    )


def _sources(comparison: EventComparison, viewing: Viewing) -> list[Source]:
    names = names_of(comparison)
    return [
        Source(
            revision=revision.id or 0,
            siglum=column.siglum,
            outlet=names[column.siglum],
            headline=article.headline,
            address=absolute(f"/articles/{article.id}"),
            text_hash=revision.text_hash,
            captured=revision.created_at,
            url=article.url,
            author=article.author,
            published=article.published,
            language=article.language or "",
        )
        for column in comparison.columns
        if column.siglum in viewing.shown
        for article, revision in zip(column.articles, column.revisions, strict=True)
    ]


def only(row: Row, witnesses: Mapping[str, Witness]) -> Row:
    """Return a row with the readings of these witnesses alone, the differences they have, and words
    of theirs for its gist. It has one of them at least.
    """
    cells = tuple(cell for cell in row.cells if cell.witness in witnesses)
    if len(cells) == len(row.cells):
        return row
    entries = tuple(entry for e in row.entries if (entry := _entry(e, witnesses)) is not None)
    pairings = tuple(p for p in row.pairings if p.a in witnesses and p.b in witnesses)
    gist = row.gist
    if gist.witness not in witnesses:
        gist = Gist(cells[0].witness, cells[0].spans[0])
    return replace(row, cells=cells, entries=entries, pairings=pairings, gist=gist)


def _entry(entry: Entry, witnesses: Mapping[str, Witness]) -> Entry | None:
    """Return a difference as these witnesses have it, None where none of them does."""
    readings: list[Reading] = []
    kept: dict[int, int] = {}
    for number, reading in enumerate(entry.readings):
        places = tuple(place for place in reading.places if place.witness in witnesses)
        if places:
            kept[number] = len(readings)
            words = join(witnesses[places[0].witness].text, places[0].spans)
            readings.append(replace(reading, places=places, text=words))
    if not readings:
        return None
    relations = tuple(
        Compared(kept[c.a], kept[c.b], c.relation)
        for c in entry.relations
        if c.a in kept and c.b in kept
    )
    moved = tuple(pair for pair in entry.moved if set(pair) <= set(witnesses))
    return replace(entry, readings=tuple(readings), relations=relations, moved=moved)
