from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from app import collate
from app.errors import Invalid, NotFound
from app.ingest.files import read, read_item, walk
from app.pipeline import (
    analyse,
    cleaned_of,
    collate_event,
    comparison_of,
    engine_version,
    find_events,
    find_row_anywhere,
    import_article,
)
from app.pipeline.preparation import dump_cleaned, load_cleaned
from app.store import articles, events, identities, passages
from app.store.collations import find_collation, remove_collations
from app.store.db import session
from app.store.removals import remove_article
from tests.factories import (
    DEMO,
    FIRST,
    SECOND,
    SUMMIT,
    counted_statements,
    load_demo,
    make_article,
    make_collection,
    make_draft,
    make_event,
    make_pair,
    parts_of,
)

LINK = "https://gazette.example/bridge"


def compared(db, event):
    collate_event(db, event.id)
    return comparison_of(db, event)


def columns_of(shown):
    """What the reader of each witness reads: cells and the unpaired rest, in text order, joined."""
    for witness in shown.witnesses.values():
        spans = [
            s
            for row in shown.apparatus.rows
            for c in row.cells
            for s in c.spans
            if c.witness == witness.id
        ]
        spans += [p.span for p in collate.unpaired(witness, shown.apparatus)]
        yield witness, sorted(spans)


def assert_they_are_the_passages(witness, spans):
    """Every passage stands there once: whole, or cut into parts with white space between them."""
    whole = [passage.span for passage in witness.passages]
    parts = {span: [part for part in spans if span.covers(part)] for span in whole}
    assert sum(map(len, parts.values())) == len(spans)
    for span, found in parts.items():
        assert (found[0].start, found[-1].end) == (span.start, span.end)
        for one, other in pairwise(found):
            assert one.end <= other.start
            assert not witness.text[one.end : other.start].strip()


def test_what_comes_in_is_kept_byte_for_byte(db):
    raw = ("\ufeff" + FIRST.replace("\n", "\r\n")).encode("utf-8")
    draft = read(raw, "a.txt", clean=collate.clean)
    done = import_article(db, draft, make_collection(db))
    assert done.revision.raw == raw
    assert done.revision.text == draft.text
    assert cleaned_of(done.revision) == draft.cleaned
    rows = passages.list_passages(db, [done.revision.id])
    assert len(rows) == done.passages > 4
    assert all(draft.text[row.start : row.end].strip() for row in rows)


def test_a_cleaned_text_survives_the_store():
    cleaned = collate.clean((DEMO / SUMMIT / "meridian-wire.txt").read_text())
    assert load_cleaned(dump_cleaned(cleaned)) == cleaned


@pytest.mark.parametrize("again", [FIRST, FIRST.replace("\n", "\r\n"), FIRST + "\n\n"])
def test_the_same_text_again_is_recognised(db, again):
    own = make_collection(db)
    first = import_article(db, make_draft(FIRST, outlet="Gazette"), own)
    second = import_article(db, make_draft(again), own)
    assert (first.state, second.state) == ("stored", "known")
    assert second.article.id == first.article.id
    assert articles.count_articles(db, own.id) == 1


def test_the_same_text_of_another_named_outlet_is_its_own_article(db):
    own = make_collection(db)
    import_article(db, make_draft(FIRST, outlet="Gazette"), own)
    assert import_article(db, make_draft(FIRST, outlet="Post"), own).state == "stored"
    assert import_article(db, make_draft(FIRST, outlet="post"), own).state == "known"


def test_the_same_text_in_another_collection_is_stored(db):
    import_article(db, make_draft(FIRST), make_collection(db, "left"))
    assert import_article(db, make_draft(FIRST), make_collection(db, "right")).state == "stored"


def test_another_text_from_the_same_address_is_a_new_revision(db):
    own = make_collection(db)
    first = import_article(db, make_draft(FIRST, outlet="Gazette", url=LINK), own)
    event = make_event(db, first.article)
    changed = FIRST.replace("12 days", "21 days")
    second = import_article(db, make_draft(changed, url=LINK), own)
    assert (second.state, second.revision.number) == ("revised", 2)
    assert second.article.id == first.article.id
    assert articles.get_revision(db, first.article.id, 1).text == FIRST
    carried = [
        p for p in events.list_event_passages(db, [event.id]) if p.revision_id == second.revision.id
    ]
    assert len(carried) == first.passages - 1


def test_what_a_person_set_goes_over_to_a_new_revision(db):
    own = make_collection(db)
    first = import_article(db, make_draft(FIRST, outlet="Gazette", url=LINK), own)
    event = make_event(db, first.article)
    parts = parts_of(db, first.article)
    events.add_passages(db, event.id, [replace(parts[1], role="background")])
    events.remove_passages(db, event.id, [(parts[2].revision_id, parts[2].start)])
    second = import_article(db, make_draft(FIRST + "A late line was added.\n", url=LINK), own)
    assert second.state == "revised"
    rows = {
        part.start: (part.role, part.by)
        for part in events.list_event_passages(db, [event.id])
        if part.revision_id == second.revision.id
    }
    assert rows[parts[1].start] == ("background", "person")
    assert rows[parts[2].start] == ("out", "person")
    told = sum(one.passages for one in events.list_coverage(db, own.id))
    assert told == len(rows) - 1


