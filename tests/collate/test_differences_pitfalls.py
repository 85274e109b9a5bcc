"""Pairs that look alike and are not, or the other way round: how their words are compared."""

from dataclasses import replace

from app.collate.apparatus import Matter, Relation
from app.collate.text import Quotation
from tests.collate.rows import entries_of, make_witness

CONFLICT, OTHER = Relation.CONFLICTING, Relation.OTHER_REFERENT


def relations(*texts):
    return [c.relation for entry in entries_of(*texts) for c in entry.relations]


def said(text, number, speaker):
    """A witness of a text that is one quotation of somebody, named outside it."""
    quote = text[: text.rindex("”") + 1]
    witness = make_witness(text, number, quoted=[quote])
    return replace(witness, quotations=(Quotation(witness.quotations[0].span, speaker),))


def test_two_meetings_of_the_same_people_are_two_happenings_not_a_conflict():
    found = relations(
        "Ruiz and Holm discussed fishing quotas in Bergen on Wednesday, 13 September 2023.",
        "Ruiz and Holm discussed fishing quotas in Lima on 25 April 2019.",
    )
    assert OTHER in found
    assert CONFLICT not in found


def test_whose_support_for_whom_is_a_matter_of_agency():
    entries = entries_of(
        "The minister stressed Chile’s full support for Norway.",
        "The minister stressed Norway’s full support for Chile.",
    )
    assert [(e.matter, e.relations[0].relation) for e in entries] == [(Matter.AGENCY, CONFLICT)]


def test_an_adjective_of_a_state_names_it():
    entries = entries_of("Peru shared the view.", "Our Peruvian partners shared the view.")
    naming = [e for e in entries if e.matter is Matter.NAMING]
    assert [c.relation for e in naming for c in e.relations] in ([], [Relation.SAME])


def test_headlines_with_other_verbs_of_saying_do_not_conflict():
    texts = [
        "Holm opposes new tariffs against Chile",
        "Holm condemns new tariffs against Chile",
        "Holm denies new tariffs against Chile",
    ]
    assert CONFLICT not in relations(*texts)


def test_our_country_of_two_speakers_is_no_common_wording():
    named = "Chilean President Ana Ruiz met Norwegian Prime Minister Jan Holm. "
    texts = [
        "“Our country was the first to sign the treaty,” Ruiz said. " + named,
        "“Our country was the first to sign the treaty,” Holm said. " + named,
    ]
    one, two = said(texts[0], 1, "Ana Ruiz"), said(texts[1], 2, "Jan Holm")
    entry = next(e for e in entries_of(one, two) if "Our country" in e.readings[0].text)
    assert entry.relations[0].relation is OTHER


def test_numbers_of_two_speakers_do_not_conflict():
    one = said("“We lost 12 soldiers,” Ana Ruiz said.", 1, "Ana Ruiz")
    two = said("“We lost 15 soldiers,” Jan Holm said.", 2, "Jan Holm")
    assert CONFLICT not in relations(one, two)


def test_numbers_of_one_speaker_conflict():
    one = said("“We lost 12 soldiers,” Ana Ruiz said.", 1, "Ana Ruiz")
    two = said("“We lost 15 soldiers,” Ruiz said.", 2, "Ana Ruiz")
    assert CONFLICT in relations(one, two)


def test_two_translations_of_a_remark_differ_in_their_quotation():
    one = said("“We gave birth to the first space conquerors.”", 1, "Ruiz")
    two = said("“We gave birth to the first space explorers.”", 2, "Ruiz")
    (entry,) = entries_of(one, two)
    assert (entry.matter, [r.text for r in entry.readings]) == (
        Matter.QUOTATION, ["conquerors", "explorers"],
    )  # fmt: skip


def test_one_number_of_two_things_counted_is_one_value():
    one = "The states celebrate 75 years of their diplomatic relationship."
    two = "The republic celebrated 75 years of its creation."
    assert CONFLICT not in relations(one, two)


def test_how_far_something_goes_is_of_matter():
    entries = entries_of("We support the decisions.", "We support all the decisions.")
    assert [r.text for e in entries for r in e.readings] == ["all"]


def test_a_place_and_an_actor_of_one_name_are_no_difference():
    one = "The minister spoke of the fighting in Ukraine."
    two = "The minister spoke of the fighting against Ukraine."
    assert all("Ukraine" not in r.text for e in entries_of(one, two) for r in e.readings)


def test_a_name_answers_a_name_rather_than_a_pronoun():
    named = "Chilean President Ana Ruiz met Norwegian Prime Minister Jan Holm. "
    one = named + "Ruiz praised the plan."
    two = named + "The Chilean president came late; then she praised the plan."
    entry = next(e for e in entries_of(one, two) if "Ruiz" in e.readings[0].text)
    assert [r.text for r in entry.readings] == ["Ruiz", "The Chilean president"]
