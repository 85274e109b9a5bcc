"""Events put right by hand; what a person set outlives the next runs."""

import pytest

from app.pipeline import collate_event, find_events
from app.store import events
from app.store.db import session
from tests.asgi import form_of, one, parsed, words
from tests.factories import FIRST, make_article, make_collection, make_event, make_pair

EDIT = "/events/bridge-closes/edit"


@pytest.fixture
def bridge(client):
    """Two articles that tell of one event, and another event of the first."""
    with session(client.app.state.engine) as db:
        first, second = make_pair(db)
        collate_event(db, make_event(db, first, second).id)
        make_event(db, first, label="Ferries")
    return client


def follow(client, answer):
    assert answer.status_code == 303, answer.text[:400]
    return client.page(answer.headers["Location"])


def parts(client, slug):
    """Role of each passage of an event, by (revision, start), with who set it."""
    with session(client.app.state.engine) as db:
        event = events.get_event(db, slug)
        found = events.list_event_passages(db, [event.id])
        return {(part.revision_id, part.start): (part.role, part.by) for part in found}


def ids_of(page, words_of_it):
    """The values of the boxes whose passage holds these words."""
    return [
        label.xpath(".//input/@value")[0]
        for label in page.xpath("//*[@id='passages']//label[.//input[@name='part']]")
        if words_of_it in words(label)
    ]


def test_event_is_renamed(bridge):
    page = follow(bridge, bridge.post("/events/bridge-closes/rename", data={"label": "Ärger "}))
    assert "new name" in words(one(page, "//main//*[@role='status']"))
    assert (
        one(bridge.page(EDIT), "//input[@name='label'][@id='event-label']").get("value") == "Ärger"
    )
    with session(bridge.app.state.engine) as db:
        find_events(db, 1)
        assert events.get_event(db, "bridge-closes").label == "Ärger"


@pytest.mark.parametrize("label", ["", "  ", "x" * 301])
def test_name_that_cannot_be_is_refused(bridge, label):
    answer = bridge.post("/events/bridge-closes/rename", data={"label": label})
    assert answer.status_code == 422
    assert "Not changed." in words(one(parsed(answer), "//main//*[@role='alert']"))


def test_passages_are_taken_out_for_good(bridge):
    ticked = ids_of(bridge.page(EDIT), "Ferries")
    assert len(ticked) == 2
    follow(bridge, bridge.post("/events/bridge-closes/passages/remove", data={"part": ticked}))
    assert not ids_of(bridge.page(EDIT), "Ferries")
    assert list(parts(bridge, "bridge-closes").values()).count(("out", "person")) == 2


def test_article_is_taken_out_and_put_back(bridge):
    follow(bridge, bridge.post("/events/bridge-closes/articles/2/remove"))
    assert "Evening" not in words(one(bridge.page(EDIT), "//*[@id='passages']"))
    page = bridge.page(f"{EDIT}?article=2")
    action = "/events/bridge-closes/articles/2/passages"
    assert "place" not in form_of(page, action)
    places = page.xpath("//input[@name='place']/@value")
    follow(bridge, bridge.post(action, data={"place": places[:2], "role": "background"}))
    assert len(bridge.page(EDIT).xpath("//*[@id='passages']//details[2]//li")) == 2
    roles = [role for role, by in parts(bridge, "bridge-closes").values() if by == "person"]
    assert roles.count("background") == 2


def test_whole_article_is_put_in(bridge):
    data = {"all": "1", "role": "main"}
    follow(bridge, bridge.post("/events/ferries/articles/2/passages", data=data))
    page = bridge.page("/events/ferries/edit")
    assert len(page.xpath("//*[@id='passages']//details")) == 2
    roles = [role for (revision, _), (role, _) in parts(bridge, "ferries").items() if revision == 2]
    assert set(roles) == {"main"}


