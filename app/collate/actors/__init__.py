"""Say which labels of an event mean the same actor: "Kim", "the North Korean leader".

A logistic model over the evidence for each pair of labels, trained by bench/train/actors.py, and
average linkage that never puts the names of two people together. Source: ours.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.collate.actors.evidence import Event, Matrix
from app.collate.actors.labels import Label
from app.collate.config import Config
from app.collate.data import weights

__all__ = ["Label", "name_actors"]


def name_actors(labels: Sequence[Label], config: Config | None = None) -> list[int]:
    """Return the number of the actor that each label of one event means, from 0 in order of first
    label.

    Labels with their sentences and labels without are read by two sets of weights. Cost: O(n²) in
    the different labels, 40 ms for 100 of them.

    >>> name_actors([Label("President Ana Ruiz"), Label("Ms. Ruiz"), Label("Norway")])
    [0, 0, 1]
    """
    if not labels:
        return []
    config = config or Config()
    known: dict[Label, int] = {}
    index = [known.setdefault(label, len(known)) for label in labels]
    told = any(label.context for label in labels)
    times = np.bincount(index).astype(np.float64)
    event = Event(list(known), times)
    chances = _chances(event, "told" if told else "bare")
    chances[event.apart()] = -np.inf
    least = config.actor_threshold if told else config.bare_actor_threshold
    groups = link(chances, times, least)
    numbers: dict[int, int] = {}
    return [numbers.setdefault(int(groups[n]), len(numbers)) for n in index]


def _chances(event: Event, which: str) -> NDArray[np.float64]:
    """Return for each pair the probability 0..1 of meaning the same."""
    table = weights("actors")
    names = bytes(table["names"]).decode("utf-8").split("\n")
    weight = dict(zip(names, table[which].tolist(), strict=True))
    logit: Matrix = sum(
        (np.float32(weight[name]) * matrix for name, matrix in event.evidence()),
        np.full((len(event.labels),) * 2, weight["bias"], np.float32),
    )
    return 1 / (1 + np.exp(-logit.astype(np.float64)))


def link(
    chances: NDArray[np.float64], times: NDArray[np.float64], least: float
) -> NDArray[np.int64]:
    """Group by average linkage while the mean chance of two groups is at least `least`; each label
    weighs as often as it stands there. A pair with -inf is never put together.
    """
    alike = chances.copy()
    np.fill_diagonal(alike, -np.inf)
    size = times.copy()
    group = np.arange(len(alike))
    best, near = alike.max(axis=1), alike.argmax(axis=1)
    while best.max() >= least:
        a = int(best.argmax())
        b = int(near[a])
        row = (alike[a] * size[a] + alike[b] * size[b]) / (size[a] + size[b])
        row[[a, b]] = -np.inf
        alike[b] = alike[:, b] = -np.inf
        alike[a] = alike[:, a] = row
        size[a] += size[b]
        group[group == b] = a
        stale = np.flatnonzero((near == a) | (near == b) | (row > best))
        near[stale] = alike[stale].argmax(axis=1)
        best[stale] = alike[stale, near[stale]]
        near[[a, b]] = alike[[a, b]].argmax(axis=1)
        best[[a, b]] = alike[[a, b]].max(axis=1)
    return group
