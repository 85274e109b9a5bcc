"""Names: whom a label stands for."""

import pytest

from app.collate.apparatus import Relation
from app.collate.data import lexicon
from app.collate.tokens import tokenize
from app.collate.variants import relate
from app.collate.variants.naming import find_names, is_people, is_same_spelling, posts_in
from app.collate.variants.thing import About

TEXT = (
    "North Korean leader Kim Jong-un met Russian President Vladimir Putin. "
    "Foreign Minister Sergey Lavrov spoke to reporters."
)
ABOUT = About(posts=posts_in(TEXT)[0], people=posts_in(TEXT)[1])


def names(text, about=ABOUT):
    tokens = tokenize(text)
    return [
        (text[tokens[t.start].span.start : tokens[t.end - 1].span.end], t.value)
        for t in find_names(tokens, about)
    ]


def test_posts_are_read_from_words_side_by_side():
    posts, people = posts_in(TEXT)
    assert posts["north korea", "leader"] == "kim"
    assert posts["russia", "president"] == "putin"
    assert people == {"kim", "putin", "lavrov"}


def test_a_post_given_to_two_people_is_left_out():
    posts, _ = posts_in("President Ada Munk left. President Jon Lund came.")
    assert posts == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the North Korean leader said", [("North Korean leader", "kim")]),
        ("President of Russia Vladimir Putin", [("President of Russia Vladimir Putin", "putin")]),
        ("while Kim Jong Un and Putin", [("Kim Jong Un", "kim"), ("Putin", "putin")]),
        ("Russia's president arrived", [("Russia's president", "putin")]),
        ("for Moscow and the Kremlin", [("Moscow", "russia"), ("Kremlin", "russia")]),
        (
            "the U.N. Security Council",
            [("U.N. Security Council", "united nations security council")],
        ),
        ("near Tsiolkovsky", [("Tsiolkovsky", "?tsiolkovski")]),
        ("told us", []),
        ("in the US", [("US", "united states")]),
        ("First Priority For North Korea", [("North Korea", "north korea")]),
    ],
)
def test_labels_lead_to_actors(text, found):
    assert names(text) == found


def test_the_dictator_is_somebody_unknown_until_the_texts_say_who():
    assert names("the dictator left") == [("dictator", "? dictator")]


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("for Russia", "for the Kremlin", Relation.SAME),
        ("for Russia", "for Ukraine", Relation.OTHER_REFERENT),
        ("the dictator", "for Kim Jong Un", Relation.UNKNOWN),
        ("the Security Council", "the United Nations", Relation.UNKNOWN),
    ],
)
def test_names_never_conflict(one, two, expected):
    a, b = (find_names(tokenize(text), ABOUT)[0] for text in (one, two))
    found = relate(a, b)
    assert found is relate(b, a)
    assert found is (Relation.COARSER if "Council" in one else expected)


def test_spelling_is_no_difference_of_name():
    assert is_same_spelling("Kim Jong-un", "Kim Jong Un")
    assert not is_same_spelling("Kim", "Putin")
    assert is_people("russian")
    assert not is_people("moscow")


@pytest.mark.parametrize(
    ("name", "tables"), [("actors", ["states", "bodies"]), ("places", ["places"])]
)
def test_every_row_of_a_lexicon_states_its_source_and_no_label_stands_twice(name, tables):
    for table in tables:
        rows = lexicon(name)[table]
        assert all(row["source"] for row in rows)
        labels = [label for row in rows for label in {row["name"], *row["also"]}]
        assert len(labels) == len(set(labels))
