"""The library: events with coverage and partings, articles, collections, states."""

import pytest

from app.pipeline import collate_event
from app.store import events, work
from app.store.collections import find_collection
from app.store.db import session
from app.store.events import Event
from app.web.cards import Card, build_cards, sort_cards
from app.worker import do_pending
from tests.asgi import one, words
from tests.factories import (
    FIRST,
    counted_statements,
    make_article,
    make_collection,
    make_event,
    make_pair,
)


def make_card(slug, **over):
    fields = {
        "slug": slug,
        "label": slug,
        "inside": "",
        "meta": "",
        "state": "compared",
        "outlets": 2,
        "conflicts": 0,
        "when": "",
        "bars": (),
        "partings": (),
        "differences": 0,
    }
    return Card(**{**fields, **over})


@pytest.fixture
def bridge(client):
    """A library with one event of two outlets, compared, and one of a single outlet."""
    with session(client.app.state.engine) as db:
        first, second = make_pair(db)
        event = make_event(db, first, second)
        collate_event(db, event.id)
        make_event(db, first, label="Ferries")
    return client


def test_empty_library_says_how_to_begin(client):
    page = client.page("/")
    assert "No articles yet." in words(one(page, "//*[@id='events']"))
    assert one(page, "//*[@id='events']//a[@href='#import']") is not None
    assert one(page, "//*[@id='import']//form") is not None


def test_event_shows_its_coverage_as_svg(bridge):
    card = one(bridge.page("/"), "//article[.//a[@href='/events/bridge-closes']]")
    bars = card.xpath(".//*[local-name()='svg'][@role='img']")
    assert len(bars) == 2
    assert all(bar.get("aria-label").endswith("rows") for bar in bars)
    assert all(rect.get("width").endswith("%") for rect in card.xpath(".//*[local-name()='rect']"))


def test_event_shows_where_the_outlets_part(bridge):
    card = one(bridge.page("/"), "//article[.//a[@href='/events/bridge-closes']]")
    links = card.xpath(".//ul[@class='partings']//a/@href")
    assert links
    for link in links:
        assert bridge.get(link).status_code == 200
        target = link.partition("#")[2]
        assert bridge.page(link).xpath(f"//*[@id='{target}']"), link
    assert card.xpath(".//*[@class='mark'][@data-kind]")


def test_one_outlet_has_nothing_to_compare_yet(bridge):
    card = one(bridge.page("/"), "//article[.//a[@href='/events/ferries']]")
    assert "Nothing to compare yet" in words(card)
    assert card.xpath(".//a[@href='#import']")


def test_outlets_without_a_common_row_are_said_to_stand_apart(client):
    other = "Chess match drawn\n\nThe champion offered a draw after forty moves, organisers said.\n"
    with session(client.app.state.engine) as db:
        members = make_article(db), make_article(db, text=other, outlet="Evening Post")
        collate_event(db, make_event(db, *members).id)
    card = words(one(client.page("/"), "//article[@class='card']"))
    assert "No passage of one outlet says" in card
    assert "0 rows" not in card


def test_articles_are_listed_with_outlet_date_and_words(bridge):
    items = [words(item) for item in bridge.page("/").xpath("//ul[@class='articles']/li")]
    assert items[0].startswith("Bridge shut for a fortnight")
    assert "EP Evening Post · 2 March 2024 · " in items[0]
    assert items[0].endswith(" words")


def test_unknown_outlet_and_date_stay_unknown(client):
    with session(client.app.state.engine) as db:
        make_article(db, text=FIRST, outlet=None, published=None)
    item = words(one(client.page("/"), "//ul[@class='articles']/li"))
    assert "U1 outlet not stated · date not stated" in item


def test_many_articles_come_in_pages(client):
    with session(client.app.state.engine) as db:
        for number in range(35):
            make_article(db, text=f"Number {number}\n\n{FIRST}")
    page = client.page("/")
    assert len(page.xpath("//ul[@class='articles']/li")) == 30
    later = client.page(one(page, "//*[@id='articles']//a[@rel='next']").get("href"))
    assert len(later.xpath("//ul[@class='articles']/li")) == 5


def test_collections_are_kept_apart(bridge):
    with session(bridge.app.state.engine) as db:
        make_article(db, make_collection(db, "desk", "Desk <b>"), text=f"Apart\n\n{FIRST}")
    own, desk = bridge.page("/?collection=own"), bridge.page("/?collection=desk")
    assert "Apart" not in own.text_content()
    assert "Evening Post" not in desk.text_content()
    assert desk.xpath("//nav[@aria-label='Collections']//a[@aria-current]")[0].text == "Desk <b>"
    assert bridge.get("/?collection=nowhere").status_code == 404


