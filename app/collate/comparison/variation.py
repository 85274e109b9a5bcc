"""The places of a row where its tellings differ: by words, by how a verb stands, by who acts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from app.collate.apparatus import Matter
from app.collate.comparison.agency import Acts
from app.collate.comparison.manners import verb_node
from app.collate.comparison.nodes import Node, word_node, wording_of
from app.collate.comparison.roles import places_of
from app.collate.comparison.slots import Column
from app.collate.comparison.telling import Telling


def find_nodes(columns: Sequence[Column], tellings: Sequence[Telling], acts: Acts) -> list[Node]:
    """Return the nodes of a row, in the order of the columns. Columns of grammar alone are none,
    unless they change a verb. `acts` say who acts on whom.
    """
    places = places_of(columns)
    own: dict[int, Node] = {}
    for k, column in enumerate(columns):
        verb = verb_node(column, columns, tellings, places) if len(column.units) > 1 else None
        if verb and not _has_company(column, columns, tellings):
            verb = None
        node = verb if verb and verb.matter is Matter.AGENCY else acts.nodes.get(k, verb)
        if node:
            own[k] = node
    verbs = {
        k: node and replace(node, units=_filled(node.units, tellings))
        for k, node in _without_auxiliaries(columns, own).items()
    }
    claimed = {
        (t, u) for node in verbs.values() if node for t, us in node.units.items() for u in us
    }
    found = []
    for k, column in enumerate(columns):
        mine = {(t, u) for t, us in column.units.items() for u in us}
        taken = mine <= claimed and (len(column.units) == 1 or k in verbs or k in acts.explained)
        node = verbs.get(k) or (
            None if taken else word_node(_with_echoes(column, tellings), tellings)
        )
        if node:
            found.append(node)
    return _without_repeats(found, tellings)


def _filled(
    units: Mapping[int, Sequence[int]], tellings: Sequence[Telling]
) -> dict[int, tuple[int, ...]]:
    """Return the units of a verb's node with the words of grammar between them."""
    found = {}
    for t, us in units.items():
        whole = list(us)
        for one, two in pairwise(us):
            between = range(one + 1, two)
            if not any(tellings[t].units[u].content for u in between):
                whole += between
        found[t] = tuple(sorted(whole))
    return found


def _without_auxiliaries(
    columns: Sequence[Column], verbs: Mapping[int, Node]
) -> dict[int, Node | None]:
    """Give the verbs whose node takes in the words of another column ("refused to resign") those
    words of all tellings ("agreed to resign"); that column has no node then.
    """
    found: dict[int, Node | None] = dict(verbs)
    for k, node in verbs.items():
        for other in verbs.keys() - {k}:
            inside = any(
                set(columns[other].units[t]) <= set(us)
                for t, us in node.units.items()
                if t in columns[other].units
            )
            if (
                inside
                and node.matter is verbs[other].matter
                and columns[other].units.keys() <= node.units.keys()
            ):
                units = {
                    t: tuple(sorted({*us, *columns[other].units.get(t, ())}))
                    for t, us in node.units.items()
                }
                found[k], found[other] = replace(node, units=units), None
    return found


def _without_repeats(nodes: Sequence[Node], tellings: Sequence[Telling]) -> list[Node]:
    """Return the nodes with those as one that several tellings share in the same words twice."""
    found: dict[object, Node] = {}
    for number, node in enumerate(nodes):
        key: object = number
        if len(node.units) > 1 and not node.grammar and set(node.pattern) == {0, None}:
            t, units = next(iter(node.units.items()))
            key = wording_of(tellings[t], units), tuple(node.units)
        if (first := found.get(key)) is None:
            found[key] = node
            continue
        both = {t: tuple(sorted({*first.units[t], *us})) for t, us in node.units.items()}
        found[key] = replace(first, units=both, alone=True)
    return list(found.values())


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
