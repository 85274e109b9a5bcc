"""What a person set outlives every run."""

import pytest

from app.errors import NotFound
from app.store import events
from app.store.findings import save_found_events
from tests.factories import SECOND, make_article, make_finding, make_pair, parts_of

OWN = 1


@pytest.fixture
def pair(db):
    """Two articles in collection OWN."""
    return make_pair(db)


def run(db, *findings):
    """Save what a run found; return the events of the findings."""
    return [
        events.get_event_by_id(db, number)
        for number in save_found_events(db, OWN, findings, "hash")
    ]


def starts(db, event, role="main"):
    return {
        (part.revision_id, part.start)
        for part in events.list_event_passages(db, [event.id])
        if part.role == role
    }


def places(parts):
    return {(part.revision_id, part.start) for part in parts}


def test_the_same_findings_again_change_nothing(db, pair):
    first, second = (parts_of(db, article) for article in pair)
    (event,) = run(db, make_finding("Bridge", first + second))
    rows = [(part.id, part.role) for part in events.list_event_passages(db, [event.id])]
    (again,) = run(db, make_finding("Bridge", first + second))
    assert again.id == event.id
    assert [(p.id, p.role) for p in events.list_event_passages(db, [event.id])] == rows


def test_an_event_keeps_its_address_when_an_article_joins(db, pair):
    first, second = (parts_of(db, article) for article in pair)
    (event,) = run(db, make_finding("Bridge", first))
    (again,) = run(db, make_finding("Bridge shut for a fortnight", first + second))
    assert (again.id, again.slug) == (event.id, "bridge")
    assert again.label == "Bridge shut for a fortnight"
    assert starts(db, again) == places(first + second)


def test_a_name_by_a_person_stays(db, pair):
    first, second = (parts_of(db, article) for article in pair)
    (event,) = run(db, make_finding("Bridge", first))
    events.rename_event(db, event.id, "My bridge")
    (again,) = run(db, make_finding("Another label", first + second))
    assert again.label == "My bridge"


def test_what_a_person_kept_out_stays_out(db, pair):
    first, second = (parts_of(db, article) for article in pair)
    (event,) = run(db, make_finding("Bridge", first + second))
    events.remove_article_from_event(db, event.id, pair[1].id)
    (again,) = run(db, make_finding("Bridge", first + second))
    assert again.id == event.id
    assert starts(db, again) == places(first)


def test_what_a_person_put_in_stays_in_with_its_role(db, pair):
    first, second = (parts_of(db, article) for article in pair)
    (event,) = run(db, make_finding("Bridge", first))
    events.add_passages(
        db,
        event.id,
        [events.Part(second[0].revision_id, second[0].start, second[0].end, "background")],
    )
    (again,) = run(db, make_finding("Bridge", first + second))
    assert starts(db, again, "background") == places(second[:1])
    assert starts(db, again) == places(first + second[1:])


def test_a_merge_by_a_person_outlives_runs_that_find_both(db, pair):
    first, second = (parts_of(db, article) for article in pair)
    one, two = run(db, make_finding("One", first), make_finding("Two", second))
    events.merge_events(db, one.id, two.id)
    again = run(db, make_finding("One", first), make_finding("Two", second))
    assert {event.id for event in again} == {two.id}
    assert starts(db, two) == places(first + second)
    assert events.get_event(db, "one").id == two.id


def test_new_articles_about_a_merged_event_come_to_the_one_it_went_to(db, pair):
    first, second = (parts_of(db, article) for article in pair)
    one, two = run(db, make_finding("One", first), make_finding("Two", second))
    events.merge_events(db, one.id, two.id)
    third = parts_of(db, make_article(db, text=SECOND + "\nA third report.\n", outlet="Third"))
    run(db, make_finding("One", first + third), make_finding("Two", second))
    assert starts(db, two) == places(first + second + third)


def test_a_split_by_a_person_outlives_a_run_that_finds_one(db, pair):
    first, second = (parts_of(db, article) for article in pair)
    (event,) = run(db, make_finding("Bridge", first + second))
    rows = events.list_event_passages(db, [event.id])
    chosen = [row.id for row in rows if row.revision_id == second[0].revision_id]
    made = events.split_event(db, event.id, chosen, "Its own")
    run(db, make_finding("Bridge", first + second))
    assert starts(db, event) == places(first)
    assert starts(db, made) == places(second)
    run(db, make_finding("Bridge", first), make_finding("Second", second))
    assert starts(db, event) == places(first)
    assert starts(db, made) == places(second)
    assert made.label == "Its own"


def test_an_event_that_is_found_no_more_goes(db, pair):
    first, second = (parts_of(db, article) for article in pair)
    _, gone = run(db, make_finding("One", first), make_finding("Two", second))
    run(db, make_finding("One", first))
    with pytest.raises(NotFound):
        events.get_event(db, gone.slug)
    assert not events.list_event_passages(db, [gone.id])


def test_the_address_of_an_event_that_another_took_in_leads_there(db, pair):
    first, second = (parts_of(db, article) for article in pair)
    one, two = run(db, make_finding("One", first), make_finding("Two", second))
    (event,) = run(db, make_finding("Both", first + second))
    assert event.id in {one.id, two.id}
    assert events.get_event(db, "one").id == events.get_event(db, "two").id == event.id


def test_an_event_a_person_touched_stays_without_passages(db, pair):
    first, second = (parts_of(db, article) for article in pair)
    _, kept = run(db, make_finding("One", first), make_finding("Two", second))
    events.rename_event(db, kept.id, "Mine")
    run(db, make_finding("One", first))
    assert events.get_event(db, kept.slug).label == "Mine"


def test_an_event_made_by_a_person_is_not_taken_away(db, pair):
    first, _ = (parts_of(db, article) for article in pair)
    made = events.add_event(db, pair[0].collection_id, "Mine")
    run(db, make_finding("One", first))
    assert events.get_event(db, made.slug).id == made.id


def test_parents_follow_the_findings(db, pair):
    first, second = (parts_of(db, article) for article in pair)
    outer, inner = run(db, make_finding("Outer", first), make_finding("In", second, parent=0))
    assert inner.parent_id == outer.id
    outer, inner = run(db, make_finding("Outer", first), make_finding("In", second))
    assert inner.parent_id is None


def test_two_events_do_not_lie_inside_each_other(db, pair):
    first, second = (parts_of(db, article) for article in pair)
    one, two = run(db, make_finding("One", first), make_finding("Two", second))
    one.parent_id, one.parent_by = two.id, events.PERSON
    run(db, make_finding("One", first), make_finding("Two", second, parent=0))
    assert one.parent_id == two.id
    assert two.parent_id is None
