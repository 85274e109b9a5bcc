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
