"""Passages that speak of one happening, over all tellings: groups of anchors."""

from collections.abc import Sequence

from app.collate.anchors import Anchor, speak_of_one

_SURE = 2
"""Points of `speak_of_one` from which two anchors are one happening."""


def group_anchors(anchors: Sequence[Anchor]) -> list[list[int]]:
    """Return groups of indices of anchors, each sorted, the groups by their first.

    The anchors that say most come first; each joins the group with the best match among those that
    share a kind and a name with it, as long as none of the group contradicts it. An anchor that
    says too little joins the nearest match in its own telling: a text goes on about its happening
    without naming day and place again. Cost: O(anchors × anchors with a common name).
    """
    finder = _Finder(anchors)
    order = sorted(range(len(anchors)), key=lambda n: (-_said(anchors[n]), n))
    vague = [n for n in order if not finder.join(n, least=_SURE)]
    for n in vague:
        finder.leave(n)
    for n in sorted(vague):
        finder.join_near(n)
    return sorted(sorted(group) for group in finder.groups if group)


def says_enough(anchor: Anchor) -> bool:
    """Say whether an anchor can be told from others of its kind by itself."""
    return _said(anchor) >= _SURE


def _said(anchor: Anchor) -> int:
    """Return how much an anchor says of where, when and who."""
    fine = any(len(place.thing.within) > 1 for place in anchor.places)
    exact = any(date.thing.low is not None for date in anchor.dates)
    return 2 * exact + fine + bool(anchor.dates) + bool(anchor.places) + (len(anchor.actors) >= 2)


class _Finder:
    """The groups so far, found again by the kinds and names of their anchors."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        self.groups: list[list[int]] = []
        self._anchors = anchors
        self._by_name: dict[tuple[str, str], set[int]] = {}
        self._of: dict[int, int] = {}

    def join(self, n: int, least: int) -> bool:
        """Put an anchor into its best group, else into one of its own; say if it says enough."""
        best = max(((self._match(n, group), -group) for group in self._near(n)), default=(0, 0))
        if best[0] >= least:
            self._add(n, -best[1])
            return True
        self.groups.append([])
        self._add(n, len(self.groups) - 1)
        return says_enough(self._anchors[n])

    def leave(self, n: int) -> None:
        """Take an anchor that founded a group out again if nothing joined it."""
        group = self.groups[self._of[n]]
        if group == [n]:
            group.clear()

    def join_near(self, n: int) -> None:
        """Put a vague anchor to the nearest match of its telling, else leave it alone."""
        if n in self.groups[self._of[n]]:
            return
        mine = self._anchors[n]
        near = [
            (abs(other.passage - mine.passage), m)
            for m, other in enumerate(self._anchors)
            if other.telling == mine.telling
            and m != n
            and m in self.groups[self._of[m]]
            and self._match(n, self._of[m]) >= 1
        ]
        self._add(n, self._of[min(near)[1]] if near else self._of[n])

    def _add(self, n: int, group: int) -> None:
        self.groups[group].append(n)
        self._of[n] = group
        for key in self._keys(n):
            self._by_name.setdefault(key, set()).add(group)

    def _near(self, n: int) -> set[int]:
        return {g for key in self._keys(n) for g in self._by_name.get(key, ()) if self.groups[g]}

    def _keys(self, n: int) -> list[tuple[str, str]]:
        anchor = self._anchors[n]
        names = {place.thing.value for place in anchor.places} | anchor.actors.keys()
        names |= {name for place in anchor.places for name in place.thing.within}
        return [(kind, name) for kind in sorted(anchor.kinds) for name in sorted(names)]

    def _match(self, n: int, group: int) -> int:
        """Return the points of the best match in a group, 0 where its surest member disagrees."""
        members = self.groups[group]
        if not members:
            return 0
        points = [speak_of_one(self._anchors[n], self._anchors[m]) for m in members]
        return max(points) if points[0] else 0
