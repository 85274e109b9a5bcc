"""Other referent before conflict: values that differ because two things are spoken of."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

from app.collate.apparatus import Compared, Entry, Matter, Relation

_KIN = 0.35  # share of linked words of matter below which two tellings hardly tell one thing

Pair = frozenset[str]


def settle(
    entries: Sequence[Entry],
    kinships: Mapping[Pair, float],
    speakers: Mapping[str, frozenset[str]],
) -> list[Entry]:
    """Return the entries with their conflicts looked at again. Two witnesses that part in date and
    in place, that share few words, or that quote two people, tell two happenings: their values are
    no conflict.

    `kinships` holds for each two witnesses the share 0..1 of words of matter that are linked,
    `speakers` for each witness whom it quotes.
    """
    found: dict[Pair, set[Matter]] = {}
    for entry in entries:
        for compared in entry.relations:
            elsewhere = entry.matter is Matter.PLACE and compared.relation is Relation.UNKNOWN
            if compared.relation is Relation.CONFLICTING or elsewhere:
                for pair in _pairs(entry, compared):
                    found.setdefault(pair, set()).add(entry.matter)
    apart = {
        pair
        for pair, matters in found.items()
        if matters >= {Matter.DATE, Matter.PLACE} or kinships[pair] < _KIN
    }
    quoting = {pair for pair in found if _quote_others([speakers[w] for w in pair])}
    return [_settled(entry, apart | quoting if entry.quoted else apart) for entry in entries]


def _quote_others(speakers: Sequence[frozenset[str]]) -> bool:
    """Say whether two witnesses quote people, and no one in common."""
    return all(speakers) and not frozenset.intersection(*speakers)


def _settled(entry: Entry, apart: set[Pair]) -> Entry:
    relations = tuple(
        replace(compared, relation=Relation.OTHER_REFERENT)
        if compared.relation is Relation.CONFLICTING and _pairs(entry, compared) <= apart
        else compared
        for compared in entry.relations
    )
    return replace(entry, relations=relations)


def _pairs(entry: Entry, compared: Compared) -> set[Pair]:
    """Return the pairs of witnesses of two readings."""
    one, two = (
        [place.witness for place in entry.readings[k].places] for k in (compared.a, compared.b)
    )
    return {frozenset(pair) for pair in product(one, two)}
