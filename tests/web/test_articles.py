"""The reader: one article in one version, with the way to the same passage elsewhere."""

import pytest

from app.pipeline import collate_event
from app.store.db import session
from tests.asgi import one, words
from tests.factories import FIRST, make_article, make_event, make_pair


@pytest.fixture
def bridge(client):
    with session(client.app.state.engine) as db:
        first, second = make_pair(db)
        collate_event(db, make_event(db, first, second).id)
    return client


def test_article_is_read_whole(bridge):
    page = bridge.page("/articles/1")
    assert words(one(page, "//h1")) == "Harbour bridge closes for repairs"
    read = " ".join(words(part) for part in page.xpath("//h1 | //*[@class='reader__text']"))
    assert read == " ".join(FIRST.split())


def test_facts_say_what_they_rest_on(client):
    with session(client.app.state.engine) as db:
        make_article(db, outlet=None, published=None)
        make_article(db, text=f"Other\n\n{FIRST}")
    unknown, known = client.page("/articles/1"), client.page("/articles/2")
    assert "Datedate not stated" in words(one(unknown, "//dl[@class='facts']"))
    assert "Outletnot stated" in words(one(unknown, "//dl[@class='facts']"))
    assert "OutletMorning Gazette as stated at import" in words(one(known, "//dl[@class='facts']"))


def test_chips_lead_to_the_rows(bridge):
    page = bridge.page("/articles/1")
    links = page.xpath("//ul[@class='gutter']//a/@href")
    assert links
    for link in links:
        path, _hash, target = link.partition("#")
        assert bridge.page(path).xpath(f"//*[@id='{target}']"), link


def test_passages_have_their_range_as_anchor(bridge):
    for anchor in bridge.page("/articles/1").xpath("//*[starts-with(@id, 'c')]"):
        start, _dash, end = anchor.get("id")[1:].partition("-")
        assert FIRST[int(start) : int(end)] == anchor.text_content()


def test_events_of_the_article_are_named(bridge):
    link = one(bridge.page("/articles/1"), "//p[@class='actions']/a[contains(@href, '/events/')]")
    assert link.get("href") == "/events/bridge-closes"
    assert words(link).startswith("In Bridge closes: ")


def test_furniture_stays_readable_where_it_stood(client):
    with session(client.app.state.engine) as db:
        make_article(db, text=f"{FIRST}\nSubscribe to our newsletter\n")
    aside = one(client.page("/articles/1"), "//details[@class='aside']")
    assert words(one(aside, ".//del")) == "Subscribe to our newsletter"


def test_versions_stay_readable(client):
    url = "https://gazette.example/bridge"
    with session(client.app.state.engine) as db:
        make_article(db, url=url)
        make_article(db, text=FIRST.replace("12 days", "20 days"), url=url)
    newest = client.page("/articles/1")
    assert "20 days" in newest.text_content()
    links = newest.xpath("//dl//a[contains(@href, '/revisions/')]/@href")
    assert links == ["/articles/1/revisions/2", "/articles/1/revisions/1"]
    assert "12 days" in client.page(links[1]).text_content()
    address = one(newest, f"//a[@href='{url}']")
    assert "noreferrer" in address.get("rel")


def test_carried_report_is_told_apart(client, shared):
    text = next((shared / "articles").glob("001*")).read_text(errors="replace")
    with session(client.app.state.engine) as db:
        make_article(db, text=text, outlet="Countercurrents")
    page = client.page("/articles/1")
    assert page.xpath("//*[@data-kind='source']")
    assert page.xpath("//*[@data-carried]//p")


@pytest.mark.parametrize(
    "path", ["/articles/9", "/articles/1/revisions/9", "/articles/x", "/articles/-1"]
)
def test_what_is_not_there_is_not_found(bridge, path):
    assert bridge.get(path).status_code == 404
