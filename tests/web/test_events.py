"""The aligned view: what the page of an event shows, and under which address."""

import re

from app.pipeline import collate_event, comparison_of
from app.store import collections, events
from app.store.db import session
from tests import factories
from tests.asgi import one, parsed, words
from tests.factories import SECOND, counted_statements, make_article
from tests.rows import bridge_rows, keep_rows

SLUG = "/events/bridge-closes"


def rows_in(page):
    return [row.get("id") for row in page.xpath('//tr[starts-with(@id, "row-")]')]


def marks(page, outlet, kind):
    path = f'//td[@data-outlet="{outlet}"]//a[@class="mark"][@data-kind="{kind}"]'
    return [re.sub(r" \(.*\)$", "", words(mark)) for mark in page.xpath(path)]


def test_page_shows_a_column_for_each_outlet_and_a_row_for_each_fact(bridge, client):
    page = client.page(SLUG)
    assert words(one(page, "//h1")) == "Bridge closes"
    heads = [words(head) for head in page.xpath('//th[@class="aligned__head"]')]
    assert [head.split()[0] for head in heads] == ["MG", "EP"]
    assert rows_in(page) == ["row-rclose", "row-rquote", "row-rferry"]
    label = words(one(page, '//tr[@id="row-rquote"]/th'))
    assert "§2" in label
    assert "Quotation, Ada Munk" in label
    assert "2 of 2 outlets" in label
    assert "loose match" in label
    assert "background" in words(one(page, '//tr[@id="row-rferry"]/th'))


def test_marks_say_operation_matter_and_relation(bridge, client):
    page = client.page(SLUG)
    number = one(page, '//td[@data-outlet="EP"]//a[@data-entry="ddays"]')
    assert number.get("data-kind") == "conflict"
    assert number.get("data-operation") == "substitution"
    assert number.get("data-matter") == "number"
    assert number.get("data-relation") == "conflicting"
    assert number.text_content() == "14 days (conflict)"
    assert marks(page, "EP", "verb") == ["according to", "told reporters"]
    assert marks(page, "EP", "reworded") == ["will be shut from"]


def test_conflict_is_marked_in_the_base_too(bridge, client):
    for base in ("MG", "EP"):
        page = client.page(f"{SLUG}?base={base}")
        assert marks(page, "MG", "conflict") == ["12 days"]
        assert marks(page, "EP", "conflict") == ["14 days"]


def test_base_shows_hairlines_and_the_other_what_it_omits(bridge, client):
    page = client.page(SLUG)
    assert "closes on" in marks(page, "MG", "contested")
    omitted = page.xpath('//td[@data-outlet="EP"]//a[@class="omission"]')
    assert [words(box) for box in omitted] == ["omitted: over the harbour"]


def test_switching_the_base_marks_the_other_side(bridge, client):
    page = client.page(f"{SLUG}?base=EP")
    assert marks(page, "MG", "added") == ["over the harbour"]
    assert one(page, "//th[@data-base]").get("data-outlet") == "EP"


def test_base_that_is_silent_is_named(engine, client):
    with session(engine) as db:
        first = make_article(db)
        second = make_article(db, text=SECOND, outlet="Evening Post")
        third = make_article(
            db, text="Rain\n\nIt rained on Monday all day.\n", outlet="Third Paper"
        )
        event = factories.make_event(db, first, second, third)
        keep_rows(db, event, lambda one, other, _third: bridge_rows(one, other))
    page = client.page(f"{SLUG}?base=TP")
    assert "TP is silent; compared with MG" in words(one(page, '//tr[@id="row-rclose"]/th'))
    cell = one(page, '//tr[@id="row-rclose"]/td[@data-outlet="TP"]')
    assert cell.get("data-silent") is not None
    assert "Not reported" in words(cell)


def test_agreement_and_plain_have_no_base(bridge, client):
    page = client.page(f"{SLUG}?mode=agree")
    assert not page.xpath('//a[@class="mark"]')
    shared = [words(s) for s in page.xpath('//td[@data-outlet="EP"]//span[@class="shared"]')]
    assert "Monday" in shared
    assert not page.xpath("//th[@data-base]")
    plain = client.page(f"{SLUG}?mode=plain")
    assert not plain.xpath('//td//*[@class="mark" or @class="shared"]')


