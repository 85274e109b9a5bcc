"""Collections: listed with their articles, made by hand."""

import pytest

from app.store.collections import find_collection
from app.store.db import session
from app.store.removals import remove_collection
from tests.asgi import one, parsed, words
from tests.factories import make_article, make_collection


def test_collections_are_listed_with_their_articles(client):
    with session(client.app.state.engine) as db:
        make_article(db, make_collection(db, "desk", "Desk"))
        make_collection(db, "demo", "Demonstration", demo=True)
    rows = [words(row) for row in client.page("/collections").xpath("//tbody/tr")]
    assert rows == ["Desk1", "Demonstration0 demonstration texts"]


def test_collection_is_made_and_shown(client):
    answer = client.post("/collections", data={"name": "Élection desk"})
    assert answer.headers["Location"] == "/?collection=election-desk"
    assert "Élection desk" in words(one(client.page("/?collection=election-desk"), "//title"))


@pytest.mark.parametrize("name", ["", " ", "x" * 501])
def test_collection_without_a_usable_name_is_refused(client, name):
    answer = client.post("/collections", data={"name": name})
    assert answer.status_code == 422
    assert one(parsed(answer), "//input[@aria-invalid='true']") is not None


def test_name_of_a_collection_that_was_taken_out_makes_a_new_one(client):
    client.post("/collections", data={"name": "Desk"})
    with session(client.app.state.engine) as db:
        remove_collection(db, find_collection(db, "desk").id)
    answer = client.post("/collections", data={"name": "Desk"})
    assert answer.headers["Location"] == "/?collection=desk-2"