def test_a_draft_with_nothing_kept_is_refused(db):
    draft = make_draft(FIRST)
    nothing = collate.Cleaned(
        kept=(), dropped=(collate.Dropped(collate.Span(0, len(draft.text)), "by hand"),)
    )
    with pytest.raises(Invalid):
        import_article(db, replace(draft, cleaned=nothing), make_collection(db))


def test_events_are_found_within_one_collection(db):
    left, right = make_collection(db, "left"), make_collection(db, "right")
    make_pair(db, left)
    make_pair(db, right)
    found = set(find_events(db, left.id))
    assert found == {event.id for event in events.list_events(db, left.id)}
    assert events.list_events(db, right.id) == []


def test_events_of_an_emptied_collection_go(db):
    first, second = make_pair(db)
    find_events(db, first.collection_id)
    for article in (first, second):
        remove_article(db, article.id)
    assert find_events(db, first.collection_id) == []
    assert events.list_events(db, first.collection_id) == []


def test_what_is_found_does_not_depend_on_the_order_of_import(db):
    paths = sorted(DEMO.glob("*/*.txt"))
    found = []
    for slug, order in (("forth", paths), ("back", paths[::-1])):
        collection = make_collection(db, slug)
        for path in order:
            make_article(db, collection, path.read_text(), outlet=path.stem)
        find_events(db, collection.id)
        found.append(
            sorted(
                (event.label, len(events.list_event_passages(db, [event.id])))
                for event in events.list_events(db, collection.id)
            )
        )
    assert found[0] == found[1]


def test_an_event_shows_every_article_whole(db):
    first, second = make_pair(db)
    event = make_event(db, first)
    events.add_passages(db, event.id, parts_of(db, second)[:1])
    shown = compared(db, event)
    assert [column.outlet.name for column in shown.columns] == ["Morning Gazette", "Evening Post"]
    assert [witness.siglum for witness in shown.witnesses.values()] == ["MG", "EP"]
    for witness, spans in columns_of(shown):
        assert_they_are_the_passages(witness, spans)


def test_a_second_article_of_an_outlet_shares_its_column(db):
    first, second = make_pair(db)
    third = make_article(db, text=FIRST + "\nThe work went on.\n", published=date(2024, 3, 9))
    shown = compared(db, make_event(db, first, second, third))
    assert [len(column.articles) for column in shown.columns] == [2, 1]
    assert [witness.siglum for witness in shown.witnesses.values()] == ["MG", "MG²", "EP"]


def test_a_comparison_of_other_input_is_not_shown(db):
    first, second = make_pair(db)
    event = make_event(db, first)
    assert comparison_of(db, event).apparatus is None
    assert compared(db, event).apparatus is not None
    events.add_passages(db, event.id, parts_of(db, second))
    assert comparison_of(db, event).apparatus is None


def test_a_comparison_is_made_once_for_one_input(db):
    event = make_event(db, *make_pair(db))
    compared(db, event)
    made = find_collation(db, event.id)
    collate_event(db, event.id)
    assert find_collation(db, event.id).id == made.id
    assert made.engine == engine_version()
    assert made.summary["rows"] == len(made.apparatus["rows"])


def test_a_dropped_comparison_comes_back_with_the_same_ids(db):
    event = make_event(db, *make_pair(db))
    before = compared(db, event).apparatus
    assert remove_collations(db) == 1
    after = compared(db, event).apparatus
    assert after.rows == before.rows


def test_ids_survive_an_article_that_joins(db):
    first, second = make_pair(db)
    event = make_event(db, first, second)
    before = {row.id for row in compared(db, event).apparatus.rows}
    third = make_article(db, text=SECOND.replace("14 days", "two weeks"), outlet="Third")
    events.add_passages(db, event.id, parts_of(db, third))
    after = {row.id for row in compared(db, event).apparatus.rows}
    assert before <= after


def test_an_id_that_went_shows_the_row_as_it_stood(db):
    first, second = make_pair(db)
    event = make_event(db, first, second)
    rows = compared(db, event).apparatus.rows
    shared = next(row for row in rows if len(row.cells) > 1)
    assert find_row_anywhere(db, shared.id, event).rows == (shared.id,)
    remove_article(db, second.id)
    compared(db, event)
    found = find_row_anywhere(db, shared.id, event)
    if not found.rows:
        assert found.stood.id == shared.id
        assert found.seen_at is not None
        assert str(articles.get_revision(db, first.id).id) in found.witnesses


