"""Events found in tellings: who, what, where, when."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.collate import Telling, cluster, prepare
from app.collate.events import write_date
from app.collate.likeness import digest

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "demo"
ARTICLES = ROOT.parent / "shared" / "articles"
DAYS = {"vostochny-summit": date(2023, 9, 14), "march-2024-veto": date(2024, 3, 29)}


def telling(name, text, published=None):
    read = prepare(text)
    if published is None and read.cleaned.published:
        published = date.fromisoformat(read.cleaned.published.value)
    return Telling(name, text, read.passages, read.quotations, published, read.cleaned.title)


@pytest.fixture(scope="module")
def demo():
    return [
        telling(
            f"{path.parent.name}/{path.stem}", path.read_bytes().decode(), DAYS[path.parent.name]
        )
        for path in sorted(DEMO.glob("*/*.txt"))
    ]


@pytest.fixture(scope="module")
def events(demo):
    return cluster(demo)


def by_label(events, words):
    return next(event for event in events if words in event.label)


def test_cluster_finds_the_two_events_of_the_demonstration(events):
    main = [event for event in events if event.main_tellings]
    assert [{name.split("/")[0] for name in event.main_tellings} for event in main] == [
        {"vostochny-summit"},
        {"march-2024-veto"},
    ]
    assert by_label(events, "Vostochny").label == "Vostochny summit, 13 September 2023"
    assert by_label(events, "veto").label.endswith("28 March 2024")


def test_each_telling_is_the_main_one_of_one_event(demo, events):
    assert sorted(t for e in events for t in e.main_tellings) == sorted(t.id for t in demo)


def test_members_are_passages_and_facts_words_of_their_tellings(demo, events):
    texts = {t.id: t for t in demo}
    for event in events:
        for member in event.members:
            spans = {(p.span.start, p.span.end) for p in texts[member.telling].passages}
            assert (member.start, member.end) in spans
            assert member.role in {"main", "sub-event", "background"}
        assert all(fact.span.of(texts[fact.telling].text).strip() for fact in event.facts)


def test_an_adjective_alone_names_nobody(demo, events):
    texts = {one.id: one.text for one in demo}
    named = {f.span.of(texts[f.telling]) for e in events for f in e.facts if f.what == "who"}
    assert named
    assert not named & {"Russian", "Russians", "Korean", "North Korean", "American", "Chinese"}


def test_relative_days_are_resolved_by_the_publication_date(events):
    when = {f.value for f in by_label(events, "Vostochny").facts if f.what == "when"}
    assert "2023-09-13" in when


def test_events_of_other_days_and_places_stay_apart(events):
    summit = by_label(events, "Vostochny")
    assert not any(f.value.startswith("2019") for f in summit.facts)


def test_cluster_does_not_depend_on_the_order_of_tellings(demo, events):
    assert cluster(demo[::-1]) == events


@pytest.mark.parametrize("late", range(0, 8, 3))
def test_a_telling_that_comes_later_gives_what_a_fresh_run_gives(demo, events, late):
    digest.cache_clear()
    first = [one for n, one in enumerate(demo) if n != late]
    cluster(first)
    assert cluster([*first, demo[late]]) == events


@pytest.mark.parametrize("seed", range(4))
def test_events_rest_on_what_is_told_not_on_ids_or_order(demo, events, seed):
    names = [f"{n}" for n in range(len(demo))]
    random.Random(seed).shuffle(names)
    renamed = dict(zip((one.id for one in demo), names, strict=True))
    found = cluster(
        [replace(one, id=renamed[one.id]) for one in sorted(demo, key=lambda t: renamed[t.id])]
    )
    assert [event.label for event in found] == [event.label for event in events]
    for ours, theirs in zip(found, events, strict=True):
        assert set(ours.main_tellings) == {renamed[name] for name in theirs.main_tellings}
        assert {(m.telling, m.start, m.role) for m in ours.members} == {
            (renamed[m.telling], m.start, m.role) for m in theirs.members
        }


def test_cluster_parts_look_alike_events_of_other_people():
    """Two events of one kind: what parts them are names and numbers, not the words of the kind."""
    fires = [
        ("Hal Brannick", "Dunmore", "Tuesday", 14, "a bakery"),
        ("Iva Sorel", "Castle Wray", "Sunday", 62, "a cinema"),
    ]
    tellings = []
    for person, town, day, age, house in fires:
        tellings += [
            f"Fire took {house} in {town} on {day}. Chief {person} said {age} people got out.",
            f"{person} fought a blaze at {house} in {town}. All {age} people inside fled.",
            f"In {town} fire destroyed {house} on {day}, {person} said; {age} escaped.",
        ]
    found = cluster([telling(str(n), text) for n, text in enumerate(tellings)])
    groups = {frozenset(event.main_tellings) for event in found if event.main_tellings}
    assert groups == {frozenset("012"), frozenset("345")}


def test_cluster_takes_nothing_and_one_sentence():
    assert cluster([]) == ()
    (event,) = cluster([telling("1", "It rained.")])
    assert event.main_tellings == ("1",)
    assert event.label == "It rained."


def test_cluster_finds_the_events_of_the_five_articles():
    if not ARTICLES.is_dir():
        pytest.skip("the raw articles are not beside the checkout")
    tellings = [
        telling(path.name[:3], path.read_bytes().decode())
        for path in sorted(ARTICLES.glob("*.txt"))
    ]
    found = cluster(tellings)
    summit = by_label(found, "Vostochny summit")
    assert set(summit.main_tellings) == {"000", "001", "002"}
    assert {member.telling for member in summit.members} == {"000", "001", "002", "004"}
    veto = by_label(found, "veto")
    assert {member.telling for member in veto.members} == {"003"}
    assert "March" in veto.label
    assert by_label(found, "Lavrov visit, Pyongyang").main_tellings == ("004",)


@pytest.mark.parametrize(
    ("value", "words"),
    [("2023-09-13", "13 September 2023"), ("--09-13", "13 September"), ("2022", "2022")],
)
def test_write_date_writes_as_much_as_is_known(value, words):
    assert write_date(value) == words