def test_demonstration_is_marked(demo):
    page = demo.page("/?collection=demo")
    assert "Demonstration texts." in words(one(page, "//*[@class='notice']"))


def test_demonstration_event_is_compared(demo):
    cards = demo.page("/?collection=demo").xpath("//article[.//ul[@data-state='compared']]")
    assert len(cards[0].xpath(".//ul[@data-state='compared']/li")) == 4


def test_pending_work_is_said_and_asked_about(client):
    with session(client.app.state.engine) as db:
        make_pair(db)
    page = client.page("/")
    link = one(page, "//*[@id='working']//a[@hx-get]")
    assert "delay:2s" in link.get("hx-trigger")
    do_pending(client.app.state.engine)
    headers = {"HX-Request": "true", "HX-Target": "working"}
    done = client.page(link.get("hx-get"), headers=headers)
    assert "ready" in words(done)
    assert not done.xpath("//*[@hx-get]")
    assert not client.page("/").xpath("//*[@id='working']//*[@hx-get]")


def test_failed_work_is_said_and_not_asked_about(client):
    with session(client.app.state.engine) as db:
        article, _other = make_pair(db)
        work.add_failure(db, work.Unit(work.FIND_EVENTS, article.collection_id, "x"), "no")
    notice = one(client.page("/"), "//*[@id='working']")
    assert "could not be compared" in words(notice)
    assert not notice.xpath(".//*[@hx-get]")


def test_order_comes_from_the_address(bridge):
    with session(bridge.app.state.engine) as db:
        world = find_collection(db, "own")
        late = events.add_event(db, world.id, "Late")
        late.facts = [{"what": "when", "value": "2030-01-01", "words": "new year", "revision": 1}]
        db.add(late)
    titles = [words(title) for title in bridge.page("/?order=newest").xpath("//article//h3")]
    assert titles[0] == "Late"
    assert words(bridge.page("/?order=nonsense").xpath("//article//h3")[0]) == "Bridge closes"


@pytest.mark.parametrize("name", ["articles", "events"])
def test_plain_address_of_a_list_leads_to_the_library(bridge, name):
    answer = bridge.get(f"/{name}?collection=own")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/?collection=own#{name}")


def test_cards_sort_by_outlets_and_conflicts():
    cards = [make_card("a"), make_card("b", outlets=4), make_card("c", conflicts=2)]
    assert [card.slug for card in sort_cards(cards, "outlets")] == ["b", "a", "c"]
    assert [card.slug for card in sort_cards(cards, "conflicts")] == ["c", "b", "a"]


def test_date_known_in_part_is_shown_in_its_words_and_sorts_after_known_ones():
    def event(number, *stated):
        facts = [{"what": "when", "value": value, "words": words} for value, words in stated]
        return Event(id=number, collection_id=1, label=str(number), slug=str(number), facts=facts)

    events = [
        event(1),
        event(2, ("--03", "At the end\nof March")),
        event(3, ("2019", "2019"), ("2023-09-13", "Wednesday"), ("2023-09-13", "September 13")),
    ]
    cards = build_cards(events, (), ())
    assert [card.meta for card in cards] == [
        "date not stated in the articles",
        "“At the end of March”",
        "“September 13”",
    ]
    assert [card.slug for card in sort_cards(cards, "newest")] == ["3", "2", "1"]


def test_htmx_gets_the_events_alone(bridge):
    headers = {"HX-Request": "true", "HX-Target": "events"}
    page = bridge.page("/?order=conflicts", headers=headers)
    assert (page.tag, page.get("id")) == ("section", "events")


def statements(client, path):
    with counted_statements(client.app.state.engine) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    "path",
    ["/", "/articles/1", "/search?q=bridge", "/events/ferries/edit?article=1", "/collections"],
)
def test_number_of_statements_does_not_grow(bridge, path):
    before = statements(bridge, path)
    with session(bridge.app.state.engine) as db:
        made = [make_article(db, text=f"Number {n}\n\n{FIRST}", outlet=f"O{n}") for n in range(4)]
        for number in range(4):
            collate_event(db, make_event(db, *made[: number + 1], label=f"E{number}").id)
            make_collection(db, f"c{number}", f"C{number}")
    after = statements(bridge, path)
    assert after == before
    assert after <= 8, after
