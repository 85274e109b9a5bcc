"""The library: the events and articles of one collection, and the box that takes reports in."""

from dataclasses import dataclass
from typing import Any, ClassVar

from fastapi import APIRouter, Request, Response

from app.i18n import _
from app.pipeline import cleaned_of, engine_version
from app.store.articles import Telling, list_articles, list_tellings
from app.store.collations import list_collations
from app.store.collections import Collection
from app.store.events import list_coverage, list_events
from app.store.outlets import list_outlets
from app.store.work import count_pending
from app.urls import url
from app.web.cards import ORDERS, Card, build_cards, sort_cards
from app.web.collections import Choice, choices, id_of, shown_collection, target_slug
from app.web.deps import Db
from app.web.forms import AddForm
from app.web.labels import date_words
from app.web.render import Page, render

router = APIRouter(include_in_schema=False)

ARTICLES, EVENTS = 30, 30
"""Articles and events of one page."""


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
    pending: int
    was_pending: bool
    target: str
    outlets: list[str]
    form: AddForm
    preview: None
    refusal: None


@router.get("/")
def index(request: Request, db: Db, page: int = 1, articles: int = 1) -> Response:
    """Show one collection: `page` of its events, page `articles` of its articles."""
    query = request.query_params
    collection, order = query.get("collection", ""), query.get("order", ORDERS[0])
    shown = shown_collection(db, collection)
    order = order if order in ORDERS else ORDERS[0]
    page, articles = max(1, page), max(1, articles)
    cards = sort_cards(_cards(db, shown), order) if shown else []
    items, stored = _items(db, shown, articles) if shown else ([], 0)
    own: dict[str, Any] = {"collection": collection, "order": order if order != ORDERS[0] else ""}
    last = -(-stored // ARTICLES)
    pages = -(-len(cards) // EVENTS)
    answer = LibraryIndex(
        collection=shown,
        collections=choices(db, "/", shown),
        cards=cards[EVENTS * (page - 1) : EVENTS * page],
        order=order,
        events_later=url("/", page=page + 1, **own) if page < pages else "",
        events_earlier=url("/", page=page - 1, **own) if 1 < page <= pages else "",
        items=items,
        stored=stored,
        later=url("/", "articles", articles=articles + 1, **own) if articles < last else "",
        earlier=url("/", "articles", articles=articles - 1, **own) if 1 < articles <= last else "",
        pending=count_pending(db, id_of(shown), engine_version()) if shown else 0,
        was_pending=query.get("working") == "1",
        target=target_slug(db, shown),
        outlets=_outlet_names(db, shown),
        form=AddForm(),
        preview=None,
        refusal=None,
    )
    return render(request, answer)


def _cards(db: Db, shown: Collection) -> list[Card]:
    events = list_events(db, id_of(shown))
    collations = list_collations(db, [event.id or 0 for event in events])
    coverage = list_coverage(db, id_of(shown))
    return build_cards(events, collations, coverage, list_outlets(db, id_of(shown)))


def _items(db: Db, shown: Collection, page: int) -> tuple[list[Item], int]:
    all_of_them = list_articles(db, id_of(shown))
    wanted = [a.id or 0 for a in all_of_them[ARTICLES * (page - 1) : ARTICLES * page]]
    tellings = {t.article.id: t for t in list_tellings(db, id_of(shown), wanted)}
    return [_item(tellings[number]) for number in wanted], len(all_of_them)


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


def _outlet_names(db: Db, shown: Collection | None) -> list[str]:
    outlets = list_outlets(db, id_of(shown)) if shown and not shown.demo else []
    return [outlet.name for outlet in outlets if outlet.name]
