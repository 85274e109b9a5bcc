"""How much whole tellings are alike: a digest of each alone, then the evidence of every pair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.collate.signals import Matrix
from app.collate.text import Span, Token
from app.collate.tokens import is_function_word, stem, tokenize

EVIDENCE = (
    "same names",
    "same numbers",
    "names of the lead told",
    "passages told by both",
    "length of the longer",
)
"""The inputs of the log-odds that two tellings tell one event, in the order of their columns."""

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Weights = Mapping[str, NDArray[np.float64]]
"""`pair`, `pair_bias`, `group` and `group_bias`: both regressions of weights/events.md."""

_LEAD_WEIGHT = 3
"""How often a word of the headline, the standfirst or the first sentences counts."""
_BOOST = 1.5
"""How much more than another word a name or a number weighs in the plain cosine."""
_TWINS = 3
"""How many passages of a telling must have a twin in the other, the best of them."""
_PASSAGES = 40
"""How many passages of a telling, from its top, are compared one by one."""
_NAMED = 0.6
"""Share of capitals inside sentences, over the pool, above which a stem is a name."""
_TITLED = 0.8
_MOST = 8.0
"""Log-odds beyond which likeness makes no further difference."""
_ENDS = frozenset('.!?:"')


@dataclass(frozen=True, slots=True)
class Digest:
    """What is compared of one telling: depends on its text alone, so it can be kept.

    `table` has a row for each stem: weighted count, 1 for stems of the lead, how often the stem
    stands where capitals say something, how often with a capital there, number of passages with it.
    `passages`: for each passage the indices of its stems.
    """

    stems: tuple[str, ...]
    table: Matrix
    passages: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How G tellings of a pool are alike.

    `odds`: G × G log-odds that two tell one event. `marks`: G × names and numbers that two or more
    of the pool have, the rarity of each where a telling has it, else 0.
    """

    odds: Floats
    marks: Matrix


@lru_cache(maxsize=1024)  # about 20 kB each
def digest(text: str, lead: tuple[Span, ...], rest: tuple[Span, ...]) -> Digest:
    """Return the digest of a telling, given the spans of its lead and its other spans."""
    rows: dict[str, list[float]] = {}
    passages = [
        _count(tokenize(text, span), weight, rows)
        for spans, weight in ((lead, _LEAD_WEIGHT), (rest, 1))
        for span in spans
    ]
    at = {stem: n for n, stem in enumerate(rows)}
    table = np.array(list(rows.values()), np.float32).reshape(-1, 5)
    return Digest(tuple(rows), table, tuple(tuple(at[s] for s in found) for found in passages))


def _count(tokens: Sequence[Token], weight: int, rows: dict[str, list[float]]) -> list[str]:
    """Add the words of one passage to the rows of a digest; return its stems."""
    long = [token.text[0].isupper() for token in tokens if len(token.norm) > 3]
    titled = len(long) > 1 and sum(long) >= _TITLED * len(long)
    opens = True
    found: dict[str, None] = {}
    for token in tokens:
        norm = token.norm
        is_word = norm[0].isalnum()
        if not is_word or is_function_word(norm):
            opens = (opens and not is_word) or norm in _ENDS
            continue
        this, upper = stem(norm), token.text[0].isupper()
        row = rows.setdefault(this, [0, 0, 0, 0, 0])
        row[0] += weight
        row[1] = max(row[1], float(weight > 1))
        row[4] += this not in found
        found[this] = None
        if not upper or not (opens or titled):
            row[2] += 1
            row[3] += upper
        opens = False
    return list(found)


_NAME, _NUMBER, _OTHER = range(3)


