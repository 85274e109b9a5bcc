"""Identity: the id of a row or a difference, where it stood, what it leads on to. Never dropped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, Session, col, select

from app.store.db import Table, UTCDateTime, now
from app.store.events import Event

ROW, ENTRY = "row", "entry"


class Identity(Table, table=True):
    """One id in one event, with the spans (lists of revision, start, end) it stood on last.

    `parent`: the row that a difference lies in. `standing`: the last run gave it. Where it does
    not: `leads_to` holds the ids it went over into, if any, and `stood` the row as it was when it
    was seen last, at `seen_at` (a collate.Row as a dict, for rows only).
    """

    __table_args__ = (UniqueConstraint("event_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    name: str = Field(index=True)
    kind: str
    parent: str | None = None
    spans: list[list[int]] = Field(default_factory=list, sa_type=JSON)
    standing: bool = True
    leads_to: list[str] = Field(default_factory=list, sa_type=JSON)
    stood: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    seen_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


@dataclass(frozen=True, slots=True)
class Seen:
    """An id that a run gave: what it is, where it stands, and for a row all of it."""

    name: str
    kind: str
    parent: str | None
    spans: tuple[tuple[int, int, int], ...]
    stood: dict[str, Any] | None = None


def list_identities(db: Session, event_id: int, *, standing: bool = False) -> list[Identity]:
    """Return the ids of an event in the order they were first given; `standing`: only those of the
    last run.
    """
    query = select(Identity).where(Identity.event_id == event_id).order_by(col(Identity.id))
    if standing:
        query = query.where(col(Identity.standing).is_(True))
    return list(db.exec(query))


def list_standing(db: Session, collection_id: int, kind: str) -> list[Identity]:
    """Return the ids of one kind that stand in any event of a collection."""
    return list(
        db.exec(
            select(Identity)
            .join(Event, col(Event.id) == Identity.event_id)
            .where(Event.collection_id == collection_id, Identity.kind == kind)
            .where(col(Identity.standing).is_(True))
            .where(col(Event.merged_into_id).is_(None), col(Event.removed_at).is_(None))
            .order_by(col(Identity.id))
        )
    )


def find_identity(db: Session, event_id: int, name: str) -> Identity | None:
    """Return what is known of an id in an event, or None."""
    return db.exec(
        select(Identity).where(Identity.event_id == event_id, Identity.name == name)
    ).first()


def find_identities(db: Session, name: str) -> list[Identity]:
    """Return what is known of an id in all events, the one seen last first."""
    return list(
        db.exec(
            select(Identity).where(Identity.name == name).order_by(col(Identity.seen_at).desc())
        )
    )


def save_identities(
    db: Session, event_id: int, seen: Iterable[Seen], leads: Mapping[str, Sequence[str]]
) -> None:
    """Keep the ids that a run gave, and for those it did not give where they lead."""
    held = {identity.name: identity for identity in list_identities(db, event_id)}
    moment = now()
    given = {one.name: one for one in seen}
    for name, one in given.items():
        row = held.get(name) or Identity(event_id=event_id, name=name, kind=one.kind)
        row.kind, row.parent, row.stood = one.kind, one.parent, one.stood
        row.spans = [list(span) for span in one.spans]
        row.standing, row.leads_to, row.seen_at = True, [], moment
        db.add(row)
    for name, row in held.items():
        if name not in given and (row.standing or name in leads):
            row.standing, row.leads_to = False, list(leads.get(name, ()))
            db.add(row)
    db.flush()
