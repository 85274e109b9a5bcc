"""Pairs across languages: which texts are foreign to each other, and what vectors say of them."""

from dataclasses import replace

import pytest

from app.collate import pair_passages, prepare, witnesses_of
from app.collate.foreign import differ, tongue
from tests.glossary import ENGLISH, GERMAN, Glossary

RUSSIAN = "Мост в порт закрыт.\n\nПаром везёт людей каждый час."


def witness(number, text, *, embedded=True):
    made = witnesses_of(prepare(text), text=text, revision=number, siglum=f"W{number}")[0]
    spans = [passage.span for passage in made.passages]
    rows = Glossary().embed([span.of(text) for span in spans])
    known = {span.start: row for span, row in zip(spans, rows, strict=True)}
    return replace(made, vectors=known) if embedded else made


def pairs_of(*witnesses):
    texts = {w.id: w.text for w in witnesses}
    return {
        frozenset((pair.span_a.of(texts[pair.a]), pair.span_b.of(texts[pair.b]))): pair.score
        for pair in pair_passages(witnesses)
    }


FERRIES = frozenset(
    (
        "A ferry will carry people every hour.",
        "Eine Fähre bringt jede Stunde die Leute hinüber.",
    )
)


@pytest.mark.parametrize(
    ("a", "b", "foreign"),
    [
        (ENGLISH, GERMAN, True),
        (ENGLISH, RUSSIAN, True),
        (ENGLISH, "Kim met Putin.", False),  # too short to tell: any language of its script
        ("Kim met Putin.", "Пожар.", True),
        (ENGLISH, ENGLISH, False),
        ("", "", False),
    ],
)
def test_which_texts_are_foreign_to_each_other(a, b, foreign):
    assert differ(tongue(a), tongue(b)) is foreign
    assert differ(tongue(b), tongue(a)) is foreign


def test_vectors_pair_what_words_cannot():
    english, german = witness(1, ENGLISH), witness(2, GERMAN)
    found = pairs_of(english, german)
    assert found[FERRIES] > 0.9
    assert all(score < found[FERRIES] for pair, score in found.items() if len(pair & FERRIES) == 1)


def test_the_order_of_witnesses_changes_nothing():
    three = [witness(1, ENGLISH), witness(2, GERMAN), witness(3, RUSSIAN)]
    assert pairs_of(*three) == pytest.approx(pairs_of(*reversed(three)))


def test_texts_of_one_language_are_paired_by_their_words_alone():
    again = ENGLISH.replace("closed", "shut")
    with_vectors = pairs_of(witness(1, ENGLISH), witness(2, again))
    without = pairs_of(witness(1, ENGLISH, embedded=False), witness(2, again, embedded=False))
    assert with_vectors == without


def test_where_a_telling_has_no_vectors_nothing_changes():
    without = pairs_of(witness(1, ENGLISH, embedded=False), witness(2, GERMAN, embedded=False))
    assert pairs_of(witness(1, ENGLISH), witness(2, GERMAN, embedded=False)) == without
