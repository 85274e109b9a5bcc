"""/api/articles: the articles of a collection, and one with its text."""

from datetime import date
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.pipeline import cleaned_of
from app.store.articles import (
    Article,
    get_article,
    get_revision,
    list_articles,
    list_revisions,
)
from app.store.collections import get_collection, get_collection_by_id
from app.store.outlets import Outlet, get_outlet, list_outlets
from app.urls import absolute
from app.web.deps import Db, Number

router = APIRouter(prefix="/api/articles", tags=["articles"])


class ArticleSummary(BaseModel):
    """An article; what its text does not state is null."""

    id: int
    headline: str
    outlet: str | None
    siglum: str = Field(description="The outlet's short sign, unique in its collection.")
    author: str | None
    published: date | None
    language: str | None
    address: str | None = Field(description="Where it was published.")
    link: str = Field(description="Its page here.")


class ArticleText(ArticleSummary):
    """An article in one version. Positions are half-open ranges of code points in `text`."""

    collection: str
    rights: str | None
    published_basis: str | None = Field(description="The words that the date rests on.")
    outlet_basis: str | None = Field(description="The words that the outlet rests on.")
    revision: int
    revisions: list[int]
    text: str = Field(description="The whole text as it came in, furniture included.")
    kept: list[tuple[int, int]]
    dropped: list[dict[str, Any]] = Field(description="start, end and reason of what is set aside.")


@router.get("", summary="Articles of a collection, newest first")
def index(db: Db, collection: str, limit: int = 100, offset: int = 0) -> list[ArticleSummary]:
    """List the articles of a collection, at most 500 at a time."""
    world = get_collection(db, collection)
    assert world.id is not None
    outlets = {outlet.id: outlet for outlet in list_outlets(db, world.id)}
    limit, offset = max(0, min(limit, 500)), max(0, offset)
    some = list_articles(db, world.id)[offset : offset + limit]
    return [ArticleSummary(**_fields(article, outlets[article.outlet_id])) for article in some]


@router.get("/{article_id}", summary="One article with its text")
def show(db: Db, article_id: Number, revision: Number | None = None) -> ArticleText:
    """Return an article in the version asked for, or its newest one."""
    article = get_article(db, article_id)
    wording = get_revision(db, article_id, revision)
    cleaned = cleaned_of(wording)
    return ArticleText(
        **_fields(article, get_outlet(db, article.outlet_id)),
        collection=get_collection_by_id(db, article.collection_id).slug,
        rights=article.rights,
        published_basis=article.published_basis,
        outlet_basis=article.outlet_basis,
        revision=wording.number,
        revisions=[one.number for one in list_revisions(db, article_id)],
        text=wording.text,
        kept=[(span.start, span.end) for span in cleaned.kept],
        dropped=[
            {"start": part.span.start, "end": part.span.end, "reason": part.reason}
            for part in cleaned.dropped
        ],
    )


def _fields(article: Article, outlet: Outlet) -> dict[str, Any]:
    return {
        "id": article.id,
        "headline": article.headline,
        "outlet": outlet.name,
        "siglum": outlet.siglum,
        "author": article.author,
        "published": article.published,
        "language": article.language,
        "address": article.url,
        "link": absolute(f"/articles/{article.id}"),
    }
