"""What ties a passage to a happening: the kind of happening, who, where, when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from app.collate.apparatus import Matter, Relation
from app.collate.data import lexicon
from app.collate.terms import actor_of
from app.collate.text import Passage, Span, Token
from app.collate.tokens import tokenize
from app.collate.variants import find_things
from app.collate.variants.dates import relate_dates
from app.collate.variants.places import relate_places
from app.collate.variants.thing import About, Thing

_TOWARDS = frozenset({"to", "from", "into"})
_VISITS = frozenset({"visit", "visits", "visited", "visiting", "left", "reached"})


@dataclass(frozen=True, slots=True)
class Named:
    """A date, a place or an actor with the words it rests on."""

    thing: Thing
    span: Span


@dataclass(frozen=True, slots=True)
class Anchor:
    """What one passage says of who, where and when, and of what kind of happening.

    `kinds` are the kinds of happening its words name, `nouns` those words that are nouns; `names`
    is every naming of an actor, where `actors` holds the first one of each.
    """

    telling: int
    passage: int
    kinds: frozenset[str]
    nouns: tuple[str, ...]
    actors: Mapping[str, Named]
    places: tuple[Named, ...]
    dates: tuple[Named, ...]
    names: tuple[Named, ...] = ()

    def people(self) -> frozenset[str]:
        """Return the actors that are surely people."""
        return frozenset(
            key
            for key, named in self.actors.items()
            if " " not in key and named.thing.value == key and not is_state(key)
        )


def read_anchor(text: str, passage: Passage, about: About, *, telling: int, number: int) -> Anchor:
    """Return the anchor of a passage; one without `kinds` speaks of no happening."""
    tokens = tokenize(text, passage.span)
    kinds, nouns = set(), []
    for token in tokens:
        kind, is_noun = _kinds().get(token.norm, ("", False))
        if kind:
            kinds.add(kind)
            nouns += [token.norm] if is_noun else []
    named = list(read_things(tokens, about))
    actors = {
        key: found
        for found in reversed(named)
        if found.thing.matter is Matter.NAMING and (key := actor_of(found.thing.value))
    }
    return Anchor(
        telling=telling,
        passage=number,
        kinds=frozenset(kinds),
        nouns=tuple(nouns),
        actors=actors,
        places=tuple(n for n in named if n.thing.matter is Matter.PLACE),
        dates=tuple(n for n in named if n.thing.matter is Matter.DATE and n.thing.value),
        names=tuple(n for n in named if n.thing.matter is Matter.NAMING),
    )


def read_things(tokens: Sequence[Token], about: About) -> list[Named]:
    """Return dates, places and actors; "the visit to Moscow", "the Russian capital" are places."""
    found = []
    for thing in find_things(tokens, about):
        last = thing.end
        if thing.matter is Matter.NAMING:
            seat = _seat(tokens, thing)
            if seat:
                thing, last = seat
        found.append(Named(thing, Span(tokens[thing.start].span.start, tokens[last - 1].span.end)))
    return found


def _seat(tokens: Sequence[Token], thing: Thing) -> tuple[Thing, int] | None:
    """Return the place that a state's or a capital's name stands for here, and where it ends."""
    label = " ".join(token.norm for token in tokens[thing.start : thing.end])
    capitals, state = _states().get(label, ((), ""))
    if not state:
        return None
    after = tokens[thing.end].norm if thing.end < len(tokens) else ""
    if after == "capital" and capitals:
        return _place(thing, capitals[0], state), thing.end + 1
    before = tokens[thing.start - 1].norm if thing.start else ""
    listed = after in {"and", "'s"}
    if before in _VISITS or (before in _TOWARDS and not listed):
        name = label if label in capitals else state
        return _place(thing, name, state), thing.end
    return None


def _place(thing: Thing, name: str, state: str) -> Thing:
    return Thing(Matter.PLACE, thing.start, thing.end, name, within=(state,))


def lies_apart(anchor: Anchor, others: Sequence[Anchor], days: int) -> bool:
    """Say whether all dates, or all places, of a passage contradict a happening.

    `others` are the passages that tell of it; dates up to `days` apart belong together: what led
    up to it, what came of it.
    """
    dates = [date for other in others for date in other.dates]
    places = [place for other in others for place in other.places]
    return bool(
        (anchor.dates and dates and all(_far(d, dates, days) for d in anchor.dates))
        or (
            anchor.kinds
            and anchor.places
            and places
            and all(_elsewhere(place, places) for place in anchor.places)
        )
    )


def _far(one: Named, others: Sequence[Named], days: int) -> bool:
    low, high = one.thing.low, one.thing.high
    exact = [(o.thing.low, o.thing.high) for o in others]
    gaps = [
        max(low - last, first - high)
        for first, last in exact
        if low is not None and high is not None and first is not None and last is not None
    ]
    if gaps:
        return min(gaps) > days
    return all(relate_dates(one.thing, o.thing) is Relation.CONFLICTING for o in others)


def _elsewhere(one: Named, others: Sequence[Named]) -> bool:
    return all(relate_places(one.thing, o.thing) is Relation.CONFLICTING for o in others)


def is_state(name: str) -> bool:
    """Say whether a normalised name is that of a state."""
    return name in _state_names()


def speak_of_one(a: Anchor, b: Anchor) -> int:
    """Return how surely two anchors speak of one happening: 0 not at all, 2 and more surely.

    One point each for a common date, a common place (two if below the state), two common actors.
    A kind of happening must be common, no date or place may contradict, and where both name people
    one must be common.
    """
    people = (a.people(), b.people())
    if not a.kinds & b.kinds or (all(people) and not people[0] & people[1]):
        return 0
    dates = {relate_dates(x.thing, y.thing) for x in a.dates for y in b.dates}
    places = {(relate_places(x.thing, y.thing), _finer(x, y)) for x in a.places for y in b.places}
    near = {Relation.SAME, Relation.COARSER}
    if Relation.CONFLICTING in dates and not dates & near:
        return 0
    common = [fine for relation, fine in places if relation in near]
    if places and not common and any(relation is Relation.CONFLICTING for relation, _ in places):
        return 0
    actors = len(a.actors.keys() & b.actors.keys())
    return bool(dates & near) + bool(common) + any(common) + (actors >= 2)


def _finer(a: Named, b: Named) -> bool:
    """Say whether two places are both below the level of states."""
    return not is_state(a.thing.value) and not is_state(b.thing.value)


@cache
def _kinds() -> Mapping[str, tuple[str, bool]]:
    """Return each word for a happening → its kind and whether it is a noun."""
    table: dict[str, tuple[str, bool]] = {}
    for row in lexicon("happenings")["happenings"]:
        table |= {word: (row["kind"], False) for word in row["verbs"].split()}
        table |= {word: (row["kind"], True) for word in row["nouns"].split()}
    return table


@cache
def _states() -> Mapping[str, tuple[tuple[str, ...], str]]:
    """Return each label of a state or capital in normal form → its capitals and the state."""
    table = {}
    for row in lexicon("actors")["states"]:
        capitals = tuple(name.lower() for name in row["capitals"])
        for label in (row["name"], *row["people"], *row["also"], *row["capitals"]):
            key = " ".join(token.norm for token in tokenize(label))
            table[key] = (capitals, row["name"].lower())
    return table


@cache
def _state_names() -> frozenset[str]:
    return frozenset(state for _, state in _states().values())
