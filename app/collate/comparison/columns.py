"""The token table of a row: units of all tellings, gathered into columns.

Source: pairwise link probabilities and a greedy merge of clusters (CollateX-like tables, without a
base and independent of the order of the tellings).
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from app.collate.apparatus import Matter
from app.collate.comparison.slots import Column, fill_slots
from app.collate.comparison.telling import Telling, Unit
from app.collate.config import Config
from app.collate.variants.order import moved
from app.collate.words import link_grid

Floats = NDArray[np.float32]

_CANDIDATE = 0.3  # below this no pair of units is looked at
_APART = 3  # units of one telling this far apart do not share a column
_SURE = 0.6  # a link that says where the others are to be looked for
_KIN = 0.35  # share of sure words of matter below which two tellings are strangers
_STRANGERS = 0.7  # factor for unlike words of strangers
_LONELY = 0.85  # factor for words of matter whose neighbours are not linked
_LONELY_OF_SEVERAL = 0.5  # … that stand more than once: the one with linked neighbours is meant
_ASTRAY = 0.5  # factor for words, but the very same, far from where they are expected
_ACROSS = 4  # units
_FAR = 500  # units
_REACH_OF_PRONOUNS = 0.2  # for 0.4 of names: a name answers a name rather than "he"
_NAME_FOR_WORD = 0.8  # a name answers a common word only where the net is sure


def gather(tellings: Sequence[Telling], config: Config) -> list[Column]:
    """Return the columns; every unit stands in exactly one of them."""
    first = np.cumsum([0, *(len(t.units) for t in tellings)])
    owner = np.repeat(np.arange(len(tellings)), [len(t.units) for t in tellings])
    grid = np.zeros((len(owner), len(owner)), np.float32)
    for a, b in combinations(range(len(tellings)), 2):
        part = pair_grid(tellings[a], tellings[b])
        grid[first[a] : first[a + 1], first[b] : first[b + 1]] = part
        grid[first[b] : first[b + 1], first[a] : first[a + 1]] = part.T
    clusters = _merge(grid, owner, config.link_threshold)
    return fill_slots([_by_telling(c, owner, first) for c in clusters], tellings)


def pair_grid(a: Telling, b: Telling) -> Floats:
    """Return units × units probabilities: those of the words, mended by what units stand for. Each
    two passages are looked at by themselves: the net knows sentences. The same words in the same
    order answer each other one by one.
    """
    if not a.units or not b.units:
        return np.zeros((len(a.units), len(b.units)), np.float32)
    if [unit.key for unit in a.units] == [unit.key for unit in b.units]:
        return np.eye(len(a.units), dtype=np.float32)
    blocks = [[_block(one, two) for two in b.parts()] for one in a.parts()]
    return np.asarray(np.block(blocks), np.float32)


@lru_cache(maxsize=4096)  # about 3 kB each
def _block(a: Telling, b: Telling) -> Floats:
    if not a.units or not b.units:
        return np.zeros((len(a.units), len(b.units)), np.float32)
    words = link_grid([t.text for t in a.tokens], [t.text for t in b.tokens])
    grid = np.ascontiguousarray(_of_units(_of_units(words, a.units).T, b.units).T)
    content = np.outer([u.content for u in a.units], [u.content for u in b.units])
    same = _equal(_wordings(a), _wordings(b))
    repeated = (same.sum(0) > 1) | (same.sum(1) > 1)[:, None]
    lonely = grid * np.where(repeated, _LONELY_OF_SEVERAL, _LONELY)
    unsupported = np.where(content, lonely, np.minimum(grid, _CANDIDATE))
    grid = np.where(_supported(grid), grid, unsupported)
    sure = (grid > _SURE) & content
    away = _away(sure & same)
    grid *= _doubts(a, b, sure, same | (away <= _ACROSS))
    things = [[unit.thing is not None for unit in telling.units] for telling in (a, b)]
    for i, j in np.argwhere(np.logical_or.outer(*things)).tolist():
        near = max(0.0, 1 - float(away[i, j]) / len(b.units))
        grid[i, j] = _mended(a.units[i], b.units[j], float(grid[i, j]), near)
    return grid


def _of_units(words: Floats, units: Sequence[Unit]) -> Floats:
    """Return a row for each unit: the highest of its words' rows."""
    rows = words[[unit.start for unit in units]]
    for row, unit in enumerate(units):
        if unit.end - unit.start > 1:
            rows[row] = words[unit.start : unit.end].max(0)
    return rows


