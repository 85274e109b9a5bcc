"""Columns joined by their place: what nothing links, but stands in one slot of two tellings."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from app.collate.apparatus import Matter, Relation
from app.collate.comparison.telling import STOPS, Telling
from app.collate.variants import relate

_KIN = 0.4  # share of the shorter telling's words of matter that must be linked to fill slots
_SLOT = 4  # words of matter that may stand between two shared words as one substitution


@dataclass(frozen=True, slots=True)
class Column:
    """Units of some tellings that answer each other: telling → its units, in order."""

    units: dict[int, tuple[int, ...]]


def fill_slots(
    columns: Sequence[dict[int, tuple[int, ...]]], tellings: Sequence[Telling]
) -> list[Column]:
    """Join, for each two tellings: short runs between two columns that follow one another in both;
    the only verb of saying of each; the only date of each, where one can be the other; the only
    number of one unit of each.
    """
    table = _Table(columns, tellings)
    for a, b in combinations(range(len(tellings)), 2):
        for pair in _sayings(table, a, b):
            table.join(a, b, pair)
        table.join(a, b, _dates(table, a, b))
        if table.kinship(a, b) >= _KIN:
            for pair in _quantities(table, a, b):
                table.join(a, b, pair)
            for left, right in _runs(table, a, b):
                table.join(a, b, (left, right))
    return table.columns()


def kinships(
    columns: Sequence[Column], tellings: Sequence[Telling]
) -> dict[tuple[int, int], float]:
    """Return for each two tellings the share 0..1 of the shorter one's words of matter that the
    other answers.
    """
    table = _Table([column.units for column in columns], tellings)
    return {(a, b): table.kinship(a, b) for a, b in combinations(range(len(tellings)), 2)}


_Pair = tuple[list[int], list[int]]


class _Table:
    """Columns that can be joined, looked up by telling and unit."""

    def __init__(
        self, columns: Sequence[dict[int, tuple[int, ...]]], tellings: Sequence[Telling]
    ) -> None:
        self.tellings = tellings
        self.of = {(t, u): c for c in columns for t, units in c.items() for u in units}

    def columns(self) -> list[Column]:
        found = {id(column): column for column in self.of.values()}
        return [Column(found[key]) for key in sorted(found, key=lambda k: min(found[k].items()))]

    def kinship(self, a: int, b: int) -> float:
        """Return the share 0..1 of the shorter telling's words of matter that the other answers."""
        one, two = self.tellings[a], self.tellings[b]
        shorter, other, units = (
            (a, b, one.units) if one.weight() <= two.weight() else (b, a, two.units)
        )
        linked = sum(
            bool(self.answers(shorter, u, other)) for u, unit in enumerate(units) if unit.content
        )
        return linked / max(1, self.tellings[shorter].weight())

    def answers(self, t: int, unit: int, other: int) -> tuple[int, ...]:
        return self.of[t, unit].get(other, ())

    def join(self, a: int, b: int, pair: _Pair) -> None:
        """Join the columns of some units of two tellings, where neither side has answers yet."""
        left, right = pair
        if not left or not right or any(self.answers(a, u, b) for u in left):
            return
        if any(self.answers(b, v, a) for v in right):
            return
        joined: dict[int, set[int]] = {}
        for column in [self.of[a, u] for u in left] + [self.of[b, v] for v in right]:
            for t, units in column.items():
                joined.setdefault(t, set()).update(units)
        whole = {t: tuple(sorted(units)) for t, units in sorted(joined.items())}
        for t, units in whole.items():
            for unit in units:
                self.of[t, unit] = whole


def _runs(table: _Table, a: int, b: int) -> list[_Pair]:
    one, two = table.tellings[a], table.tellings[b]
    anchors = [(u, min(v)) for u in range(len(one.units)) if (v := table.answers(a, u, b))]
    if not (one.has_several_passages() or two.has_several_passages()):
        anchors = [(-1, -1), *anchors, (len(one.units), len(two.units))]
    found = []
    for (start_a, start_b), (end_a, end_b) in pairwise(anchors):
        left, right = _run(one, start_a, end_a), _run(two, start_b, end_b)
        left, right = _exact(one, left), _exact(two, right)
        fits = 0 < len(left) <= _SLOT and 0 < len(right) <= _SLOT
        said = any(_is_saying(t, u) for t, run in ((one, left), (two, right)) for u in run)
        if fits and not said and _kinds(one, left) == _kinds(two, right):
            found.append((left, right))
    return found


