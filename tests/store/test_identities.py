from app.store.identities import ENTRY, ROW, Seen, find_identity, list_identities, save_identities
from tests.factories import make_article, make_event


def row(name, *spans):
    return Seen(name, ROW, None, spans, {"id": name})


def test_ids_are_never_dropped_and_lead_on(db):
    event = make_event(db, make_article(db)).id
    entry = Seen("d1", ENTRY, "r1", ((1, 2, 4),))
    save_identities(db, event, [row("r1", (1, 0, 9)), row("r2", (1, 9, 20)), entry], {})
    save_identities(db, event, [row("r2", (1, 0, 20))], {"r1": ("r2",), "d1": ()})
    assert [one.name for one in list_identities(db, event)] == ["r1", "r2", "d1"]
    assert [one.name for one in list_identities(db, event, standing=True)] == ["r2"]
    gone = find_identity(db, event, "r1")
    assert gone.leads_to == ["r2"]
    assert gone.stood == {"id": "r1"}
    assert gone.spans == [[1, 0, 9]]


def test_an_id_that_comes_back_stands_again(db):
    event = make_event(db, make_article(db)).id
    save_identities(db, event, [row("r1", (1, 0, 9))], {})
    save_identities(db, event, [], {"r1": ()})
    save_identities(db, event, [row("r1", (1, 0, 9))], {})
    assert find_identity(db, event, "r1").standing


def test_a_lead_stays_when_later_runs_say_nothing_of_it(db):
    event = make_event(db, make_article(db)).id
    save_identities(db, event, [row("r1", (1, 0, 9))], {})
    save_identities(db, event, [row("r2", (1, 0, 9))], {"r1": ("r2",)})
    save_identities(db, event, [row("r2", (1, 0, 9))], {})
    assert find_identity(db, event, "r1").leads_to == ["r2"]
