"""Which events the tellings report, found from their passages: who, what, where, when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from app.collate.anchors import Anchor, is_state, lies_apart, read_anchor
from app.collate.config import Config
from app.collate.data import weights
from app.collate.events import label_of, words_of
from app.collate.facts import Fact, facts_of
from app.collate.happenings import group_anchors, says_enough
from app.collate.likeness import Digest, Pool, digest
from app.collate.partition import divide, loose_groups
from app.collate.terms import ALIGNED, about_all
from app.collate.text import Passage, PassageKind, Quotation, Span

_LEAD_SENTENCES = 2
_LONGEST_LEAD = 5
_HEADS = frozenset({PassageKind.TITLE, PassageKind.STANDFIRST})
_APART = 2.0
"""What publications far apart take from the log-odds of telling one event."""
_ELSEWHERE = 8.0
"""What leads set in different states take from them."""
_DAYS_APART = 45


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
    """Return the events of the tellings.

    First the main ones, each telling in one of them, the one with most tellings first; then those
    that texts only mention: by two tellings or under a heading, and with a day or a place. The
    order of `tellings` changes nothing but ties. Cost: O(T²) for T tellings.
    """
    if not tellings:
        return ()
    return _Pool(sorted(tellings, key=_content), config or Config()).events()


def digest_of(telling: Telling) -> Digest:
    """Return what is compared of a telling as a whole."""
    passages = _aligned(telling)
    leads = _lead(passages)
    first = tuple(p.span for n, p in enumerate(passages) if n in leads)
    rest = tuple(p.span for n, p in enumerate(passages) if n not in leads)
    return digest(telling.text, first, rest)


class _Pool:
    """All tellings of a collection, read for their happenings."""

    def __init__(self, tellings: Sequence[Telling], config: Config) -> None:
        self.tellings = tellings
        self._passages = [_aligned(telling) for telling in tellings]
        self._leads = [_lead(passages) for passages in self._passages]
        self._about = about_all([t.text for t in tellings], [t.published for t in tellings])
        self._said = self._read()
        self._anchors = [anchor for said in self._said for anchor in said if anchor.kinds]
        self._happenings = group_anchors(self._anchors)
        self._of = {n: h for h, group in enumerate(self._happenings) for n in group}
        self._groups = self._partition(config.event_threshold)

    def events(self) -> tuple[FoundEvent, ...]:
        """Return the main events, then the mentioned ones."""
        members = sorted(self._groups, key=lambda mine: (-len(mine), mine))
        chosen: dict[int, int | None] = {}
        for place, mine in enumerate(members):
            chosen[place] = self._main_happening(mine, {h for h in chosen.values()})
        main = [self._main_event(mine, chosen[place]) for place, mine in enumerate(members)]
        taken = set(chosen.values())
        for h, group in enumerate(self._happenings):
            if h not in taken and self._worth(group):
                main.append(self._mentioned(h, members, chosen))
        return tuple(main)

    def _read(self) -> list[list[Anchor]]:
        return [
            [
                read_anchor(telling.text, passage, about, telling=t, number=n)
                for n, passage in enumerate(self._passages[t])
            ]
            for t, (telling, about) in enumerate(zip(self.tellings, self._about, strict=True))
        ]

    def _partition(self, least: float) -> list[list[int]]:
        """Return the tellings by event. Leads set in different states tell different events, and
        reports of far apart days rarely tell one.
        """
        model = weights("events")
        pool = Pool([digest_of(telling) for telling in self.tellings])
        days = [t.published.toordinal() if t.published else np.nan for t in self.tellings]
        apart = np.abs(np.subtract.outer(days, days)) > _DAYS_APART
        states = self._states()
        elsewhere = np.array([[bool(a and b and not a & b) for b in states] for a in states])
        parts = []
        for group in loose_groups(pool):
            alike = pool.alike(group, model)
            alike.odds[apart[np.ix_(group, group)]] -= _APART
            alike.odds[elsewhere[np.ix_(group, group)]] -= _ELSEWHERE
            found = divide(alike, np.arange(len(group)), model, least)
            parts += [group[part].tolist() for part in found]
        return parts

    def _states(self) -> list[set[str]]:
        """Return the states in which the leads of each telling are set."""
        states: list[set[str]] = [set() for _ in self.tellings]
        for anchor in self._anchors:
            if self._opens(anchor):
                named = {name for p in anchor.places for name in (p.thing.value, *p.thing.within)}
                states[anchor.telling] |= {name for name in named if is_state(name)}
        return states

    def _opens(self, anchor: Anchor) -> bool:
        """Say whether an anchor in the lead of its telling tells of something new and definite."""
        published = self.tellings[anchor.telling].published
        last = max((d.thing.high for d in anchor.dates if d.thing.high is not None), default=None)
        past = published and last is not None and published.toordinal() - last > _DAYS_APART
        opens = anchor.passage in self._leads[anchor.telling]
        return opens and not past and says_enough(anchor)

    def _main_happening(self, mine: Sequence[int], taken: set[int | None]) -> int | None:
        """Return the happening that the leads of these tellings speak of most, if any."""
        weights: dict[int, float] = {}
        for n, anchor in enumerate(self._anchors):
            if anchor.telling in mine and self._of[n] not in taken:
                weight = 3.0 if self._opens(anchor) else 1.0
                weights[self._of[n]] = weights.get(self._of[n], 0.0) + weight
        for h in list(weights):
            if not any(says_enough(self._anchors[n]) for n in self._happenings[h]):
                del weights[h]
        best = max(weights, key=lambda h: (weights[h], -h), default=None)
        return best if best is not None and weights[best] >= 3 else None

    def _main_event(self, mine: Sequence[int], happening: int | None) -> FoundEvent:
        anchored = (
            [self._anchors[n] for n in self._happenings[happening]] if happening is not None else []
        )
        inside = {(a.telling, a.passage) for a in anchored}
        members = []
        for t, passages in enumerate(self._passages):
            for n, passage in enumerate(passages):
                apart = n not in self._leads[t] and lies_apart(
                    self._said[t][n], anchored, _DAYS_APART
                )
                if t in mine:
                    role = "background" if apart and (t, n) not in inside else "main"
                    members.append(self._member(t, passage, role))
                elif (t, n) in inside:
                    members.append(self._member(t, passage, "background"))
        texts = [telling.text for telling in self.tellings]
        label = label_of(anchored, texts) or self._headline(mine)
        ids = [telling.id for telling in self.tellings]
        around = [anchor for t in mine for anchor in self._said[t]]
        facts = facts_of(anchored, ids, texts, around)
        return FoundEvent(label, tuple(members), facts, None, tuple(ids[t] for t in mine))

    def _headline(self, mine: Sequence[int]) -> str:
        """Return the headline of the first telling, or its first passage."""
        telling = self.tellings[mine[0]]
        passages = self._passages[mine[0]]
        span = telling.title or (passages[0].span if passages else Span(0, 0))
        return words_of(telling.text, span)

    def _worth(self, group: Sequence[int]) -> bool:
        """Say whether a happening that is nobody's main one is an event of its own."""
        anchors = [self._anchors[n] for n in group]
        known = any(a.dates or any(len(p.thing.within) > 1 for p in a.places) for a in anchors)
        headed = any(
            self._passages[a.telling][a.passage].kind is PassageKind.HEADING for a in anchors
        )
        return known and (len({a.telling for a in anchors}) > 1 or (headed and len(anchors) > 1))

    def _mentioned(
        self, happening: int, groups: Sequence[Sequence[int]], chosen: Mapping[int, int | None]
    ) -> FoundEvent:
        anchors = [self._anchors[n] for n in self._happenings[happening]]
        tellings = {a.telling for a in anchors}
        parent = next(
            (
                place
                for place, mine in enumerate(groups)
                if chosen[place] is not None
                and tellings <= set(mine)
                and self._same_days(happening, chosen[place])
            ),
            None,
        )
        role = "background" if parent is None else "sub-event"
        members = []
        for a in anchors:
            passage = self._passages[a.telling][a.passage]
            headed = passage.kind is PassageKind.HEADING
            members.append(self._member(a.telling, passage, "main" if headed else role))
        texts = [telling.text for telling in self.tellings]
        ids = [telling.id for telling in self.tellings]
        facts = facts_of(anchors, ids, texts)
        return FoundEvent(label_of(anchors, texts), tuple(members), facts, parent)

    def _same_days(self, one: int, other: int | None) -> bool:
        days = [
            {d.thing.value for n in self._happenings[h] for d in self._anchors[n].dates}
            for h in (one, other)
            if h is not None
        ]
        return bool(days[0] & days[-1])

    def _member(self, telling: int, passage: Passage, role: str) -> Member:
        return Member(self.tellings[telling].id, passage.span.start, passage.span.end, role)


def _content(telling: Telling) -> tuple[date, str, str]:
    """Return what orders tellings: nothing that depends on when they came in, but for twins."""
    return telling.published or date.max, telling.text, telling.id


def _aligned(telling: Telling) -> list[Passage]:
    return [passage for passage in telling.passages if passage.kind in ALIGNED]


def _lead(passages: Sequence[Passage]) -> frozenset[int]:
    """Return the indices of the headline, the standfirst and the first paragraph or sentences."""
    heads = [n for n, passage in enumerate(passages) if passage.kind in _HEADS]
    sentences = [n for n, p in enumerate(passages) if p.kind is PassageKind.SENTENCE]
    first = [n for n in sentences if passages[n].paragraph == passages[sentences[0]].paragraph]
    return frozenset(heads + sentences[:_LEAD_SENTENCES] + first[:_LONGEST_LEAD])
