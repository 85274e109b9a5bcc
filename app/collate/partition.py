"""Which tellings tell of one event: loose groups first, then halves that look like two events."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from app.collate.likeness import Flags, Floats, Indices, Likeness, Pool, Weights
from app.collate.signals import Matrix

_LOOSE = 0.08
"""Mean cosine of all words down to which groups are put together at first: what is in two of them
has next to nothing in common (cluster_ecb: of pairs of one event .998 stay together)."""
_PRESENT, _ABSENT = 0.5, 3.0
"""The Beta prior of the share of an event's tellings that have a name: mostly few of them."""
_ROUNDS = 10


def loose_groups(pool: Pool) -> list[Indices]:
    """Return groups of tellings that share words at all: average linkage of the plain cosine."""
    labels = _linked(pool.cosine(), _LOOSE)
    return [np.flatnonzero(labels == label) for label in np.unique(labels)]


def divide(alike: Likeness, group: Indices, model: Weights, least: float) -> Iterator[Indices]:
    """Yield the parts of a group that tell one event each: it is halved as long as the probability
    that its halves tell one event is below `least`. Cost: O(G³) at worst.
    """
    same, both = 1.0, (group, group)
    for halves in halvings(alike, group):
        odds = features(alike, *halves) @ model["group"] + model["group_bias"]
        if (one := float(1 / (1 + np.exp(-odds)))) < same:
            same, both = one, halves
    if same >= least:
        yield group
        return
    for half in both:
        yield from divide(alike, half, model, least)


def halvings(alike: Likeness, group: Indices) -> Iterator[tuple[Indices, Indices]]:
    """Yield one or two ways to halve a group where its likeness is least: along the main axis of
    its centred log-odds, and by average linkage.
    """
    if len(group) < 2:
        return
    odds = alike.odds[np.ix_(group, group)]
    linked = _linked(odds, -np.inf, fewest=2)
    for first in (_split(_centred(odds)), linked == linked[0]):
        if 0 < first.sum() < len(group):
            yield group[first], group[~first]


def features(alike: Likeness, a: Indices, b: Indices) -> Floats:
    """Return the mean log-odds between two groups, and the weight of evidence that each has names
    and numbers of its own: the log of the Bayes factor of two sets of shares against one,
    weighted by rarity, by the square root of the number of tellings.
    """
    size = len(a) + len(b)
    have_a, have_b = ((alike.marks[group] > 0).sum(axis=0) for group in (a, b))
    often = have_a + have_b > 1
    rarity = alike.marks[np.concatenate([a, b])].max(axis=0)[often]
    have_a, have_b = have_a[often], have_b[often]
    apart = _belief(len(a))[have_a] + _belief(len(b))[have_b] - _belief(size)[have_a + have_b]
    evidence = (rarity * apart).sum() / np.sqrt(size) / 5
    return np.array([alike.odds[np.ix_(a, b)].mean(), evidence])


@lru_cache(maxsize=1024)
def _belief(size: int) -> Floats:
    """Return for k = 0..size the log of the marginal likelihood of k of `size` tellings having a
    name, under the Beta prior.
    """
    steps = np.arange(size)
    have, lack, all_of = (
        np.concatenate(([0.0], np.cumsum(np.log(steps + start))))
        for start in (_PRESENT, _ABSENT, _PRESENT + _ABSENT)
    )
    belief: Floats = have + lack[::-1] - all_of[-1]
    return belief


def _centred(odds: Floats) -> Floats:
    """Return the log-odds less what a telling has in common with all of the group, as cosines."""
    kernel = odds.copy()
    np.fill_diagonal(kernel, -np.inf)
    np.fill_diagonal(kernel, kernel.max(axis=1))
    mean = kernel.mean(axis=1)
    kernel += kernel.mean() - mean[:, None] - mean
    length = np.sqrt(np.maximum(np.diag(kernel), 1e-6))
    kernel /= np.outer(length, length)
    return kernel


def _split(kernel: Floats) -> Flags:
    """Return one of two halves: by the sign of the main axis, then each to the half it is nearer
    to, some rounds over.
    """
    first: Flags = np.linalg.eigh(kernel)[1][:, -1] > 0
    for _ in range(_ROUNDS):
        near = [
            kernel[:, half].sum(axis=1) / np.sqrt(max(kernel[np.ix_(half, half)].sum(), 1e-6))
            for half in (first, ~first)
        ]
        moved = near[0] > near[1]
        if (moved == first).all():
            break
        first = moved
    return first


def _linked(matrix: Matrix | Floats, least: float, fewest: int = 1) -> Indices:
    """Return labels by average linkage down to `least`, or to `fewest` groups."""
    size = len(matrix)
    alike = matrix.astype(np.float64)
    np.fill_diagonal(alike, -np.inf)
    members = np.ones(size)
    labels = np.arange(size)
    for _ in range(size - fewest):
        a, b = divmod(int(alike.argmax()), size)
        if alike[a, b] < least:
            break
        row = (alike[a] * members[a] + alike[b] * members[b]) / (members[a] + members[b])
        alike[a] = alike[:, a] = row
        alike[a, a] = -np.inf
        alike[b] = alike[:, b] = -np.inf
        members[a] += members[b]
        labels[labels == labels[b]] = labels[a]
    return labels
