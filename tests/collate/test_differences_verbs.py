"""Verbs that differ between two tellings: done or not, by whom, how surely, when."""

from datetime import date

import pytest

from app.collate.apparatus import Matter, Relation
from tests.collate.rows import entries_of, make_witness

SAME, COARSER, CONFLICT = Relation.SAME, Relation.COARSER, Relation.CONFLICTING


def found(one, two, matter):
    """The words and the relation (None for none) of each entry of a matter with two readings."""
    return [
        (
            *(reading.text for reading in entry.readings),
            entry.relations[0].relation if entry.relations else None,
        )
        for entry in entries_of(one, two)
        if entry.matter is matter and len(entry.readings) == 2
    ]


def mirrored(entries):
    return [(b, a, relation) for a, b, relation in entries]


@pytest.mark.parametrize(
    ("one", "two", "a", "b"),
    [
        ("The court upheld the ban.", "The court did not uphold the ban.", "upheld",
         "did not uphold"),
        ("The mayor agreed to resign.", "The mayor refused to resign.", "agreed to resign",
         "refused to resign"),
        ("The minister failed to sign the deal.", "The minister signed the deal.",
         "failed to sign", "signed"),
        ("Chile blocked the text.", "Chile refrained from passing the text.", "blocked",
         "refrained from passing"),
        ("Survivors were found.", "No survivors were found.", "Survivors", "No survivors"),
        ("The senate passed the bill.", "The senate rejected the bill.", "passed", "rejected"),
        ("The shares rose on Monday.", "The shares fell on Monday.", "rose", "fell"),
        ("The jury convicted the driver.", "The jury acquitted the driver.", "convicted",
         "acquitted"),
        ("The suspect admitted the theft.", "The suspect denied the theft.", "admitted",
         "denied"),
    ],
)  # fmt: skip
def test_done_and_not_done_conflict(one, two, a, b):
    assert found(one, two, Matter.AGENCY) == [(a, b, CONFLICT)]
    assert found(two, one, Matter.AGENCY) == [(b, a, CONFLICT)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The shares declined on Monday.", "The shares fell on Monday."),
        ("The plan was not disclosed.", "The plan was kept secret."),
        ("Norway won the final.", "Chile lost the final."),
        ("Russia opposes the sanctions.", "Lavrov condemns the sanctions."),
        ("The minister did not reject the plan.", "The minister accepted the plan."),
        ("The agency would not release the name.", "The agency had no plans to release the name."),
        ("Holm declined to comment on the case.", "Holm declined comment on the case."),
        ("We lose if we don’t broaden the tent.", "We lose if we dont broaden the tent."),
        ("The bill passed the senate.", "The senate passed the bill."),
        ("The attack killed many Chileans.", "Many Chileans died in the attack."),
        ("They were reluctant to call a vote.", "They were unwilling to call a vote."),
    ],
)
def test_other_words_for_one_thing_do_not_conflict(one, two):
    relations = [c.relation for entry in entries_of(one, two) for c in entry.relations]
    assert CONFLICT not in relations


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Norway thanked Chile for its help.", "Chile thanked Norway for its help."),
        ("Germany beat Brazil in the final.", "Brazil beat Germany in the final."),
        ("Chile sold copper to Norway.", "Norway sold copper to Chile."),
        ("The union accused the firm of lying.", "The firm accused the union of lying."),
        ("Norway was attacked by Chile.", "Norway attacked Chile."),
    ],
)
def test_who_acts_on_whom_turned_about_is_a_conflict_and_no_move(one, two):
    entries = entries_of(one, two)
    assert [(e.matter, e.relations[0].relation) for e in entries] == [(Matter.AGENCY, CONFLICT)]
    assert not any(e.moved for e in entries)
    there, back = found(one, two, Matter.AGENCY), found(two, one, Matter.AGENCY)
    assert back == mirrored(there)


