"""Events put right by a person: named, merged, split, made, filled and emptied. Runs keep it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.collate import Span
from app.errors import Invalid
from app.i18n import _
from app.permissions import Action
from app.store.articles import (
    Article,
    Revision,
    get_article,
    get_revision,
    list_articles,
    list_revisions_by_id,
)
from app.store.collections import Collection, get_collection_by_id
from app.store.events import (
    BACKGROUND,
    MAIN,
    OUT,
    Event,
    EventPassage,
    Part,
    add_event,
    add_passages,
    get_event,
    list_event_passages,
    list_events,
    merge_events,
    remove_article_from_event,
    remove_passages,
    rename_event,
    split_event,
)
from app.store.outlets import Outlet, list_outlets
from app.store.passages import list_passages
from app.urls import url
from app.web.collections import worlds
from app.web.deps import Db, Number, demand
from app.web.forms import Posted, chosen, ids, line, spans
from app.web.render import Page, render

router = APIRouter(include_in_schema=False)

ROLES = (MAIN, BACKGROUND)


@dataclass(frozen=True, slots=True)
class Line:
    """One passage of the page: its part's id or its place, its words, its role ("" = outside)."""

    value: str
    words: str
    role: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """An article with the passages of it that are shown."""

    article: Article
    outlet: Outlet
    lines: list[Line]


@dataclass(frozen=True)
class EventEdit(Page):
    """GET /events/{slug}/edit."""

    template: ClassVar[str] = "event_edit/edit.html"
    event: Event
    tellings: list[Telling]
    articles: list[Article]
    filling: Telling | None
    others: list[Event]
    done: str
    problem: str
    demo: bool


@dataclass(frozen=True)
class EventNew(Page):
    """GET /new-event."""

    template: ClassVar[str] = "event_edit/new.html"
    collection: Collection | None
    label: str
    problem: str


@router.get("/new-event")
def new(request: Request, db: Db, collection: str = "") -> Response:
    """Ask for the name of an event to make."""
    world = worlds(db, collection).shown
    return render(request, EventNew(collection=world, label="", problem=""))


@router.post("/new-event")
def make(request: Request, db: Db, posted: Posted) -> Response:
    """Make an event without passages; the next page fills it."""
    world = worlds(db, line(posted, "collection")).shown
    label = line(posted, "label")
    demand(request, Action.ADD, world)
    if world is None or world.id is None:
        problem = _("Add an article first: an event is told by articles.")
        return render(request, EventNew(collection=world, label=label, problem=problem), 422)
    try:
        event = add_event(db, world.id, label)
    except Invalid as fault:
        page = EventNew(collection=world, label=label, problem=str(fault))
        return render(request, page, 422)
    request.app.state.wake()
    return _back(event, "made")


@router.get("/events/{slug}/edit")
def edit(request: Request, db: Db, slug: str) -> Response:
    """Show everything about an event that a person can put right."""
    return _page(request, db, get_event(db, slug))


@router.post("/events/{slug}/rename")
def rename(request: Request, db: Db, slug: str, posted: Posted) -> Response:
    """Give the event another name; its address stays."""
    event = get_event(db, slug)
    demand(request, Action.CHANGE, event)
    try:
        rename_event(db, _id(event), line(posted, "label"))
    except Invalid as fault:
        return _page(request, db, event, problem=str(fault))
    return _back(event, "renamed")


@router.post("/events/{slug}/merge")
def merge(request: Request, db: Db, slug: str, posted: Posted) -> Response:
    """Put the event into another one; its address leads on."""
    event = get_event(db, slug)
    demand(request, Action.CHANGE, event)
    into = line(posted, "into")
    if not into:
        return _page(request, db, event, problem=_("Choose the event to merge this one into."))
    target = merge_events(db, _id(event), _id(get_event(db, into)))
    request.app.state.wake()
    return _back(target, "merged")


@router.post("/events/{slug}/split")
def split(request: Request, db: Db, slug: str, posted: Posted) -> Response:
    """Make an event of its own from the ticked passages."""
    event = get_event(db, slug)
    demand(request, Action.CHANGE, event)
    try:
        made = split_event(db, _id(event), ids(posted, "part"), line(posted, "label"))
    except Invalid as fault:
        return _page(request, db, event, problem=str(fault))
    request.app.state.wake()
    return _back(made, "split")


@router.post("/events/{slug}/passages/remove")
def remove(request: Request, db: Db, slug: str, posted: Posted) -> Response:
    """Keep the ticked passages out of the event from now on."""
    event = get_event(db, slug)
    demand(request, Action.CHANGE, event)
    parts = _ticked(db, event, ids(posted, "part"))
    if not parts:
        return _page(request, db, event, problem=_("Tick the passages first."))
    remove_passages(db, _id(event), [(part.revision_id, part.start) for part in parts])
    request.app.state.wake()
    return _back(event, "removed")


@router.post("/events/{slug}/passages/role")
def set_role(request: Request, db: Db, slug: str, posted: Posted) -> Response:
    """Say whether the ticked passages tell the event or its background."""
    event = get_event(db, slug)
    demand(request, Action.CHANGE, event)
    parts = _ticked(db, event, ids(posted, "part"))
    if not parts:
        return _page(request, db, event, problem=_("Tick the passages first."))
    wanted = chosen(posted, "role", ROLES)
    add_passages(
        db, _id(event), [Part(part.revision_id, part.start, part.end, wanted) for part in parts]
    )
    request.app.state.wake()
    return _back(event, "roles")


