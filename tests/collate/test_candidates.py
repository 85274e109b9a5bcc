"""The index of sentences: it finds other tellings, says nothing of strangers, and counts as an
exhaustive search does."""

import pytest

from app.collate import Index
from app.collate.tokens import is_function_word, stem, tokenize
from bench.generate import store

SENTENCES = [
    "The ferry to Aldra sank on Monday with forty people aboard.",
    "Prices of copper rose again in Lorca.",
    "Forty passengers went down with a boat bound for Aldra.",
    "The minister denied everything.",
    "The ferry to Aldra sank on Monday with forty people aboard.",
]


@pytest.fixture(scope="module")
def made() -> tuple:
    """A small store with its queries and its index."""
    sentences, queries = store(1500, 60, seed=3)
    return sentences, queries, Index(sentences)


def test_index_finds_other_tellings_and_no_strangers():
    found = [c.number for c in Index(SENTENCES).find("A ferry with forty aboard sank off Aldra.")]

    assert found[:2] == [0, 4]
    assert set(found) == {0, 2, 4}


@pytest.mark.parametrize("asked", ["", "of the and", "!?", "Xylograph zzz"])
def test_index_finds_nothing_where_no_word_is_shared(asked):
    assert Index(SENTENCES).find(asked) == ()


def test_index_without_sentences_answers():
    assert Index([]).find("Anything at all.") == ()
    assert Index([""]).find("Anything at all.") == ()


def test_index_gives_no_more_than_asked_best_first(made):
    _, queries, index = made

    found = index.find(queries[-1].text, most=7)

    assert len(found) == 7
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


def test_index_finds_most_made_tellings_of_a_store(made):
    _, queries, index = made
    by_rule = [q for q in queries if not q.by_hand]

    hits = sum(bool({c.number for c in index.find(q.text)} & q.tellings) for q in by_rule)

    assert hits >= 0.9 * len(by_rule)


def test_index_leaves_out_no_sentence_that_shares_more_rare_words(made):
    sentences, queries, index = made
    bags = [_stems(sentence) for sentence in sentences]

    for query in queries[-5:]:
        found = {c.number for c in index.find(query.text, most=100)}
        most = max(len(_stems(query.text) & bag) for bag in bags)
        sharing = [n for n, bag in enumerate(bags) if len(_stems(query.text) & bag) == most]
        assert found & set(sharing)


def _stems(text: str) -> set[str]:
    norms = [t.norm for t in tokenize(text) if t.norm[0].isalnum()]
    return {stem(norm) for norm in norms if not is_function_word(norm)}