def _supported(grid: Floats) -> NDArray[np.bool_]:
    """Say of each cell whether a neighbour of both its words is linked too: a link between words of
    grammar that stands alone is chance.
    """
    n, m = grid.shape
    linked = (grid > 0.5).astype(np.int8)
    padded = np.zeros((n + 4, m + 4), np.int8)
    padded[2:-2, 2:-2] = linked
    lines = np.sum([padded[i : i + n] for i in range(5)], axis=0)
    around = np.sum([lines[:, j : j + m] for j in range(5)], axis=0)
    return np.asarray(around > linked, np.bool_)


@lru_cache(maxsize=2048)
def _wordings(telling: Telling) -> list[str]:
    return [" ".join(telling.norms(unit)) for unit in range(len(telling.units))]


def _equal(one: Sequence[str], two: Sequence[str]) -> NDArray[np.bool_]:
    numbers: dict[str, int] = {}
    ids = [np.array([numbers.setdefault(x, len(numbers)) for x in side]) for side in (one, two)]
    return np.asarray(np.equal.outer(*ids), np.bool_)


def _away(sure: NDArray[np.bool_]) -> Floats:
    """Return how many units each cell lies from where the sure links of equal words lead."""
    rows, columns = np.nonzero(sure)
    astray = moved([int(column) for column in columns], [1.0] * len(columns))
    rows, columns = np.delete(rows, astray), np.delete(columns, astray)
    places = np.arange(sure.shape[0])
    if not len(rows):
        expected = places * sure.shape[1] / sure.shape[0]
    else:
        ends = np.array([-_FAR, _FAR + sure.shape[0]])  # beyond the sure ones both run level
        level = columns[[0, -1]] - rows[[0, -1]] + ends
        expected = np.interp(
            places,
            np.concatenate([ends[:1], rows, ends[1:]]),
            np.concatenate([level[:1], columns, level[1:]]),
        )
    away = np.abs(np.arange(sure.shape[1]) - expected[:, None])
    return np.asarray(away, np.float32)


def _doubts(a: Telling, b: Telling, sure: NDArray[np.bool_], placed: NDArray[np.bool_]) -> Floats:
    """Return factors that make links less likely: of unlike words where the tellings share little,
    of those that are not `placed`: not the same and far from where they are expected.
    """
    shares = [sure.any(1).sum() / max(1, a.weight()), sure.any(0).sum() / max(1, b.weight())]
    like = _equal([unit.key for unit in a.units], [unit.key for unit in b.units])
    factors = np.where(like | (max(shares) >= _KIN), 1.0, _STRANGERS)
    factors[~placed] *= _ASTRAY
    return np.asarray(factors, np.float32)


def _mended(one: Unit, two: Unit, p: float, near: float) -> float:
    a, b = one.thing, two.thing
    if a and b:
        if a.value == b.value and not a.value.startswith("?"):
            reach = 0.4 if one.content and two.content else _REACH_OF_PRONOUNS
            return 0.5 + reach * near + 0.05 * (one.key == two.key)  # the nearest mention wins
        names = {Matter.NAMING, Matter.PLACE}
        alike = a.matter is b.matter or {a.matter, b.matter} == names
        return p if alike else 0.0
    thing = a or b
    if thing and thing.matter in {Matter.DATE, Matter.NUMBER}:
        return 0.0
    return p * _NAME_FOR_WORD if thing else p


def _merge(grid: Floats, owner: NDArray[np.int64], threshold: float) -> list[set[int]]:
    """Merge the clusters of the likeliest pair first, as long as the mean probability between the
    tellings of both stays above the threshold.
    """
    rows, columns = np.nonzero(np.triu(grid) > _CANDIDATE)
    order = np.lexsort((columns, rows, -grid[rows, columns]))
    cluster = {unit: {unit} for unit in range(len(owner))}
    for k in order:
        x, y = cluster[int(rows[k])], cluster[int(columns[k])]
        if x is y or not _is_close(x | y, owner):
            continue
        one, two = sorted(x), sorted(y)
        cross = owner[one][:, None] != owner[two][None, :]
        if cross.any() and float(grid[np.ix_(one, two)][cross].mean()) > threshold:
            joined = x | y
            for unit in joined:
                cluster[unit] = joined
    return _distinct(cluster)


def _distinct(cluster: dict[int, set[int]]) -> list[set[int]]:
    found = {min(units): units for units in cluster.values()}
    return [found[key] for key in sorted(found)]


def _is_close(units: set[int], owner: NDArray[np.int64]) -> bool:
    ordered = sorted(units)
    return all(y - x <= _APART for x, y in pairwise(ordered) if owner[x] == owner[y])


def _by_telling(
    units: set[int], owner: NDArray[np.int64], first: NDArray[np.int64]
) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for unit in sorted(units):
        telling = int(owner[unit])
        found[telling] = (*found.get(telling, ()), unit - int(first[telling]))
    return found
