"""Event: what happened; EventPassage: a passage's part in it. What a person set, no run changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Integer, UniqueConstraint
from sqlmodel import Field

from app.store.db import Table, UTCDateTime, now


class Event(Table, table=True):
    """Something that happened, in one collection, perhaps inside a larger event (`parent_id`).

    `facts` is a list of {what: when|where|who, value, words, revision, start, end}: each fact with
    the article that states it. `by`: machine or person (named, made or filled by hand: re-runs keep
    it). `merged_into`: where an old address leads.
    """

    id: int | None = Field(default=None, primary_key=True)
    collection_id: int = Field(foreign_key="collection.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="event.id", index=True)
    merged_into_id: int | None = Field(default=None, foreign_key="event.id", index=True)
    slug: str = Field(unique=True)
    label: str
    label_by: str = "machine"
    by: str = "machine"
    facts: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


class EventPassage(Table, table=True):
    """A passage's role in an event: main, sub-event, background; or "out", which a person set to
    keep it away.
    """

    __table_args__ = (UniqueConstraint("event_id", "revision_id", "start"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    revision_id: int = Field(foreign_key="revision.id", index=True)
    start: int
    end: int = Field(sa_column=Column("end_", Integer, nullable=False))
    role: str
    by: str = "machine"
