"""What vectors say of pairs: across languages, and within one."""

from dataclasses import replace

import pytest

from app.collate import pair_passages, prepare, witnesses_of
from app.collate.nearness import differ, tongue
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


def test_within_a_language_meaning_is_one_more_input():
    other = "Later that day it rained.\n\nA boat shall take everybody hour by hour, people heard."
    telling = frozenset((ENGLISH.split("\n")[3].split(" The mayor")[0], other.split("\n\n")[1]))
    by_meaning = pairs_of(witness(1, ENGLISH), witness(2, other))
    by_words = pairs_of(witness(1, ENGLISH, embedded=False), witness(2, other, embedded=False))
    assert by_meaning[telling] > by_words[telling] + 0.2


def test_two_headlines_alone_keep_their_likeness():
    one, two = witness(1, "The bridge is closed"), witness(2, "Мост закрыт")
    assert all(score > 0.5 for score in pairs_of(one, two).values())


def test_where_a_telling_has_no_vectors_nothing_changes():
    without = pairs_of(witness(1, ENGLISH, embedded=False), witness(2, GERMAN, embedded=False))
    assert pairs_of(witness(1, ENGLISH), witness(2, GERMAN, embedded=False)) == without