class Pool:
    """The words of all tellings: one entry for each stem of each telling."""

    def __init__(self, digests: Sequence[Digest]) -> None:
        self._size = len(digests)
        self._digests = digests
        column: dict[str, int] = {}
        at = [column.setdefault(s, len(column)) for d in digests for s in d.stems]
        self._column = np.array(at, np.int64)
        self._row = np.repeat(np.arange(self._size), [len(d.stems) for d in digests])
        counts, lead, seen, capital, spread = np.concatenate([d.table for d in digests]).T
        many = sum(len(d.passages) for d in digests)
        idf = np.log((many + 1) / (np.bincount(self._column, spread) + 0.5))
        share = np.bincount(self._column, capital) > _NAMED * np.bincount(self._column, seen)
        kind = np.where(share, _NAME, _OTHER)
        kind[[n for stem, n in column.items() if stem[0].isdigit()]] = _NUMBER
        self._kind = kind[self._column]
        self._shared = np.bincount(self._column)[self._column] > 1
        self._idf = idf[self._column]
        self._weight = np.log1p(counts) * self._idf
        self._lead = lead > 0
        self._lengths = [np.log1p(d.table[:, 0].sum()) / 3 for d in digests]

    def cosine(self) -> Matrix:
        """Return T × T cosines 0..1 of all words of all tellings."""
        everyone = np.arange(self._size)
        boost = np.where(self._kind == _OTHER, 1.0, _BOOST)
        return self._cosine(everyone, np.ones_like(self._shared), self._weight * boost)

    def alike(self, group: Indices, model: Weights) -> Likeness:
        """Return how some tellings are alike: logistic regression over EVIDENCE.

        Cost: O(G² · words) for G tellings.
        """
        odds = self.evidence(group) @ model["pair"] + model["pair_bias"]
        marks = self._dense(group, self._shared & (self._kind != _OTHER), self._idf)
        return Likeness(np.clip(odds, -_MOST, _MOST), marks)

    def evidence(self, group: Indices) -> Floats:
        """Return the G × G × EVIDENCE table of some tellings."""
        lengths = np.array(self._lengths)[group]
        columns = (
            self._cosine(group, self._kind == _NAME, self._weight),
            self._cosine(group, self._kind == _NUMBER, self._weight),
            self._told(group),
            self._twins(group),
            np.maximum.outer(lengths, lengths),
        )
        return np.stack(columns, axis=-1).astype(np.float64)

    def _cosine(self, group: Indices, entries: Flags, values: Floats) -> Matrix:
        """Return G × G cosines over some entries."""
        table = self._dense(group, entries & self._shared, values)
        length = np.bincount(self._row[entries], values[entries] ** 2, minlength=self._size)
        table /= np.sqrt(length[group]).astype(np.float32)[:, None] + 1e-9
        cosine: Matrix = table @ table.T
        return cosine

    def _told(self, group: Indices) -> Matrix:
        """Return for each pair the weight of the names in one lead that the other telling has, as a
        share of that lead; the larger share of the two.
        """
        named = self._kind == _NAME
        lead = self._dense(group, named & self._shared, self._idf * self._lead)
        told = lead @ self._dense(group, named & self._shared, np.ones_like(self._idf)).T
        mine = named & self._lead
        whole = np.bincount(self._row[mine], self._idf[mine], minlength=self._size)
        told /= whole[group].astype(np.float32)[:, None] + 3
        fuller: Matrix = np.maximum(told, told.T)
        return fuller

    def _twins(self, group: Indices) -> Matrix:
        """Return how well the passages of one telling that have the best twins in the other match
        them, 0..1, the mean of both ways round: what two reports of one event have, and two reports
        of the same kind of event lack.
        """
        start = np.searchsorted(self._row, group)
        tops = [self._digests[telling].passages[:_PASSAGES] or ((),) for telling in group]
        entries = [
            first + np.array(passage, np.int64)
            for first, top in zip(start, tops, strict=True)
            for passage in top
        ]
        flat = np.concatenate([*entries, np.zeros(0, np.int64)])
        row = np.repeat(np.arange(len(entries)), [len(entry) for entry in entries])
        mass = np.bincount(row, self._idf[flat], minlength=len(entries)) + 4
        shared = self._shared[flat]
        _, column = np.unique(self._column[flat][shared], return_inverse=True)
        table = np.zeros((len(entries), int(column.max(initial=-1)) + 1), np.float32)
        table[row[shared], column] = np.sqrt(self._idf[flat][shared])
        table /= np.sqrt(mass).astype(np.float32)[:, None]
        cuts = np.cumsum([0, *map(len, tops)])
        best = np.maximum.reduceat(table @ table.T, cuts[:-1], axis=1)
        twins = np.stack(
            [
                np.sort(best[a:b], axis=0)[-_TWINS:].mean(axis=0)
                for a, b in zip(cuts[:-1], cuts[1:], strict=True)
            ]
        )
        both_ways: Matrix = (twins + twins.T) / 2
        return both_ways

    def _dense(self, group: Indices, entries: Flags, values: Floats) -> Matrix:
        """Return some entries as tellings of the group × words, without the words of no entry."""
        place = np.full(self._size, -1)
        place[group] = np.arange(len(group))
        entries = entries & (place[self._row] >= 0)
        names, column = np.unique(self._column[entries], return_inverse=True)
        table = np.zeros((len(group), len(names)), np.float32)
        table[place[self._row[entries]], column] = values[entries]
        return table
