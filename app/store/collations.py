"""Collation: the comparison of one event as it was last computed. Derived; may be dropped."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, delete
from sqlalchemy.orm import defer
from sqlmodel import Field, Session, col, select

from app.store.db import Table, UTCDateTime, now


class Collation(Table, table=True):
    """The apparatus of one event (collate.Apparatus as a dict) and what it was made from.

    `input_hash`: texts, membership and settings of the engine; `engine`: its version. `summary`:
    the few numbers and readings that lists of events show, so that they need not load `apparatus`.
    """

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", unique=True)
    apparatus: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    summary: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    input_hash: str
    engine: str
    seconds: float = 0.0
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


def find_collation(db: Session, event_id: int) -> Collation | None:
    """Return the stored comparison of an event, or None where none was made yet."""
    return db.exec(select(Collation).where(Collation.event_id == event_id)).first()


def list_collations(db: Session, event_ids: Sequence[int]) -> list[Collation]:
    """Return the stored comparisons of these events with their summaries, without the apparatus."""
    return list(
        db.exec(
            select(Collation)
            .where(col(Collation.event_id).in_(event_ids))
            .options(defer(Collation.apparatus))  # type: ignore[arg-type]  # typed as its value
        )
    )


def list_whole_collations(db: Session, event_ids: Sequence[int]) -> list[Collation]:
    """Return the stored comparisons of these events with all that is in them."""
    return list(db.exec(select(Collation).where(col(Collation.event_id).in_(event_ids))))


def save_collation(db: Session, collation: Collation) -> Collation:
    """Store a comparison in place of the one that the event had."""
    db.execute(delete(Collation).where(col(Collation.event_id) == collation.event_id))
    db.add(collation)
    db.flush()
    return collation


def remove_collations(db: Session) -> int:
    """Drop all comparisons: the worker makes them again. Returns how many there were."""
    return len(db.execute(delete(Collation).returning(col(Collation.id))).all())
