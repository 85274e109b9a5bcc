"""Compare the words of one row: where its tellings differ, what about, and how the values stand.

telling (words and things) → columns (what answers what) → nodes (columns that differ) → phrases
(what a reader takes in at once) → entries (readings, values, relations).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from zlib import crc32

from app.collate.apparatus import Entry, Matter
from app.collate.comparison.agency import find_acts
from app.collate.comparison.columns import gather
from app.collate.comparison.entries import entry_of
from app.collate.comparison.nodes import Node, matter_of, pattern_of
from app.collate.comparison.phrases import Phrase, join
from app.collate.comparison.referents import settle
from app.collate.comparison.slots import Column, kinships
from app.collate.comparison.telling import Telling, read
from app.collate.comparison.variation import find_nodes
from app.collate.config import Config
from app.collate.text import Span, Witness
from app.collate.variants.order import moved

_KIN = 0.5  # share of linked words of matter below which order says nothing
_SOME_KIN = 0.35  # the same for times, numbers and places


def compare(cells: Sequence[tuple[Witness, tuple[Span, ...]]], config: Config) -> tuple[Entry, ...]:
    """Return the places where the words of a row differ, in the order of the first telling that has
    each. Cells are witnesses with their spans in the row; their order means nothing. Entry ids are
    "" (`identity` gives them). Equal wordings give no entry. Cost: one grid for each pair of
    tellings; a row that was compared before costs nothing.
    """
    return _compare(tuple((witness, tuple(spans)) for witness, spans in cells), config)


@lru_cache(maxsize=1024)  # rows, about 20 kB each
def _compare(
    cells: tuple[tuple[Witness, tuple[Span, ...]], ...], config: Config
) -> tuple[Entry, ...]:
    tellings = read(cells)
    if len(tellings) < 2:
        return ()
    columns = gather(tellings, config)
    acts = find_acts(columns, tellings)
    nodes = find_nodes(columns, tellings, acts)
    linked = [_linked(columns, t) for t in range(len(tellings))]
    phrases = join(nodes, tellings, linked)
    kin = kinships(columns, tellings)
    phrases += _moves(columns, acts.explained, phrases, tellings, kin)
    free = [
        {u for u, unit in enumerate(telling.units) if not unit.content}
        - linked[t]
        - {u for phrase in phrases for u in phrase.units.get(t, ())}
        for t, telling in enumerate(tellings)
    ]
    entries = [entry_of(phrase, tellings, free) for phrase in phrases]
    ids = [telling.witness.id for telling in tellings]
    entries = settle(
        entries,
        {frozenset((ids[a], ids[b])): k for (a, b), k in kin.items()},
        {telling.witness.id: telling.speakers() for telling in tellings},
    )
    return tuple(sorted(entries, key=lambda entry: _place(entry, tellings)))


def _place(entry: Entry, tellings: Sequence[Telling]) -> tuple[int, int]:
    order = {telling.witness.id: t for t, telling in enumerate(tellings)}
    return min(
        (order[place.witness], place.spans[0].start)
        for reading in entry.readings
        for place in reading.places
    )


def _linked(columns: Sequence[Column], t: int) -> set[int]:
    return {u for column in columns if len(column.units) > 1 for u in column.units.get(t, ())}


def _moves(
    columns: Sequence[Column],
    explained: frozenset[int],
    phrases: Sequence[Phrase],
    tellings: Sequence[Telling],
    kin: Mapping[tuple[int, int], float],
) -> list[Phrase]:
    """Note on the phrases which of them stand elsewhere in two tellings, and return new phrases for
    equal words that do.
    """
    pairs: dict[int, set[tuple[int, int]]] = {}
    for a, b in (pair for pair, share in kin.items() if share >= _SOME_KIN):
        near = kin[a, b] >= _KIN and _nearness(columns, tellings, a, b) >= _KIN
        for k in _moved(columns, tellings, a, b):
            if k not in explained and (near or _says_when_or_where(columns[k], tellings)):
                pairs.setdefault(k, set()).add((a, b))
    of = {(t, u): phrase for phrase in phrases for t, units in phrase.units.items() for u in units}
    equal: list[Node] = []
    keys: list[set[tuple[int, int]]] = []
    for k, two in pairs.items():
        t, units = next(iter(columns[k].units.items()))
        phrase = of.get((t, units[0]))
        if phrase:
            phrase.moved |= two
        else:
            equal.append(_still(columns[k], tellings))
            keys.append(two)
    return _moved_phrases(equal, keys, columns, tellings)


def _nearness(columns: Sequence[Column], tellings: Sequence[Telling], a: int, b: int) -> float:
    """Return the share 0..1 of the words of matter of both tellings that the other answers."""
    linked = sum(
        tellings[t].units[u].content
        for column in columns
        if a in column.units and b in column.units
        for t in (a, b)
        for u in column.units[t]
    )
    return linked / max(1, tellings[a].weight() + tellings[b].weight())


def _says_when_or_where(column: Column, tellings: Sequence[Telling]) -> bool:
    return matter_of(column, tellings) in {Matter.DATE, Matter.NUMBER, Matter.PLACE}


def _still(column: Column, tellings: Sequence[Telling]) -> Node:
    """Return a node for a column whose words are the same everywhere."""
    matter = matter_of(column, tellings)
    return Node(column.units, pattern_of(column, tellings), matter, False, {})


def _moved_phrases(
    nodes: Sequence[Node],
    keys: Sequence[set[tuple[int, int]]],
    columns: Sequence[Column],
    tellings: Sequence[Telling],
) -> list[Phrase]:
    linked = [_linked(columns, t) for t in range(len(tellings))]
    of = {id(node): key for node, key in zip(nodes, keys, strict=True)}
    found = []
    for key in {frozenset(key) for key in keys}:
        same = [node for node in nodes if of[id(node)] == key]
        for phrase in join(same, tellings, linked):
            phrase.moved = set(key)
            found.append(phrase)
    return found


def _moved(columns: Sequence[Column], tellings: Sequence[Telling], a: int, b: int) -> list[int]:
    """Return the columns of matter whose words stand out of order between two tellings."""
    both = [k for k, column in enumerate(columns) if a in column.units and b in column.units]
    both.sort(key=lambda k: columns[k].units[a][0])
    weights = [_weight(columns[k], tellings, a) for k in both]
    out = moved([columns[k].units[b][0] for k in both], weights)
    return [both[i] for i in out if weights[i] >= _MATTER]


_MATTER = 0.5  # least weight in the order of a word of matter


def _weight(column: Column, tellings: Sequence[Telling], t: int) -> float:
    """Return how much a column's place counts: times and places move rather than what happened. A
    little of the words themselves makes the choice among equals the same from both sides.
    """
    if not any(tellings[t].units[u].content for u in column.units[t]):
        return 0.1
    weight = 0.9 if _says_when_or_where(column, tellings) else 1.0
    keys = sorted(tellings[s].units[u].key for s, us in column.units.items() for u in us)
    return weight + crc32(" ".join(keys).encode()) / 2**32 / 1000
