"""Collection: a world of articles kept apart. Nothing crosses."""

from datetime import datetime

from sqlmodel import Field

from app.store.db import Table, UTCDateTime, now


class Collection(Table, table=True):
    """Every article, event, note and name belongs to one.

    `demo` marks demonstration texts on every page.
    """

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    demo: bool = False
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
