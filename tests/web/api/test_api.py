"""The JSON API: events and articles, read-only."""

import pytest

from app.pipeline import collate_event
from app.store.db import session
from tests.asgi import one
from tests.factories import FIRST, make_event, make_pair


@pytest.fixture
def bridge(client):
    with session(client.app.state.engine) as db:
        first, second = make_pair(db)
        collate_event(db, make_event(db, first, second).id)
    return client


def test_articles_are_listed(bridge):
    found = bridge.get("/api/articles?collection=own").json()
    assert [one["headline"] for one in found] == [
        "Bridge shut for a fortnight",
        "Harbour bridge closes for repairs",
    ]
    assert found[0]["published"] == "2024-03-02"
    assert found[0]["link"] == "http://127.0.0.1:8000/articles/2"
    assert len(bridge.get("/api/articles?collection=own&limit=1&offset=1").json()) == 1


def test_article_comes_with_its_text(bridge):
    found = bridge.get("/api/articles/1").json()
    assert found["text"] == FIRST
    assert "".join(FIRST[start:end] for start, end in found["kept"]) == FIRST
    assert (found["siglum"], found["revision"], found["revisions"]) == ("MG", 1, [1])


def test_event_comes_with_its_comparison(bridge):
    found = bridge.get("/api/events/bridge-closes").json()
    assert [telling["siglum"] for telling in found["tellings"]] == ["MG", "EP"]
    texts = {str(n): bridge.get(f"/api/articles/{n}").json()["text"] for n in (1, 2)}
    for row in found["rows"]:
        for cell in row["cells"]:
            for span in cell["spans"]:
                assert texts[cell["witness"]][span["start"] : span["end"]] == span["text"]
    assert [event["slug"] for event in bridge.get("/api/events?collection=own").json()] == [
        "bridge-closes"
    ]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/articles/99", 404),
        ("/api/articles/1?revision=9", 404),
        ("/api/events/nowhere", 404),
        ("/api/events?collection=nowhere", 404),
        ("/api/events", 422),
        ("/api/articles/x", 404),
    ],
)
def test_fault_is_json(bridge, path, status):
    answer = bridge.get(path)
    assert (answer.status_code, answer.json()["status"]) == (status, status)


def test_api_writes_nothing(client):
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {method for path in paths.values() for method in path} == {"get"}
    assert all(path.startswith("/api/") for path in paths)


def test_description_page_has_no_inline_script(client):
    page = client.page("/api/docs")
    assert not page.xpath("//script[not(@src)]")
    assert one(page, "//*[@id='api-docs']").get("data-description") == "/api/openapi.json"
