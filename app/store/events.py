"""Event: what happened; EventPassage: a passage's part in it. What a person set, no run changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Integer, UniqueConstraint, func
from sqlalchemy import select as select_columns
from sqlmodel import Field, Session, col, select

from app.errors import Invalid, NotFound
from app.store.articles import Article, Revision
from app.store.collections import make_slug
from app.store.db import NEVER_REUSED, Table, UTCDateTime, now
from app.store.outlets import Outlet

MACHINE, PERSON = "machine", "person"
MAIN, SUB_EVENT, BACKGROUND, OUT = "main", "sub-event", "background", "out"


class Event(Table, table=True):
    """Something that happened, in one collection, perhaps inside a larger event (`parent_id`).

    `facts` is a list of {what: when|where|who, value, words, revision, start, end}: each fact with
    the article that states it. `by`: machine or person (named, made or filled by hand: re-runs keep
    it). `merged_into_id`: where an old address leads, and `merged_by` who led it there.
    `removed_at`: nothing of it was found any more.
    """

    __table_args__ = NEVER_REUSED

    id: int | None = Field(default=None, primary_key=True)
    collection_id: int = Field(foreign_key="collection.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="event.id", index=True)
    parent_by: str = MACHINE
    merged_into_id: int | None = Field(default=None, foreign_key="event.id", index=True)
    merged_by: str | None = None
    slug: str = Field(unique=True)
    label: str
    label_by: str = MACHINE
    by: str = MACHINE
    facts: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    removed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
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
    by: str = MACHINE


@dataclass(frozen=True, slots=True)
class Part:
    """A passage's part in an event, not stored yet."""

    revision_id: int
    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of an event one outlet tells: passages and characters by role."""

    event_id: int
    outlet: Outlet
    role: str
    articles: int
    passages: int
    characters: int


def list_events(db: Session, collection_id: int) -> list[Event]:
    """Return the events that stand in a collection (not merged away, not gone), oldest first."""
    return list(
        db.exec(
            select(Event)
            .where(Event.collection_id == collection_id)
            .where(col(Event.merged_into_id).is_(None), col(Event.removed_at).is_(None))
            .order_by(col(Event.id))
        )
    )


def list_all_events(db: Session, collection_id: int) -> list[Event]:
    """Return every event of a collection, those merged away and gone included."""
    return list(
        db.exec(select(Event).where(Event.collection_id == collection_id).order_by(col(Event.id)))
    )


def get_event(db: Session, slug: str) -> Event:
    """Return the event at this address; the address of a merged one leads on. Raises NotFound."""
    found = db.exec(select(Event).where(Event.slug == slug)).first()
    if found is None:
        raise NotFound("There is no such event.")
    return _standing(db, found)


def get_event_by_id(db: Session, event_id: int) -> Event:
    """Return the event with this id, or the one it was merged into. Raises NotFound."""
    found = db.get(Event, event_id)
    if found is None:
        raise NotFound("There is no such event.")
    return _standing(db, found)


def _standing(db: Session, event: Event) -> Event:
    seen: set[int | None] = set()
    while event.merged_into_id is not None and event.id not in seen:
        seen.add(event.id)
        event = db.get_one(Event, event.merged_into_id)
    if event.removed_at is not None:
        raise NotFound(f"The event “{event.label}” is not told by any article here any more.")
    return event


def list_sub_events(db: Session, event_id: int) -> list[Event]:
    """Return the events that lie directly inside this one and stand."""
    return list(
        db.exec(
            select(Event)
            .where(Event.parent_id == event_id)
            .where(col(Event.merged_into_id).is_(None), col(Event.removed_at).is_(None))
            .order_by(col(Event.id))
        )
    )


def list_event_passages(db: Session, event_ids: Sequence[int]) -> list[EventPassage]:
    """Return the parts of these events, those set "out" included, in text order."""
    return list(
        db.exec(
            select(EventPassage)
            .where(col(EventPassage.event_id).in_(event_ids))
            .order_by(
                col(EventPassage.event_id), col(EventPassage.revision_id), col(EventPassage.start)
            )
        )
    )


def list_events_of_revision(db: Session, revision_id: int) -> list[tuple[EventPassage, Event]]:
    """Return every part that passages of a revision have in events that stand, in text order."""
    query = (
        select(EventPassage, Event)
        .join(Event, col(Event.id) == EventPassage.event_id)
        .where(EventPassage.revision_id == revision_id, EventPassage.role != OUT)
        .where(col(Event.merged_into_id).is_(None), col(Event.removed_at).is_(None))
        .order_by(col(EventPassage.start), col(Event.id))
    )
    return [(part, event) for part, event in db.exec(query)]


def list_parts_of_revision(db: Session, revision_id: int) -> list[EventPassage]:
    """Return every part that passages of a revision have or had, in any event."""
    return list(
        db.exec(
            select(EventPassage)
            .where(EventPassage.revision_id == revision_id)
            .order_by(col(EventPassage.id))
        )
    )


def list_coverage(db: Session, collection_id: int) -> list[Coverage]:
    """Return how much each outlet tells of each event of a collection. One statement.

    Only the newest wording of an article counts.
    """
    newest = select_columns(func.max(Revision.id)).group_by(col(Revision.article_id))
    query = (
        select_columns(
            col(EventPassage.event_id),
            Outlet,
            col(EventPassage.role),
            func.count(func.distinct(Article.id)),
            func.count(col(EventPassage.id)),
            func.sum(col(EventPassage.end) - col(EventPassage.start)),
        )
        .join(Revision, col(Revision.id) == EventPassage.revision_id)
        .join(Article, col(Article.id) == Revision.article_id)
        .join(Outlet, col(Outlet.id) == Article.outlet_id)
        .where(col(Article.collection_id) == collection_id, col(EventPassage.role) != OUT)
        .where(col(Revision.id).in_(newest))
        .group_by(col(EventPassage.event_id), col(Outlet.id), EventPassage.role)
        .order_by(col(EventPassage.event_id), col(Outlet.id))
    )
    return [Coverage(*row) for row in db.execute(query)]


def add_event(
    db: Session,
    collection_id: int,
    label: str,
    *,
    by: str = PERSON,
    parent_id: int | None = None,
) -> Event:
    """Make an event; its address is made from its first label and stays."""
    label = _checked(label)
    taken = set(db.exec(select(Event.slug)))
    event = Event(
        collection_id=collection_id,
        label=label,
        label_by=by,
        by=by,
        parent_id=parent_id,
        parent_by=by,
        slug=make_slug(label, "event", taken),
    )
    db.add(event)
    db.flush()
    return event


def rename_event(db: Session, event_id: int, label: str) -> Event:
    """Give an event the name a person wants; no run changes it."""
    event = get_event_by_id(db, event_id)
    event.label, event.label_by = _checked(label), PERSON
    db.add(event)
    db.flush()
    return event


def _checked(label: str) -> str:
    label = " ".join(label.split())
    if not label:
        raise Invalid("An event needs a name.", {"label": "Write a name."})
    if len(label) > 300:
        raise Invalid("The name is too long.", {"label": "At most 300 characters."})
    return label


def merge_events(db: Session, event_id: int, into_id: int) -> Event:
    """Put one event into another: its address and the ids of its rows lead on from now.

    Its own parts stay behind as a signature, so that later runs bring what they find of it to the
    event it was merged into.
    """
    source, target = get_event_by_id(db, event_id), get_event_by_id(db, into_id)
    if source.id == target.id:
        raise Invalid("An event cannot be merged with itself.", {"into": "Choose another event."})
    if source.collection_id != target.collection_id:
        raise Invalid("Events of two collections stay apart.", {"into": "Choose another event."})
    for child in list_sub_events(db, _id(source)):
        child.parent_id = None if child.id == target.id else target.id
        db.add(child)
    if target.parent_id == source.id:
        target.parent_id = None
    source.merged_into_id, source.merged_by, source.parent_id = target.id, PERSON, None
    db.add_all([source, target])
    there = {(part.revision_id, part.start) for part in list_event_passages(db, [_id(target)])}
    for part in list_event_passages(db, [_id(source)]):
        if (part.revision_id, part.start) not in there and part.role != OUT:
            db.add(_copy(part, _id(target), part.by))
    db.flush()
    return target


def _copy(part: EventPassage, event_id: int, by: str) -> EventPassage:
    return EventPassage(
        event_id=event_id,
        revision_id=part.revision_id,
        start=part.start,
        end=part.end,
        role=part.role,
        by=by,
    )


def split_event(db: Session, event_id: int, part_ids: Iterable[int], label: str) -> Event:
    """Make an event of its own from some parts of another; a person's doing, kept by every run.

    `part_ids`: ids of EventPassage rows of the event.
    """
    event = get_event_by_id(db, event_id)
    wanted = set(part_ids)
    parts = [part for part in list_event_passages(db, [_id(event)]) if part.id in wanted]
    if not parts:
        raise Invalid("Nothing was chosen to split off.", {"passages": "Choose passages."})
    made = add_event(db, event.collection_id, label, parent_id=event.parent_id)
    for part in parts:
        copied = _copy(part, _id(made), PERSON)
        copied.role = MAIN if part.role == SUB_EVENT else part.role
        part.role, part.by = OUT, PERSON
        db.add_all([copied, part])
    db.flush()
    return made


def add_passages(db: Session, event_id: int, parts: Iterable[Part], *, by: str = PERSON) -> None:
    """Put passages into an event, in place of the part they had there."""
    held = {(p.revision_id, p.start): p for p in list_event_passages(db, [event_id])}
    for part in parts:
        row = held.get((part.revision_id, part.start)) or EventPassage(
            event_id=event_id, revision_id=part.revision_id, start=part.start, end=0, role=MAIN
        )
        row.end, row.role, row.by = part.end, part.role, by
        db.add(row)
    db.flush()


def remove_passages(db: Session, event_id: int, places: Iterable[tuple[int, int]]) -> None:
    """Keep passages, as (revision, start), out of an event from now on: no run brings them back."""
    event = get_event_by_id(db, event_id)
    wanted = set(places)
    for part in list_event_passages(db, [_id(event)]):
        if (part.revision_id, part.start) in wanted:
            part.role, part.by = OUT, PERSON
            db.add(part)
    db.flush()


def remove_article_from_event(db: Session, event_id: int, article_id: int) -> None:
    """Keep all passages of an article out of an event."""
    revisions = set(db.exec(select(Revision.id).where(Revision.article_id == article_id)))
    parts = list_event_passages(db, [_id(get_event_by_id(db, event_id))])
    places = [(part.revision_id, part.start) for part in parts if part.revision_id in revisions]
    remove_passages(db, event_id, places)


def _id(event: Event) -> int:
    assert event.id is not None
    return event.id
