"""Files and citations of an event, as the address asks for them."""

import csv
import io
import json

import pytest

from app.export import FORMATS
from app.store.db import session
from tests import factories
from tests.asgi import one, words

SLUG = "/events/bridge-closes"


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_is_sent_as_a_file(bridge, client, ending):
    answer = client.get(f"{SLUG}.{ending}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(FORMATS[ending].media_type.split(";")[0])
    assert 'filename="bridge-closes.' in answer.headers["content-disposition"]
    assert "authority" in answer.text


def test_file_has_what_the_view_shows(bridge, client):
    whole = list(csv.DictReader(io.StringIO(client.get(f"{SLUG}.csv").text)))
    assert [line["id"] for line in whole] == ["rclose", "rquote", "rferry"]
    quotes = list(csv.DictReader(io.StringIO(client.get(f"{SLUG}.csv?quotes=1").text)))
    assert [line["id"] for line in quotes] == ["rquote"]
    assert quotes[0]["number"] == "2"
    alone = json.loads(client.get(f"{SLUG}.json?show=MG").text)
    assert [witness["siglum"] for witness in alone["witnesses"]] == ["MG"]
    assert {entry["id"] for row in alone["rows"] for entry in row["entries"]} >= {"dover", "ddays"}
    assert not [entry for row in alone["rows"] for entry in row["entries"] if entry["relations"]]


def test_unknown_ending_event_and_row_are_not_found(bridge, client):
    for address in (
        f"{SLUG}.exe",
        "/events/nothing.md",
        f"{SLUG}/rows/rnone/cite",
        f"{SLUG}/differences/dnone/cite",
    ):
        assert client.get(address).status_code == 404


def test_event_row_and_difference_can_be_cited(bridge, client):
    page = client.page(f"{SLUG}/cite?quotes=1")
    assert words(one(page, "//h1")) == "Cite and export"
    links = [link.get("href") for link in page.xpath("//a[@download]")]
    assert links == [f"{SLUG}.{ending}?quotes=1" for ending in FORMATS]
    texts = [field.text_content() for field in page.xpath("//textarea")]
    assert len(texts) == 4
    assert all("/events/bridge-closes" in text for text in texts)
    row = client.page(f"{SLUG}/rows/rquote/cite")
    assert "We have no choice" in one(row, '//textarea[@id="cite-text"]').text_content()
    difference = client.page(f"{SLUG}/differences/ddays/cite")
    text = one(difference, '//textarea[@id="cite-text"]').text_content()
    assert "“12 days”" in text
    assert "“14 days”" in text
    assert "/events/bridge-closes/differences/ddays" in text


def test_view_leads_to_its_citations(bridge, client):
    page = client.page(f"{SLUG}?base=EP&d=ddays")
    links = [link.get("href") for link in page.xpath('//a[contains(@href, "/cite")]')]
    assert f"{SLUG}/cite?base=EP" in links
    assert f"{SLUG}/differences/ddays/cite?base=EP" in links
    assert f"{SLUG}/rows/rquote/cite?base=EP" in links


def test_words_of_the_address_that_mean_nothing_are_left_out(bridge, client):
    page = client.page(f"{SLUG}/cite?path=/x&fragment=y&url=z")
    assert page.xpath("//a[@download]")[0].get("href") == f"{SLUG}.md"


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("siglum", ["MG", "EP"])
def test_file_of_one_outlet_has_no_word_of_another(bridge, client, ending, siglum):
    answer = client.get(f"{SLUG}.{ending}?show={siglum}")
    assert answer.status_code == 200
    hidden = {"MG": "14 days", "EP": "12 days"}[siglum]
    assert hidden not in answer.text


def test_what_is_still_being_compared_is_not_exported_as_empty(engine, client):
    with session(engine) as db:
        factories.make_event(db, *factories.make_pair(db))
    for address in (f"{SLUG}.csv", f"{SLUG}/cite"):
        answer = client.get(address)
        assert answer.status_code == 409
        assert "still being compared" in answer.text