def test_a_difference_that_went_leads_to_its_row(db):
    event = make_event(db, *make_pair(db))
    rows = compared(db, event).apparatus.rows
    row = next(row for row in rows if row.entries)
    gone = row.entries[0].id
    held = identities.find_identity(db, event.id, gone)
    held.standing = False
    found = find_row_anywhere(db, gone, event)
    assert (found.rows, found.entry, found.is_moved) == ((row.id,), None, True)


def test_ids_of_a_split_event_lead_to_where_the_passages_went(db):
    first, second = make_pair(db)
    event = make_event(db, first, second)
    rows = compared(db, event).apparatus.rows
    shared = next(row for row in rows if len(row.cells) > 1)
    parts = events.list_event_passages(db, [event.id])
    made = events.split_event(db, event.id, [part.id for part in parts], "Its own")
    compared(db, event)
    compared(db, made)
    found = find_row_anywhere(db, shared.id, event)
    assert found.event.id == made.id
    assert found.rows


def test_an_id_that_was_never_given_is_not_found(db):
    event = make_event(db, make_article(db))
    with pytest.raises(NotFound):
        find_row_anywhere(db, "rnothing", event)


def test_ids_of_a_merged_event_lead_to_the_one_it_went_to(db):
    first, second = make_pair(db)
    one, two = make_event(db, first, second, label="One"), make_event(db, second, label="Two")
    rows = compared(db, one).apparatus.rows
    compared(db, two)
    events.merge_events(db, one.id, two.id)
    compared(db, two)
    for row in rows:
        found = find_row_anywhere(db, row.id, one)
        assert found.event.id == two.id
        assert found.rows or found.stood


def test_the_page_of_an_event_asks_the_store_a_constant_number_of_times(engine):
    with session(engine) as db:
        first, second = make_pair(db)
        event = make_event(db, first, second)
        collate_event(db, event.id)
    with session(engine, reading=True) as db, counted_statements(engine) as few:
        assert comparison_of(db, events.get_event(db, event.slug)).apparatus
    with session(engine) as db:
        for number in range(6):
            text = f"{SECOND}\nIt is report {number}.\n"
            more = make_article(db, text=text, outlet=f"Outlet {number}")
            events.add_passages(db, event.id, parts_of(db, more))
        collate_event(db, event.id)
    with session(engine, reading=True) as db, counted_statements(engine) as many:
        shown = comparison_of(db, events.get_event(db, event.slug))
    assert len(shown.columns) == 8
    assert len(few) == len(many) <= 8


def test_the_demonstration_is_found_and_compared(engine):
    with session(engine) as db:
        demo = load_demo(db)
    with session(engine, reading=True) as db:
        found = events.list_events(db, demo.id)
        assert found
        for event in found:
            shown = comparison_of(db, event)
            assert shown.demo
            assert shown.apparatus is not None
            for witness, spans in columns_of(shown):
                assert_they_are_the_passages(witness, spans)


def test_the_five_articles_give_their_events(db, shared):
    own = make_collection(db)
    for item in walk([shared / "articles"]):
        import_article(db, read_item(item, clean=collate.clean), own)
    find_events(db, own.id)
    told = {}
    for event in events.list_events(db, own.id):
        outlets = {
            one.outlet.siglum
            for one in events.list_coverage(db, own.id)
            if one.event_id == event.id
        }
        told[event.label] = len(outlets)
    named = {
        word: [label for label in told if word in label]
        for word in ("Vostochny", "veto", "Pyongyang")
    }
    assert [told[label] for label in named["Vostochny"]] == [4]
    assert [told[label] for label in named["veto"]] == [1]
    assert named["Pyongyang"]
    (summit,) = named["Vostochny"]
    event = next(one for one in events.list_events(db, own.id) if one.label == summit)
    shown = compared(db, event)
    carried = [w for w in shown.witnesses.values() if w.siglum != w.outlet]
    assert len(carried) >= 2
    assert len({w.outlet for w in carried}) == 1
    for witness, spans in columns_of(shown):
        assert_they_are_the_passages(witness, spans)
    assert {fact["what"] for fact in event.facts} >= {"when", "where"}


def test_analyse_stores_nothing_and_names_every_text():
    texts = {path.name: path.read_text() for path in sorted((DEMO / SUMMIT).glob("*.txt"))}
    found = analyse(texts)
    assert set(found) == {"articles", "aligned", "events", "event_passages"}
    assert list(found["articles"]) == list(texts)
    assert sorted(name for group in found["events"] for name in group) == sorted(texts)
    for group in found["aligned"]:
        for place in group:
            assert texts[place["file"]][place["start"] : place["end"]].strip()


def test_analyse_of_nothing_is_empty():
    assert analyse({}) == {"articles": {}, "aligned": [], "events": [], "event_passages": []}
