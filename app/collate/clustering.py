"""Which events the tellings report, found from their passages: who, what, where, when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.collate.config import Config
from app.collate.text import Passage, PassageKind, Quotation, Span


@dataclass(frozen=True, slots=True)
class Telling:
    """One revision whose events are asked for. `id` is its revision id; `title` its headline."""

    id: str
    text: str
    passages: tuple[Passage, ...]
    quotations: tuple[Quotation, ...] = ()
    published: date | None = None
    title: Span | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One passage of an event: `role` is "main", "sub-event" or "background"."""

    telling: str
    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What one telling states of an event.

    `what` is "when", "where" or "who"; `value` is normalised (an ISO date, an interval such as
    "2024-03/2024-03", a name); `span` covers the words it rests on.
    """

    what: str
    value: str
    telling: str
    span: Span


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event as the machine found it.

    `label` is made of words of the texts. `parent` is the index of the event it is part of.
    `main_tellings` are those that mainly report it.
    """

    label: str
    members: tuple[Member, ...]
    facts: tuple[Fact, ...] = ()
    parent: int | None = None
    main_tellings: tuple[str, ...] = ()


def cluster(tellings: Sequence[Telling], config: Config | None = None) -> tuple[FoundEvent, ...]:
    """Return the events of the tellings, the one with most tellings first."""
    del config
    events = []
    for telling in tellings:
        passages = [p for p in telling.passages if p.kind is not PassageKind.CREDIT]
        if passages:
            title = telling.title or passages[0].span
            members = tuple(Member(telling.id, p.span.start, p.span.end, "main") for p in passages)
            label = " ".join(title.of(telling.text).split())
            events.append(FoundEvent(label, members, (), None, (telling.id,)))
    return tuple(events)