def test_filters_leave_what_they_name(bridge, client):
    assert rows_in(client.page(f"{SLUG}?quotes=1")) == ["row-rquote"]
    assert rows_in(client.page(f"{SLUG}?bg=fold")) == ["row-rclose", "row-rquote"]
    changed = client.page(f"{SLUG}?diff=1")
    assert rows_in(changed) == ["row-rclose", "row-rquote"]
    assert changed.xpath('//span[@class="gap"]')
    whole = one(changed, '//tr[@id="row-rclose"]//a[starts-with(., "Whole passages")]')
    assert whole.get("href") == f"{SLUG}#row-rclose"
    hidden = client.page(f"{SLUG}?show=EP")
    assert [c.get("data-outlet") for c in hidden.xpath('//tr[@id="row-rclose"]/td')] == ["EP"]


def test_filter_that_leaves_nothing_says_so_and_leads_back(bridge, client):
    page = client.page(f"{SLUG}?quotes=1&diff=1&show=EP")
    view = one(page, '//section[@id="view"]')
    assert "No row matches “Changed words” and “Quotations” with EP." in words(view)
    assert [a.get("href") for a in view.xpath('.//div[@class="box"]//a')] == [SLUG]


def test_order_by_divergence_puts_the_conflict_first(bridge, client):
    page = client.page(f"{SLUG}?sort=div")
    assert rows_in(page)[0] == "row-rclose"
    assert "§1" in words(one(page, '//tr[@id="row-rclose"]/th'))


def test_chosen_difference_shows_all_wordings(bridge, client):
    page = client.page(f"{SLUG}?d=ddays")
    bar = words(one(page, '//aside[@id="apparatus"]'))
    assert "§1 Number ≠ conflict" in bar
    assert "12 days MG 14 days EP" in bar
    assert "“12 days” and “14 days”: conflict" in bar
    assert len(page.xpath("//a[@data-chosen]")) == 2
    hidden = words(one(client.page(f"{SLUG}?d=ddays&show=EP"), '//aside[@id="apparatus"]'))
    assert "12 days MG" not in hidden
    lacking = words(one(client.page(f"{SLUG}?d=dover"), '//aside[@id="apparatus"]'))
    assert "− omitted EP" in lacking


def test_difference_that_is_not_here_is_said(bridge, client):
    htmx = {"HX-Request": "true", "HX-Target": "apparatus"}
    for headers in ({}, htmx):
        answer = parsed(client.get(f"{SLUG}?diff=1&d=dnothing", headers=headers))
        bar = answer if headers else one(answer, '//aside[@id="apparatus"]')
        assert bar.get("hidden") is None
        assert "This difference is not in the comparison." in words(bar)
        assert {a.get("href") for a in bar.xpath(".//a")} == {f"{SLUG}?diff=1"}


def test_search_stays_in_the_collection_of_the_event(bridge, client):
    with session(bridge, reading=True) as db:
        (home,) = collections.list_collections(db)
    kept = one(client.page(SLUG), '//input[@form="find"]')
    assert (kept.get("name"), kept.get("value")) == ("collection", home.slug)


def test_each_target_of_htmx_gets_its_fragment_alone(bridge, client):
    def fragment(target, address=SLUG):
        headers = {"HX-Request": "true", "HX-Target": target}
        return client.get(address, headers=headers)

    view = fragment("view", f"{SLUG}?base=EP&mode=base&show=MG&show=EP&sort=event")
    assert view.text.lstrip().startswith('<section id="view"')
    assert view.headers["HX-Push-Url"] == f"{SLUG}?base=EP"
    live = one(parsed(view), '//div[@id="live"]')
    assert (live.get("hx-swap-oob"), words(live)) == ("innerHTML", "3 rows, base Evening Post")
    bar = fragment("aside#apparatus", f"{SLUG}?d=ddays")
    assert bar.text.lstrip().startswith('<aside id="apparatus"')
    said = words(one(parsed(bar), '//div[@id="live"]'))
    assert said == "§1, Number: 12 days MG; 14 days EP"
    why = fragment("why-rclose", f"{SLUG}/rows/rclose/why")
    assert why.text.lstrip().startswith('<span id="why-rclose"')
    assert "shared rare words" in why.text
    assert "HX-Target" in view.headers["Vary"]


def test_form_without_scripts_leads_to_the_short_address(bridge, client):
    sent = f"{SLUG}?mode=base&base=MG&show=MG&show=EP&diff=1&sort=event&go=1"
    answer = client.get(sent)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{SLUG}?diff=1")


def test_nonsense_in_the_address_is_passed_over(bridge, client):
    page = client.page(f"{SLUG}?base=XX&mode=zz&show=QQ&sort=1&d=nothing&bg=2&diff=yes")
    assert rows_in(page) == ["row-rclose", "row-rquote", "row-rferry"]