def test_what_two_do_with_one_another_has_no_direction():
    relations = [
        c.relation
        for entry in entries_of("Putin met Kim in Oslo.", "Kim met Putin in Oslo.")
        for c in entry.relations
    ]
    assert CONFLICT not in relations


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("The senate blocked the bill.", "The bill was blocked by the senate.",
         ("blocked", "was blocked by", SAME)),
        ("The plan was approved by parliament.", "Parliament approved the plan.",
         ("was approved by", "approved", SAME)),
        ("Police shot three protesters.", "Three protesters were shot.",
         ("shot", "were shot", COARSER)),
    ],
)  # fmt: skip
def test_active_and_passive_are_one_claim_less_exact_where_the_doer_is_not_named(
    one, two, expected
):
    assert found(one, two, Matter.AGENCY) == [expected]
    assert found(two, one, Matter.AGENCY) == mirrored([expected])
    assert not any(entry.moved for entry in entries_of(one, two))


def test_arriving_by_train_is_no_passive():
    entries = entries_of("Kim arrived by armoured train on Monday.", "Kim arrived on Monday.")
    assert Matter.AGENCY not in {entry.matter for entry in entries}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The firm may cut jobs.", "The firm will cut jobs."),
        ("The firm could cut jobs.", "The firm may cut jobs."),
        ("The man allegedly stole a car.", "The man stole a car."),
        ("The minister reportedly offered to quit.", "The minister offered to quit."),
        ("The firm is expected to cut jobs.", "The firm will cut jobs."),
        ("The firm must pay a fine.", "The firm should pay a fine."),
        ("The virus probably came from a market.", "The virus came from a market."),
        ("The pilot appears to have fallen asleep.", "The pilot fell asleep."),
        ("He is said to have taken bribes.", "He took bribes."),
        ("The alleged thief was held.", "The thief was held."),
    ],
)
def test_hedges_and_their_loss_are_modality(one, two):
    assert len(found(one, two, Matter.MODALITY)) == 1
    assert found(two, one, Matter.MODALITY) == mirrored(found(one, two, Matter.MODALITY))


FUTURE, PAST = "The minister will visit Oslo.", "The minister visited Oslo."


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        (date(2023, 9, 14), date(2023, 9, 14), CONFLICT),
        (date(2023, 9, 14), date(2023, 9, 20), None),
        (date(2023, 9, 20), date(2023, 9, 14), CONFLICT),
        (None, date(2023, 9, 14), Relation.UNKNOWN),
    ],
)
def test_what_is_to_come_and_what_is_past_conflict_unless_it_was_written_before(
    first, second, relation
):
    one = make_witness(FUTURE, 1, published=first)
    two = make_witness(PAST, 2, published=second)
    assert found(one, two, Matter.TENSE) == [("will visit", "visited", relation)]


def test_what_goes_on_and_what_is_done_are_tense():
    one, two = "The company is building a plant.", "The company has built a plant."
    assert found(one, two, Matter.TENSE) == [("is building", "has built", None)]


def test_the_times_of_two_happenings_are_not_compared():
    assert found("The firm will open a plant.", "The firm closed a plant.", Matter.TENSE) == []


def test_a_noun_that_is_spelled_like_a_verb_of_saying_is_none():
    one = "The North Korean state condemned the sale."
    two = "The North Korean government condemned the sale."
    assert found(one, two, Matter.ATTRIBUTION) == []


def test_three_tellings_of_one_act_stand_in_one_entry():
    texts = [
        "The senate blocked the bill on Monday.",
        "The bill was blocked by the senate on Monday.",
        "The senate passed the bill on Monday.",
    ]
    entries = [e for e in entries_of(*texts) if e.matter is Matter.AGENCY]
    assert len(entries) == 1
    assert (
        sorted(len(r.places) for r in entries[0].readings) == [1, 1, 1]
        or len(entries[0].readings) == 2
    )
