"""Verbs that tellings share, where they part in who acts on whom ("A thanked B", "B thanked A") or
in the voice ("the senate blocked it", "it was blocked").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.collate.apparatus import Matter
from app.collate.comparison.nodes import Node
from app.collate.comparison.roles import Roles, is_verb, places_of, roles_of
from app.collate.comparison.slots import Column
from app.collate.comparison.telling import Telling

UNNAMED = "?"
"""Value of an act whose doer is not named."""


@dataclass(frozen=True, slots=True)
class Acts:
    """Nodes by the column of their verb; `explained` columns stand elsewhere because of the voice
    or the direction: they have not moved.
    """

    nodes: Mapping[int, Node]
    explained: frozenset[int]


def find_acts(columns: Sequence[Column], tellings: Sequence[Telling]) -> Acts:
    """Return the verbs of a row where direction or voice differ."""
    places = places_of(columns)
    nodes: dict[int, Node] = {}
    explained: set[int] = set()
    for k, column in enumerate(columns):
        if len(column.units) < 2 or not is_verb(column, tellings):
            continue
        roles = {t: roles_of(tellings[t], t, us[0], places) for t, us in column.units.items()}
        found = _node(roles, columns, tellings)
        if found:
            nodes[k] = found[0]
            explained |= found[1] | {k}
    return Acts(nodes, frozenset(explained))


def _node(
    roles: Mapping[int, Roles], columns: Sequence[Column], tellings: Sequence[Telling]
) -> tuple[Node, set[int]] | None:
    """Return the node of a verb and the columns of those in it, None where all agree."""
    turned = [pair for pair in combinations(roles, 2) if _is_turned(roles[pair[0]], roles[pair[1]])]
    other_voice = len({r.passive for r in roles.values()}) > 1 and all(
        a.doers & b.doers or a.targets & b.targets for a, b in combinations(roles.values(), 2)
    )
    if not turned and not other_voice:
        return None
    first = min(roles)
    side = {t: any(pair in turned for pair in ((first, t), (t, first))) for t in roles}
    shared = {
        k
        for k in range(len(columns))
        if sum(k in r.doers or k in r.targets for r in roles.values()) > 1
    }
    doers = {t: _doer(r, shared, columns, tellings) for t, r in roles.items()}
    kinds = {t: (side[t], r.passive, doers[t] == UNNAMED) for t, r in roles.items()}
    known = {
        s: min((doers[t] for t in roles if side[t] is s and doers[t] != UNNAMED), default=UNNAMED)
        for s in (False, True)
    }
    order = sorted(set(kinds.values()))
    pattern = tuple(order.index(kinds[t]) if t in kinds else None for t in range(len(tellings)))
    values = {t: UNNAMED if doers[t] == UNNAMED else known[side[t]] for t in roles}
    units = {t: roles[t].verb for t in roles}
    if turned:
        units = {t: _with_actors(t, roles[t], shared, columns) for t in roles}
    return Node(units, pattern, Matter.AGENCY, True, values), shared


def _is_turned(a: Roles, b: Roles) -> bool:
    """Say whether who acts in one telling is acted on in the other, and the other way round."""
    swapped = a.doers & b.targets and b.doers & a.targets
    return bool(swapped) and not a.doers & b.doers


def _doer(
    roles: Roles, shared: set[int], columns: Sequence[Column], tellings: Sequence[Telling]
) -> str:
    """Return a name for who acts that is the same in all tellings."""
    names = [
        thing.value if (thing := tellings[t].units[u].thing) else tellings[t].units[u].key
        for k in roles.doers & shared or roles.doers
        for t, us in columns[k].units.items()
        for u in us
    ]
    return min(names, default=UNNAMED)


def _with_actors(
    t: int, roles: Roles, shared: set[int], columns: Sequence[Column]
) -> tuple[int, ...]:
    """Return the units of a verb with those of who acts, and on whom."""
    actors = {
        u for k in shared & (roles.doers | roles.targets) for u in columns[k].units.get(t, ())
    }
    return tuple(sorted(actors | set(roles.verb)))
