"""One article in one version, as it is read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import ClassVar

from fastapi import APIRouter, Request, Response

from app.collate import PassageKind
from app.pipeline import apparatuses_of, cleaned_of
from app.store.articles import Article, Revision, get_article, get_revision, list_revisions
from app.store.collections import Collection, get_collection_by_id
from app.store.db import Session
from app.store.events import BACKGROUND, Event, EventPassage, list_events_of_revision
from app.store.outlets import Outlet, get_outlet
from app.store.passages import list_passages
from app.web.collections import is_unsearched
from app.web.deps import Db, Number
from app.web.labels import date_words
from app.web.reading import Paragraph, chips_of, paragraphs
from app.web.render import Page, render

router = APIRouter(prefix="/articles", include_in_schema=False)

OPENING = {PassageKind.TITLE, PassageKind.STANDFIRST, PassageKind.CREDIT}


@dataclass(frozen=True, slots=True)
class InEvent:
    """An event that this article tells of, and with how many passages."""

    slug: str
    label: str
    passages: int


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of the article, to choose."""

    number: int
    stored: str
    is_shown: bool


@dataclass(frozen=True)
class ArticlesShow(Page):
    """GET /articles/{id} and /articles/{id}/revisions/{n}."""

    template: ClassVar[str] = "articles/show.html"
    fragments: ClassVar[dict[str, str]] = {"told": "articles/_told.html"}
    article: Article
    outlet: Outlet
    collection: Collection
    published: str
    words: int
    title: Paragraph | None
    opening: list[Paragraph]
    body: list[Paragraph]
    events: list[InEvent]
    versions: list[Version]
    known: bool
    pending: bool


@router.get("/{article_id}")
def show(request: Request, db: Db, article_id: Number, known: str = "") -> Response:
    """Show the newest version of an article."""
    return render(request, _page(db, article_id, None, known=known == "1"))


@router.get("/{article_id}/revisions/{number}")
def show_revision(request: Request, db: Db, article_id: Number, number: Number) -> Response:
    """Show one version of an article."""
    return render(request, _page(db, article_id, number, known=False))


def _page(db: Session, article_id: int, number: int | None, *, known: bool) -> ArticlesShow:
    article = get_article(db, article_id)
    revision = get_revision(db, article_id, number)
    shown = revision.id or 0
    parts = list_events_of_revision(db, shown)
    cleaned = cleaned_of(revision)
    collection = get_collection_by_id(db, article.collection_id)
    ranked = _ranked(parts)
    compared = apparatuses_of(db, [event for event, _count in ranked]) if ranked else []
    chips = chips_of(shown, compared)
    read = list(paragraphs(revision.text, list_passages(db, [shown]), cleaned, chips))
    opening = list(takewhile(lambda one: one.kind in OPENING or one.kind == "aside", read))
    title = next((one for one in opening if _same(one, article.headline)), None)
    return ArticlesShow(
        article=article,
        outlet=get_outlet(db, article.outlet_id),
        collection=collection,
        published=date_words(article.published),
        words=sum(len(span.of(revision.text).split()) for span in cleaned.kept),
        title=title,
        opening=[one for one in opening if one is not title],
        body=read[len(opening) :],
        events=[InEvent(event.slug, event.label, count) for event, count in ranked],
        versions=_versions(db, article_id, revision),
        known=known,
        pending=not ranked and is_unsearched(db, collection),
    )


def _same(paragraph: Paragraph, headline: str) -> bool:
    words = " ".join("".join(stretch.text for stretch in paragraph.stretches).split())
    return paragraph.kind == PassageKind.TITLE and words == " ".join(headline.split())


def _ranked(parts: Sequence[tuple[EventPassage, Event]]) -> list[tuple[Event, int]]:
    """The events that the article tells, most passages first; those it only recalls come last."""
    counts = Counter(event.id for _part, event in parts)
    told = {event.id for part, event in parts if part.role != BACKGROUND}
    by_id = {event.id: event for _part, event in parts}
    ranked = sorted(counts, key=lambda number: (number not in told, -counts[number]))
    return [(by_id[number], counts[number]) for number in ranked]


def _versions(db: Session, article_id: int, revision: Revision) -> list[Version]:
    return [
        Version(one.number, date_words(one.created_at.date()), one.number == revision.number)
        for one in list_revisions(db, article_id)
    ]
