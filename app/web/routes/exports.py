"""An event as a file, and citations of an event, a row or a difference."""

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from fastapi import APIRouter, Request, Response

from app.errors import NotFound
from app.export import (
    CITATIONS,
    FORMATS,
    Citation,
    Edition,
    cite_difference,
    cite_event,
    cite_row,
)
from app.i18n import _
from app.pipeline import comparison_of
from app.store.db import Session
from app.store.events import get_event
from app.web.deps import Db
from app.web.editions import edition_of
from app.web.labels import citation_word, format_word
from app.web.render import Page, render
from app.web.view import viewing_of
from app.web.viewing import Viewing

router = APIRouter(prefix="/events", include_in_schema=False)
Ending = Literal["md", "csv", "json", "tei", "collatex"]


@dataclass(frozen=True, slots=True)
class CitationView:
    """A citation in one way of writing it."""

    name: str
    word: str
    text: str
    lines: int


@dataclass(frozen=True, slots=True)
class FormatView:
    """A file of the event: its address, and what it is good for."""

    link: str
    ending: str
    word: str


@dataclass(frozen=True)
class ExportsShow(Page):
    """GET /events/{slug}/cite and the same for a row and a difference. `formats`: of events."""

    template: ClassVar[str] = "exports/show.html"
    label: str
    title: str
    back: str
    back_word: str
    citations: tuple[CitationView, ...]
    formats: tuple[FormatView, ...]


@router.get("/{slug}.{ending}")
def file(request: Request, db: Db, slug: str, ending: Ending) -> Response:
    """Send the view that the address asks for as a file."""
    edition, _viewing = _read(request, db, slug)
    chosen = FORMATS[ending]
    suffix = "collatex.json" if ending == "collatex" else ending
    name = f'attachment; filename="{edition.slug}.{suffix}"'
    return Response(
        chosen.write(edition),
        media_type=chosen.media_type,
        headers={"Content-Disposition": name},
    )


@router.get("/{slug}/cite")
def event(request: Request, db: Db, slug: str) -> Response:
    """Show how to cite this view of an event, and the files it can be had as."""
    edition, viewing = _read(request, db, slug)
    formats = tuple(
        FormatView(viewing.below(f".{ending}"), f".{ending}", format_word(ending))
        for ending in FORMATS
    )
    page = _page(_("Cite and export"), cite_event(edition), viewing)
    return render(request, replace(page, formats=formats))


@router.get("/{slug}/rows/{row}/cite")
def row(request: Request, db: Db, slug: str, row: str) -> Response:
    """Show how to cite a row."""
    edition, viewing = _read(request, db, slug)
    for one in edition.rows:
        if one.id == row:
            title = _("Cite row §%(number)s") % {"number": edition.numbers[row]}
            return render(request, _page(title, cite_row(edition, one), viewing, row))
    raise NotFound(_("There is no such row in this event now."))


@router.get("/{slug}/differences/{difference}/cite")
def difference(request: Request, db: Db, slug: str, difference: str) -> Response:
    """Show how to cite a difference."""
    edition, viewing = _read(request, db, slug)
    for one in edition.rows:
        for entry in one.entries:
            if entry.id == difference:
                number = edition.numbers[one.id]
                title = _("Cite a difference in row §%(number)s") % {"number": number}
                citation = cite_difference(edition, one, entry)
                return render(request, _page(title, citation, viewing, one.id))
    raise NotFound(_("There is no such difference in this event now."))


def _read(request: Request, db: Session, slug: str) -> tuple[Edition, Viewing]:
    comparison = comparison_of(db, get_event(db, slug))
    viewing = viewing_of(comparison, request.query_params)
    return edition_of(comparison, viewing), viewing


def _page(title: str, citation: Citation, viewing: Viewing, row: str = "") -> ExportsShow:
    views = []
    for name, write in CITATIONS.items():
        text = write(citation)
        views.append(CitationView(name, citation_word(name), text, text.count("\n") + 1))
    return ExportsShow(
        label=citation.title,
        title=title,
        back=viewing.link(f"row-{row}" if row else ""),
        back_word=_("Back to the row") if row else _("Back to the comparison"),
        citations=tuple(views),
        formats=(),
    )
