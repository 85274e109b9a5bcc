"""Article and Revision: a published text, and its wording at one time, which never changes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, UniqueConstraint
from sqlmodel import Field

from app.store.db import Table, UTCDateTime, now


class Article(Table, table=True):
    """One published text.

    What the text does not state is None; `*_basis` holds the words a guess rests on.
    """

    id: int | None = Field(default=None, primary_key=True)
    collection_id: int = Field(foreign_key="collection.id", index=True)
    outlet_id: int = Field(foreign_key="outlet.id", index=True)
    url: str | None = None
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

    __table_args__ = (UniqueConstraint("article_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id", index=True)
    number: int = 1
    media_type: str = "text/plain"
    raw: bytes = Field(sa_type=LargeBinary)
    raw_hash: str = Field(index=True)
    text: str
    layout: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
