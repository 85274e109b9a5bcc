"""The word aligner: probabilities, the same from both sides."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate.config import Config
from app.collate.words import link_grid, link_words, word


def words(text):
    return text.split()


SENTENCES = st.lists(
    st.sampled_from(words("Kim met Putin in Russia , the leader said on Monday . “ ” 2006 50,000")),
    max_size=14,
)


@settings(max_examples=20, deadline=None)
@given(SENTENCES, SENTENCES)
def test_the_grid_holds_probabilities_and_turns_with_the_sides(a, b):
    grid = link_grid(a, b)
    assert grid.shape == (len(a), len(b))
    assert ((grid >= 0) & (grid <= 1)).all()
    assert np.allclose(grid.T, link_grid(b, a), atol=1e-5)


def test_links_equal_sentences_word_by_word():
    tokens = words("The sanctions were adopted in a different situation .")
    assert [(i, j) for i, j, _ in link_words(tokens, tokens, Config())] == [
        (i, i) for i in range(len(tokens))
    ]


def test_links_other_words_in_the_same_place():
    a = words("Sanctions were adopted in a completely different geopolitical situation")
    b = words("The sanctions were established in a profoundly distinct geopolitical context")
    links = {(a[i], b[j]) for i, j, _ in link_words(a, b, Config())}
    assert {("Sanctions", "sanctions"), ("geopolitical", "geopolitical")} <= links
    assert ("different", "distinct") in links


def test_a_higher_threshold_gives_fewer_links():
    a, b = words("He noted that it had changed"), words("Changes were noted by him")
    loose = link_words(a, b, Config(link_threshold=0.2))
    strict = link_words(a, b, Config(link_threshold=0.8))
    assert {link[:2] for link in strict} <= {link[:2] for link in loose}


@pytest.mark.parametrize("text", ["", "“", "Tsiolkovsky", "北", "🚀", "50,000"])
def test_every_token_has_a_vector_of_length_one_or_none(text):
    length = float(np.linalg.norm(word(text or " ").vector))
    assert length == pytest.approx(1, abs=1e-3) or length == 0


def test_a_copy_answers_itself_however_odd_its_words():
    tokens = words("Xqzvorp 北 🚀 “ Nwbvq ” 7,500 don’t — 12.5% Łódź I.B.M. ?!")
    assert [(i, j) for i, j, _ in link_words(tokens, tokens, Config())] == [
        (i, i) for i in range(len(tokens))
    ]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The bridge was closed after the storm .", "Her new novel sold two million copies ."),
        ("He plays the piano in a band", "Wheat prices fell again in Chicago"),
        ("Voters in Peru went to the polls", "Ice on the lake was thin this winter"),
    ],
)
def test_strangers_share_few_words(a, b):
    links = link_words(words(a), words(b), Config())
    assert [link for link in links if words(a)[link[0]].lower() != words(b)[link[1]].lower()] == []


def test_links_follow_a_clause_that_moved():
    a = words("On Monday the minister resigned , officials said .")
    b = words("Officials said the minister resigned on Monday .")
    links = {(a[i].lower(), b[j].lower()) for i, j, _ in link_words(a, b, Config())}
    assert {("monday", "monday"), ("resigned", "resigned"), ("officials", "officials")} <= links


def test_one_word_answers_several():
    a, b = words("They postponed the vote"), words("They put off the vote")
    links = {(a[i], b[j]) for i, j, _ in link_words(a, b, Config())}
    assert {("postponed", "put"), ("postponed", "off")} <= links


def test_a_word_knows_its_parts():
    known = word("forty")
    assert known.norm == "40"
    assert known.vector.shape == known.meaning.shape == (128,)
    assert 0 <= word("the").rarity < word("cosmodrome").rarity <= 1
