"""One event: who reports it, and all tellings side by side."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import QueryParams

from app.collate import Kind, Pairing, Row, Witness, agreement
from app.errors import NotFound
from app.i18n import _, ngettext
from app.pipeline import EventComparison, comparison_of, find_row_anywhere
from app.store.events import Event, get_event, list_events
from app.urls import url
from app.web.coverage import FactLine, build_facts
from app.web.deps import Db
from app.web.labels import date_words, kind_word, reason_word
from app.web.render import Page, render
from app.web.rows import CellView, RowView, Sheet, build_openings
from app.web.view import (
    ColumnView,
    NoteView,
    ReportView,
    build_columns,
    build_notes,
    build_reports,
    build_rows,
    empty_words,
    hidden_words,
    names_of,
    rows_of,
    sheet_of,
    sigla_of,
    summary_words,
    viewing_of,
)
from app.web.viewing import Viewing
from app.web.wordings import ApparatusView, build_apparatus

router = APIRouter(prefix="/events", include_in_schema=False)
MOST_SHARED_WORDS = 8
"""Words that two readings share, named as a reason why they stand in one row."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An event above or below this one."""

    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an event's page."""

    label: str
    collection: str
    library: str
    add_report: str
    parents: tuple[Neighbour, ...]
    parts: tuple[Neighbour, ...]
    facts: tuple[FactLine, ...]
    reports: tuple[ReportView, ...]
    demo: bool


