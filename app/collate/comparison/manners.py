"""How the verb of a column stands in each telling: done or not, how surely, when."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from app.collate.apparatus import Matter
from app.collate.comparison.nodes import Node, kinds_of, matter_of, pattern_of
from app.collate.comparison.roles import Places, Roles, roles_of
from app.collate.comparison.slots import Column
from app.collate.comparison.telling import Telling
from app.collate.tokens import is_function_word
from app.collate.variants.verbs import (
    RAISING,
    Manner,
    is_adverb,
    is_modifier,
    is_past_form,
    is_undone_by,
    manner_of,
    words,
)

_LOOK_BACK = 4  # words before a verb that can change how it stands


def verb_node(
    column: Column, columns: Sequence[Column], tellings: Sequence[Telling], places: Places
) -> Node | None:
    """Return a node where the words before a linked word deny, doubt or date it differently."""
    if any(None not in kinds_of(tellings[t], units) for t, units in column.units.items()):
        return None
    last = {t: tellings[t].norms(units[-1])[-1] for t, units in column.units.items()}
    if any(is_adverb(norm) or is_function_word(norm) for norm in last.values()):
        return None
    opposed = _opposed(column, tellings, places)
    if matter_of(column, tellings) is Matter.ATTRIBUTION and not opposed:
        return None
    before = {t: _before(tellings[t], units[0]) for t, units in column.units.items()}
    plain = pattern_of(column, tellings)
    same = len(set(plain) - {None}) == 1
    manners = {
        t: _manner(tellings[t], units, before[t], same, opposed=bool(opposed))
        for t, units in column.units.items()
    }
    for t in opposed:
        manners[t] = replace(manners[t], denied=not manners[t].denied)
    matter = _differing(manners, {t: tellings[t].is_quoted(u[0]) for t, u in column.units.items()})
    if matter is None:
        return None
    units = {
        t: (*before[t], *us, *_undone(tellings[t], t, us[-1], columns, places))
        for t, us in column.units.items()
    }
    wordings = sorted({_manner_key(manners[t], matter) for t in units})
    kinds = sorted({(plain[t] or 0, _manner_key(manners[t], matter)) for t in units})
    pattern = tuple(
        kinds.index((plain[t] or 0, _manner_key(manners[t], matter))) if t in units else None
        for t in range(len(tellings))
    )
    values = {t: _manner_key(manners[t], matter) for t in units} if len(wordings) > 1 else {}
    return Node(units, pattern, matter, True, values)


def _opposed(column: Column, tellings: Sequence[Telling], places: Places) -> set[int]:
    """Return the tellings whose word is the undoing of another's, of one doer: rose, fell."""
    norms = {t: tellings[t].norms(units[-1])[-1] for t, units in column.units.items()}
    found = [(a, b) for a in norms for b in norms if is_undone_by(norms[a], norms[b])]
    roles = {
        t: roles_of(tellings[t], t, column.units[t][-1], places)
        for t in {t for ab in found for t in ab}
    }
    return {b for a, b in found if _of_one(roles[a], roles[b])}


def _of_one(one: Roles, two: Roles) -> bool:
    """Say whether two verbs have the same doer (in the passive, are done to the same)."""
    shared = one.targets & two.targets if one.passive else one.doers & two.doers
    return one.passive is two.passive and bool(shared)


def _undone(
    telling: Telling, t: int, unit: int, columns: Sequence[Column], places: Places
) -> tuple[int, ...]:
    """Return what follows "refrained" that no other telling answers: from passing."""
    after = unit + 2
    if not _is_inaction(telling, unit) or after >= len(telling.units):
        return ()
    alone = telling.units[after].content and len(columns[places[t, after]].units) == 1
    return (unit + 1, after) if alone and not telling.is_broken(unit, after) else ()


def _manner(
    telling: Telling, units: Sequence[int], before: Sequence[int], same: bool, *, opposed: bool
) -> Manner:
    """Return how a verb stands. Of other words in one place ("not disclosed", "kept secret") "not"
    alone opposes nothing.
    """
    own = [n for u in units if _is_inaction(telling, u) for n in telling.norms(u)]
    small = [n for u in before for n in telling.norms(u)]
    manner = manner_of(small if same else [*small, *own])
    if not (same or opposed) and not set(small + own) & words("inaction"):
        manner = replace(manner, denied=False)
    last = telling.norms(units[-1])[-1]
    if not manner.time and is_past_form(last) and not set(small) & words("be"):
        manner = replace(manner, time="past")
    if manner.time == "present" and last.endswith("ing"):
        manner = replace(manner, time="ongoing")
    planned = {"no", "to"} <= set(small)  # had no plans to
    return manner if same and not planned else replace(manner, time="")


def _is_inaction(telling: Telling, u: int) -> bool:
    """Say whether a unit is a verb such as "failed to", "refrained from"."""
    if telling.norms(u)[-1] not in words("inaction"):
        return False
    after = telling.norms(u + 1)[-1] if u + 1 < len(telling.units) else ""
    return after in {"to", "from", "of"} or telling.norms(u)[-1].startswith(("refrain", "abstain"))


def _before(telling: Telling, unit: int) -> tuple[int, ...]:
    """Return the words before a unit that change it; adverbs may stand between."""
    found: list[int] = []
    at = unit - 1
    while at >= 0 and unit - at <= _LOOK_BACK and not telling.is_broken(at, at + 1):
        norm = telling.norms(at)[-1]
        raised = norm == "to" and at and telling.norms(at - 1)[-1] in _raising()
        adjective = at == unit - 1 and norm in words("hearsay_adjective")
        none = norm == "to" and at > 1 and telling.norms(at - 2) == ["no"]  # no plans to
        noun = norm == "of" and at and telling.norms(at - 1)[-1] in words("inaction")
        if raised or none or noun:
            found += [at, at - 1]
            at -= 1
        elif adjective or (
            _is_inaction(telling, at) if norm in words("inaction") else is_modifier(norm)
        ):
            found.append(at)
        elif not (is_adverb(norm) or norm in {"to", "from"}):
            break
        at -= 1
    return tuple(reversed(found))


@cache
def _raising() -> frozenset[str]:
    return frozenset(word for kind in RAISING for word in words(kind))


def _differing(manners: dict[int, Manner], quoted: dict[int, bool]) -> Matter | None:
    if len({m.denied for m in manners.values()}) > 1:
        return Matter.AGENCY
    if len({m.doubts for m in manners.values()}) > 1:
        return Matter.MODALITY
    times = {m.time for m in manners.values()} - {""}
    parted = "past" in times and times & {"future", "ongoing"}
    if parted and len(set(quoted.values())) == 1:
        return Matter.TENSE
    return None


def _manner_key(manner: Manner, matter: Matter) -> str:
    if matter is Matter.AGENCY:
        return "not done" if manner.denied else "done"
    if matter is Matter.MODALITY:
        return " ".join(sorted(manner.doubts)) or "plain"
    return manner.time or "plain"
