"""Nothing of an article is lost between the rows and what follows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.collate import (
    Cell,
    Cleaned,
    Gist,
    Passage,
    PassageKind,
    Row,
    RowKind,
    Span,
    Witness,
    tile,
)
from app.pipeline import collate_event, comparison_of, prepare_revision
from app.store import events
from app.store.db import session
from app.web.placing import OPENINGS, Part, place
from tests import factories
from tests.asgi import words
from tests.factories import FIRST, SECOND, load_demo, make_article

ODD = (
    "A 👩🏽‍🚀 title\n\nSub “line”\n\nOne.  Two spaces,\ttab. <b>No markup</b> &amp; so on.\n\n\nEnd"
)
CRLF = "Bridge\r\n\r\nThe harbour bridge will be shut from Monday.\r\nIt rains & pours.\r\n"
NO_END = "Bridge closes\nThe bridge over the harbour closes on Monday, it said.\nAnd no end"


def text_of(page, revision):
    """The text that the tiles of a revision give, joined in text order, without our labels."""
    tiles = page.xpath(f'//span[@class="tile"][@data-revision="{revision}"]')
    for hidden in page.xpath('//span[@class="tile"]//*[@class="sr-only"]'):
        hidden.drop_tree()
    places = sorted((int(tile.get("data-start")), tile) for tile in tiles)
    return "".join(tile.text_content() for _start, tile in places)


def kept_text(revision):
    """The article without what was dropped; HTML makes every end of line one character."""
    return "".join(
        span.of(revision.text) for span in prepare_revision(revision).cleaned.kept
    ).replace("\r\n", "\n")


def test_a_sentence_that_stands_in_two_rows_says_so_at_the_cut(engine, client):
    with session(engine) as db:
        load_demo(db)
    page = client.page("/events/vostochny-summit-13-september-2023")
    cuts = {"before": set(), "after": set()}
    for tile_ in page.xpath('//span[@class="tile"][@data-cut]'):
        for side in tile_.get("data-cut").split():
            at = tile_.get("data-start" if side == "before" else "data-end")
            cuts[side].add((tile_.get("data-revision"), at))
    assert cuts["before"]
    assert cuts["before"] == cuts["after"]


@pytest.mark.parametrize("text", [FIRST, ODD, CRLF, NO_END])
def test_column_joined_is_the_article(engine, client, text):
    with session(engine) as db:
        first = make_article(db, text=text)
        second = make_article(db, text=SECOND, outlet="Evening Post")
        event = factories.make_event(db, first, second)
        collate_event(db, event.id)
        columns = comparison_of(db, event).columns
        wanted = {revision.id: kept_text(revision) for c in columns for revision in c.revisions}
    page = client.page("/events/bridge-closes")
    for revision, kept in wanted.items():
        assert text_of(page, revision) == kept


def test_columns_of_the_demonstration_are_the_articles(engine, client):
    with session(engine) as db:
        collection = load_demo(db)
        found = events.list_events(db, collection.id)
        wanted = {
            event.slug: {
                revision.id: kept_text(revision)
                for column in comparison_of(db, event).columns
                for revision in column.revisions
            }
            for event in found
        }
    for slug, texts in wanted.items():
        page = client.page(f"/events/{slug}")
        assert "Demonstration texts." in words(page)
        for revision, kept in texts.items():
            assert text_of(page, revision) == kept


@given(
    st.lists(st.sampled_from([None, *PassageKind]), max_size=12),
    st.lists(st.integers(-1, 3), min_size=12, max_size=12),
)
def test_every_tile_has_exactly_one_place(kinds, rows):
    """`kinds`: of each tile, None for white space; `rows`: the row of each, -1 for none."""
    tiles = [Span(2 * n, 2 * n + 2) for n in range(len(kinds))]
    pairs = list(zip(tiles, kinds, rows, strict=False))
    passages = tuple(Passage(span, kind, 0) for span, kind, _row in pairs if kind)
    witness = Witness("1", "A", "A", 1, "x" * 2 * len(kinds), passages)
    made = [
        Row(f"r{number}", RowKind.FACT, "main", (Cell("1", spans),), (), Gist("1", spans[0]))
        for number in range(4)
        if (spans := tuple(span for span, kind, row in pairs if kind and row == number))
    ]
    placed = place(tiles, [witness], made)
    found = [tile for blocks in placed.values() for block in blocks for tile in block.tiles]
    assert sorted(tile.span for tile in found) == tiles
    said = {
        (row, tile.span)
        for (row, _witness), blocks in placed.items()
        for block in blocks
        if block.part is Part.SAID
        for tile in block.tiles
        if tile.passage is not None
    }
    assert said == {(row.id, span) for row in made for span in row.cells[0].spans}
    assert all(row in {OPENINGS, *(one.id for one in made)} for row, _witness in placed)


def test_the_parts_of_a_sentence_stand_in_their_rows():
    text = "Rain fell, and the bridge closed. It was cold."
    left, right, last = Span(0, 10), Span(11, 33), Span(34, 46)
    passages = [
        Passage(Span(0, 33), PassageKind.SENTENCE, 0),
        Passage(last, PassageKind.SENTENCE, 0),
    ]
    witness = Witness("1", "A", "A", 1, text, tuple(passages))
    rows = [
        Row(f"r{n}", RowKind.FACT, "main", (Cell("1", (span,)),), (), Gist("1", span))
        for n, span in enumerate((left, right))
    ]
    cleaned = Cleaned(kept=(Span(0, len(text)),), dropped=())
    tiles = tile(cleaned, [left, right, *(passage.span for passage in passages)])
    placed = place(tiles, [witness], rows)
    found = {
        row: [t.span.of(text) for block in blocks for t in block.tiles]
        for (row, _witness), blocks in placed.items()
    }
    assert found == {"r0": ["Rain fell, "], "r1": ["and the bridge closed. ", "It was cold."]}
