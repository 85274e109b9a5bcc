"""Values of dates, quantities and places: read to a normal form, compared from both sides."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate.apparatus import Matter, Relation
from app.collate.tokens import tokenize
from app.collate.variants import find_things, relate
from app.collate.variants.dates import find_dates
from app.collate.variants.numbers import find_numbers
from app.collate.variants.places import find_places
from app.collate.variants.thing import About

DATED = About(published=date(2023, 9, 14))  # a Thursday
UNDATED = About()


def values(find, text, about=DATED):
    """The words and the value of each thing that `find` sees in `text`."""
    tokens = tokenize(text)
    return [
        (text[tokens[t.start].span.start : tokens[t.end - 1].span.end], t.value)
        for t in find(tokens, about)
    ]


def first(text, about=DATED):
    return find_things(tokenize(text), about)[0]


def relation(one, two, about=DATED):
    return relate(first(one, about), first(two, about))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on Wednesday, September 13", [("Wednesday, September 13", "2023-09-13")]),
        ("on 13 September 2023.", [("13 September 2023", "2023-09-13")]),
        ("the 13th of September", [("13th of September", "2023-09-13")]),
        ("on Wednesday", [("Wednesday", "2023-09-13")]),
        ("on Thursday", [("Thursday", "2023-09-14")]),
        ("in May 2022", [("May 2022", "2022-05")]),
        ("last year", [("last year", "2022")]),
        ("this month", [("this month", "2023-09")]),
        ("last week", [("last week", "2023-09-04/2023-09-10")]),
        ("last month", [("last month", "2023-08")]),
        ("yesterday", [("yesterday", "2023-09-13")]),
        ("In July, he", [("July", "2023-07")]),
        ("in December", [("December", "2022-12")]),
        ("since 2006", [("2006", "2006")]),
        ("in 2016 and 2017", [("2016", "2016"), ("2017", "2017")]),
        ("25 April, 2019", [("25 April, 2019", "2019-04-25")]),
        ("13.09.2023", [("13.09.2023", "2023-09-13")]),
        ("on 29 February 2023", [("29 February 2023", "2023-02-28")]),
        ("they may march on", []),
        ("an image of 1920 pixels", []),
        ("", []),
    ],
)
def test_dates_are_read_by_the_articles_own_date(text, found):
    assert values(find_dates, text) == found


@pytest.mark.parametrize(
    ("text", "value"),
    [("on Wednesday", "?2"), ("last year", "?last year"), ("in July", "--07")]
    + [("13 September", "--09-13"), ("in May 2022", "2022-05")],
)
def test_without_that_date_a_value_stays_open(text, value):
    assert values(find_dates, text, UNDATED)[0][1] == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("more than a thousand containers", [("more than a thousand", "1000.. contain")]),
        ("up to 50,000 men", [("up to 50,000", "0..50000 men")]),
        ("fifty-two guests", [("fifty-two", "52 guest")]),
        ("$2.5 billion", [("$2.5 billion", "2500000000 $")]),
        ("12 per cent", [("12 per cent", "12 %")]),
        ("12% of all", [("12%", "12 %")]),
        ("about 300 people", [("about 300", "270..330 peopl")]),
        ("the 70th anniversary", [("70th", "70 th")]),
        ("no less than 3 million", [("no less than 3 million", "3000000..")]),
        ("about an hour before", [("about an hour", "0.9..1.1 hour")]),
        ("a dozen ships", [("a dozen", "12 ship")]),
        ("1234567 people", [("1234567", "1234567 peopl")]),
        ("no numbers here", []),
    ],
)
def test_quantities_are_read_to_a_range_and_a_unit(text, found):
    assert values(find_numbers, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in Russia", [("Russia", "russia")]),
        ("sanctions against Russia", []),
        ("at the Vostochny space center in Siberia",
         [("Vostochny space center", "vostochny"), ("Siberia", "siberia")]),
        ("Russia’s Amur region", [("Amur region", "amur")]),
        ("Moscow said", []),
        ("in Moscow", [("Moscow", "moscow")]),
    ],
)  # fmt: skip
def test_a_state_is_a_place_only_where_the_words_say_so(text, found):
    assert values(find_places, text) == found


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("on Wednesday", "September 13", Relation.SAME),
        ("last year", "in May 2022", Relation.COARSER),
        ("in 2016", "in 2017", Relation.CONFLICTING),
        ("12 people", "twelve people", Relation.SAME),
        ("12 people", "15 people", Relation.CONFLICTING),
        ("more than 10 people", "15 people", Relation.COARSER),
        ("up to 50 ships", "over 50 ships", Relation.CONFLICTING),
        ("75 years", "75 ships", Relation.SAME),
        ("12 ships", "15 trains", Relation.OTHER_REFERENT),
        ("in Moscow", "in Russia", Relation.COARSER),
        ("in Moscow", "in Vladivostok", Relation.CONFLICTING),
        ("in Moscow", "in Berlin", Relation.CONFLICTING),
        ("in Amur", "in Vostochny", Relation.COARSER),
        ("sanctions on Russia", "sanctions on Moscow", Relation.SAME),
        ("sanctions on Russia", "sanctions on Ukraine", Relation.OTHER_REFERENT),
        ("by the Security Council", "by the UN", None),
        ("on Monday", "12 people", None),
    ],
)
def test_relations(one, two, expected):
    if expected is None and "UN" in two:
        expected = Relation.COARSER
    assert relation(one, two) is expected
    assert relation(two, one) is expected


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("on Wednesday", "on Monday", Relation.UNKNOWN),
        ("last year", "in May 2022", Relation.UNKNOWN),
        ("in September", "on 2 October", Relation.CONFLICTING),
        ("in September", "on 13 September 2023", Relation.COARSER),
        ("on Wednesday", "in 2017", Relation.OTHER_REFERENT),
        ("yesterday", "since 2006", Relation.OTHER_REFERENT),
        ("on Wednesday", "in September", Relation.UNKNOWN),
        ("on Wednesday", "on 13 September 2023", Relation.UNKNOWN),
        ("last year", "in 2017", Relation.UNKNOWN),
    ],
)
def test_relations_without_a_date_of_the_article(one, two, expected):
    assert relation(one, two, UNDATED) is expected
    assert relation(two, one, UNDATED) is expected


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from([DATED, UNDATED]))
def test_things_do_not_overlap_and_lie_inside(text, about):
    tokens = tokenize(text)
    things = find_things(tokens, about)
    ends = [0, *(t.end for t in things)]
    assert all(end <= t.start < t.end for end, t in zip(ends, things, strict=False))
    assert not things or things[-1].end <= len(tokens)


LINE = (
    "on in the Monday May 13 2022 September last year Russia Moscow more than 1,000 percent Kim ,"
    " of President $ 's first quarter half 1990s early mid-2022 two ago a third end Q1 3 - 1 pm"
    " 20:00 km € and between to or so next tens thousands dozens night Sept . one-day won"
)
WORDS = LINE.split(" ")


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from([DATED, UNDATED]))
def test_the_relation_is_the_same_from_both_sides(words, about):
    things = find_things(tokenize(" ".join(words)), about)
    for one in things:
        for two in things:
            assert relate(one, two) is relate(two, one)
            if one.value == two.value and one.matter is two.matter:
                assert relate(one, two) in {Relation.SAME, Relation.UNKNOWN}


def test_a_place_at_the_end_of_a_text_ends_with_it():
    tokens = tokenize("The guests were brought to a Vladivostok airport")
    assert [(t.value, t.end) for t in find_places(tokens, About())] == [
        ("vladivostok", len(tokens))
    ]


def test_a_date_is_not_looked_at_again_as_a_number():
    things = find_things(tokenize("in May 2022 with 12 ships"), DATED)
    assert [t.matter for t in things] == [Matter.DATE, Matter.NUMBER]
