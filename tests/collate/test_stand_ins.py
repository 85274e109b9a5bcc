"""Words that stand for somebody: resolved where one antecedent is possible, else left alone."""

from dataclasses import replace

import pytest

from app.collate.collation import prepare
from app.collate.comparison.telling import read
from app.collate.text import Quotation, Span
from tests.collate.rows import make_witness

NAMED = "Chilean President Ana Ruiz met Norwegian Prime Minister Jan Holm. "


def values(text, *, quoted=(), speaker=None):
    """The words of the last passage that stand for an actor, and for whom."""
    passages = prepare(text).passages
    witness = make_witness(text, 1, quoted=quoted)
    quotations = tuple(Quotation(q.span, speaker) for q in witness.quotations)
    witness = replace(witness, passages=passages, quotations=quotations)
    (telling,) = read([(witness, (passages[-1].span,))])
    return {
        Span(
            telling.tokens[unit.start].span.start, telling.tokens[unit.end - 1].span.end
        ).of(text): unit.thing.value
        for unit in telling.units
        if unit.thing
    }  # fmt: skip


def test_a_pronoun_means_the_one_person_named_before_it():
    assert values(NAMED + "Ruiz said he was late.")["he"] == "ruiz"


def test_a_pronoun_means_the_only_possible_subject_of_the_sentence_before():
    text = NAMED + "In the talks with Holm, Ruiz praised the treaty. She left at noon."
    assert values(text)["She"] == "ruiz"


@pytest.mark.parametrize(
    "text", [NAMED + "He left at noon.", NAMED + "Ruiz told Holm that he was late."]
)
def test_a_pronoun_with_two_candidates_means_nobody(text):
    assert not {"He", "he"} & values(text).keys()


@pytest.mark.parametrize(
    ("speaker", "state"), [("Ana Ruiz", "chile"), ("Jan Holm", "norway"), (None, None)]
)
def test_our_country_is_that_of_the_speaker(speaker, state):
    text = NAMED + "“It is a great day for our country.”"
    quote = "“It is a great day for our country.”"
    assert values(text, quoted=[quote], speaker=speaker).get("our country") == state


def test_his_country_is_that_of_the_one_person_named_before():
    text = NAMED + "Holm said it was a great day for his country."
    assert values(text)["his country"] == "norway"


def test_the_dictator_is_the_other_head_of_state():
    text = NAMED + "Holm praised the dictator."
    assert values(text)["dictator"] == "ruiz"


def test_one_of_many_dictators_is_nobody_known():
    text = NAMED + "Italian Prime Minister Eva Neri came. Holm praised the dictator."
    assert values(text)["dictator"] == "? dictator"
