"""Finding: an event as a run of the machine found it; how it meets the events that are there."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.store import events as store_events
from app.store.collections import get_collection_by_id
from app.store.db import now
from app.store.events import BACKGROUND, MACHINE, MAIN, OUT, PERSON, Event, EventPassage, Part

LEAST_SHARED = 0.3  # of the smaller side's main passages; lower: old addresses drift

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a run found: label, parts, facts; `parent` is the index of another finding."""

    label: str
    parts: tuple[Part, ...]
    facts: tuple[dict[str, Any], ...] = ()
    parent: int | None = None


def save_found_events(
    db: Session, collection_id: int, findings: Sequence[Finding], found_hash: str
) -> list[int]:
    """Bring the events of a collection up to what was found; return the event of each finding.

    An event keeps its address where it shares most main passages with a finding. Labels, roles,
    merges and passages set by a person stay. An event that nothing was found for goes, unless a
    person touched it; its address leads on to the event that took most of its passages.
    """
    state = _State(db, collection_id)
    chosen = _match(findings, state)
    targets: list[Event] = []
    for index, finding in enumerate(findings):
        event = state.events.get(chosen.get(index, -1)) or store_events.add_event(
            db, collection_id, finding.label, by=MACHINE
        )
        if event.merged_into_id is not None:
            _replace_parts(db, event, state.parts[event.id or 0], [finding])
        targets.append(store_events.get_event_by_id(db, event.id or 0))
    by_target: dict[int, list[Finding]] = defaultdict(list)
    for finding, event in zip(findings, targets, strict=True):
        by_target[event.id or 0].append(finding)
    for event_id, group in by_target.items():
        event = db.get_one(Event, event_id)
        _replace_parts(db, event, state.parts.get(event_id, []), group)
        _restate(event, group)
    _set_parents(db, findings, targets)
    _retire(db, state, by_target)
    get_collection_by_id(db, collection_id).found_hash = found_hash
    db.flush()
    return [event.id or 0 for event in targets]


class _State:
    """The events that can be met again: those that stand and those a person merged away."""

    def __init__(self, db: Session, collection_id: int) -> None:
        self.events = {
            event.id or 0: event
            for event in store_events.list_all_events(db, collection_id)
            if event.removed_at is None and event.merged_by != MACHINE
        }
        self.parts: dict[int, list[EventPassage]] = {number: [] for number in self.events}
        for part in store_events.list_event_passages(db, list(self.events)):
            self.parts[part.event_id].append(part)


def _match(findings: Sequence[Finding], state: _State) -> dict[int, int]:
    """Pair findings with events, most shared main passages first, each at most once."""
    where: dict[Place, list[tuple[int, bool]]] = defaultdict(list)
    sizes: Counter[int] = Counter()
    for number, parts in state.parts.items():
        core = [p for p in parts if p.role in {MAIN, OUT}] or parts
        sizes[number] = len(core)
        for part in core:
            where[part.revision_id, part.start].append((number, part.role != OUT))
    scored = []
    for index, finding in enumerate(findings):
        core_parts = [p for p in finding.parts if p.role == MAIN] or list(finding.parts)
        shared: Counter[int] = Counter()
        inside: Counter[int] = Counter()
        for place in core_parts:
            for number, is_in in where.get((place.revision_id, place.start), ()):
                shared[number] += 1
                inside[number] += is_in
        for number, count in shared.items():
            if count >= LEAST_SHARED * min(len(core_parts), sizes[number]):
                scored.append((-count, -inside[number], number, index))
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, number, index in sorted(scored):
        if index not in chosen and number not in taken:
            chosen[index] = number
            taken.add(number)
    return chosen


def _replace_parts(
    db: Session, event: Event, held: Sequence[EventPassage], group: Sequence[Finding]
) -> None:
    """Make the machine's parts of an event those that were found; leave a person's alone."""
    order = (BACKGROUND, store_events.SUB_EVENT, MAIN)
    wanted: dict[Place, Part] = {}
    for part in sorted((p for f in group for p in f.parts), key=lambda p: order.index(p.role)):
        wanted[part.revision_id, part.start] = part
    for row in held:
        part_or_none = wanted.pop((row.revision_id, row.start), None)
        if row.by == PERSON:
            continue
        if part_or_none is None:
            db.delete(row)
        else:
            row.end, row.role = part_or_none.end, part_or_none.role
            db.add(row)
    db.flush()
    db.add_all(
        EventPassage(
            event_id=event.id or 0,
            revision_id=part.revision_id,
            start=part.start,
            end=part.end,
            role=part.role,
        )
        for part in wanted.values()
    )
    db.flush()


def _restate(event: Event, group: Sequence[Finding]) -> None:
    """Take over label and facts, the label of the largest finding, unless a person named it."""
    largest = max(group, key=lambda finding: len(finding.parts))
    if event.label_by == MACHINE:
        event.label = largest.label
    event.facts = [fact for finding in group for fact in finding.facts]


def _set_parents(db: Session, findings: Sequence[Finding], targets: Sequence[Event]) -> None:
    for finding, event in zip(findings, targets, strict=True):
        if event.parent_by == MACHINE:
            above = targets[finding.parent] if finding.parent is not None else None
            event.parent_id = above.id if above is not None and above.id != event.id else None
            db.add(event)
    db.flush()
    for event in targets:  # a person's parent and the machine's may close a circle
        seen, above_id = {event.id}, event.parent_id
        while above_id is not None and above_id not in seen:
            seen.add(above_id)
            above_id = db.get_one(Event, above_id).parent_id
        if above_id is not None and event.parent_by == MACHINE:
            event.parent_id = None
    db.flush()


def _retire(db: Session, state: _State, by_target: dict[int, list[Finding]]) -> None:
    """Let go of the events that nothing was found for."""
    went: dict[Place, list[int]] = defaultdict(list)
    for number, group in by_target.items():
        for found in (part for finding in group for part in finding.parts):
            if found.role == MAIN:
                went[found.revision_id, found.start].append(number)
    for number, event in state.events.items():
        if number in by_target or event.merged_into_id is not None:
            continue
        parts = state.parts[number]
        took = Counter(n for p in parts for n in went.get((p.revision_id, p.start), ()))
        for part in parts:
            if part.by == MACHINE:
                db.delete(part)
        if PERSON not in {event.by, event.label_by, *(part.by for part in parts)}:
            _let_go(db, event, took)
    db.flush()


def _let_go(db: Session, event: Event, took: Counter[int]) -> None:
    if took:
        event.merged_into_id, event.merged_by = took.most_common(1)[0][0], MACHINE
    else:
        event.removed_at = now()
    event.parent_id = None
    for child in store_events.list_sub_events(db, event.id or 0):
        child.parent_id = None
        db.add(child)
    db.add(event)
