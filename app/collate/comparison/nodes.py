"""Which columns of a row's table differ in their words, and what each difference is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.collate.apparatus import Matter
from app.collate.comparison.slots import Column
from app.collate.comparison.telling import Telling
from app.collate.variants.naming import is_role, is_same_spelling
from app.collate.variants.places import is_local
from app.collate.variants.verbs import words


@dataclass(frozen=True, slots=True)
class Node:
    """A column where the tellings differ or some have nothing. `pattern` says who goes together:
    for each telling the number of its wording, None where it has nothing. `alone` nodes are not
    joined with their neighbours into one phrase. `grammar` nodes only join their neighbours.
    """

    units: dict[int, tuple[int, ...]]
    pattern: tuple[int | None, ...]
    matter: Matter
    alone: bool
    values: dict[int, str]
    grammar: bool = False


def word_node(column: Column, tellings: Sequence[Telling]) -> Node | None:
    """Return the node of a column whose words differ, or that some lack; None for words of grammar
    that no reader misses.
    """
    pattern = pattern_of(column, tellings)
    if set(pattern) == {0}:
        return None
    content = [tellings[t].units[u].content for t, units in column.units.items() for u in units]
    varied = len(set(pattern) - {None}) > 1
    if not any(content) and not (varied and _matters(column, tellings)):
        joins = not varied and len(column.units) > 1
        return Node(column.units, pattern, Matter.WORDING, False, {}, True) if joins else None
    matter = matter_of(column, tellings)
    alone = varied and matter is not Matter.WORDING
    values = {t: _value(tellings[t], units) for t, units in column.units.items()}
    return Node(column.units, pattern, matter, alone, values)


def _matters(column: Column, tellings: Sequence[Telling]) -> bool:
    """Say whether words of grammar are worth a mark: prepositions inside quotations."""
    norms = {n for t, units in column.units.items() for u in units for n in tellings[t].norms(u)}
    small = {"a", "an", "the", "that", "this", "these", "those", "which", "who"}
    if norms & (small | words("be") | words("past") | words("present") | words("future")):
        return False
    return all(tellings[t].is_quoted(u) for t, units in column.units.items() for u in units)


def pattern_of(column: Column, tellings: Sequence[Telling]) -> tuple[int | None, ...]:
    """Return for each telling the number of its wording in this column, None for nothing."""
    wordings: list[tuple[str, str]] = []
    pattern: list[int | None] = []
    for t, telling in enumerate(tellings):
        if t not in column.units:
            pattern.append(None)
            continue
        wording = wording_of(telling, column.units[t])
        actor = _actor(telling, column.units[t])
        known = next(
            (
                k
                for k, (words_, whose) in enumerate(wordings)
                if is_same_spelling(words_, wording) and not (actor and whose and actor != whose)
            ),
            None,
        )
        if known is None:
            wordings.append((wording, actor))
        pattern.append(len(wordings) - 1 if known is None else known)
    return tuple(pattern)


def _actor(telling: Telling, units: Sequence[int]) -> str:
    """Return whom one unit names, "" where the texts do not say: "our country" of two speakers is
    no common wording.
    """
    thing = telling.units[units[0]].thing if len(units) == 1 else None
    named = thing and thing.matter is Matter.NAMING and not thing.value.startswith("?")
    return thing.value if thing and named else ""


def wording_of(telling: Telling, units: Sequence[int]) -> str:
    """Return what is compared of some units: their keys, words of grammar left out where there are
    others.
    """
    content = [telling.units[u].key for u in units if telling.units[u].content]
    return " ".join(content or [telling.units[u].key for u in units])


def matter_of(column: Column, tellings: Sequence[Telling]) -> Matter:
    """Return what a column is about, from the units of all tellings."""
    sides = [kinds_of(tellings[t], units) for t, units in column.units.items()]
    if _is_somewhere(column, tellings):
        return Matter.PLACE
    for matter in (Matter.DATE, Matter.NUMBER, Matter.PLACE):
        if all(matter in side for side in sides):
            return matter
    if len(sides) > 1 and all(side & _NAMES for side in sides):
        return Matter.NAMING
    if len(sides) > 1 and any(side <= _NAMES for side in sides):
        plain = [
            [n for u in units if (n := _plain(tellings[t], u))] for t, units in column.units.items()
        ]
        if all(not norms or is_role(norms[-1]) for norms in plain):
            return Matter.NAMING
    verbs = [any(tellings[t].is_saying(u) for u in units) for t, units in column.units.items()]
    if len(verbs) > 1 and all(verbs):
        return Matter.ATTRIBUTION
    return Matter.WORDING


def _is_somewhere(column: Column, tellings: Sequence[Telling]) -> bool:
    """Say whether all tellings of a column have a place, or a name that is not known after a word
    such as "in", and one a known place.
    """
    kinds = set()
    for t, units in column.units.items():
        for u in units:
            thing = tellings[t].units[u].thing
            at = tellings[t].units[u].start
            named = thing and thing.matter is Matter.NAMING and thing.value.startswith("?")
            if thing and (
                thing.matter is Matter.PLACE
                or (named and at and is_local(tellings[t].tokens[at - 1].norm))
            ):
                kinds.add(thing.matter)
            elif tellings[t].units[u].content:
                return False
    return kinds == {Matter.PLACE, Matter.NAMING}


_NAMES = {Matter.NAMING, Matter.PLACE}


def kinds_of(telling: Telling, units: Sequence[int]) -> set[Matter | None]:
    """Return what some units stand for; None among them for plain words of matter."""
    found = {_kind(telling, u) for u in units if telling.units[u].content or telling.units[u].thing}
    return found or {None}


def _plain(telling: Telling, unit: int) -> str:
    """Return a unit's last word where it is one of matter that names nothing, else ""."""
    plain = telling.units[unit].content and not telling.units[unit].thing
    return telling.norms(unit)[-1] if plain else ""


def _kind(telling: Telling, unit: int) -> Matter | None:
    thing = telling.units[unit].thing
    return thing.matter if thing else None


def _value(telling: Telling, units: Sequence[int]) -> str:
    things = [telling.units[u].thing for u in units]
    named = [thing.value for thing in things if thing]
    return named[0] if named else wording_of(telling, units)
