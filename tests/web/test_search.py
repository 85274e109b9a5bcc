"""The search page: hits with snippets, filters in the address, empty states."""

import pytest

from app.store.db import session
from tests.asgi import one, words
from tests.factories import make_article, make_collection, make_event, make_pair


@pytest.fixture
def bridge(client):
    with session(client.app.state.engine) as db:
        first, _second = make_pair(db)
        make_event(db, first, label="Ferries")
    return client


def test_hits_show_the_words_in_their_passage(bridge):
    page = bridge.page("/search?q=ferries")
    hits = page.xpath("//li[@class='result']")
    assert len(hits) == 2
    assert {mark.text for mark in page.xpath("//li[@class='result']//mark")} == {"Ferries"}
    link = hits[0].xpath(".//a/@href")[0]
    assert bridge.page(link).xpath(f"//*[@id='{link.partition('#')[2]}']")


def test_headlines_are_found(bridge):
    page = bridge.page("/search?q=fortnight")
    assert "headline" in words(one(page, "//li[@class='result']"))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("outlet=MG", 1),
        ("outlet=EP", 1),
        ("event=ferries", 1),
        ("from=2024-03-02", 1),
        ("to=2024-03-01", 1),
        ("from=2025-01-01", 0),
    ],
)
def test_filters_narrow(bridge, query, count):
    page = bridge.page(f"/search?q=ferries&{query}")
    assert len(page.xpath("//li[@class='result']")) == count


def test_filters_that_leave_nothing_offer_the_way_back(bridge):
    page = bridge.page("/search?q=ferries&from=2025-01-01")
    link = one(page, "//*[@id='results']//a").get("href")
    assert len(bridge.page(link).xpath("//li[@class='result']")) == 2


@pytest.mark.parametrize("query", ["outlet=XX", "event=nowhere", "from=soon"])
def test_filter_that_is_not_there_says_so(bridge, query):
    page = bridge.page(f"/search?q=ferries&{query}")
    assert page.xpath("//*[@id='results']//*[@data-tone='error']")


@pytest.mark.parametrize(
    "words_", ["", "   ", "zebra", '"', "* OR NEAR(", "a" * 5000, "%00", "'; --"]
)
def test_any_query_is_answered(bridge, words_):
    assert bridge.get("/search", params={"q": words_}).status_code == 200


def test_search_keeps_to_its_collection(bridge):
    with session(bridge.app.state.engine) as db:
        text = "Zebra\n\nA zebra closes the bridge for two days, the keeper said.\n"
        make_article(db, make_collection(db, "desk", "Desk"), text=text)
    assert not bridge.page("/search?q=zebra&collection=own").xpath("//li[@class='result']")
    assert bridge.page("/search?q=zebra&collection=desk").xpath("//li[@class='result']")


def test_htmx_gets_the_results_alone(bridge):
    headers = {"HX-Request": "true", "HX-Target": "results"}
    page = bridge.page("/search?q=ferries", headers=headers)
    assert (page.tag, page.get("id")) == ("section", "results")
    assert "delay:250ms" in one(bridge.page("/search"), "//form[@id='search']").get("hx-trigger")


def test_search_in_an_empty_installation(client):
    assert client.page("/search?q=bridge").xpath("//*[@id='results']")
