"""Events: found by the machine among all passages of a collection."""

from collections.abc import Sequence
from dataclasses import dataclass

from app import collate
from app.collate import FoundEvent, Prepared
from app.log import logger
from app.pipeline.preparation import (
    CONFIG,
    engine_version,
    number_of,
    prepare_revision,
    telling_of,
    units_of,
)
from app.store import articles, passages, search
from app.store.articles import Telling as Stored
from app.store.db import Session
from app.store.events import Part
from app.store.findings import Finding, save_found_events
from app.store.memberships import hash_collections

log = logger(__name__)


@dataclass(frozen=True, slots=True)
class FoundEvents:
    """What a search found, not stored yet; `input_hash` = the articles and the engine it saw."""

    collection_id: int
    input_hash: str
    findings: tuple[Finding, ...]
    read: tuple[tuple[Stored, Prepared], ...]


def find_events(db: Session, collection_id: int) -> list[int]:
    """Find the events that a collection tells; return the event ids, one for each finding.

    Looks at the newest wording of each article. What a person named, merged, filled or removed
    stays.
    """
    return save_events(db, search_events(db, collection_id))


def search_events(db: Session, collection_id: int) -> FoundEvents:
    """Search for the events of a collection; only reads. The long part of "find_events"."""
    seen = hash_collections(db, engine_version()).get(collection_id, "empty")
    stored = articles.list_tellings(db, collection_id)
    read = {s.revision.id or 0: (s, prepare_revision(s.revision)) for s in stored}
    tellings = [
        telling_of(number, s.revision.text, s.article.published, prepared)
        for number, (s, prepared) in read.items()
    ]
    found = collate.cluster(tellings, CONFIG) if tellings else ()
    texts = {number: s.revision.text for number, (s, _) in read.items()}
    findings = [_finding(event, texts) for event in found]
    return FoundEvents(collection_id, seen, tuple(findings), tuple(read.values()))


def save_events(db: Session, found: FoundEvents) -> list[int]:
    """Store what a search found; nothing where the articles changed meanwhile."""
    number = found.collection_id
    if hash_collections(db, engine_version()).get(number, "empty") != found.input_hash:
        return []
    _refresh_passages(db, found.read)
    events = save_found_events(db, number, found.findings, found.input_hash)
    log.info("events found", collection_id=number, articles=len(found.read), events=len(events))
    return events


def _finding(event: FoundEvent, texts: dict[int, str]) -> Finding:
    return Finding(
        label=event.label,
        parts=tuple(Part(number_of(m.telling), m.start, m.end, str(m.role)) for m in event.members),
        facts=tuple(
            {
                "what": str(fact.what),
                "value": fact.value,
                "words": fact.span.of(texts[number_of(fact.telling)]),
                "revision": number_of(fact.telling),
                "start": fact.span.start,
                "end": fact.span.end,
            }
            for fact in event.facts
        ),
        parent=event.parent,
    )


def _refresh_passages(db: Session, read: Sequence[tuple[Stored, Prepared]]) -> None:
    """Store the passages anew where this engine cuts a text otherwise than the one before."""
    held: dict[int, list[tuple[int, int, str, int, int]]] = {}
    for row in passages.list_passages(db, [s.revision.id or 0 for s, _ in read]):
        held.setdefault(row.revision_id, []).append(
            (row.start, row.end, row.kind, row.paragraph, row.report)
        )
    for stored, prepared in read:
        units = units_of(prepared)
        wanted = [(u.start, u.end, u.kind, u.paragraph, u.report) for u in units]
        if held.get(stored.revision.id or 0, []) != sorted(wanted):
            search.remove_from_index(db, [stored.article.id or 0])
            rows = passages.add_passages(db, stored.revision.id or 0, units)
            search.add_to_index(db, stored.article, stored.revision, rows)
