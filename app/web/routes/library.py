"""The library: the events and articles of one collection, and the box that takes reports in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.i18n import _
from app.pipeline import cleaned_of, engine_version
from app.store.articles import Telling, list_articles, list_tellings
from app.store.collations import list_collations
from app.store.collections import Collection
from app.store.events import Event, list_coverage, list_events
from app.store.work import COLLATE_EVENT, FIND_EVENTS, Failure, list_failures
from app.urls import url
from app.web.cards import ORDERS, Card, build_cards, sort_cards
from app.web.collections import Choice, Target, id_of, is_unsearched, worlds
from app.web.deps import Db
from app.web.forms import AddForm
from app.web.labels import date_words
from app.web.render import Page, render

router = APIRouter(include_in_schema=False)

ARTICLES, EVENTS = 30, 30
"""Articles and events of one page."""


_NOTHING: tuple[list[Card], str] = ([], "")


@dataclass(frozen=True, slots=True)
class Item:
    """One article of the list."""

    link: str
    headline: str
    language: str
    siglum: str
    outlet: str
    published: str
    words: int


@dataclass(frozen=True)
class LibraryIndex(Page):
    """GET /."""

    template: ClassVar[str] = "library/index.html"
    fragments: ClassVar[dict[str, str]] = {
        "events": "library/_events.html",
        "articles": "library/_articles.html",
        "working": "library/_working.html",
    }
    collection: Collection | None
    collections: list[Choice]
    cards: list[Card]
    order: str
    events_later: str
    events_earlier: str
    items: list[Item]
    stored: int
    later: str
    earlier: str
    work: str
    was_working: bool
    target: Target
    outlets: list[str]
    form: AddForm
    refusal: None


@router.get("/")
def index(request: Request, db: Db, page: int = 1, articles: int = 1) -> Response:
    """Show one collection: `page` of its events, page `articles` of its articles."""
    query = request.query_params
    order = query.get("order", "") if query.get("order") in ORDERS else ORDERS[0]
    all_of_them = worlds(db, query.get("collection", ""))
    shown, stored = all_of_them.shown, all_of_them.count
    cards, work = _cards(db, shown, stored) if shown else _NOTHING
    items = _items(db, shown, max(1, articles)) if shown else []
    page, articles = max(1, page), max(1, articles)
    own: dict[str, Any] = {"collection": query.get("collection")}
    own["order"] = order if order != ORDERS[0] else None
    last, pages = -(-stored // ARTICLES), -(-len(cards) // EVENTS)
    answer = LibraryIndex(
        collection=shown,
        collections=all_of_them.choices("/"),
        cards=sort_cards(cards, order)[EVENTS * (page - 1) : EVENTS * page],
        order=order,
        events_later=url("/", page=page + 1, **own) if page < pages else "",
        events_earlier=url("/", page=page - 1, **own) if 1 < page <= pages else "",
        items=items,
        stored=stored,
        later=url("/", "articles", articles=articles + 1, **own) if articles < last else "",
        earlier=url("/", "articles", articles=articles - 1, **own) if 1 < articles <= last else "",
        work=work,
        was_working=query.get("working") == "1",
        target=all_of_them.target,
        outlets=_outlets(cards, items),
        form=AddForm(),
        refusal=None,
    )
    return render(request, answer)


@router.get("/articles")
@router.get("/events")
def lists(request: Request) -> Response:
    """Lead to the library: it is the list of both."""
    part = request.url.path.rpartition("/")[2]
    return RedirectResponse(url("/", part, collection=request.query_params.get("collection")), 303)


def _cards(db: Db, shown: Collection, stored: int) -> tuple[list[Card], str]:
    """Return the cards, and how the work stands: "", working or failed."""
    events = list_events(db, id_of(shown))
    collations = list_collations(db, [event.id or 0 for event in events])
    coverage = list_coverage(db, id_of(shown))
    missing = stored > 0 and is_unsearched(db, shown)
    stale = any(one.engine != engine_version() for one in collations)
    told = {one.event_id for one in coverage} & {event.id for event in events}
    work = "working" if missing or stale or len(collations) < len(told) else ""
    if work and any(_concerns(failure, shown, events) for failure in list_failures(db)):
        work = "failed"
    return build_cards(events, collations, coverage), work


def _concerns(failure: Failure, shown: Collection, events: Sequence[Event]) -> bool:
    if failure.unit == FIND_EVENTS:
        return failure.key == shown.id
    return failure.unit == COLLATE_EVENT and failure.key in {event.id for event in events}


def _items(db: Db, shown: Collection, page: int) -> list[Item]:
    some = list_articles(db, id_of(shown))[ARTICLES * (page - 1) : ARTICLES * page]
    wanted = [article.id or 0 for article in some]
    tellings = {t.article.id: t for t in list_tellings(db, id_of(shown), wanted)}
    return [_item(tellings[number]) for number in wanted]


def _outlets(cards: Sequence[Card], items: Sequence[Item]) -> list[str]:
    """The outlets on this page, to choose from when a report is added."""
    names = {bar.name for card in cards for bar in card.bars} | {item.outlet for item in items}
    return sorted(names - {"", _("outlet not stated")})


def _item(telling: Telling) -> Item:
    article, outlet, revision = telling.article, telling.outlet, telling.revision
    kept = cleaned_of(revision).kept
    return Item(
        link=url(f"/articles/{article.id}"),
        headline=article.headline,
        language=article.language or "und",
        siglum=outlet.siglum,
        outlet=outlet.name or _("outlet not stated"),
        published=date_words(article.published),
        words=sum(len(span.of(revision.text).split()) for span in kept),
    )