@dataclass(frozen=True)
class EventsShow(Page):
    """GET /events/{slug}. `state`: ready, single (outlet), apart (no row), computing, failed."""

    template: ClassVar[str] = "events/show.html"
    fragments: ClassVar[dict[str, str]] = {
        "view": "events/_view.html",
        "apparatus": "events/_apparatus.html",
    }
    head: Head
    viewing: Viewing
    names: dict[str, str]
    kinds: dict[str, str]
    state: str
    columns: tuple[ColumnView, ...]
    openings: tuple[CellView, ...]
    rows: tuple[RowView, ...]
    row_total: int
    announce: str
    poll: str
    empty: str
    all_rows: str
    folded: str
    hidden: str
    notes: tuple[NoteView, ...]
    apparatus: ApparatusView | None


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Two readings of a row: how sure the pairing is, and what spoke for it."""

    one: str
    other: str
    percent: int
    reasons: tuple[str, ...]
    shared: str


@dataclass(frozen=True)
class EventsWhy(Page):
    """GET /events/{slug}/rows/{row}/why."""

    template: ClassVar[str] = "events/why.html"
    fragments: ClassVar[dict[str, str]] = {"why-": "events/_why.html"}
    label: str
    slug: str
    row: str
    number: int
    pairings: tuple[ReasonView, ...]


@dataclass(frozen=True, slots=True)
class StoodCell:
    """What one reading said in a row that is gone."""

    siglum: str
    outlet: str
    words: str
    language: str


@dataclass(frozen=True)
class EventsRow(Page):
    """GET /events/{slug}/rows/{row} where the row is not one row any more."""

    template: ClassVar[str] = "events/row.html"
    label: str
    slug: str
    seen: str
    heirs: tuple[tuple[str, int], ...]
    cells: tuple[StoodCell, ...]


@router.get("/{slug}")
def show(request: Request, db: Db, slug: str) -> Response:
    """Show all tellings of an event side by side, as the address asks for it."""
    event = get_event(db, slug)
    comparison = comparison_of(db, event)
    viewing = viewing_of(comparison, _query(request))
    if event.slug != slug or "go" in request.query_params:
        return RedirectResponse(viewing.link(), 303)
    is_fragment = request.headers.get("HX-Request") == "true"
    page = _page(db, comparison, viewing, is_fragment=is_fragment)
    if viewing.chosen and page.apparatus is None and page.state == "ready":
        heir = _heir(db, event, viewing.chosen)
        if heir:
            return RedirectResponse(viewing.link(chosen=heir), 303)
    response = render(request, page)
    if is_fragment and page.state != "computing":
        if "waiting" in request.query_params:
            response.headers["HX-Refresh"] = "true"  # the head of the page has news as well
        else:
            response.headers["HX-Push-Url"] = viewing.link()
    return response


def _query(request: Request) -> QueryParams:
    """What the address asks. The bar that closes itself may be older than the view beside it:
    then the address that the reader has, without its difference.
    """
    query = request.query_params
    closes = request.headers.get("HX-Target", "").rpartition("#")[2] == "apparatus"
    current = urlsplit(request.headers.get("HX-Current-URL", ""))
    if not closes or "d" in query or not current.path.endswith(request.scope["path"]):
        return query
    return QueryParams([pair for pair in parse_qsl(current.query) if pair[0] != "d"])


@router.get("/{slug}/rows/{row}")
def row(db: Db, request: Request, slug: str, row: str) -> Response:
    """Lead to a row by an id of any time, or show it as it stood."""
    found = find_row_anywhere(db, row, get_event(db, slug))
    here = found.event.slug
    if len(found.rows) == 1:
        return RedirectResponse(url(f"/events/{here}", f"row-{found.rows[0]}"), 303)
    numbers = {}
    if found.rows:
        rows = rows_of(comparison_of(db, found.event))
        numbers = {one.id: number for number, one in enumerate(rows, 1)}
    page = EventsRow(
        label=found.event.label,
        slug=here,
        seen=_day(found.seen_at),
        heirs=tuple((name, numbers[name]) for name in found.rows if name in numbers),
        cells=_stood(found.stood, found.witnesses or {}),
    )
    return render(request, page)


@router.get("/{slug}/rows/{row}/why")
def why(db: Db, request: Request, slug: str, row: str) -> Response:
    """Say why the readings of a row stand in one row."""
    event = get_event(db, slug)
    comparison = comparison_of(db, event)
    number, found = _find_row(comparison, row)
    pairings = tuple(_reason(found, pairing, comparison.witnesses) for pairing in found.pairings)
    page = EventsWhy(label=event.label, slug=event.slug, row=row, number=number, pairings=pairings)
    return render(request, page)


@router.get("/{slug}/differences/{difference}")
def difference(db: Db, slug: str, difference: str) -> Response:
    """Lead to a difference by an id of any time, shown in the apparatus of its row."""
    found = find_row_anywhere(db, difference, get_event(db, slug))
    here = found.event.slug
    if not found.rows:
        return RedirectResponse(url(f"/events/{here}/rows/{difference}"), 303)
    first = found.rows[0]
    return RedirectResponse(url(f"/events/{here}", f"row-{first}", d=found.entry), 303)


def _page(
    db: Db, comparison: EventComparison, viewing: Viewing, *, is_fragment: bool
) -> EventsShow:
    names = names_of(comparison)
    rows = rows_of(comparison)
    sheet = sheet_of(comparison, viewing)
    is_ready = comparison.apparatus is not None
    drawn = build_rows(sheet, rows)
    is_filtered = viewing.changed or viewing.quotations
    openings = build_openings(sheet) if is_ready and not is_filtered else ()
    summary = summary_words(len(drawn), viewing, names)
    return EventsShow(
        head=_head(db, comparison),
        viewing=viewing,
        names=names,
        kinds={kind.value: kind_word(kind) for kind in Kind},
        state=_state(comparison),
        columns=build_columns(comparison, viewing),
        openings=openings,
        rows=drawn,
        row_total=len(rows),
        announce=summary if is_fragment else "",
        poll=url(f"/events/{viewing.slug}", waiting=1, **viewing.query()),
        empty=empty_words(viewing) if rows and not drawn else "",
        all_rows=viewing.without_filters().link(),
        folded=_folded_words(rows) if viewing.folded else "",
        hidden=hidden_words(viewing),
        notes=build_notes(comparison, viewing) if is_ready else (),
        apparatus=_apparatus(sheet, rows),
    )


def _folded_words(rows: tuple[Row, ...]) -> str:
    count = sum(row.role == "background" for row in rows)
    words = ngettext(
        "%(num)s row of background is left out.",
        "%(num)s rows of background are left out.",
        count,
    )
    return words % {"num": count} if count else ""


def _state(comparison: EventComparison) -> str:
    if comparison.apparatus is None:
        return "failed" if comparison.is_failed else "computing"
    if len(comparison.columns) < 2:
        return "single"
    return "ready" if comparison.apparatus.rows else "apart"


def _head(db: Db, comparison: EventComparison) -> Head:
    event = comparison.event
    around = list_events(db, event.collection_id)
    return Head(
        label=event.label,
        collection=comparison.collection,
        library=url("/", collection=comparison.collection),
        add_report=url(
            "/articles/new", collection="" if comparison.demo else comparison.collection
        ),
        parents=tuple(Neighbour(e.slug, e.label) for e in around if e.id == event.parent_id),
        parts=tuple(Neighbour(e.slug, e.label) for e in around if e.parent_id == event.id),
        facts=build_facts(
            event.facts, sigla_of(comparison), rows_of(comparison), comparison.witnesses
        ),
        reports=build_reports(comparison),
        demo=comparison.demo,
    )


def _apparatus(sheet: Sheet, rows: tuple[Row, ...]) -> ApparatusView | None:
    """The chosen difference; none where the id is not one of this comparison."""
    for number, row in enumerate(rows, 1):
        for entry in row.entries:
            if entry.id == sheet.viewing.chosen:
                return build_apparatus(sheet, row, number, entry)
    return None


def _heir(db: Db, event: Event, difference: str) -> str:
    """The difference that the one of an earlier comparison led on to, or ""."""
    try:
        found = find_row_anywhere(db, difference, event)
    except NotFound:
        return ""
    is_here = found.event.id == event.id and found.entry != difference
    return (found.entry or "") if is_here and found.rows else ""


def _find_row(comparison: EventComparison, name: str) -> tuple[int, Row]:
    for number, row in enumerate(rows_of(comparison), 1):
        if row.id == name:
            return number, row
    raise NotFound(_("There is no such row in this event now."))


def _reason(row: Row, pairing: Pairing, witnesses: dict[str, Witness]) -> ReasonView:
    cells = tuple(cell for cell in row.cells if cell.witness in {pairing.a, pairing.b})
    text = witnesses[pairing.a].text
    shared = agreement(replace(row, cells=cells), witnesses).get(pairing.a, ())
    words = dict.fromkeys(span.of(text) for span, _level in shared)
    return ReasonView(
        one=witnesses[pairing.a].siglum,
        other=witnesses[pairing.b].siglum,
        percent=round(100 * pairing.score),
        reasons=tuple(reason_word(name) for name, _weight in pairing.reasons),
        shared=", ".join(list(words)[:MOST_SHARED_WORDS]),
    )


def _day(moment: datetime | None) -> str:
    return date_words(moment.date()) if moment else ""


def _stood(row: Row | None, witnesses: dict[str, Witness]) -> tuple[StoodCell, ...]:
    """The cells of a row that is gone; an article taken out since is left away."""
    return tuple(
        StoodCell(
            siglum=witnesses[cell.witness].siglum,
            outlet=witnesses[cell.witness].outlet,
            words=" … ".join(span.of(witnesses[cell.witness].text) for span in cell.spans),
            language="",
        )
        for cell in (row.cells if row else ())
        if cell.witness in witnesses
    )
