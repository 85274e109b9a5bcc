"""Values that differ between two tellings: which words are compared, and how they stand."""

import pytest

from app.collate.apparatus import Matter, Relation
from tests.collate.rows import entries_of

SAME, COARSER, CONFLICT = Relation.SAME, Relation.COARSER, Relation.CONFLICTING
OTHER, UNKNOWN = Relation.OTHER_REFERENT, Relation.UNKNOWN


def found(one, two, matter):
    """The words and the relation of each entry of a matter with two readings."""
    return [
        (*(reading.text for reading in entry.readings), entry.relations[0].relation)
        for entry in entries_of(one, two)
        if entry.matter is matter and len(entry.readings) == 2
    ]


def assert_one(one, two, matter, expected):
    assert found(one, two, matter) == [expected]
    mirrored = (expected[1], expected[0], expected[2])
    assert found(two, one, matter) == [mirrored]


@pytest.mark.parametrize(
    ("sentence", "a", "b", "relation"),
    [
        ("The hall holds {} people.", "1200", "twelve hundred", SAME),
        ("The city has {} voters.", "1.5 million", "1,500,000", SAME),
        ("The city has {} voters.", "1.5 million", "1.5m", SAME),
        ("The city has {} voters.", "1.5 million", "1,487,233", COARSER),
        ("The city has {} voters.", "1.5 million", "1.8 million", CONFLICT),
        ("Prices rose {} in June.", "3.2 percent", "3.2%", SAME),
        ("Prices rose {} in June.", "3 per cent", "3.4 per cent", COARSER),
        ("Prices rose {} in June.", "3 per cent", "4.1 per cent", CONFLICT),
        ("The bank lost {}.", "$2 billion", "two billion dollars", SAME),
        ("The bank lost {}.", "$2 billion", "$3 billion", CONFLICT),
        ("The bank lost {}.", "$2 billion", "€2 billion", CONFLICT),
        ("The bank lost {}.", "$2 billion", "€1.8 billion", UNKNOWN),
        ("{} containers were shipped.", "More than a thousand", "1,500", COARSER),
        ("{} fans marched.", "Up to 50,000", "60,000", CONFLICT),
        ("{} fans marched.", "Up to 50,000", "40,000", COARSER),
        ("{} people were hurt.", "Between 10 and 15", "Twelve", COARSER),
        ("{} people were hurt.", "Between 10 and 15", "Twenty", CONFLICT),
        ("{} people were hurt.", "From 10 to 15", "10-15", SAME),
        ("The storm killed {} people.", "at least 5", "5", COARSER),
        ("The storm killed {} of people.", "hundreds", "thousands", COARSER),
        ("The storm killed {} of people.", "dozens", "thousands", CONFLICT),
        ("{} of the voters stayed at home.", "Half", "50 percent", SAME),
        ("{} of the voters stayed at home.", "Two thirds", "A third", CONFLICT),
        ("The home side won {}.", "3-1", "2-1", CONFLICT),
        ("He was jailed for {}.", "10 years", "12 years", CONFLICT),
        ("He was jailed for {}.", "18 months", "a year and a half", SAME),
        ("The town lies {} from the border.", "5 km", "five kilometres", SAME),
        ("The town lies {} from the border.", "5 km", "three miles", SAME),
        ("The town lies {} from the border.", "5 km", "nine miles", CONFLICT),
        ("A {} man was held.", "34-year-old", "35-year-old", CONFLICT),
        ("The {} strike begins.", "one-day", "two-day", CONFLICT),
        ("{} people fled.", "Nearly 300", "297", COARSER),
        ("{} people fled.", "300 or more", "250", CONFLICT),
        ("The match starts at {}.", "8 pm", "20:00", SAME),
        ("The match starts at {}.", "8 pm", "7.30 pm", CONFLICT),
        ("The match starts at {}.", "6 pm EDT", "3 pm PDT", UNKNOWN),
        ("The war lasted {}.", "six months", "half a year", SAME),
    ],
)  # fmt: skip
def test_numbers(sentence, a, b, relation):
    assert_one(sentence.format(a), sentence.format(b), Matter.NUMBER, (a, b, relation))


def test_ordinals_in_words_and_figures_are_no_difference():
    assert entries_of("It marked its 70th birthday.", "It marked its seventieth birthday.") == ()


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [  # both published on Thursday, 14 September 2023
        ("on Wednesday", "on 13 September", SAME),
        ("on Wednesday", "on Tuesday", CONFLICT),
        ("yesterday", "on Wednesday", SAME),
        ("last week", "on 5 September", COARSER),
        ("last year", "in May 2022", COARSER),
        ("last year", "in May 2021", CONFLICT),
        ("two years ago", "in 2021", SAME),
        ("three days ago", "on Monday", SAME),
        ("in the 1990s", "in 1994", COARSER),
        ("in early 2022", "in March 2022", COARSER),
        ("in early 2022", "in November 2022", CONFLICT),
        ("at the end of March", "on 28 March", COARSER),
        ("at the end of March", "on 3 March", CONFLICT),
        ("on the 13th", "on 13 September", SAME),
        ("next month", "in October", SAME),
        ("tomorrow", "on Friday", SAME),
        ("next Monday", "on 18 September", SAME),
        ("on 2023-09-13", "on September 13, 2023", SAME),
        ("on Sept. 13", "on September 13", SAME),
        ("in summer 2022", "in July 2022", COARSER),
        ("in the first quarter of 2023", "in February 2023", COARSER),
        ("in the second half of 2022", "in March 2022", CONFLICT),
        ("last night", "on Wednesday", SAME),
    ],
)
def test_dates(a, b, relation):
    sentence = "The law was passed {}."
    entries = found(sentence.format(a), sentence.format(b), Matter.DATE)
    assert [entry[2] for entry in entries] == [relation]
    mirrored = found(sentence.format(b), sentence.format(a), Matter.DATE)
    assert [entry[2] for entry in mirrored] == [relation]


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("Paris", "France", SAME),
        ("the EU", "Brussels", SAME),
        ("President Emmanuel Macron", "Macron", SAME),
        ("Sergei Lavrov", "Sergey Lavrov", SAME),
        ("Jane Ruiz", "Mary Ruiz", OTHER),
        ("Jack Ruiz", "Jake Ruiz", UNKNOWN),
        ("Kim Jong Il", "Kim Jong Un", OTHER),
        ("Jane Stone", "Peter Blum", OTHER),
        ("the Bank of England", "the bank", UNKNOWN),
    ],
)
def test_names(a, b, relation):
    sentence = "On Monday {} protested against the new tariff."
    assert [entry[2] for entry in found(sentence.format(a), sentence.format(b), Matter.NAMING)] == [
        relation
    ]


def test_a_spelling_with_a_hyphen_is_no_difference():
    assert entries_of("Kim Jong-un signed the pact.", "Kim Jong Un signed the pact.") == ()


def test_a_post_means_who_holds_it_in_any_of_the_texts():
    one = "French President Emmanuel Macron met the unions."
    assert found(one, "The French president met the unions.", Matter.NAMING) == [
        ("French President Emmanuel Macron", "The French president", SAME)
    ]


def test_the_first_leader_to_do_something_is_not_the_leader():
    one = "Russian President Vladimir Putin came to Oslo."
    two = "He was the first Russian leader who came to Oslo."
    assert SAME not in [entry[2] for entry in found(one, two, Matter.NAMING)]
