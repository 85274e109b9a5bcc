"""Who acts on whom around a verb, and in which voice, without a parser.

A verb is known by its form or by names on both its sides; its subject is what stands right before
it, its objects what follows in the clause. Source: ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.collate.apparatus import Matter
from app.collate.comparison.slots import Column
from app.collate.comparison.telling import Telling
from app.collate.terms import actor_of
from app.collate.variants.verbs import (
    is_adverb,
    is_modifier,
    is_mutual,
    is_participle,
    is_verb_form,
    words,
)

_SUBJECT = 3  # words of matter right before a verb that are its subject
_OBJECT = 8  # units after a verb that can be its objects
_LOOK_BACK = 4  # words between subject and verb

Places = Mapping[tuple[int, int], int]
"""(telling, unit) → its column."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Those who act (none where it is not said) and what they act on, each a unit with a name that
    is the same in all tellings: the actor, or the column. `verb` are the units of the verb with the
    small words before it, and "by".
    """

    doing: Mapping[int, str]
    suffering: Mapping[int, str]
    passive: bool
    verb: tuple[int, ...]

    @property
    def doers(self) -> frozenset[str]:
        """Return the names of those who act."""
        return frozenset(self.doing.values())

    @property
    def targets(self) -> frozenset[str]:
        """Return the names of what is acted on."""
        return frozenset(self.suffering.values())


def places_of(columns: Sequence[Column]) -> Places:
    """Return the column of each unit."""
    return {
        (t, u): k for k, column in enumerate(columns) for t, us in column.units.items() for u in us
    }


def is_verb(column: Column, tellings: Sequence[Telling]) -> bool:
    """Say whether a column is one verb in each telling, of what one does to another."""
    if any(len(units) != 1 for units in column.units.values()):
        return False
    units = [(tellings[t], us[0]) for t, us in column.units.items()]
    if any(not t.units[u].content or t.units[u].thing for t, u in units):
        return False
    if any(is_mutual(t.norms(u)[-1]) for t, u in units):
        return False
    return all(is_verb_form(t.norms(u)[-1]) or _stands_as_verb(t, u) for t, u in units)


def _stands_as_verb(telling: Telling, u: int) -> bool:
    """Say whether a word has a subject before it, or a small word such as "will", and an object."""
    before, after = (
        telling.units[k] if 0 <= k < len(telling.units) else None for k in (u - 1, u + 1)
    )
    if not before or not after:
        return False
    if _is_owned(telling, u) and telling.norms(u + 1)[-1] in words("towards"):
        return True  # Chile's support for
    led = before.content or is_modifier(telling.norms(u - 1)[-1])
    return led and (after.content or telling.norms(u + 1)[-1] in words("join") - {"and", "of"})


def _is_owned(telling: Telling, u: int) -> bool:
    """Say whether a possessive stands before a noun, one adjective or none between."""
    near = [telling.norms(k)[-1] for k in range(max(0, u - 2), u)]
    return "'s" in near


def roles_of(telling: Telling, t: int, verb: int, places: Places) -> Roles:
    """Return who acts on whom by the verb at a unit of telling number `t`."""
    first = verb
    while first and verb - first < _LOOK_BACK and _is_small(telling, first - 1):
        first -= 1
    small = {norm for u in range(first, verb) for norm in telling.norms(u)}
    after = _objects(telling, verb)
    by = next((u for u in after if telling.norms(u) == ["by"]), None)
    participle = is_participle(telling.norms(verb)[-1])
    passive = participle and (bool(small & words("be")) or by == verb + 1)
    left = _subject(telling, first)
    right = [u for u in after if _is_actor(telling, u)]
    group = (*range(first, verb + 1), *([by] if passive and by == verb + 1 else []))
    if passive:
        doers = [u for u in right if by is not None and u > by][:_SUBJECT]
        left, right = doers, left
    doing, suffering = ({u: _name(telling, t, u, places) for u in us} for us in (left, right))
    return Roles(doing, suffering, passive, group)


def _name(telling: Telling, t: int, u: int, places: Places) -> str:
    thing = telling.units[u].thing
    return (actor_of(thing.value) if thing else "") or f"#{places[t, u]}"


def _is_actor(telling: Telling, u: int) -> bool:
    """Say whether a unit can be who acts or is acted on: a word of matter, no date."""
    unit = telling.units[u]
    return bool(unit.content or unit.thing) and not (
        unit.thing and unit.thing.matter in {Matter.DATE, Matter.NUMBER}
    )


def _is_small(telling: Telling, u: int) -> bool:
    norm = telling.norms(u)[-1]
    return (is_modifier(norm) or is_adverb(norm)) and not telling.is_broken(u, u + 1)


def _subject(telling: Telling, first: int) -> list[int]:
    """Return the words of matter right before a verb, those joined by "and" or "of" with them."""
    found: list[int] = []
    for u in range(first - 1, -1, -1):
        if telling.is_broken(u, u + 1) or len(found) == _SUBJECT:
            break
        if _is_actor(telling, u):
            found.append(u)
        elif not found or telling.norms(u)[-1] not in words("join"):
            break
    return found


def _objects(telling: Telling, verb: int) -> list[int]:
    """Return the units after a verb up to the end of its clause."""
    found: list[int] = []
    for u in range(verb + 1, min(len(telling.units), verb + 1 + _OBJECT)):
        if telling.is_broken(u - 1, u) or telling.norms(u)[-1] in words("clause"):
            break
        found.append(u)
    return found
