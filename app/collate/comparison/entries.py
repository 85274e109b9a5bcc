"""Phrases into entries: readings grouped by wording, values compared, moves noted."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations

from app.collate.apparatus import Compared, Entry, Matter, Place, Reading, Relation
from app.collate.comparison.agency import UNNAMED
from app.collate.comparison.phrases import Phrase, spans_of
from app.collate.comparison.telling import Telling
from app.collate.text import Span
from app.collate.variants import RELATIONS, relate
from app.collate.variants.thing import Thing

_SPECIFIC = tuple(Matter)  # in the order of the definition, the most specific first


def entry_of(phrase: Phrase, tellings: Sequence[Telling], free: Sequence[set[int]]) -> Entry:
    """Return the entry of a phrase. `free` holds for each telling the units that nothing claims."""
    units = phrase.units
    quoted = {t: any(tellings[t].is_quoted(u) for u in found) for t, found in units.items()}
    groups: dict[tuple[int | None, ...], list[int]] = {}
    for t in sorted(units):
        groups.setdefault(tuple(node.pattern[t] for node in phrase.nodes), []).append(t)
    leading = len(groups) == 1
    spans = {
        t: spans_of(tellings[t], found, free[t], leading=leading) for t, found in units.items()
    }
    ordered = sorted(groups.values(), key=lambda members: min(members))
    readings = tuple(_reading(phrase, members, tellings, spans) for members in ordered)
    matter = _matter(phrase, len(readings), any(quoted.values()))
    ids = [telling.witness.id for telling in tellings]
    return Entry(
        id="",
        matter=matter,
        readings=readings,
        relations=_relations(phrase, ordered, tellings, matter),
        moved=tuple(sorted((ids[a], ids[b]) for a, b in phrase.moved)),
        quoted=any(quoted.values()),
    )


def _reading(
    phrase: Phrase,
    members: Sequence[int],
    tellings: Sequence[Telling],
    spans: dict[int, tuple[Span, ...]],
) -> Reading:
    first = tellings[members[0]]
    text = " … ".join(span.of(first.witness.text) for span in spans[members[0]])
    places = tuple(Place(tellings[t].witness.id, spans[t]) for t in members)
    value = " ".join(filter(None, (node.values.get(members[0]) for node in phrase.nodes)))
    return Reading(" ".join(text.split()), places, value)


def _matter(phrase: Phrase, readings: int, quoted: bool) -> Matter:
    """Return the most specific matter of a phrase of one node; of several, wording or quotation."""
    kinds = {node.matter for node in phrase.nodes}
    matter = min(kinds, key=_SPECIFIC.index) if len(kinds) == 1 else Matter.WORDING
    if matter is Matter.WORDING and quoted:
        return Matter.QUOTATION
    return matter


def _relations(
    phrase: Phrase, groups: Sequence[Sequence[int]], tellings: Sequence[Telling], matter: Matter
) -> tuple[Compared, ...]:
    found = []
    for (a, one), (b, two) in combinations(enumerate(groups), 2):
        relation = _relation(phrase, one[0], two[0], tellings, matter)
        if relation:
            found.append(Compared(a, b, relation))
    return tuple(found)


def _relation(
    phrase: Phrase, a: int, b: int, tellings: Sequence[Telling], matter: Matter
) -> Relation | None:
    if len(phrase.nodes) != 1:
        return None
    node = phrase.nodes[0]
    values = node.values.get(a), node.values.get(b)
    if matter is Matter.AGENCY:
        if values[0] == values[1]:
            return Relation.SAME
        return Relation.COARSER if UNNAMED in values else Relation.CONFLICTING
    if matter is Matter.TENSE:
        return _in_time(values, (tellings[a].witness.published, tellings[b].witness.published))
    if matter not in RELATIONS:
        return None
    found = [
        relate(one, two)
        for one in _things(tellings[a], node.units[a])
        for two in _things(tellings[b], node.units[b])
    ]
    if Relation.SAME in found:
        return Relation.SAME
    unknown = Relation.UNKNOWN if matter in {Matter.NAMING, Matter.PLACE} else None
    return next(filter(None, found), unknown)


def _in_time(
    times: tuple[str | None, str | None], published: tuple[date | None, date | None]
) -> Relation | None:
    """Return how what is to come stands to what is past: no conflict where it was written first."""
    if set(times) != {"future", "past"}:
        return None
    if None in published:
        return Relation.UNKNOWN
    before, after = published if times[0] == "future" else published[::-1]
    return None if before and after and before < after else Relation.CONFLICTING


def _things(telling: Telling, units: Sequence[int]) -> list[Thing]:
    return [thing for u in units if (thing := telling.units[u].thing)]
