"""What an event page says at its top: who states what of when, where and who."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.collate.anchors import Anchor, Named, is_state
from app.collate.apparatus import Relation
from app.collate.events import place_of, words_of
from app.collate.mentions import name_parts
from app.collate.mentions import words_of as words_for
from app.collate.terms import actor_of
from app.collate.text import Span
from app.collate.variants.naming import is_body, is_own_name, is_people, is_role, key_of
from app.collate.variants.places import is_head, relate_places

_MOST_ACTORS = 6
_WHAT = {"when": 0, "where": 1, "who": 2}
_PART = re.compile(
    r"(?:\b(?:at|by|from|in|since|towards?|until)\s+)?\bthe\s+(?:very\s+)?$", re.IGNORECASE
)
_PARTS = ("beginning", "close", "end", "middle", "start")
_LONGEST_PART = 40  # characters
_ELSEWHERE = re.compile(r"\s+(?:in|at|near|outside)\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class Fact:
    """What one telling states of an event.

    `what` is "when", "where" or "who". `value` is normalised: an ISO date as exact as it is known
    ("2023-09-13", "2024-03", "2019"), an interval of two joined by "/", or "--03", "--03-28" where
    the year is not known; else a name in lower case. `span` covers the words it rests on.
    """

    what: str
    value: str
    telling: str
    span: Span


_Key = tuple[str, str, int]  # what, value, the number of the telling


def facts_of(
    anchors: Sequence[Anchor],
    ids: Sequence[str],
    texts: Sequence[str],
    around: Sequence[Anchor] = (),
) -> tuple[Fact, ...]:
    """Return what the passages of an event state, each value of a telling in its fullest words.

    `around`: further passages of the tellings, asked only for fuller words. Left out are days that
    the texts leave open ("Wednesday" without a publication date), and where a telling names the
    place of the event its other places and who stands there. Of the actors the six that most
    passages name, by words that name them: neither "Russian" nor "the minister" names anybody.
    """
    apart = _apart(anchors)
    found: dict[_Key, Span] = {}
    for anchor in _in_order(anchors):
        for what, value, span in _stated(anchor, texts[anchor.telling], apart):
            _keep(found, (what, value, anchor.telling), span, texts)
    for anchor in _in_order(around):
        for what, value, span in _stated(anchor, texts[anchor.telling], {}):
            if (what, value, anchor.telling) in found:
                _keep(found, (what, value, anchor.telling), span, texts)
    often = Counter(actor for anchor in anchors for actor in anchor.actors)
    titles = {key for key, span in found.items() if _is_bare_title(key, span, texts)}
    named = {value for what, value, _ in found.keys() - titles if what == "who"}
    top = [actor for actor, _ in often.most_common() if actor in named][:_MOST_ACTORS]
    facts = [
        Fact(key[0], key[1], ids[key[2]], span)
        for key, span in found.items()
        if (key[0] != "who" or key[1] in top)
        and key not in titles
        and not _is_known_better(key, found)
    ]
    return tuple(sorted(facts, key=lambda f: (_WHAT[f.what], f.value, f.telling)))


def _in_order(anchors: Sequence[Anchor]) -> list[Anchor]:
    return sorted(anchors, key=lambda anchor: (anchor.telling, anchor.passage))


def _stated(
    anchor: Anchor, text: str, apart: Mapping[int, frozenset[str]]
) -> Iterator[tuple[str, str, Span]]:
    """Yield what a passage states: question, value, words."""
    for date in anchor.dates:
        if date.thing.low is not None or date.thing.value.startswith("--"):
            yield "when", date.thing.value, _with_part(text, date)
    left_out = [p for p in anchor.places if p.thing.value in apart.get(anchor.telling, ())]
    for place in anchor.places:
        if place not in left_out:
            yield "where", place.thing.value, place.span
    for name in anchor.names:
        elsewhere = any(
            _ELSEWHERE.fullmatch(text[name.span.end : place.span.start]) for place in left_out
        )
        if not elsewhere and (
            _is_person(name) or _names_somebody(text, name.thing.value, name.span)
        ):
            yield "who", actor_of(name.thing.value), name.span


def _with_part(text: str, date: Named) -> Span:
    """Return the words of a date, with those before: "at the end of March"."""
    if not date.span.of(text).lower().startswith(_PARTS):
        return date.span
    before = text[max(0, date.span.start - _LONGEST_PART) : date.span.start]
    part = _PART.search(before)
    return Span(date.span.start - len(part[0]), date.span.end) if part else date.span


def _is_person(name: Named) -> bool:
    """Say whether a name, or words for a post, mean a person that the texts name."""
    value = name.thing.value
    return bool(actor_of(value)) and not (value[0] == "?" or is_state(value) or is_body(value))


def _names_somebody(text: str, value: str, span: Span) -> bool:
    """Say whether words name a person, or a state or body by its own name."""
    words = words_of(text, span)
    if is_state(value) or is_body(value):
        return is_own_name(*key_of(words))
    actor = actor_of(value)
    if not actor or is_people(*key_of(words)):
        return False
    if value.startswith("?"):  # of whom no text tells the post: by first name and last name
        parts = name_parts(words)
        return len(parts) > 1 and not words_for("no_person") & set(parts) and not is_head(parts[-1])
    return actor in key_of(words)


def _apart(anchors: Sequence[Anchor]) -> Mapping[int, frozenset[str]]:
    """Return for each telling that names the place of the event which others, of other states, it
    names besides.
    """
    where = place_of(anchors)
    chosen = next((p.thing for a in anchors for p in a.places if p.thing.value == where), None)
    if chosen is None:
        return {}
    by_telling: dict[int, dict[str, Relation]] = {}
    for anchor in anchors:
        mine = by_telling.setdefault(anchor.telling, {})
        for place in anchor.places:
            relation = relate_places(chosen, place.thing)
            if relation is Relation.CONFLICTING and set(chosen.within) & set(place.thing.within):
                relation = Relation.UNKNOWN  # two places of one state
            mine[place.thing.value] = relation
    return {
        telling: frozenset(v for v, relation in mine.items() if relation is Relation.CONFLICTING)
        for telling, mine in by_telling.items()
        if Relation.SAME in mine.values()
    }


def _keep(found: dict[_Key, Span], key: _Key, span: Span, texts: Sequence[str]) -> None:
    """Note the words for a value of a telling, unless those noted are as full."""
    text = texts[key[2]]
    if key not in found or _fullness(text, span, key[1]) > _fullness(text, found[key], key[1]):
        found[key] = span


def _fullness(text: str, span: Span, value: str) -> tuple[bool, int, int]:
    """Return how full words are: that they hold the name, words of name, all words."""
    words = key_of(words_of(text, span))
    names = sum(not is_role(word) and not is_people(word) for word in words)
    return set(key_of(value)) <= set(words), names, len(words)


def _is_bare_title(key: _Key, span: Span, texts: Sequence[str]) -> bool:
    """Say whether the fullest words for a person are a post: "the minister"."""
    what, value, telling = key
    if what != "who" or is_state(value) or is_body(value):
        return False
    return value not in key_of(words_of(texts[telling], span))


def _is_known_better(key: _Key, found: Mapping[_Key, Span]) -> bool:
    """Say whether the telling states a date without a year more exactly besides."""
    what, value, telling = key
    if what != "when" or not value.startswith("--"):
        return False
    others = [v for w, v, t in found if (w, t) == (what, telling) and v != value]
    bare = [other if other[0] == "-" else f"-{other[4:]}" for other in others]
    return any(other.startswith(value) for other in bare)
