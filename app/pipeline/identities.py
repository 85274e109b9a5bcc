"""Identities: where a row or a difference is now, by an id of any time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app import collate
from app.collate import Apparatus, Row, Witness
from app.errors import NotFound
from app.pipeline.preparation import prepare_revision
from app.store import articles, events, identities, memberships, outlets
from app.store.db import Session
from app.store.events import Event
from app.store.identities import Identity


@dataclass(frozen=True, slots=True)
class RowFound:
    """Where an id is now.

    `rows`: ids of the rows in `event` it stands in or leads on to, the best first; `entry`: the
    difference in the first of them, where the id was that of one that still stands. `is_moved`:
    this is not the row of that id any more. Without `rows`: `stood` is the row as it was seen last,
    at `seen_at`, with the witnesses it had by id.
    """

    event: Event
    rows: tuple[str, ...] = ()
    entry: str | None = None
    is_moved: bool = False
    stood: Row | None = None
    seen_at: datetime | None = None
    witnesses: dict[str, Witness] | None = None


def find_row_anywhere(db: Session, name: str, event: Event | None = None) -> RowFound:
    """Return where the row or difference `name` is now, seen from `event` if one is given.

    After an event was merged its ids are looked for where it went, by id, then by shared spans.
    Raises NotFound for an id that was never given.
    """
    known = identities.find_identities(db, name)
    if event is not None:
        known.sort(key=lambda identity: identity.event_id != event.id)
    if not known:
        raise NotFound("There is no such row, and there never was.")
    found = next((one for one in known if one.standing and _stands(db, one)), known[0])
    home = events.get_event_by_id(db, found.event_id)
    moved = home.id != found.event_id
    there = {one.name: one for one in identities.list_identities(db, home.id or 0)}
    heirs = _heirs(found, there) or (_by_spans(found, there.values()) if moved else [])
    if not heirs and not _holds(db, home, found):
        heirs = _elsewhere(db, home, found)
    if not heirs:
        return _as_it_stood(db, home, found, there)
    rows = tuple(dict.fromkeys(one.parent or one.name for one in heirs))
    entry = heirs[0].name if heirs[0].parent else None
    moved = moved or heirs[0].name != name or heirs[0].event_id != home.id
    return RowFound(events.get_event_by_id(db, heirs[0].event_id), rows, entry, is_moved=moved)


def _holds(db: Session, event: Event, found: Identity) -> bool:
    """Say whether the event still has a passage where the id stood."""
    members = memberships.list_members(db, event.id or 0)
    roles = {member.revision_id: member.roles for member in members}
    return any(
        revision in roles and any(start <= place < end for place in roles[revision])
        for revision, start, end in found.spans
    )


def _elsewhere(db: Session, event: Event, found: Identity) -> list[Identity]:
    """Find where the passages of the id went: the ids of one other event of the collection."""
    standing = identities.list_standing(db, event.collection_id, found.kind)
    heirs = _by_spans(found, standing)
    return [one for one in heirs if one.event_id == heirs[0].event_id]


def _stands(db: Session, identity: Identity) -> bool:
    event = db.get_one(Event, identity.event_id)
    return event.merged_into_id is None and event.removed_at is None


def _heirs(found: Identity, there: dict[str, Identity]) -> list[Identity]:
    """Follow the leads until they end in ids that stand."""
    heirs: list[Identity] = []
    seen: set[str] = set()
    waiting = [found.name]
    while waiting:
        one = there.get(waiting.pop(0))
        if one is None or one.name in seen:
            continue
        seen.add(one.name)
        if one.standing:
            heirs.append(one)
        else:
            waiting += one.leads_to
    return heirs


def _by_spans(found: Identity, known: Iterable[Identity]) -> list[Identity]:
    """Find the ids of the same kind that stand on most of the same spans."""
    spans = {tuple(span) for span in found.spans}
    shared = [
        (len(spans & {tuple(span) for span in one.spans}), one)
        for one in known
        if one.standing and one.kind == found.kind
    ]
    shared = [pair for pair in shared if pair[0]]
    return [one for _, one in sorted(shared, key=lambda pair: -pair[0])]


def _as_it_stood(
    db: Session, event: Event, found: Identity, there: dict[str, Identity]
) -> RowFound:
    row = there.get(found.parent, found) if found.parent else found
    if row.standing:
        return RowFound(event, (row.name,), is_moved=True)
    if row.stood is None:
        known = [one for one in identities.find_identities(db, row.name) if one.stood]
        if not known:
            raise NotFound("There is no such row any more, and it was not kept.")
        row = known[0]
    (stood,) = Apparatus.from_dict({"rows": [row.stood], "leads": []}).rows
    entry = found.name if found.parent else None
    witnesses = _witnesses(db, {cell.witness for cell in stood.cells})
    return RowFound(event, (), entry, True, stood, row.seen_at, witnesses)


def _witnesses(db: Session, ids: set[str]) -> dict[str, Witness]:
    """Rebuild the witnesses of a row that stood; an article taken out since leaves a gap."""
    revisions = sorted({int(name.split(".")[0]) for name in ids})
    found: dict[str, Witness] = {}
    for revision in articles.list_revisions_by_id(db, revisions):
        article = articles.get_article(db, revision.article_id)
        made = collate.witnesses_of(
            prepare_revision(revision),
            text=revision.text,
            revision=revision.id or 0,
            siglum=outlets.get_outlet(db, article.outlet_id).siglum,
            published=article.published,
        )
        found |= {witness.id: witness for witness in made if witness.id in ids}
    return found
