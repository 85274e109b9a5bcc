"""The words of one row: entries, what they are about, and what holds for all of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate.apparatus import Matter, Relation
from app.collate.comparison import compare
from app.collate.config import Config
from app.collate.text import Span
from tests.collate.rows import cells_of, entries_of, make_witness, make_witnesses

SENTENCES = [
    "Russia and China had blocked a further sanctions resolution against North Korea last year.",
    "Moscow and Beijing refrained from backing another sanctions resolution in May 2022.",
    "Sanctions were adopted in a completely different geopolitical situation, Lavrov said.",
    "The sanctions were established in a profoundly distinct geopolitical context, he noted.",
    "More than 1,000 containers left the port of Wonsan on Monday, the White House said.",
    "At least 900 containers left Wonsan in September, Washington claimed.",
    "“Our relations are the first priority for our country,” Kim told Putin.",
    "",
    "!!!",
    "北京 said nothing.",
]
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4)


def entry_with(entries, words):
    """The entry one of whose readings holds these words."""
    return next(e for e in entries if any(words in r.text for r in e.readings))


def relation_of(entry):
    return entry.relations[0].relation if entry.relations else None


def shape(entries):
    """Entries without order: what is compared when cells change places."""
    return {
        (
            e.matter,
            frozenset((p.witness, p.spans) for r in e.readings for p in r.places),
            frozenset(
                (frozenset((e.readings[c.a].text, e.readings[c.b].text)), c.relation)
                for c in e.relations
            ),
            frozenset(frozenset(two) for two in e.moved),
        )
        for e in entries
    }


@settings(max_examples=20, deadline=None)
@given(TEXTS, st.randoms(use_true_random=False))
def test_the_order_of_the_cells_means_nothing(texts, random):
    cells = cells_of(make_witnesses(*texts))
    mixed = list(cells)
    random.shuffle(mixed)
    assert compare(mixed, Config()) == compare(cells, Config())


@settings(max_examples=20, deadline=None)
@given(TEXTS)
def test_spans_lie_inside_the_cells_and_begin_and_end_with_words(texts):
    witnesses = {w.id: w for w in make_witnesses(*texts)}
    for entry in compare(cells_of(list(witnesses.values())), Config()):
        for reading in entry.readings:
            for place in reading.places:
                text = witnesses[place.witness].text
                assert place.spans == tuple(sorted(place.spans))
                for span in place.spans:
                    assert 0 <= span.start < span.end <= len(text)
                    assert span.of(text) == span.of(text).strip(" .,;:“”\n")


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(SENTENCES), st.integers(2, 4))
def test_identical_texts_have_no_entries(text, count):
    assert entries_of(*[text] * count) == ()


@settings(max_examples=20, deadline=None)
@given(TEXTS)
def test_a_witness_stands_in_one_reading_of_an_entry_and_equal_wordings_never_conflict(texts):
    for entry in entries_of(*texts):
        ids = [place.witness for reading in entry.readings for place in reading.places]
        assert len(ids) == len(set(ids))
        for compared in entry.relations:
            a, b = entry.readings[compared.a], entry.readings[compared.b]
            if a.text.casefold() == b.text.casefold():
                assert compared.relation is not Relation.CONFLICTING


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES))
def test_swapping_two_witnesses_leaves_the_relations_alone(one, two):
    there, back = entries_of(one, two), entries_of(two, one)

    def relations(entries):
        return sorted(
            (c.relation.value, *sorted((e.readings[c.a].text, e.readings[c.b].text)))
            for e in entries
            for c in e.relations
        )

    assert relations(there) == relations(back)
    assert sorted(e.matter for e in there) == sorted(e.matter for e in back)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Russia", "Moscow"),
        ("Russia", "the Kremlin"),
        ("the United States", "Washington"),
        ("North Korea", "the DPRK"),
        ("China", "Beijing"),
    ],
)
def test_another_name_for_an_actor_is_naming_and_never_a_conflict(a, b):
    entries = entries_of(
        f"On Monday {a} refused to sign the treaty.", f"On Monday {b} refused to sign the treaty."
    )
    assert [e.matter for e in entries] == [Matter.NAMING]
    assert relation_of(entries[0]) is Relation.SAME
    assert len(entries[0].readings) == 2


def test_other_words_in_one_place_are_one_entry():
    entries = entries_of(SENTENCES[2], SENTENCES[3])
    texts = [{r.text for r in e.readings} for e in entries]
    assert {"completely different", "profoundly distinct"} in texts
    assert {"adopted", "established"} in texts
    assert {"situation", "context"} in texts


def test_verbs_of_saying_answer_each_other():
    entry = entry_with(entries_of(SENTENCES[2], SENTENCES[3]), "noted")
    assert entry.matter is Matter.ATTRIBUTION
    assert {r.text for r in entry.readings} == {"said", "noted"}


def test_one_acts_and_the_other_refrains_is_a_conflict_of_agency():
    entry = entry_with(entries_of(SENTENCES[0], SENTENCES[1]), "blocked")
    assert entry.matter is Matter.AGENCY
    assert relation_of(entry) is Relation.CONFLICTING


def test_last_year_contains_a_month_of_it_given_the_date():
    entry = entry_with(entries_of(SENTENCES[0], SENTENCES[1]), "2022")
    assert entry.matter is Matter.DATE
    assert relation_of(entry) is Relation.COARSER
    assert {r.value for r in entry.readings} == {"2022", "2022-05"}


def test_without_a_date_of_the_article_the_relation_is_unknown():
    undated = make_witness(SENTENCES[0], 1, published=None)
    entry = entry_with(entries_of(undated, make_witness(SENTENCES[1], 2)), "2022")
    assert relation_of(entry) is Relation.UNKNOWN


def test_numbers_that_cannot_both_hold_conflict():
    entry = entries_of("The fire killed 12 people.", "The fire killed 15 people.")[0]
    assert entry.matter is Matter.NUMBER
    assert relation_of(entry) is Relation.CONFLICTING


def test_a_number_word_is_the_same_value_as_its_digits():
    assert entries_of("The fire killed twelve people.", "The fire killed 12 people.") == ()


def test_a_vaguer_number_is_coarser():
    entry = entries_of("More than 1,000 people marched.", "Some 2,000 people marched.")[0]
    assert relation_of(entry) is Relation.COARSER


def test_might_against_will_is_modality():
    entry = entry_with(
        entries_of("The talks might lead to a treaty.", "The talks will lead to a treaty."), "might"
    )
    assert entry.matter is Matter.MODALITY


def test_articles_alone_are_no_difference():
    assert entries_of("The minister signed a treaty.", "Minister signed the treaty.") == ()


def test_words_of_one_telling_only_are_one_phrase():
    entries = entries_of("Kim arrived by armoured train on Monday.", "Kim arrived on Monday.")
    assert [[r.text for r in e.readings] for e in entries] == [["by armoured train"]]


def test_a_phrase_in_another_place_is_moved():
    entries = entries_of(
        "In July the defence minister visited the northern garrison.",
        "The defence minister visited the northern garrison in July.",
    )
    assert len(entries) == 1
    assert entries[0].moved == (("1", "2"),)
    assert len(entries[0].readings) == 1


def test_words_in_quotation_marks_are_flagged():
    a = make_witness("Kim spoke of a “sacred fight” there.", 1, quoted=["“sacred fight”"])
    b = make_witness("Kim spoke of a “holy fight” there.", 2, quoted=["“holy fight”"])
    entry = entries_of(a, b)[0]
    assert (entry.matter, entry.quoted) == (Matter.QUOTATION, True)


def test_no_phrase_reaches_over_the_end_of_a_passage():
    text = "Kim is glad. Something else happens here. Kim is very happy to be back."
    cell = (make_witness(text, 1), (Span(0, 12), Span(42, len(text))))
    other = make_witness("Kim is glad.", 2)
    for entry in compare([cell, (other, (Span(0, 12),))], Config()):
        for reading in entry.readings:
            assert "Something" not in reading.text


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_tellings_have_nothing_to_compare(count):
    assert compare(cells_of(make_witnesses(*SENTENCES[:count])), Config()) == ()
