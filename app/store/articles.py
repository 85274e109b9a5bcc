"""Article and Revision: a published text, and its wording at one time, which never changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, UniqueConstraint, delete, func
from sqlalchemy import select as select_columns
from sqlalchemy.orm import defer
from sqlmodel import Field, Session, col, select

from app.errors import NotFound
from app.store.collections import Collection
from app.store.db import NEVER_REUSED, Table, UTCDateTime, now
from app.store.outlets import Outlet


class Article(Table, table=True):
    """One published text.

    What the text does not state is None; `*_basis` holds the words a guess rests on.
    """

    __table_args__ = NEVER_REUSED

    id: int | None = Field(default=None, primary_key=True)
    collection_id: int = Field(foreign_key="collection.id", index=True)
    outlet_id: int = Field(foreign_key="outlet.id", index=True)
    url: str | None = Field(default=None, index=True)
    headline: str
    author: str | None = None
    published: date | None = None
    published_basis: str | None = None
    outlet_basis: str | None = None
    language: str | None = None
    rights: str | None = None
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


class Revision(Table, table=True):
    """The wording of an article at one time.

    `raw` is what came in, byte for byte; `text` its characters, to which all offsets refer;
    `layout` says what was dropped and why, and where title, standfirst, headings and credits stand
    (collate.Cleaned as a dict). Kept text = `text` without the dropped spans. Neither `raw` nor
    `text` ever changes.
    """

    __table_args__ = (UniqueConstraint("article_id", "number"), NEVER_REUSED)

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id", index=True)
    number: int = 1
    media_type: str = "text/plain"
    raw: bytes = Field(sa_type=LargeBinary)
    raw_hash: str = Field(index=True)
    text: str
    text_hash: str = Field(index=True)
    layout: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


@dataclass(frozen=True, slots=True)
class Telling:
    """An article with who published it and its newest wording (`revision.raw` is not loaded)."""

    article: Article
    outlet: Outlet
    revision: Revision


def get_article(db: Session, article_id: int) -> Article:
    """Return the article with this id. Raises NotFound."""
    found = db.get(Article, article_id)
    if found is None:
        raise NotFound("There is no such article: it may have been taken out.")
    return found


def list_articles(db: Session, collection_id: int) -> list[Article]:
    """Return the articles of a collection, newest publication first, undated ones last."""
    undated = col(Article.published).is_(None)
    return list(
        db.exec(
            select(Article)
            .where(Article.collection_id == collection_id)
            .order_by(undated, col(Article.published).desc(), col(Article.id))
        )
    )


def count_articles(db: Session, collection_id: int) -> int:
    """Return how many articles the collection has."""
    return db.exec(
        select(func.count()).select_from(Article).where(Article.collection_id == collection_id)
    ).one()


def list_counted_collections(db: Session) -> list[tuple[Collection, int]]:
    """Return all collections that stand with the number of their articles. One statement.

    Order: the user's own first, oldest first.
    """
    query = (
        select(Collection, func.count(col(Article.id)))
        .outerjoin(Article, col(Article.collection_id) == Collection.id)
        .where(col(Collection.removed_at).is_(None))
        .group_by(col(Collection.id))
        .order_by(col(Collection.demo), col(Collection.id))
    )
    return [(collection, count) for collection, count in db.exec(query)]


def list_tellings(
    db: Session, collection_id: int, article_ids: Sequence[int] | None = None
) -> list[Telling]:
    """Return every article of a collection (or those named) with outlet and newest revision.

    Order: as they came in. One statement.
    """
    newest = (
        select_columns(col(Revision.article_id), func.max(Revision.number).label("number"))
        .group_by(col(Revision.article_id))
        .subquery()
    )
    query = (
        select(Article, Outlet, Revision)
        .join(Outlet, col(Outlet.id) == Article.outlet_id)
        .join(newest, newest.c.article_id == Article.id)
        .join(
            Revision,
            (col(Revision.article_id) == Article.id) & (Revision.number == newest.c.number),
        )
        .where(Article.collection_id == collection_id)
        .order_by(col(Article.id))
        .options(defer(Revision.raw))  # type: ignore[arg-type]  # SQLModel types the column as bytes
    )
    if article_ids is not None:
        query = query.where(col(Article.id).in_(article_ids))
    return [Telling(*row) for row in db.exec(query)]


def get_revision(db: Session, article_id: int, number: int | None = None) -> Revision:
    """Return the revision with this number, or the newest. Raises NotFound."""
    query = select(Revision).where(Revision.article_id == article_id)
    if number is not None:
        query = query.where(Revision.number == number)
    found = db.exec(query.order_by(col(Revision.number).desc())).first()
    if found is None:
        raise NotFound("There is no such version of this article.")
    return found


def list_revisions(db: Session, article_id: int) -> list[Revision]:
    """Return all revisions of an article, newest first, without their raw bytes."""
    return list(
        db.exec(
            select(Revision)
            .where(Revision.article_id == article_id)
            .order_by(col(Revision.number).desc())
            .options(defer(Revision.raw))  # type: ignore[arg-type]  # as above
        )
    )


def list_revisions_by_id(db: Session, revision_ids: Sequence[int]) -> list[Revision]:
    """Return these revisions, without their raw bytes."""
    return list(
        db.exec(
            select(Revision).where(col(Revision.id).in_(revision_ids)).options(defer(Revision.raw))  # type: ignore[arg-type]  # as above
        )
    )


def list_same_texts(
    db: Session, collection_id: int, raw_hash: str, text_hash: str
) -> list[Revision]:
    """Return the revisions of a collection with these bytes or this text, oldest first."""
    return list(
        db.exec(
            select(Revision)
            .join(Article, col(Article.id) == Revision.article_id)
            .where(Article.collection_id == collection_id)
            .where((Revision.raw_hash == raw_hash) | (Revision.text_hash == text_hash))
            .order_by(col(Revision.id))
            .options(defer(Revision.raw))  # type: ignore[arg-type]  # as above
        )
    )


def find_article_by_url(db: Session, collection_id: int, url: str) -> Article | None:
    """Return the article of this collection that came from this address, or None."""
    return db.exec(
        select(Article).where(Article.collection_id == collection_id, Article.url == url)
    ).first()


def add_article(db: Session, article: Article) -> Article:
    """Store a new article."""
    db.add(article)
    db.flush()
    return article


def add_revision(db: Session, revision: Revision) -> Revision:
    """Store the next wording of an article; its number is set here."""
    last = db.exec(
        select(func.max(Revision.number)).where(Revision.article_id == revision.article_id)
    ).one()
    revision.number = (last or 0) + 1
    db.add(revision)
    db.flush()
    return revision


def update_article(db: Session, article_id: int, **fields: Any) -> Article:
    """Change what is stated about an article: headline, author, published, language, outlet_id.

    An outlet that nothing is left of goes.
    """
    article = get_article(db, article_id)
    before = article.outlet_id
    for name, value in fields.items():
        setattr(article, name, value)
    db.add(article)
    db.flush()
    remove_empty_outlet(db, before)
    return article


def remove_empty_outlet(db: Session, outlet_id: int) -> None:
    """Take an outlet out if no article is left of it."""
    if db.exec(select(Article.id).where(Article.outlet_id == outlet_id)).first() is None:
        db.execute(delete(Outlet).where(col(Outlet.id) == outlet_id))
