"""Search passages and headlines of one collection."""

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any, ClassVar

from fastapi import APIRouter, Request, Response
from starlette.datastructures import QueryParams

from app.i18n import _
from app.store.collections import Collection
from app.store.events import Event, list_events
from app.store.outlets import Outlet, list_outlets
from app.store.search import PAGE, Filters, Hit, Hits, Piece
from app.store.search import search as search_passages
from app.urls import url
from app.web.collections import Choice, id_of, worlds
from app.web.deps import Db
from app.web.labels import date_words
from app.web.render import Page, render

router = APIRouter(prefix="/search", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Found:
    """One hit as it is shown."""

    link: str
    headline: str
    siglum: str
    outlet: str
    published: str
    snippet: tuple[Piece, ...]
    is_headline: bool
    language: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader typed and chose, as it came."""

    q: str
    collection: str
    outlet: str
    event: str
    since: str
    until: str


@dataclass(frozen=True)
class SearchShow(Page):
    """GET /search."""

    template: ClassVar[str] = "search/show.html"
    fragments: ClassVar[dict[str, str]] = {"results": "search/_results.html"}
    asked: Asked
    found: list[Found]
    total: int
    problem: str
    outlets: list[Outlet]
    events: list[Event]
    collections: list[Choice]
    demo: bool
    earlier: str
    later: str
    unfiltered: str


@router.get("")
def show(request: Request, db: Db, page: int = 1) -> Response:
    """Show what holds the words of `q`; every filter is in the address."""
    asked = _asked(request.query_params)
    all_of_them = worlds(db, asked.collection)
    world = all_of_them.shown
    outlets = list_outlets(db, id_of(world)) if world else []
    events = list_events(db, id_of(world)) if world else []
    filters, problem = _filters(asked, outlets, events)
    hits = _hits(db, world, asked, filters, max(1, min(page, 1000)))
    last = ceil(hits.total / PAGE)
    shown = SearchShow(
        asked=asked,
        found=[_found(hit) for hit in hits.hits],
        total=hits.total,
        problem=problem,
        outlets=outlets,
        events=events,
        collections=all_of_them.choices("/search"),
        demo=bool(world and world.demo),
        earlier=_link(asked, page - 1) if 1 < page <= last else "",
        later=_link(asked, page + 1) if page < last else "",
        unfiltered=url("/search", q=asked.q, collection=asked.collection),
    )
    return render(request, shown)


def _asked(query: QueryParams) -> Asked:
    names = ("collection", "outlet", "event", "from", "to")
    return Asked(query.get("q", "").strip()[:1000], *(query.get(name, "")[:200] for name in names))


def _hits(
    db: Db, world: Collection | None, asked: Asked, filters: Filters | None, page: int
) -> Hits:
    if world is None or filters is None:
        return Hits((), 0)
    return search_passages(db, id_of(world), asked.q, filters, page)


def _filters(
    asked: Asked, outlets: list[Outlet], events: list[Event]
) -> tuple[Filters | None, str]:
    """Return what narrows the search, or None and what is wrong with it."""
    outlet = next((one for one in outlets if one.siglum == asked.outlet), None)
    event = next((one for one in events if one.slug == asked.event), None)
    if asked.outlet and outlet is None:
        return None, _("There is no such outlet in this collection.")
    if asked.event and event is None:
        return None, _("There is no such event in this collection.")
    try:
        since = date.fromisoformat(asked.since) if asked.since else None
        until = date.fromisoformat(asked.until) if asked.until else None
    except ValueError:
        return None, _("A date is written like 2023-09-13.")
    return Filters(
        outlet_id=outlet.id if outlet else None,
        event_id=event.id if event else None,
        since=since,
        until=until,
    ), ""


def _found(hit: Hit) -> Found:
    words = "".join(piece.text for piece in hit.snippet)
    place = "" if hit.start is None else f"c{hit.start}-{hit.end}"
    return Found(
        link=url(f"/articles/{hit.article.id}", fragment=place),
        headline=hit.article.headline,
        siglum=hit.outlet.siglum,
        outlet=hit.outlet.name or _("outlet not stated"),
        published=date_words(hit.article.published),
        snippet=hit.snippet,
        is_headline=words == hit.article.headline,
        language=hit.article.language or "und",
    )


def _link(asked: Asked, page: int) -> str:
    query: dict[str, Any] = {
        "q": asked.q,
        "collection": asked.collection,
        "outlet": asked.outlet,
        "event": asked.event,
        "from": asked.since,
        "to": asked.until,
        "page": page if page > 1 else None,
    }
    return url("/search", **query)
