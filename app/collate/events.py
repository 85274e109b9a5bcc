"""The label of an event, in words of its texts."""

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from app.collate.anchors import Anchor, is_state
from app.collate.data import lexicon
from app.collate.text import Span

_MONTHS = tuple(calendar.month_name)[1:]


def label_of(anchors: Sequence[Anchor], texts: Sequence[str]) -> str:
    """Return the label of an event in words of its texts: place or actors, noun, date.

    "Vostochny summit, 13 September 2023"; "" where the anchors give no noun.
    """
    if not anchors:
        return ""
    kind, noun = _noun(anchors)
    place, actors, when = place_of(anchors).title(), _actors(anchors, texts, kind), _date(anchors)
    head = f"{place or actors} {noun}"
    if kind in _BY_ACTOR and actors:
        head = f"{actors} {noun}, {place}" if place else f"{actors} {noun}"
    head = head[:1].upper() + head[1:]
    return f"{head}, {when}" if when else head


_BY_ACTOR = frozenset({"visit", "veto"})
"""Happenings that are told by who, not by where."""


def words_of(text: str, span: Span) -> str:
    """Return the words under a span on one line."""
    return " ".join(span.of(text).split())


def _noun(anchors: Sequence[Anchor]) -> tuple[str, str]:
    """Return the commonest kind and its noun: the first of the lexicon that the texts use."""
    kinds = Counter(kind for anchor in anchors for kind in anchor.kinds)
    used = {noun for anchor in anchors for noun in anchor.nouns}
    order = sorted(kinds, key=lambda k: (-kinds[k], k))
    for kind in order:
        noun = next((noun for noun in _nouns()[kind] if noun in used), "")
        if noun:
            return kind, noun
    return order[0], _nouns()[order[0]][0]


@cache
def _nouns() -> Mapping[str, tuple[str, ...]]:
    return {row["kind"]: tuple(row["nouns"].split()) for row in lexicon("happenings")["happenings"]}


def place_of(anchors: Sequence[Anchor]) -> str:
    """Return the place that most tellings name, the finest of those, "" for none."""
    by_value: dict[str, set[int]] = {}
    depth: dict[str, int] = {}
    for anchor in anchors:
        for place in anchor.places:
            value = place.thing.value
            by_value.setdefault(value, set()).add(anchor.telling)
            depth[value] = len(place.thing.within) - is_state(value)
    fine = [value for value in by_value if depth[value] > 0] or list(by_value)
    return max(fine, key=lambda v: (len(by_value[v]), depth[v], v), default="")


def _actors(anchors: Sequence[Anchor], texts: Sequence[str], kind: str) -> str:
    """Return the one or two actors that most passages name: people, else states, else others."""
    first = Counter(_first(anchor) for anchor in anchors if kind == "veto")
    often = first or Counter(actor for anchor in anchors for actor in anchor.actors)
    people = {actor for anchor in anchors for actor in anchor.people()}
    most = max(often.values(), default=0)
    named = [a for a in often if a in people and 2 * often[a] >= most]
    named = named or [a for a in often if is_state(a)] or [a for a in often if a in people]
    top = sorted(named or list(often), key=lambda a: (-often[a], a))[:2]
    if len(top) == 2 and (often[top[1]] < max(2, often[top[0]] // 2) or kind == "veto"):
        top = top[:1]
    return "–".join(_written(actor, anchors, texts) for actor in top if actor)


def _written(actor: str, anchors: Sequence[Anchor], texts: Sequence[str]) -> str:
    """Return an actor's name as the texts write it, the last name of people."""
    forms = [
        words_of(texts[anchor.telling], anchor.actors[actor].span)
        for anchor in anchors
        if actor in anchor.actors
    ]
    ends = [form for form in forms if form.lower().endswith(actor)]
    return min(ends, key=lambda f: (len(f), f)) if " " in actor and ends else actor.title()


def _first(anchor: Anchor) -> str:
    """Return the actor that a passage names first, mostly the one who acts."""
    return min(anchor.actors, key=lambda actor: anchor.actors[actor].span, default="")


def _date(anchors: Sequence[Anchor]) -> str:
    """Return the date that most passages give, the most exact of those, written out."""
    often = Counter(d.thing.value for anchor in anchors for d in anchor.dates)
    known = [value for value in often if value[:1].isdigit() or value.startswith("--")]
    if not known:
        return ""
    return write_date(max(known, key=lambda v: (len(v) >= len("2023-09-13"), often[v], v)))


def write_date(value: str) -> str:
    """Return an ISO date, as exact as it is, in words.

    >>> write_date("2023-09-13"), write_date("2024-03"), write_date("--03"), write_date("2019")
    ('13 September 2023', 'March 2024', 'March', '2019')
    """
    if "/" in value:
        return "–".join(write_date(part) for part in value.split("/"))
    year, _, rest = value.lstrip("-").partition("-") if value[0] != "-" else ("", "", value[2:])
    month, _, day = rest.partition("-")
    parts = [str(int(day)) if day else "", _MONTHS[int(month) - 1] if month else "", year]
    return " ".join(part for part in parts if part)
