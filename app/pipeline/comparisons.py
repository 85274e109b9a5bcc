"""Comparisons: the witnesses of an event, collated and stored; and what an event's page shows."""

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app import collate
from app.collate import Apparatus, Known, Span, Witness
from app.log import logger
from app.pipeline import embeddings
from app.pipeline.embeddings import Embedded
from app.pipeline.preparation import CONFIG, engine_version, prepare_revision
from app.pipeline.summaries import summarise
from app.store import articles, collations, events, identities, memberships, work
from app.store.articles import Article, Revision
from app.store.collections import get_collection_by_id
from app.store.db import Session
from app.store.events import Event
from app.store.identities import ENTRY, ROW, Seen
from app.store.memberships import Member
from app.store.outlets import Outlet

log = logger(__name__)
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Column:
    """One outlet of an event: its articles there, oldest first, each with its newest wording."""

    siglum: str
    outlet: Outlet
    articles: tuple[Article, ...]
    revisions: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class EventComparison:
    """All that the pages of an event are drawn from.

    `witnesses`: by witness id, in the order of the columns. `apparatus` None: still being computed,
    or `is_failed`. `demo`: demonstration texts. `collection`: the slug of their collection.
    """

    event: Event
    witnesses: dict[str, Witness]
    columns: tuple[Column, ...]
    apparatus: Apparatus | None
    demo: bool
    is_failed: bool = False
    collection: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison that is not stored yet; `input_hash` = what it was made from. `embedded`: the
    vectors it was made with, where there is an embedder.
    """

    event_id: int
    input_hash: str
    apparatus: Apparatus
    witnesses: dict[str, Witness]
    seconds: float
    embedded: Embedded | None = None


def collate_event(db: Session, event_id: int) -> None:
    """Compare all tellings of an event, keep the result and the ids of rows and differences.

    Does nothing where the stored comparison is of the same input.
    """
    made = compare_event(db, event_id)
    if made is not None:
        save_comparison(db, made)


def compare_event(db: Session, event_id: int) -> Compared | None:
    """Compare all tellings of an event; only reads. The long part of "collate_event".

    None where the stored comparison is of the same input.
    """
    event = events.get_event_by_id(db, event_id)
    members = memberships.list_members(db, event_id)
    wanted = memberships.hash_members(members, engine_version())
    held = collations.find_collation(db, event_id)
    if held is not None and held.input_hash == wanted:
        return None
    columns = _columns(db, event, members)
    witnesses = _witnesses(columns, members)
    begun = time.perf_counter()
    previous = _previous(identities.list_identities(db, event_id, standing=True))
    embedded = embeddings.embed(db, witnesses.values())
    if embedded:
        witnesses = {name: embedded.given(witness) for name, witness in witnesses.items()}
    apparatus = collate.collate(list(witnesses.values()), CONFIG, previous)
    seconds = time.perf_counter() - begun
    return Compared(event_id, wanted, apparatus, witnesses, seconds, embedded)


def save_comparison(db: Session, made: Compared) -> None:
    """Store a comparison with the ids of its rows; nothing where its input changed meanwhile."""
    members = memberships.list_members(db, made.event_id)
    if memberships.hash_members(members, engine_version()) != made.input_hash:
        return
    if made.embedded:
        embeddings.save(db, made.embedded)
    collations.save_collation(
        db,
        collations.Collation(
            event_id=made.event_id,
            apparatus=made.apparatus.to_dict(),
            summary=summarise(made.apparatus, made.witnesses),
            input_hash=made.input_hash,
            engine=engine_version(),
            seconds=made.seconds,
        ),
    )
    _keep_ids(db, made.event_id, made.apparatus, made.witnesses)
    log.info(
        "event compared",
        event_id=made.event_id,
        witnesses=len(made.witnesses),
        rows=len(made.apparatus.rows),
        seconds=round(made.seconds, 2),
    )


def comparison_of(db: Session, event: Event) -> EventComparison:
    """Return what the page of an event shows. At most eight statements, however large it is."""
    assert event.id is not None
    members = memberships.list_members(db, event.id)
    wanted = memberships.hash_members(members, engine_version())
    held = collations.find_collation(db, event.id)
    fits = held is not None and held.input_hash == wanted
    columns = _columns(db, event, members)
    home = get_collection_by_id(db, event.collection_id)
    failed = not fits and work.has_failed(db, work.Unit(work.COLLATE_EVENT, event.id, wanted))
    return EventComparison(
        event=event,
        witnesses=_witnesses(columns, members),
        columns=columns,
        apparatus=Apparatus.from_dict(held.apparatus) if held is not None and fits else None,
        demo=home.demo,
        is_failed=failed,
        collection=home.slug,
    )


def apparatuses_of(db: Session, chosen: Sequence[Event]) -> list[tuple[str, str, Apparatus]]:
    """Return address, label and stored comparison of these events, where there is one."""
    held = {
        c.event_id: c for c in collations.list_whole_collations(db, [e.id or 0 for e in chosen])
    }
    return [
        (event.slug, event.label, Apparatus.from_dict(held[event.id].apparatus))
        for event in chosen
        if event.id in held
    ]


def _columns(db: Session, event: Event, members: Sequence[Member]) -> tuple[Column, ...]:
    """Group the articles by outlet: the outlet that published first stands first, undated last."""
    wanted = [member.article_id for member in members]
    tellings = articles.list_tellings(db, event.collection_id, wanted)
    tellings.sort(key=lambda t: (t.article.published or date.max, t.article.id))
    by_outlet: dict[int, list[articles.Telling]] = defaultdict(list)
    for telling in tellings:
        by_outlet[telling.outlet.id or 0].append(telling)
    return tuple(
        Column(
            siglum=group[0].outlet.siglum,
            outlet=group[0].outlet,
            articles=tuple(telling.article for telling in group),
            revisions=tuple(telling.revision for telling in group),
        )
        for group in by_outlet.values()
    )


def _witnesses(columns: Sequence[Column], members: Sequence[Member]) -> dict[str, Witness]:
    """Return the witnesses of all columns; a second article of an outlet is PD², PD²·R."""
    roles = {member.revision_id: member.roles for member in members}
    found: dict[str, Witness] = {}
    for column in columns:
        for place, (article, revision) in enumerate(
            zip(column.articles, column.revisions, strict=True), start=1
        ):
            number = revision.id or 0
            made = collate.witnesses_of(
                prepare_revision(revision),
                text=revision.text,
                revision=number,
                siglum=column.siglum,
                published=article.published,
                roles=roles.get(number, {}),
            )
            for witness in made:
                found[witness.id] = witness if place == 1 else _numbered(witness, place)
    return found


def _numbered(witness: Witness, place: int) -> Witness:
    own = witness.siglum.removeprefix(witness.outlet)
    return replace(witness, siglum=f"{witness.outlet}{str(place).translate(RAISED)}{own}")


def _previous(known: Sequence[identities.Identity]) -> tuple[Known, ...]:
    return tuple(
        Known(
            id=identity.name,
            spans=tuple((revision, Span(start, end)) for revision, start, end in identity.spans),
            parent=identity.parent,
        )
        for identity in known
    )


def _keep_ids(
    db: Session, event_id: int, apparatus: Apparatus, witnesses: dict[str, Witness]
) -> None:
    stood = {row["id"]: row for row in apparatus.to_dict()["rows"]}
    revisions = {witness.id: witness.revision for witness in witnesses.values()}
    seen = [
        Seen(
            name=one.id,
            kind=ROW if one.parent is None else ENTRY,
            parent=one.parent,
            spans=tuple((revision, span.start, span.end) for revision, span in one.spans),
            stood=stood.get(one.id) if one.parent is None else None,
        )
        for one in collate.known(apparatus.rows, revisions)
    ]
    leads = {lead.old: lead.new for lead in apparatus.leads}
    identities.save_identities(db, event_id, seen, leads)
