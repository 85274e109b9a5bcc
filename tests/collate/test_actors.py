"""Which labels of an event mean the same actor."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate import Config, Label, name_actors
from app.collate.actors.evidence import Event
from app.collate.actors.labels import Kind, read_label
from app.collate.actors.people import is_short_for
from app.collate.actors.senses import humanity
from app.collate.actors.sentence import Surroundings

SMALL = ("the", "of", ",", "two", "1990", "🚀", "’s")
LARGE = ("Norwegian", "minister", "Ana", "Ruiz", "Oslo", "UN", "officials'")
WORDS = st.lists(st.sampled_from(SMALL + LARGE), max_size=6).map(" ".join)


def said(words, sentence, text_id="a"):
    return Label(words, text_id, sentence, sentence.index(words))


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("the Norwegian minister Ana Ruiz", Kind.PERSON, ("ana", "ruiz")),
        ("Mr. Ruiz", Kind.PERSON, ("ruiz",)),
        ("the lawyer, Ana Ruiz", Kind.PERSON, ("ana", "ruiz")),
        ("Norwegian Minister", Kind.ROLE, ()),
        ("Oslo", Kind.STATE, ("norway",)),
        ("the U.N.", Kind.BODY, ("united nations",)),
        ("Harbour Trust", Kind.BODY, ("harbour", "trust")),
        ("two officials", Kind.GROUP, ()),
        ("the company", Kind.COMMON, ()),
        ("planning to meet", Kind.PHRASE, ()),
        ("", Kind.PHRASE, ()),
    ],
)
def test_tells_what_sort_of_label_it_is(words, kind, name):
    reading = read_label(words, frozenset())
    assert (reading.kind, reading.name) == (kind, name)


def test_a_label_names_states_by_their_bodies_too():
    assert read_label("an FBI agent", frozenset()).states == {"united states"}
    assert read_label("Norway's coast guard", frozenset()).states == {"norway"}


def test_a_capital_at_the_start_of_a_sentence_makes_no_name():
    assert read_label("Robbers", frozenset({"robbers"})).name == ()
    assert read_label("Ruiz", frozenset({"robbers"})).name == ("ruiz",)


def test_the_head_is_the_noun_before_a_preposition():
    reading = read_label("the former head of Harbour Trust", frozenset())
    assert (reading.noun, reading.owners) == ("head", {"harbour", "trust"})
    assert read_label("the attorney general", frozenset()).noun == "attorney general"


@pytest.mark.parametrize(
    ("short", "whole", "fits"),
    [
        (("ruiz",), ("ana", "ruiz"), True),
        (("a", "ruiz"), ("ana", "ruiz"), True),
        (("bo", "ruiz"), ("ana", "ruiz"), False),
        (("nha",), ("northern", "harbour", "authority"), True),
        (("oslo",), ("ana", "ruiz"), False),
    ],
)
def test_a_name_can_be_short_for_another(short, whole, fits):
    assert is_short_for(short, whole) is fits


def test_nouns_for_people_are_told_from_nouns_for_bodies():
    assert humanity("farmer") == 1
    assert humanity("committee") == -1
    assert humanity("beekeeper") > humanity("consortium")


def test_one_person_under_several_labels():
    labels = [
        said("Ana Ruiz", "The minister, Ana Ruiz, left Oslo on Monday."),
        said("minister", "The minister, Ana Ruiz, left Oslo on Monday."),
        said("Ruiz", "Ruiz said she would be back.", "b"),
        said("police", "Ruiz told police about the theft.", "b"),
        said("minister", "The minister will be back soon.", "c"),
    ]
    found = name_actors(labels)
    assert found[0] == found[1] == found[2] == found[4] != found[3]


def test_two_people_of_one_family_stay_two():
    labels = [Label("Ana Ruiz"), Label("Bo Ruiz"), Label("Ms. Ana Ruiz"), Label("Mr. Bo Ruiz")]
    found = name_actors(labels)
    assert found[0] == found[2] != found[1] == found[3]


def test_a_state_under_several_labels():
    found = name_actors([Label("Norway"), Label("Oslo"), Label("the Norwegians"), Label("Spain")])
    assert found == [0, 0, 0, 1]


def test_a_higher_threshold_gives_more_actors():
    labels = [Label(w) for w in ("the officials", "some officials", "the police", "the leader")]
    loose = name_actors(labels, Config(bare_actor_threshold=0.02))
    strict = name_actors(labels, Config(bare_actor_threshold=0.98))
    assert len(set(loose)) < len(set(strict))


@settings(max_examples=30, deadline=None)
@given(st.lists(WORDS, max_size=8), st.randoms())
def test_any_labels_get_an_actor_and_their_order_does_not_matter(words, random):
    labels = [Label(word) for word in words]
    found = name_actors(labels)
    assert len(found) == len(labels)
    assert all(
        found[a] == found[b] for a in range(len(words)) for b in range(a) if words[a] == words[b]
    )
    mixed = random.sample(range(len(words)), len(words))
    again = name_actors([labels[n] for n in mixed])
    same = {(a, b) for a in range(len(words)) for b in range(len(words)) if found[a] == found[b]}
    place = {n: k for k, n in enumerate(mixed)}
    assert same == {(a, b) for a, b in same if again[place[a]] == again[place[b]]}


def test_in_a_possessive_the_name_only_owns():
    sentence = "Ruiz's lawyer met the actress Ana Ruiz, a singer, and Ruiz fans."
    names = ["Ruiz's", "lawyer", "actress", "Ana Ruiz", "singer", "fans"]
    apposed = Surroundings([said(name, sentence) for name in names]).apposed
    pairs = {(names[i], names[j]) for i in range(6) for j in range(i) if apposed[i, j]}
    assert {("Ana Ruiz", "actress"), ("singer", "Ana Ruiz")} <= pairs
    assert ("lawyer", "Ruiz's") not in pairs


def test_a_name_with_an_article_is_a_body():
    labels = [said("Rovers", "On Monday the Rovers won."), said("Ruiz", "On Monday Ruiz won.")]
    assert Event(labels, np.ones(2)).kinds.tolist() == [Kind.BODY, Kind.PERSON]