@router.post("/events/{slug}/articles/{article_id}/passages")
def fill(request: Request, db: Db, slug: str, article_id: Number, posted: Posted) -> Response:
    """Put the ticked passages of an article into the event and keep its other ones out.

    `all`: every passage counts as ticked.
    """
    event = get_event(db, slug)
    demand(request, Action.CHANGE, event)
    revision = _revision(db, event, article_id)
    ticked = {span for number, span in spans(posted, "place") if number == revision.id}
    wanted = chosen(posted, "role", ROLES)
    held = {part.start: part for part in _parts(db, event) if part.revision_id == revision.id}
    whole = line(posted, "all") == "1"
    new_parts, gone = [], []
    for passage in list_passages(db, [_revision_id(revision)]):
        part = held.get(passage.start)
        inside = part is not None and part.role != OUT
        is_ticked = whole or Span(passage.start, passage.end) in ticked
        if is_ticked and not inside:
            new_parts.append(Part(_revision_id(revision), passage.start, passage.end, wanted))
        elif inside and not is_ticked:
            gone.append((_revision_id(revision), passage.start))
    add_passages(db, _id(event), new_parts)
    remove_passages(db, _id(event), gone)
    request.app.state.wake()
    return _back(event, "filled")


@router.post("/events/{slug}/articles/{article_id}/remove")
def remove_article(request: Request, db: Db, slug: str, article_id: Number) -> Response:
    """Keep a whole article out of the event."""
    event = get_event(db, slug)
    demand(request, Action.CHANGE, event)
    remove_article_from_event(db, _id(event), article_id)
    request.app.state.wake()
    return _back(event, "removed")


def _back(event: Event, done: str) -> Response:
    return RedirectResponse(url(f"/events/{event.slug}/edit", done=done), 303)


def _id(event: Event) -> int:
    assert event.id is not None
    return event.id


def _revision_id(revision: Revision) -> int:
    assert revision.id is not None
    return revision.id


def _parts(db: Db, event: Event) -> list[EventPassage]:
    return list_event_passages(db, [_id(event)])


def _ticked(db: Db, event: Event, numbers: Sequence[int]) -> list[EventPassage]:
    wanted = set(numbers)
    return [part for part in _parts(db, event) if part.id in wanted and part.role != OUT]


def _revision(db: Db, event: Event, article_id: int) -> Revision:
    """The newest version of an article of the event's own collection. Raises Invalid."""
    article = get_article(db, article_id)
    if article.collection_id != event.collection_id:
        raise Invalid(_("The article belongs to another collection."))
    return get_revision(db, article_id)


def _page(request: Request, db: Db, event: Event, *, problem: str = "") -> Response:
    """Draw the page: of one article where the address names it, else of the whole event."""
    article = request.query_params.get("article", "")
    is_one = article.isdecimal() and len(article) < 18
    articles = list_articles(db, event.collection_id)
    outlets = {outlet.id: outlet for outlet in list_outlets(db, event.collection_id)}
    parts = _parts(db, event)
    others = [] if is_one else list_events(db, event.collection_id)
    page = EventEdit(
        event=event,
        tellings=[] if is_one else _tellings(db, parts, articles, outlets),
        articles=articles,
        filling=_filling(db, event, int(article), parts, outlets) if is_one else None,
        others=[one for one in others if one.id != event.id],
        done=_done_words(request.query_params.get("done", "")),
        problem=problem,
        demo=get_collection_by_id(db, event.collection_id).demo,
    )
    return render(request, page, 422 if problem else 200)


def _tellings(
    db: Db,
    parts: Sequence[EventPassage],
    articles: Sequence[Article],
    outlets: dict[int | None, Outlet],
) -> list[Telling]:
    inside = [part for part in parts if part.role != OUT]
    revisions = {r.id: r for r in list_revisions_by_id(db, [*{p.revision_id for p in inside}])}
    by_id = {article.id: article for article in articles}
    lines: dict[int, list[Line]] = {}
    for part in inside:
        revision = revisions[part.revision_id]
        words = Span(part.start, part.end).of(revision.text)
        shown = Line(str(part.id), words, part.role, part.by == "person")
        lines.setdefault(revision.article_id, []).append(shown)
    return [
        Telling(by_id[number], outlets[by_id[number].outlet_id], found)
        for number, found in lines.items()
    ]


def _filling(
    db: Db,
    event: Event,
    article_id: int,
    parts: Sequence[EventPassage],
    outlets: dict[int | None, Outlet],
) -> Telling:
    """The article whose passages are to be ticked, all of them."""
    revision = _revision(db, event, article_id)
    held = {part.start: part for part in parts if part.revision_id == revision.id}
    lines = []
    for passage in list_passages(db, [_revision_id(revision)]):
        part = held.get(passage.start)
        lines.append(
            Line(
                value=f"{revision.id}:{passage.start}-{passage.end}",
                words=Span(passage.start, passage.end).of(revision.text),
                role="" if part is None or part.role == OUT else part.role,
                by_hand=part is not None and part.by == "person",
            )
        )
    found = get_article(db, revision.article_id)
    return Telling(found, outlets[found.outlet_id], lines)


def _done_words(done: str) -> str:
    words = {
        "made": _("The event is made. Choose an article below to fill it."),
        "renamed": _("The event has its new name."),
        "merged": _("The events are one now; the old address leads here."),
        "split": _("The passages tell this event now."),
        "removed": _("Taken out. No later run brings it back."),
        "roles": _("The passages have their new part."),
        "filled": _("The passages are as you ticked them."),
    }
    return words.get(done, "")
