"""An article put right by hand, or taken out."""

import pytest

from app.pipeline import collate_event
from app.store.articles import list_articles
from app.store.collections import find_collection
from app.store.db import session
from tests.asgi import form_of, one, parsed, words
from tests.factories import make_article, make_collection, make_event, make_pair

EDIT = "/articles/1/edit"


@pytest.fixture
def bridge(client):
    with session(client.app.state.engine) as db:
        first, second = make_pair(db)
        collate_event(db, make_event(db, first, second).id)
    return client


def test_facts_are_changed(bridge):
    form = form_of(bridge.page(EDIT), EDIT)
    answer = bridge.post(EDIT, data=form | {"outlet": "Harbour News", "published": ""})
    assert answer.headers["Location"] == "/articles/1"
    facts = words(one(bridge.page("/articles/1"), "//dl[@class='facts']"))
    assert "OutletHarbour News as stated at import" in facts
    assert "Datedate not stated" in facts
    assert words(one(bridge.page("/articles/1"), "//p[@class='eyebrow']")).startswith("HN")


def test_untouched_facts_keep_what_they_rest_on(client):
    with session(client.app.state.engine) as db:
        make_article(db)
        db_article = list_articles(db, find_collection(db, "own").id)[0]
        db_article.published_basis = "1 March 2024"
        db.add(db_article)
    form = form_of(client.page(EDIT), EDIT)
    client.post(EDIT, data=form | {"author": "Ann Bell"})
    assert "text says 1 March 2024" in words(
        one(client.page("/articles/1"), "//dl[@class='facts']")
    )


def test_new_headline_is_found(bridge):
    form = form_of(bridge.page(EDIT), EDIT)
    bridge.post(EDIT, data=form | {"headline": "Quay in uproar"})
    assert words(one(bridge.page("/articles/1"), "//h1")) == "Quay in uproar"
    assert bridge.page("/articles/1").xpath("//h2[@class='reader__text']")


def test_wrong_facts_keep_what_was_typed(bridge):
    form = form_of(bridge.page(EDIT), EDIT)
    answer = bridge.post(EDIT, data=form | {"headline": "", "url": "javascript:alert(1)"})
    assert answer.status_code == 422
    page = parsed(answer)
    assert one(page, "//*[@id='article-url']").get("value") == "javascript:alert(1)"
    assert len(page.xpath("//p[@class='field__error']")) == 2


def test_article_is_taken_out(bridge):
    answer = bridge.post("/articles/1/remove", data={"sure": "1"})
    assert answer.headers["Location"] == "/?collection=own"
    assert bridge.get("/articles/1").status_code == 404
    assert bridge.get("/events/bridge-closes").status_code == 200
    assert len(bridge.page("/").xpath("//ul[@class='articles']/li")) == 1
    assert not bridge.page("/search?q=shops").xpath("//li[@class='result']")


def test_article_is_not_taken_out_unasked(bridge):
    answer = bridge.post("/articles/1/remove", data={})
    assert answer.status_code == 422
    assert "Tick the box first." in words(parsed(answer))
    assert bridge.get("/articles/1").status_code == 200


@pytest.mark.parametrize("action", ["edit", "remove"])
def test_demonstration_stays_as_it_is(client, action):
    with session(client.app.state.engine) as db:
        make_article(db, make_collection(db, "demo", "Demonstration", demo=True))
    data = {"sure": "1", "headline": "x"}
    assert client.post(f"/articles/1/{action}", data=data).status_code == 422
    assert not client.page("/articles/1").xpath("//a[contains(@href, '/edit')]")