def test_every_link_leads_somewhere(engine, client):
    with session(engine) as db:
        event = factories.make_event(db, *factories.make_pair(db))
        collate_event(db, event.id)
    page = client.page(SLUG)
    links = {a.get("href").partition("#")[0] for a in page.xpath("//a[@href]")} - {""}
    for link in sorted(links):
        assert client.get(link).status_code in {200, 303}, link
    anchors = {a.get("href")[1:] for a in page.xpath('//a[starts-with(@href, "#")]')}
    assert anchors <= {element.get("id") for element in page.xpath("//*[@id]")}


def test_event_of_one_outlet_offers_to_add_a_report(engine, client):
    with session(engine) as db:
        event = factories.make_event(db, make_article(db))
        collate_event(db, event.id)
    page = client.page(SLUG)
    assert "One outlet reports this event." in words(page)
    assert page.xpath('//a[starts-with(@href, "/articles/new")]')
    assert "We have no choice" in words(page)


def test_reports_that_share_nothing_stand_side_by_side(engine, client):
    with session(engine) as db:
        first = make_article(db)
        second = make_article(db, text=SECOND, outlet="Evening Post")
        keep_rows(db, factories.make_event(db, first, second), lambda one, other: ())
    page = client.page(SLUG)
    assert "No passage has a counterpart." in words(page)
    assert not page.xpath("//details[@class='rest']")
    assert len(page.xpath('//tr[@id="openings"]/td')) == 2


def test_comparison_that_is_not_there_yet_asks_again(engine, client):
    with session(engine) as db:
        pair = factories.make_pair(db)
        event = factories.make_event(db, *pair)
        number = event.id
    page = client.page(SLUG)
    again = one(page, '//section[@id="view"]//a')
    assert again.get("hx-trigger") == "load delay:2s"
    headers = {"HX-Request": "true", "HX-Target": "view"}
    waiting = client.get(again.get("hx-get"), headers=headers)
    assert "HX-Refresh" not in waiting.headers
    with session(engine) as db:
        collate_event(db, number)
    assert client.get(again.get("hx-get"), headers=headers).headers["HX-Refresh"] == "true"


def test_lasting_addresses_lead_to_row_and_difference(engine, client):
    with session(engine) as db:
        event = factories.make_event(db, *factories.make_pair(db))
        collate_event(db, event.id)
        rows = comparison_of(db, event).apparatus.rows
    row = next(row for row in rows if row.entries)
    answer = client.get(f"{SLUG}/rows/{row.id}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{SLUG}#row-{row.id}")
    name = row.entries[0].id
    answer = client.get(f"{SLUG}/differences/{name}")
    assert answer.headers["location"] == f"{SLUG}?d={name}#row-{row.id}"
    assert client.get(f"{SLUG}/rows/rnothing").status_code == 404
    assert client.get(f"{SLUG}/rows/rnothing/why").status_code == 404
    assert client.get(f"{SLUG}/differences/dnothing").status_code == 404


def test_row_that_is_gone_is_shown_as_it_stood(engine, client):
    with session(engine) as db:
        first, second = factories.make_pair(db)
        event = factories.make_event(db, first, second)
        collate_event(db, event.id)
        rows = comparison_of(db, event).apparatus.rows
        events.remove_article_from_event(db, event.id, second.id)
        collate_event(db, event.id)
        left = {row.id for row in comparison_of(db, event).apparatus.rows}
    gone = next(row for row in rows if row.id not in left)
    page = client.page(f"{SLUG}/rows/{gone.id}")
    assert "as it stood on" in words(page)
    assert len(page.xpath("//figure")) == len(gone.cells)


def test_page_asks_eight_times_at_most(bridge, client):
    client.page(SLUG)
    with counted_statements(client.app.state.engine) as seen:
        client.page(SLUG)
    assert len(seen) <= 8, seen


def test_carried_report_names_its_line(engine, client):
    carried = (
        "Bridge news\n\nThe bridge is old.\n\nA Reuters report said:\n\n"
        "The harbour bridge will be shut from Monday for 14 days, according to the authority.\n"
    )
    with session(engine) as db:
        first = make_article(db, text=carried)
        second = make_article(db, text=SECOND, outlet="Evening Post")
        event = factories.make_event(db, first, second)
        collate_event(db, event.id)
        sigla = [w.siglum for w in comparison_of(db, event).witnesses.values()]
    assert "MG·R" in sigla
    page = client.page(SLUG)
    assert "“A Reuters report said”, as carried" in words(one(page, '//section[@id="view"]'))
