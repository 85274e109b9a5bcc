"""Neighbouring nodes gathered into phrases that a reader takes in at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.collate.apparatus import Matter
from app.collate.comparison.nodes import Node
from app.collate.comparison.telling import Telling
from app.collate.text import Span

_DETERMINERS = frozenset({"the", "a", "an"})
_LEADING = frozenset(
    {"in", "on", "at", "by", "for", "with", "from", "to", "of", "against", "under", "as", "via"}
)


@dataclass(slots=True)
class Phrase:
    """Nodes joined into one place of variation."""

    nodes: list[Node]
    moved: set[tuple[int, int]] = field(default_factory=set)

    @property
    def units(self) -> dict[int, list[int]]:
        """Return for each telling its units here, in order."""
        found: dict[int, list[int]] = {}
        for node in self.nodes:
            for telling, units in node.units.items():
                found.setdefault(telling, []).extend(units)
        return {telling: sorted(set(units)) for telling, units in found.items()}


def join(
    nodes: Sequence[Node], tellings: Sequence[Telling], linked: Sequence[set[int]]
) -> list[Phrase]:
    """Join nodes with the same pattern that stand side by side in every telling that has them, with
    nothing between but words of grammar that answer nothing. `linked` holds for each telling the
    units that stand in a column with another telling's.
    """
    of = {
        (t, u): k for k, node in enumerate(nodes) for t, units in node.units.items() for u in units
    }
    beside = [_beside(t, telling, of, linked[t]) for t, telling in enumerate(tellings)]
    group = list(range(len(nodes)))
    for x in range(len(nodes)):
        for y in range(x + 1, len(nodes)):
            if _may_join(nodes[x], nodes[y]) and all(
                frozenset((x, y)) in beside[t] for t in nodes[x].units
            ):
                old, new = group[y], group[x]
                group = [new if g == old else g for g in group]
    phrases: dict[int, Phrase] = {}
    for k, node in enumerate(nodes):
        phrases.setdefault(group[k], Phrase([])).nodes.append(node)
    return [p for p in phrases.values() if not all(node.grammar for node in p.nodes)]


def _may_join(x: Node, y: Node) -> bool:
    """Say whether two nodes make one phrase: another name for an actor and another word for what he
    does are two differences.
    """
    one_name = (x.matter is Matter.NAMING) != (y.matter is Matter.NAMING) and len(x.units) > 1
    return x.pattern == y.pattern and not one_name and not x.alone and not y.alone


def _beside(
    t: int, telling: Telling, of: dict[tuple[int, int], int], linked: set[int]
) -> set[frozenset[int]]:
    """Return the pairs of nodes that follow one another in a telling."""
    solid = [
        u for u, unit in enumerate(telling.units) if (t, u) in of or unit.content or u in linked
    ]
    return {
        frozenset((of[t, u], of[t, v]))
        for u, v in pairwise(solid)
        if (t, u) in of and (t, v) in of and not telling.is_broken(u, v)
    }


def spans_of(
    telling: Telling, units: Sequence[int], free: set[int], *, leading: bool
) -> tuple[Span, ...]:
    """Return the stretches of text that some units cover: words of grammar between them go along,
    so does an article before them, with `leading` also a preposition. `free` are the units that
    may be taken along.
    """
    runs: list[list[int]] = []
    for unit in units:
        if (
            runs
            and set(range(runs[-1][-1] + 1, unit)) <= free
            and not telling.is_broken(runs[-1][-1], unit)
        ):
            runs[-1].append(unit)
        else:
            runs.append([unit])
    return tuple(_span(telling, _extended(telling, run[0], free, leading), run[-1]) for run in runs)


def _extended(telling: Telling, first: int, free: set[int], leading: bool) -> int:
    """Return the first unit of a run with the small words before it."""
    allowed = _DETERMINERS | (_LEADING if leading else frozenset())
    while (
        first - 1 in free
        and telling.tokens[telling.units[first - 1].start].norm in allowed
        and telling.units[first - 1].end == telling.units[first].start
        and not telling.is_broken(first - 1, first)
    ):
        first -= 1
    return first


def _span(telling: Telling, first: int, last: int) -> Span:
    """Return the span from one unit to another; brackets around exactly these go along."""
    start, end = telling.units[first].start, telling.units[last].end
    tokens, passage = telling.tokens, telling.passage
    if start and end < len(tokens) and passage[start - 1] == passage[start] == passage[end]:
        around = (tokens[start - 1].text, tokens[end].text)
        if around in {("[", "]"), ("(", ")")}:
            start, end = start - 1, end + 1
    return Span(tokens[start].span.start, tokens[end - 1].span.end)
