"""Verbs and order: who reports, what is denied, doubted, to come; what has moved."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate.variants.order import moved
from app.collate.variants.verbs import Manner, is_modifier, is_reporting, manner_of


@pytest.mark.parametrize("norm", ["said", "claims", "noted", "accused", "pledging", "snapped"])
def test_verbs_of_saying_are_known_in_all_forms(norm):
    assert is_reporting(norm)


@pytest.mark.parametrize("norm", ["sanctions", "met", "the", ""])
def test_other_words_are_no_verbs_of_saying(norm):
    assert not is_reporting(norm)


@pytest.mark.parametrize(
    ("norms", "manner"),
    [
        (["did", "not"], Manner(denied=True, time="past")),
        (["did", "not", "refuse"], Manner(denied=False, time="past")),
        (["refrained"], Manner(denied=True)),
        (["could"], Manner(doubts=frozenset({"able"}))),
        (["will"], Manner(time="future")),
        (["would"], Manner(time="future")),
        (["has"], Manner(time="past")),
        ([], Manner()),
    ],
)
def test_manner_is_read_from_the_small_words(norms, manner):
    assert manner_of(norms) == manner


def test_modifiers_are_told_from_other_small_words():
    assert is_modifier("not")
    assert is_modifier("might")
    assert not is_modifier("of")


def slow_moved(places, weights):
    """The heaviest rising run by trying all of them."""
    n = len(places)
    best, kept = -1.0, ()
    for bits in range(1 << n):
        run = [i for i in range(n) if bits >> i & 1]
        rising = all(places[a] <= places[b] for a, b in zip(run, run[1:], strict=False))
        weight = sum(weights[i] for i in run)
        if rising and weight > best:
            best, kept = weight, tuple(run)
    return best, kept


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(1, 3)), max_size=8))
def test_moved_leaves_the_heaviest_run_in_order(pairs):
    places, weights = [p for p, _ in pairs], [float(w) for _, w in pairs]
    out = set(moved(places, weights))
    kept = [i for i in range(len(places)) if i not in out]
    assert all(places[a] <= places[b] for a, b in zip(kept, kept[1:], strict=False))
    assert sum(weights[i] for i in kept) == max(0.0, slow_moved(places, weights)[0])
