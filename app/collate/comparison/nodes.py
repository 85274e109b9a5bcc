"""Which columns of a row's table differ, and what each difference is about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.collate.apparatus import Matter
from app.collate.comparison.slots import Column
from app.collate.comparison.telling import Telling
from app.collate.tokens import is_function_word
from app.collate.variants.naming import is_role, is_same_spelling
from app.collate.variants.verbs import Manner, is_modifier, is_reporting, manner_of, words

_LOOK_BACK = 4  # words before a verb that can change how it stands


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


def find_nodes(columns: Sequence[Column], tellings: Sequence[Telling]) -> list[Node]:
    """Return the nodes of a row, in the order of the columns. Columns of grammar alone are none,
    unless they change a verb.
    """
    found = []
    for column in columns:
        whole = _with_echoes(column, tellings)
        verb = _verb_node(column, tellings)
        if verb and not _has_company(column, columns, tellings):
            verb = None
        node = verb or _word_node(whole, tellings)
        if node:
            found.append(node)
    return found


def _with_echoes(column: Column, tellings: Sequence[Telling]) -> Column:
    """Return a column with the same words of tellings that have them elsewhere: one of several
    passages often says a thing twice, and lacks nothing that it says in either place.
    """
    keys = {tellings[t].units[u].key for t, units in column.units.items() for u in units}
    if not all(tellings[t].units[u].content for t, units in column.units.items() for u in units):
        return column
    several = any(tellings[t].has_several_passages() for t in column.units)
    units = dict(column.units)
    for t, telling in enumerate(tellings):
        if t in units or not (several or telling.has_several_passages()):
            continue
        echo = next((u for u, unit in enumerate(telling.units) if unit.key in keys), None)
        if echo is not None:
            units[t] = (echo,)
    return Column(units)


def _has_company(column: Column, columns: Sequence[Column], tellings: Sequence[Telling]) -> bool:
    """Say whether all tellings of a column share another word of matter close by: a word that
    meets alone may well belong to another statement.
    """
    near = {t: set(_near(tellings[t], units)) for t, units in column.units.items()}
    return any(
        other is not column and all(near[t] & set(other.units.get(t, ())) for t in column.units)
        for other in columns
    )


def _near(telling: Telling, units: Sequence[int]) -> list[int]:
    """Return the two words of matter before some units and the two after."""
    content = [u for u, unit in enumerate(telling.units) if unit.content]
    before = [u for u in content if u < units[0]][-2:]
    return before + [u for u in content if u > units[-1]][:2]


def _word_node(column: Column, tellings: Sequence[Telling]) -> Node | None:
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
    wordings: list[str] = []
    pattern: list[int | None] = []
    for t, telling in enumerate(tellings):
        if t not in column.units:
            pattern.append(None)
            continue
        wording = wording_of(telling, column.units[t])
        known = next((k for k, w in enumerate(wordings) if is_same_spelling(w, wording)), None)
        if known is None:
            wordings.append(wording)
        pattern.append(len(wordings) - 1 if known is None else known)
    return tuple(pattern)


def wording_of(telling: Telling, units: Sequence[int]) -> str:
    """Return what is compared of some units: their keys, words of grammar left out where there are
    others.
    """
    content = [telling.units[u].key for u in units if telling.units[u].content]
    return " ".join(content or [telling.units[u].key for u in units])


def matter_of(column: Column, tellings: Sequence[Telling]) -> Matter:
    """Return what a column is about, from the units of all tellings."""
    sides = [_kinds(tellings[t], units) for t, units in column.units.items()]
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
    verbs = [
        any(is_reporting(n) for u in units for n in tellings[t].norms(u))
        for t, units in column.units.items()
    ]
    if len(verbs) > 1 and all(verbs):
        return Matter.ATTRIBUTION
    return Matter.WORDING


_NAMES = {Matter.NAMING, Matter.PLACE}


def _kinds(telling: Telling, units: Sequence[int]) -> set[Matter | None]:
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


def _verb_node(column: Column, tellings: Sequence[Telling]) -> Node | None:
    """Return a node where the words before a linked word deny, doubt or date it differently."""
    if len(column.units) < 2 or any(
        None not in _kinds(tellings[t], units) for t, units in column.units.items()
    ):
        return None
    last = {t: tellings[t].norms(units[-1])[-1] for t, units in column.units.items()}
    if any(_is_adverb(norm) or is_function_word(norm) for norm in last.values()):
        return None
    before = {t: _before(tellings[t], units[0]) for t, units in column.units.items()}
    if matter_of(column, tellings) is Matter.ATTRIBUTION:
        return None
    plain = pattern_of(column, tellings)
    manners = {}
    for t, small in before.items():
        own = [n for u in column.units[t] for n in tellings[t].norms(u) if n in words("inaction")]
        norms = [n for u in small for n in tellings[t].norms(u)]
        manners[t] = manner_of([*norms, *own])
        if len(set(plain) - {None}) > 1 and not set(norms + own) & words("inaction"):
            # "not disclosed" and "kept secret": other words, so "not" alone opposes nothing
            manners[t] = replace(manners[t], denied=False)
    matter = _differing(manners, {t: tellings[t].is_quoted(u[0]) for t, u in column.units.items()})
    if matter is None:
        return None
    units = {t: (*before[t], *column.units[t]) for t in column.units}
    wordings = sorted({_manner_key(manners[t], matter) for t in units})
    kinds = sorted({(plain[t] or 0, _manner_key(manners[t], matter)) for t in units})
    pattern = tuple(
        kinds.index((plain[t] or 0, _manner_key(manners[t], matter))) if t in units else None
        for t in range(len(tellings))
    )
    values = {t: _manner_key(manners[t], matter) for t in units} if len(wordings) > 1 else {}
    return Node(units, pattern, matter, True, values)


def _before(telling: Telling, unit: int) -> tuple[int, ...]:
    """Return the words before a unit that change it; adverbs may stand between."""
    found = []
    for at in range(unit - 1, max(-1, unit - 1 - _LOOK_BACK), -1):
        norm = telling.norms(at)[-1]
        if telling.is_broken(at, at + 1):
            break
        if is_modifier(norm):
            found.append(at)
        elif not (_is_adverb(norm) or norm in {"to", "from"}):
            break
    return tuple(reversed(found))


def _is_adverb(norm: str) -> bool:
    return norm.endswith("ly") or norm in _ADVERBS


_ADVERBS = frozenset({"always", "also", "again", "still", "now", "already", "just", "ever"})


def _differing(manners: dict[int, Manner], quoted: dict[int, bool]) -> Matter | None:
    if len({m.denied for m in manners.values()}) > 1:
        return Matter.AGENCY
    if len({m.doubts for m in manners.values()}) > 1:
        return Matter.MODALITY
    times = {m.time for m in manners.values()} - {""}
    if "future" in times and len(times) > 1 and len(set(quoted.values())) == 1:
        return Matter.TENSE
    return None


def _manner_key(manner: Manner, matter: Matter) -> str:
    if matter is Matter.AGENCY:
        return "not done" if manner.denied else "done"
    if matter is Matter.MODALITY:
        return " ".join(sorted(manner.doubts)) or "plain"
    return manner.time or "plain"
