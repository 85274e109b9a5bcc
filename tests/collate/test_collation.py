"""The whole engine from texts to the apparatus: what holds for every text."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate import (
    CollateError,
    collate,
    known,
    prepare,
    tile,
    unpaired,
    witnesses_of,
)

ROOT = Path(__file__).resolve().parents[2]
DEMO = sorted((ROOT / "demo").glob("*/*.txt"))
ARTICLES = ROOT.parent / "shared" / "articles"

sentences = st.sampled_from(
    [
        "The dam above Osterfeld broke on Wednesday.",
        "On Wednesday the dam over Osterfeld burst.",
        '"It came like a wall," said Karin Boldt.',
        "Karin Boldt said the water was a wall.",
        "Two people are missing.",
        "The army sent 300 soldiers.",
        "Six helicopters and 300 troops were sent.",
    ]
)
texts = st.lists(st.lists(sentences, max_size=3).map(" ".join), max_size=5).map("\n\n".join)


def read(path):
    return path.read_bytes().decode("utf-8")


def witnesses(*found):
    return [
        w
        for n, text in enumerate(found, 1)
        for w in witnesses_of(prepare(text), text=text, revision=n, siglum=f"O{n}")
    ]


@pytest.fixture(scope="module")
def summit():
    return witnesses(*(read(path) for path in DEMO if "vostochny" in path.parent.name))


@pytest.fixture(scope="module")
def apparatus(summit):
    return collate(summit)


def assert_tiles(text):
    prepared = prepare(text)
    tiles = tile(prepared.cleaned, [passage.span for passage in prepared.passages])
    kept = "".join(span.of(text) for span in prepared.cleaned.kept)
    assert "".join(span.of(text) for span in tiles) == kept
    for passage in prepared.passages:
        assert sum(span.start <= passage.span.start < span.end for span in tiles) == 1


@pytest.mark.parametrize("path", DEMO, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_tiles_join_to_the_kept_text(path):
    assert_tiles(read(path))


def test_tiles_join_to_the_kept_text_of_raw_articles():
    if not ARTICLES.is_dir():
        pytest.skip("the raw articles are not beside the checkout")
    for path in sorted(ARTICLES.glob("*.txt")):
        assert_tiles(read(path))


@settings(deadline=None, max_examples=40)
@given(texts)
def test_tiles_join_to_the_kept_text_of_any_text(text):
    assert_tiles(text)


@settings(deadline=None, max_examples=25)
@given(st.lists(texts, min_size=2, max_size=3))
def test_no_passage_stands_in_two_rows_or_gets_lost(found):
    read_texts = witnesses(*found)
    result = collate(read_texts)
    for witness in read_texts:
        paired = [
            span
            for row in result.rows
            for cell in row.cells
            if cell.witness == witness.id
            for span in cell.spans
        ]
        alone = [passage.span for passage in unpaired(witness, result)]
        assert sorted(paired + alone) == [passage.span for passage in witness.passages]


def test_collate_does_not_depend_on_the_order_of_witnesses(summit, apparatus):
    def shape(result):
        return [
            (row.id, row.kind, {(c.witness, c.spans) for c in row.cells}) for row in result.rows
        ]

    assert shape(collate(summit[::-1])) == shape(apparatus)


def test_identical_texts_pair_one_to_one_without_differences():
    text = read(DEMO[0])
    one, two = witnesses(text, text)
    result = collate([one, two])
    assert all(a.spans == b.spans for row in result.rows for a, b in [row.cells])
    assert not any(row.entries for row in result.rows)


def test_ids_stay_on_a_second_run_and_when_an_article_joins(summit, apparatus):
    old = known(apparatus.rows, {w.id: w.revision for w in summit})
    assert collate(summit, previous=old) == replace(apparatus, leads=())
    fewer = collate(summit[1:])
    before = known(fewer.rows, {w.id: w.revision for w in summit})
    more = collate(summit, previous=before)
    kept = {row.id for row in fewer.rows} & {row.id for row in more.rows}
    assert len(kept) >= 0.8 * len(fewer.rows)
    assert {lead.old for lead in more.leads} >= {row.id for row in fewer.rows} - kept


def test_rows_carry_a_label_in_words_of_an_outlet(summit, apparatus):
    texts = {w.id: w.text for w in summit}
    for row in apparatus.rows:
        assert row.gist.span.of(texts[row.gist.witness]).strip()
        assert any(
            cell.witness == row.gist.witness
            and any(span.covers(row.gist.span) for span in cell.spans)
            for cell in row.cells
        )


def test_demo_statements_stand_in_rows_of_their_own(summit, apparatus):
    texts = {w.id: w.text for w in summit}
    rows = [
        " / ".join(s.of(texts[c.witness]) for c in row.cells for s in c.spans)
        for row in apparatus.rows
    ]
    for words in ("sacred fight", "first priority", "pay a price", "sensitive issues", "Khasan"):
        assert sum(words in row for row in rows) == 1, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("That was another lie", "This was another lie"),
        ("a top priority", "the very first priority"),
        ("first space conquerors", "first space explorers"),
        ("geopolitical situation", "geopolitical context"),
        ("first imposed in 2006", "Since 2006"),
        ("finalize weapons supplies", "supplying arms"),
    ],
)
def test_statements_of_the_articles_meet_in_one_row(one, other):
    if not ARTICLES.is_dir():
        pytest.skip("the raw articles are not beside the checkout")
    rows = summit_of_the_articles()
    assert [one in row for row in rows if other in row] == [True], other


@cache
def summit_of_the_articles():
    paths = [p for p in sorted(ARTICLES.glob("*.txt")) if not p.name.startswith("003")]
    found = witnesses(*(read(path) for path in paths))
    texts = {w.id: w.text for w in found}
    return [
        " / ".join(s.of(texts[c.witness]) for c in row.cells for s in c.spans)
        for row in collate(found).rows
    ]


def test_rows_outside_the_event_are_left_out():
    one, two = witnesses("The dam broke on Wednesday.", "The dam broke on Wednesday.")
    assert collate([replace(one, roles={}), two]).rows
    assert not collate([replace(one, roles={}), replace(two, roles={})]).rows


def test_carried_reports_become_witnesses_of_one_column():
    text = (
        "Talks in Geneva\n\nThe talks in Geneva went on.\n\nA Reuters report said:\n\n"
        "The talks in Geneva lasted until midnight.\n"
    )
    found = witnesses_of(prepare(text), text=text, revision=17, siglum="CC")
    assert [w.id for w in found] == ["17", "17.1"]
    assert {w.outlet for w in found} == {"CC"}
    assert found[1].siglum.startswith("CC·")
    assert found[1].source is not None


def test_collate_refuses_two_witnesses_with_one_id_and_spans_outside_the_text():
    (one,) = witnesses("The dam broke on Wednesday.")
    with pytest.raises(CollateError, match="same id"):
        collate([one, one])
    with pytest.raises(CollateError, match="outside"):
        collate([replace(one, text="The")])
