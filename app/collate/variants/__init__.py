"""The kinds of difference, one file each; here they are listed in the order they are asked in."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from app.collate.apparatus import Matter, Relation
from app.collate.text import Token
from app.collate.variants.dates import find_dates, relate_dates
from app.collate.variants.naming import find_names
from app.collate.variants.numbers import find_numbers, relate_numbers
from app.collate.variants.people import relate_names
from app.collate.variants.places import find_places, relate_places
from app.collate.variants.thing import About, Thing

FINDERS: tuple[Callable[[Sequence[Token], About], list[Thing]], ...] = (
    find_dates,
    find_numbers,
    find_places,
    find_names,
)
"""The most specific first: a date is not looked at again as a number."""

RELATIONS: dict[Matter, Callable[[Thing, Thing], Relation]] = {
    Matter.DATE: relate_dates,
    Matter.NUMBER: relate_numbers,
    Matter.PLACE: relate_places,
    Matter.NAMING: relate_names,
}


def find_things(tokens: Sequence[Token], about: About) -> list[Thing]:
    """Return the dates, quantities, places and actors among the tokens, none overlapping, in
    order. A longer name wins over a place inside it.
    """
    return list(_things(tuple(tokens), about))


@lru_cache(maxsize=8192)  # passages, about 1 kB each
def _things(tokens: tuple[Token, ...], about: About) -> tuple[Thing, ...]:
    found: list[Thing] = []
    for find in FINDERS:
        for thing in find(tokens, about):
            rivals = [x for x in found if x.start < thing.end and thing.start < x.end]
            longer = thing.matter is Matter.NAMING and all(
                x.matter is Matter.PLACE and thing.end - thing.start > x.end - x.start
                for x in rivals
            )
            if not rivals or longer:
                found = [x for x in found if x not in rivals] + [thing]
    return tuple(sorted(found, key=lambda thing: thing.start))


def relate(a: Thing, b: Thing) -> Relation | None:
    """Return how the values of two things stand, the same from both sides; None for things that
    cannot be compared.
    """
    if {a.matter, b.matter} == {Matter.PLACE, Matter.NAMING}:
        return Relation.SAME if a.value == b.value else None
    if a.matter is not b.matter:
        return None
    return RELATIONS[a.matter](a, b)
