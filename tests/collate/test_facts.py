"""Who states what of when, where and who: each value once a telling, in its fullest words."""

from datetime import date

import pytest

from app.collate import prepare
from app.collate.anchors import read_anchor
from app.collate.facts import facts_of
from app.collate.terms import about_all


def facts(*texts, published=None):
    """Return question → (value, number of the telling, words) for tellings of one event."""
    about = about_all(texts, [published] * len(texts))
    anchors = [
        read_anchor(text, passage, about[t], telling=t, number=n)
        for t, text in enumerate(texts)
        for n, passage in enumerate(prepare(text).passages)
    ]
    ids = [str(t) for t in range(len(texts))]
    found = {"when": [], "where": [], "who": []}
    for fact in facts_of(anchors, ids, texts):
        text = fact.span.of(texts[int(fact.telling)])
        found[fact.what].append((fact.value, int(fact.telling), text))
    return found


def test_a_date_is_shown_in_its_most_exact_words():
    text = "Anna Holm visited Riga on Wednesday. She left Riga on Wednesday, 13 September 2023."
    assert facts(text, published=date(2023, 9, 14))["when"] == [
        ("2023-09-13", 0, "Wednesday, 13 September 2023")
    ]


def test_a_person_is_shown_by_full_name_and_post():
    text = "The talks pleased Putin. Russian President Vladimir Putin hosted the summit in Oslo."
    assert facts(text)["who"] == [("putin", 0, "Russian President Vladimir Putin")]


def test_a_bare_title_names_nobody_unless_the_telling_gives_the_name():
    named = (
        "Norwegian Foreign Minister Anna Holm visited Riga. The Norwegian foreign minister left."
    )
    bare = "The Norwegian foreign minister visited Riga."
    assert facts(named, bare)["who"] == [("holm", 0, "Norwegian Foreign Minister Anna Holm")]


@pytest.mark.parametrize(
    "text",
    [
        "He visited Riga, his first trip since Covid.",
        "The visit marked the end of the Korean war in Riga.",
        "A summit was held near the Plesetsk Cosmodrome in May.",
        "Officials held a summit with Pyongyang in Riga.",
        "Russian officials held a summit in Riga.",
    ],
)
def test_other_capitals_demonyms_and_seats_are_nobody(text):
    assert facts(text)["who"] == []


def test_a_state_is_named_by_its_own_name():
    assert facts("On Monday the DPRK vetoed it.")["who"] == [("north korea", 0, "DPRK")]


def test_who_stands_in_another_place_has_no_part_in_it():
    text = (
        "Norwegian Prime Minister Anna Holm visited Riga in 2019. "
        "Her visit to Riga followed talks with Donald Trump in Hanoi."
    )
    found = facts(text)
    assert [value for value, _, _ in found["where"]] == ["riga"]
    assert [value for value, _, _ in found["who"]] == ["holm"]


def test_places_that_two_tellings_give_both_stand():
    found = facts("Anna Holm visited Riga.", "Anna Holm visited Hanoi.")
    assert {value for value, _, _ in found["where"]} == {"riga", "hanoi"}


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("At the end of March, Norway vetoed it.", ("--03", 0, "At the end of March")),
        ("Norway vetoed it in late March 2024.", ("2024-03-19/2024-03-31", 0, "late March 2024")),
        ("Norway vetoed it on March 28.", ("--03-28", 0, "March 28")),
    ],
)
def test_a_partly_known_date_is_a_fact_in_the_words_of_the_text(text, when):
    assert facts(text)["when"] == [when]


def test_of_two_dates_without_a_year_the_more_exact_one_stands():
    text = "In March, Norway vetoed it. Norway used its veto on March 28."
    assert facts(text)["when"] == [("--03-28", 0, "March 28")]


def test_a_day_left_open_is_no_fact():
    assert facts("Norway vetoed it on Wednesday.")["when"] == []