def _run(telling: Telling, before: int, after: int) -> list[int]:
    """Return the words of matter between two units, none where a mark ends the phrase there."""
    run = range(before + 1, after)
    if not run or any(
        telling.is_broken(x, x + 1, STOPS)
        for x in range(max(0, before), min(after, len(telling.units) - 1))
    ):
        return []
    return [x for x in run if telling.units[x].content]


def _exact(telling: Telling, run: list[int]) -> list[int]:
    """Return of a run with a date or a number that alone: only it has an answer in the other."""
    exact = {Matter.DATE, Matter.NUMBER}
    return [x for x in run if (t := telling.units[x].thing) and t.matter in exact] or run


def _kinds(telling: Telling, run: Sequence[int]) -> frozenset[Matter]:
    """Return what things are in a run, places and actors as one: dates answer dates only, names
    names.
    """
    kinds = {thing.matter for x in run if (thing := telling.units[x].thing)}
    return frozenset(Matter.NAMING if kind is Matter.PLACE else kind for kind in kinds)


def _sayings(table: _Table, a: int, b: int) -> list[_Pair]:
    """Return the verbs of saying that answer each other by what stands around them: the first of
    each speaker whom both tellings name, or the only one of each telling.
    """
    one, two = table.tellings[a], table.tellings[b]
    left, right = _verbs(one), _verbs(two)
    if len(left) == len(right) == 1:
        return [(left, right)]
    by_speaker = _by_speaker(two, right)
    return [
        ([verb], [by_speaker[speaker]])
        for speaker, verb in _by_speaker(one, left).items()
        if speaker in by_speaker
    ]


def _by_speaker(telling: Telling, verbs: Sequence[int]) -> dict[str, int]:
    """Return for each actor named beside a verb of saying the first such verb."""
    found: dict[str, int] = {}
    for verb in verbs:
        for at in (*range(verb - 1, max(-1, verb - 4), -1), verb + 1):
            thing = telling.units[at].thing if at < len(telling.units) else None
            if thing and thing.matter is Matter.NAMING:
                found.setdefault(thing.value, verb)
                break
    return found


def _verbs(telling: Telling) -> list[int]:
    return [u for u in range(len(telling.units)) if _is_saying(telling, u)]


def _is_saying(telling: Telling, u: int) -> bool:
    """Say whether a unit is a verb of saying outside quotations."""
    return telling.is_saying(u) and not telling.is_quoted(u)


def _dates(table: _Table, a: int, b: int) -> _Pair:
    """Return the date of each of two tellings, where each has one and the values can agree. Two
    dates that cannot are left to the net: they may belong to two happenings.
    """
    left, right = (_of_matter(table.tellings[t], Matter.DATE) for t in (a, b))
    if not len(left) == len(right) == 1:
        return [], []
    one, two = table.tellings[a].units[left[0]].thing, table.tellings[b].units[right[0]].thing
    agree = one and two and relate(one, two) in {Relation.SAME, Relation.COARSER, Relation.UNKNOWN}
    return (left, right) if agree else ([], [])


def _quantities(table: _Table, a: int, b: int) -> list[_Pair]:
    """Return the numbers of two tellings that count the same, where each has one of that unit."""
    one, two = _by_unit(table.tellings[a]), _by_unit(table.tellings[b])
    return [
        (found, two[unit])
        for unit, found in one.items()
        if len(found) == len(two.get(unit, ())) == 1
    ]


def _by_unit(telling: Telling) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for u in _of_matter(telling, Matter.NUMBER):
        thing = telling.units[u].thing
        if thing and thing.unit:
            found.setdefault(thing.unit, []).append(u)
    return found


def _of_matter(telling: Telling, matter: Matter) -> list[int]:
    return [u for u, unit in enumerate(telling.units) if unit.thing and unit.thing.matter is matter]
