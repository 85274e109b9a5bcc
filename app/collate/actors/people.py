"""Which names of one event mean the same, and what else is said of their bearers. Source: ours."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.collate.actors.labels import Reading

Name = tuple[str, ...]


class Bearers:
    """Those who bear the names of an event: `of` holds for each label the number of its bearer, -1
    where it has no name; `count` how often each is named.
    """

    def __init__(self, readings: Sequence[Reading], times: NDArray[np.float64]) -> None:
        counts: Counter[Name] = Counter()
        for reading, often in zip(readings, times.tolist(), strict=True):
            if reading.name:
                counts[reading.name] += int(often)
        by_name, wholes = _gathered(counts)
        self.of = np.array([by_name[r.name] if r.name else -1 for r in readings], dtype=np.int64)
        named = self.of >= 0
        self.count = np.bincount(self.of[named], times[named], minlength=len(wholes))
        self.roles: list[Counter[str]] = [Counter() for _ in wholes]
        self.gender = [""] * len(wholes)
        for bearer, reading in zip(self.of.tolist(), readings, strict=True):
            if bearer >= 0:
                self.roles[bearer].update(reading.roles)
                self.gender[bearer] = self.gender[bearer] or reading.gender

    def rank(self) -> NDArray[np.float64]:
        """Return 1 for the bearer named most often, 1/2 for the next, and so on."""
        rank = np.empty(len(self.count))
        rank[np.argsort(-self.count, kind="stable")] = np.arange(len(self.count))
        return 1 / (1 + rank)


def _gathered(counts: Counter[Name]) -> tuple[dict[Name, int], list[Name]]:
    """Give each name a bearer, the longest names first; a short one that several could bear goes
    to the one named most often.
    """
    by_name: dict[Name, int] = {}
    wholes: list[Name] = []
    weight: Counter[int] = Counter()
    for name in sorted(counts, key=lambda n: (-len(n), -counts[n], n)):
        fits = [bearer for bearer, whole in enumerate(wholes) if is_short_for(name, whole)]
        if not fits:
            wholes.append(name)
            fits = [len(wholes) - 1]
        by_name[name] = max(fits, key=lambda bearer: (weight[bearer], -bearer))
        weight[by_name[name]] += counts[name]
    return by_name, wholes


def is_short_for(short: Name, whole: Name) -> bool:
    """Say whether a name can be short for another, as long or longer: a part of it, an initial, a
    pet form, its first letters.
    """
    if short == whole:
        return True
    letters = "".join(word[0] for word in whole)
    if len(whole) > 1 and letters == "".join(short).replace(".", ""):
        return True
    if len(short) == 1:
        return short[0] in {whole[0], whole[-1]}
    first, other = short[0], whole[0]
    if short[-1] == whole[-1] and first[0] == other[0]:
        return first == other or len(first) <= 2 or other.startswith(first[:3])
    return set(short) <= set(whole)
