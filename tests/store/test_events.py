import pytest

from app.errors import Invalid, NotFound
from app.store import events
from app.store.memberships import list_members
from tests.factories import make_article, make_collection, make_event, make_pair, parts_of


def places(db, event):
    return {
        (part.revision_id, part.start): part.role
        for part in events.list_event_passages(db, [event.id])
    }


def test_an_address_is_unlike_every_other_and_stays_when_the_name_changes(db):
    first = make_event(db, make_article(db), label="Bridge closes")
    second = events.add_event(db, first.collection_id, "Bridge closes")
    assert (first.slug, second.slug) == ("bridge-closes", "bridge-closes-2")
    events.rename_event(db, first.id, "  The bridge   shuts ")
    assert events.get_event(db, "bridge-closes").label == "The bridge shuts"
    assert first.label_by == events.PERSON


@pytest.mark.parametrize("label", ["", "   ", "x" * 301])
def test_a_name_that_is_none_is_refused(db, label):
    event = make_event(db, make_article(db))
    with pytest.raises(Invalid):
        events.rename_event(db, event.id, label)


def test_the_address_of_a_merged_event_leads_on(db):
    first, second = make_pair(db)
    one, two = make_event(db, first, label="One"), make_event(db, second, label="Two")
    inside = events.add_event(db, one.collection_id, "Inside", parent_id=one.id)
    events.merge_events(db, one.id, two.id)
    assert events.get_event(db, "one").id == two.id
    assert inside.parent_id == two.id
    assert len(places(db, two)) == len(parts_of(db, first)) + len(parts_of(db, second))
    assert [event.slug for event in events.list_events(db, first.collection_id)] == [
        "two",
        "inside",
    ]


def test_events_of_two_collections_are_never_merged(db):
    one = make_event(db, make_article(db, make_collection(db, "left")))
    two = make_event(db, make_article(db, make_collection(db, "right")))
    with pytest.raises(Invalid):
        events.merge_events(db, one.id, two.id)
    with pytest.raises(Invalid):
        events.merge_events(db, one.id, one.id)


def test_split_moves_passages_for_good(db):
    event = make_event(db, *make_pair(db))
    chosen = [part.id for part in events.list_event_passages(db, [event.id])][:2]
    made = events.split_event(db, event.id, chosen, "Its own")
    assert set(places(db, made).values()) == {"main"}
    assert [role for role in places(db, event).values()].count("out") == 2
    assert made.by == events.PERSON
    with pytest.raises(Invalid):
        events.split_event(db, event.id, [], "Nothing")


def test_an_article_taken_out_of_an_event_is_no_member_any_more(db):
    first, second = make_pair(db)
    event = make_event(db, first, second)
    events.remove_article_from_event(db, event.id, first.id)
    assert [member.article_id for member in list_members(db, event.id)] == [second.id]
    events.add_passages(db, event.id, parts_of(db, first)[:1])
    assert [member.article_id for member in list_members(db, event.id)] == [first.id, second.id]


def test_an_event_holds_what_lies_inside_it(db):
    first, second = make_pair(db)
    outer, inner = make_event(db, first, label="Outer"), make_event(db, second, label="Inner")
    inner.parent_id = outer.id
    roles = {member.article_id: set(member.roles.values()) for member in list_members(db, outer.id)}
    assert roles == {first.id: {"main"}, second.id: {"sub-event"}}
    assert [member.article_id for member in list_members(db, inner.id)] == [second.id]


def test_coverage_counts_by_outlet_and_role(db):
    first, second = make_pair(db)
    event = make_event(db, first)
    events.add_passages(db, event.id, parts_of(db, second, "background"))
    found = events.list_coverage(db, first.collection_id)
    assert [(one.outlet.siglum, one.role, one.articles) for one in found] == [
        ("MG", "main", 1),
        ("EP", "background", 1),
    ]
    assert found[0].passages == len(parts_of(db, first))


def test_an_unknown_address_is_not_found(db):
    with pytest.raises(NotFound):
        events.get_event(db, "nothing")
