"""Verbs that tellings share, where they part in who acts on whom ("A thanked B", "B thanked A") or
in the voice ("the senate blocked it", "it was blocked").
"""

from collections import Counter
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
        keys = {tellings[t].units[u].key for t, us in column.units.items() for u in us}
        if len(column.units) < 2 or len(keys) > 1 or not is_verb(column, tellings):
            continue
        roles = {t: roles_of(tellings[t], t, us[0], places) for t, us in column.units.items()}
        found = _node(roles, tellings)
        if found:
            nodes[k] = found[0]
            explained |= {places[t, u] for t, us in found[1].items() for u in us} | {k}
    return Acts(nodes, frozenset(explained))


def _node(
    roles: Mapping[int, Roles], tellings: Sequence[Telling]
) -> tuple[Node, dict[int, set[int]]] | None:
    """Return the node of a verb and the units of those in it, None where all agree."""
    turned = [pair for pair in combinations(roles, 2) if _is_turned(roles[pair[0]], roles[pair[1]])]
    other_voice = len({r.passive for r in roles.values()}) > 1 and all(
        a.doers & b.doers or a.targets & b.targets for a, b in combinations(roles.values(), 2)
    )
    if not turned and not other_voice:
        return None
    first = min(roles)
    side = {t: any(pair in turned for pair in ((first, t), (t, first))) for t in roles}
    counts = Counter(name for r in roles.values() for name in r.doers | r.targets)
    actors = {
        t: {u for part in (r.doing, r.suffering) for u, name in part.items() if counts[name] > 1}
        for t, r in roles.items()
    }
    doers = {
        t: min(r.doers, key=lambda n: (counts[n] < 2, n.startswith("#"), n), default=UNNAMED)
        for t, r in roles.items()
    }
    kinds = {t: (side[t], r.passive, doers[t] == UNNAMED) for t, r in roles.items()}
    named = {
        t: min(doers[s] for s in roles if side[s] is side[t] and doers[s] != UNNAMED)
        for t in roles
        if doers[t] != UNNAMED
    }
    order = sorted(set(kinds.values()))
    pattern = tuple(order.index(kinds[t]) if t in kinds else None for t in range(len(tellings)))
    values = {t: named.get(t, UNNAMED) for t in roles}
    units = {
        t: tuple(sorted({*r.verb, *actors[t]} if turned else r.verb)) for t, r in roles.items()
    }
    return Node(units, pattern, Matter.AGENCY, True, values), actors


def _is_turned(a: Roles, b: Roles) -> bool:
    """Say whether who acts in one telling is acted on in the other, and the other way round."""
    return bool((a.doers & b.targets) - b.doers) and bool((b.doers & a.targets) - a.doers)
