"""From an article to vectors to rows across languages, with an embedder of the tests' own."""

import pytest

from app import semantics
from app.pipeline import collate_event, comparison_of, engine_version
from app.store import articles, vectors
from app.worker import do_pending
from tests.factories import make_article, make_event
from tests.glossary import ENGLISH, GERMAN, Glossary


@pytest.fixture
def glossary():
    """An embedder that this process has for one test."""
    made = Glossary()
    semantics.choose(made)
    yield made
    semantics.choose(None)


@pytest.fixture
def event(db):
    english = make_article(db, text=ENGLISH)
    german = make_article(db, text=GERMAN, outlet="Abendpost", language="de")
    return make_event(db, english, german)


def rows_of(db, event):
    """The words of the rows of an event, each as a set of cells."""
    shown = comparison_of(db, event)
    return [
        {span.of(shown.witnesses[cell.witness].text) for cell in row.cells for span in cell.spans}
        for row in shown.apparatus.rows
    ]


def test_passages_in_two_languages_meet_in_a_row(db, event, glossary):
    collate_event(db, event.id)
    assert {
        "A ferry will carry people every hour.",
        "Eine Fähre bringt jede Stunde die Leute hinüber.",
    } in rows_of(db, event)


def test_words_of_two_languages_are_not_marked_as_differences(db, event, glossary):
    collate_event(db, event.id)
    assert [row.entries for row in comparison_of(db, event).apparatus.rows if row.entries] == []


def test_without_an_embedder_they_do_not_meet(db, event):
    collate_event(db, event.id)
    assert rows_of(db, event) == []


def test_what_was_embedded_once_is_not_embedded_again(db, event, glossary):
    collate_event(db, event.id)
    assert len(glossary.asked) == len(set(glossary.asked)) == 10
    other = make_article(db, text=GERMAN + "\nDer Hafen ist groß.", outlet="Morgenblatt")
    glossary.asked.clear()
    collate_event(db, make_event(db, articles.get_article(db, 1), other).id)
    assert glossary.asked == ["Der Hafen ist groß."]


def test_another_embedder_makes_other_comparisons_and_leaves_the_vectors_of_the_first(
    db, event, glossary
):
    collate_event(db, event.id)
    with_it = engine_version()
    semantics.choose(None)
    assert engine_version() != with_it
    assert comparison_of(db, event).apparatus is None
    collate_event(db, event.id)
    assert rows_of(db, event) == []
    assert vectors.remove_vectors(db) == 10


def test_the_worker_embeds_before_it_compares(engine, db, glossary):
    make_article(db, text=ENGLISH)
    make_article(db, text=GERMAN, outlet="Abendpost", language="de")
    db.commit()
    assert glossary.asked == []
    do_pending(engine)
    assert vectors.remove_vectors(db) == len(set(glossary.asked))