def test_unticked_passages_go(bridge):
    action = "/events/bridge-closes/articles/1/passages"
    sent = form_of(bridge.page(f"{EDIT}?article=1"), action)
    whole = len(sent["place"])
    follow(bridge, bridge.post(action, data=sent | {"place": sent["place"][1:]}))
    found = [
        role for (revision, _), (role, _) in parts(bridge, "bridge-closes").items() if revision == 1
    ]
    assert (found.count("out"), found.count("main")) == (1, whole - 1)


def test_role_is_set(bridge):
    ticked = ids_of(bridge.page(EDIT), "last repair")
    follow(
        bridge,
        bridge.post(
            "/events/bridge-closes/passages/role", data={"part": ticked, "role": "background"}
        ),
    )
    assert "background, set by hand" in words(one(bridge.page(EDIT), "//*[@id='passages']"))


def test_event_is_split(bridge):
    ticked = ids_of(bridge.page(EDIT), "Ferries")
    data = {"part": ticked, "label": "Ferries instead"}
    page = follow(bridge, bridge.post("/events/bridge-closes/split", data=data))
    assert one(page, "//input[@id='event-label']").get("value") == "Ferries instead"
    assert len(page.xpath("//*[@id='passages']//li")) == 2
    assert not ids_of(bridge.page(EDIT), "Ferries")


def test_split_without_name_keeps_everything(bridge):
    before = parts(bridge, "bridge-closes")
    ticked = ids_of(bridge.page(EDIT), "Ferries")
    answer = bridge.post("/events/bridge-closes/split", data={"part": ticked, "label": ""})
    assert answer.status_code == 422
    assert parts(bridge, "bridge-closes") == before


def test_events_are_merged_and_the_address_leads_on(bridge):
    follow(bridge, bridge.post("/events/ferries/merge", data={"into": "bridge-closes"}))
    assert bridge.get("/events/ferries/edit").status_code == 200
    assert one(bridge.page("/events/ferries/edit"), "//input[@id='event-label']").get("value") == (
        "Bridge closes"
    )
    assert len(bridge.page("/").xpath("//article[@class='card']")) == 1


@pytest.mark.parametrize("into", ["", "ferries"])
def test_merge_into_nothing_is_refused(bridge, into):
    answer = bridge.post("/events/ferries/merge", data={"into": into})
    assert answer.status_code == 422


def test_event_is_made_by_hand(bridge):
    form = form_of(bridge.page("/new-event?collection=own"), "/new-event")
    page = follow(bridge, bridge.post("/new-event", data=form | {"label": "Toll"}))
    assert "The event is made" in words(one(page, "//main//*[@role='status']"))
    assert bridge.get("/events/toll/edit").status_code == 200


def test_event_without_name_is_not_made(bridge):
    answer = bridge.post("/new-event", data={"collection": "own", "label": ""})
    assert answer.status_code == 422
    assert (
        bridge.post("/new-event", data={"collection": "nowhere", "label": "x"}).status_code == 404
    )


def test_article_of_another_collection_is_refused(bridge):
    with session(bridge.app.state.engine) as db:
        make_article(db, make_collection(db, "desk", "Desk"), text=f"Apart\n\n{FIRST}")
    assert bridge.get(f"{EDIT}?article=3").status_code == 422
    answer = bridge.post("/events/bridge-closes/articles/3/passages", data={"role": "main"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("passages/remove", {}),
        ("passages/remove", {"part": "x"}),
        ("passages/remove", {"part": "999"}),
        ("passages/role", {"part": "1", "role": "out"}),
        ("articles/1/passages", {"role": "main", "place": "1:9-2"}),
    ],
)
def test_damaged_form_changes_nothing(bridge, path, data):
    before = parts(bridge, "bridge-closes")
    assert bridge.post(f"/events/bridge-closes/{path}", data=data).status_code == 422
    assert parts(bridge, "bridge-closes") == before


def test_nobody_else_may_edit(settings, make_client, bridge):
    client = make_client(settings.model_copy(update={"allowed_hosts": "desk.example"}))
    headers = {"Host": "desk.example", "Origin": "http://desk.example"}
    answer = client.post("/events/ferries/rename", data={"label": "x"}, headers=headers)
    assert answer.status_code == 403
