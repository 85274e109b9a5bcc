"""Likeness of two short texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.collate.similarity import TRAITS, liken, traits

CRASH = "Four killed in train crash near Oslo"


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ("Train crash near Oslo kills four", "Nine killed in train crash near Oslo"),
        ("Nine killed in train crash near Oslo", "Crowds greet the king in Oslo"),
        ("Crowds greet the king in Oslo", "Shares fall for a third day"),
    ],
)
def test_headlines_that_say_more_of_the_same_score_higher(nearer, farther):
    assert liken(CRASH, nearer) > liken(CRASH, farther)


def test_the_same_words_are_wholly_alike_whatever_their_marks():
    assert liken("Kim meets Putin", "“Kim” meets Putin!") == 1


def test_strangers_share_next_to_nothing():
    assert liken("Kim meets Putin", "Shares fall for a third day") < 0.1


def test_another_number_costs():
    assert liken("Storm kills 12 in Peru", "Storm kills 12 people in Peru") > (
        liken("Storm kills 12 in Peru", "Storm kills 90 people in Peru") + 0.1
    )


def test_an_actor_is_known_by_other_names():
    assert liken("Moscow rejects the offer", "Russia rejects the offer") > (
        liken("Moscow rejects the offer", "France rejects the offer")
    )


@pytest.mark.parametrize("empty", ["", " ", "…", "?!"])
def test_a_text_without_words_is_like_nothing(empty):
    assert liken(empty, CRASH) == 0
    assert liken(empty, empty) == 0


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_order_of_the_texts_does_not_matter(a, b):
    assert liken(a, b) == pytest.approx(liken(b, a))
    assert 0 <= liken(a, b) <= 1


def test_a_pair_has_a_number_for_each_trait():
    assert traits(CRASH, "Kim meets Putin").shape == (len(TRAITS),)
