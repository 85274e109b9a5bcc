"""Training pairs made by rule from the sentences of real ones; their links are known."""

import numpy as np

from bench.train.pairs import Pair

_DETERMINERS = {"the", "a", "an"}


def negatives(pairs: list[Pair], count: int, rng: np.random.Generator) -> list[Pair]:
    """Sentences that do not belong together, those that share most words first: no links.

    Half of them come from the nearest stranger by shared words, half at random.
    """
    bags = [frozenset(w.lower() for w in p.t) for p in pairs]
    found = []
    for k in range(count):
        i = int(rng.integers(len(pairs)))
        own = frozenset(w.lower() for w in pairs[i].s)
        others = [int(j) for j in rng.permutation(len(pairs))[:200] if j != i]
        if k % 2:
            others.sort(key=lambda j: -len(own & bags[j]) / len(own | bags[j]))
        stranger = pairs[others[0]]
        if not set(pairs[i].t) & own >= own:
            found.append(Pair(f"negative:{k}", pairs[i].genre, pairs[i].s, stranger.t, frozenset()))
    return found


def rewritten(pairs: list[Pair], count: int, rng: np.random.Generator) -> list[Pair]:
    """A real pair with one side changed by rule: words dropped, clauses at commas swapped, a
    stretch of another sentence put in. The links follow their words.
    """
    found = []
    for k in range(count):
        pair = pairs[int(rng.integers(len(pairs)))]
        other = pairs[int(rng.integers(len(pairs)))]
        order: list[tuple[str, int | None]] = [(w, j) for j, w in enumerate(pair.t)]
        for change in rng.permutation(3)[:2]:
            order = (_drop, _swap, _insert)[int(change)](order, other, rng)
        if not order:
            continue
        place = {j: new for new, (_, j) in enumerate(order) if j is not None}
        sure = frozenset((i, place[j]) for i, j in pair.sure if j in place)
        possible = frozenset((i, place[j]) for i, j in pair.possible if j in place)
        found.append(
            Pair(f"rewritten:{k}", pair.genre, pair.s, [w for w, _ in order], sure, possible)
        )
    return found


def _drop(order, other: Pair, rng: np.random.Generator):
    """Leave out a stretch of one to five words."""
    size = int(rng.integers(1, 6))
    if len(order) < size + 4:
        return order
    start = int(rng.integers(len(order) - size))
    return order[:start] + order[start + size :]


def _swap(order, other: Pair, rng: np.random.Generator):
    """Exchange the parts before and after a comma, the last mark staying last."""
    commas = [k for k, (w, _) in enumerate(order) if w == "," and 2 < k < len(order) - 3]
    if not commas:
        return order
    at = int(rng.choice(commas))
    end = order[-1:] if order[-1][0] in ".!?" else []
    tail = order[at + 1 : len(order) - len(end)]
    return tail + [order[at]] + order[:at] + end


def _insert(order, other: Pair, rng: np.random.Generator):
    """Put in two to six words of another sentence."""
    size = min(len(other.s), int(rng.integers(2, 7)))
    start = int(rng.integers(len(other.s) - size + 1))
    at = int(rng.integers(len(order) + 1))
    return order[:at] + [(w, None) for w in other.s[start : start + size]] + order[at:]
