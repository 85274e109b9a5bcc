"""Membership: what an event consists of, its sub-events included; and the hashes of what is there.

Only the newest wording of an article counts.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from app.store.articles import Article, Revision
from app.store.events import MAIN, OUT, SUB_EVENT, Event, EventPassage
from app.store.outlets import Outlet


@dataclass(frozen=True, slots=True)
class Member:
    """An article of an event: its newest wording, its column, its date, its passages' roles."""

    article_id: int
    revision_id: int
    siglum: str
    published: date | None
    roles: dict[int, str] = field(default_factory=dict)


def _newest(
    db: Session, collection_ids: Sequence[int] | None
) -> list[tuple[int, int, str, date | None, int]]:
    newest = (
        select_columns(col(Revision.article_id), func.max(Revision.id).label("revision_id"))
        .group_by(col(Revision.article_id))
        .subquery()
    )
    query = (
        select_columns(
            col(Article.id),
            newest.c.revision_id,
            col(Outlet.siglum),
            col(Article.published),
            col(Article.collection_id),
        )
        .join(newest, newest.c.article_id == Article.id)
        .join(Outlet, col(Outlet.id) == Article.outlet_id)
        .order_by(col(Article.id))
    )
    if collection_ids is not None:
        query = query.where(col(Article.collection_id).in_(collection_ids))
    return [(row[0], row[1], row[2], row[3], row[4]) for row in db.execute(query)]


def hash_collections(db: Session, engine: str) -> dict[int, str]:
    """Return for each collection with articles a hash of what a search for events looks at."""
    seen: dict[int, list[object]] = defaultdict(list)
    for article, revision, _, published, collection in _newest(db, None):
        seen[collection].append([article, revision, str(published)])
    return {collection: _hash([engine, rows]) for collection, rows in seen.items()}


def list_members(db: Session, event_id: int) -> list[Member]:
    """Return the articles with a passage in the event or in one inside it, in order of import."""
    collection_id = db.get_one(Event, event_id).collection_id
    return _members(db, collection_id, event_id).get(event_id, [])


def hash_events(db: Session, collection_id: int, engine: str) -> dict[int, str]:
    """Return for each event that stands a hash of what its comparison looks at."""
    members = _members(db, collection_id)
    return {event: hash_members(found, engine) for event, found in members.items()}


def hash_members(members: Sequence[Member], engine: str) -> str:
    """Return the hash of what a comparison looks at: engine, wordings, columns, dates, roles."""
    rows = [[m.revision_id, m.siglum, str(m.published), sorted(m.roles.items())] for m in members]
    return _hash([engine, rows])


def _members(db: Session, collection_id: int, only: int | None = None) -> dict[int, list[Member]]:
    """Return the members of every standing event of a collection, or of one. Three statements."""
    newest = {row[1]: row for row in _newest(db, [collection_id])}
    events = db.exec(
        select(Event.id, Event.parent_id)
        .where(Event.collection_id == collection_id)
        .where(col(Event.merged_into_id).is_(None), col(Event.removed_at).is_(None))
    ).all()
    parents = {number: parent for number, parent in events if number is not None}
    query = select(
        EventPassage.event_id, EventPassage.revision_id, EventPassage.start, EventPassage.role
    ).join(Event, col(Event.id) == EventPassage.event_id)
    query = query.where(Event.collection_id == collection_id)
    if only is not None:
        family = [number for number in parents if only in {number, *_ancestors(number, parents)}]
        query = query.where(col(EventPassage.event_id).in_(family))
    roles: dict[int, dict[int, dict[int, str]]] = {number: {} for number in parents}
    kept_out: set[tuple[int, int, int]] = set()
    rows = [row for row in db.exec(query) if row[0] in parents and row[1] in newest]
    for event, revision, start, role in rows:
        if role == OUT:
            kept_out.add((event, revision, start))
        else:
            roles[event].setdefault(revision, {})[start] = role
    for event, revision, start, role in rows:
        if role in {MAIN, SUB_EVENT}:
            for above in _ancestors(event, parents):
                if (above, revision, start) not in kept_out:
                    there = roles[above].setdefault(revision, {})
                    if there.get(start) != MAIN:
                        there[start] = SUB_EVENT
    return {
        event: [
            Member(article, revision, siglum, published, by_revision[revision])
            for revision, (article, _, siglum, published, _) in newest.items()
            if revision in by_revision
        ]
        for event, by_revision in roles.items()
    }


def _ancestors(event: int, parents: dict[int, int | None]) -> list[int]:
    chain: list[int] = []
    above = parents.get(event)
    while above is not None and above in parents and above not in chain and above != event:
        chain.append(above)
        above = parents.get(above)
    return chain


def _hash(data: object) -> str:
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()
