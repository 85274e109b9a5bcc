import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from app.pipeline import import_article
from app.store import articles, outlets
from app.store.db import session
from app.store.search import Filters, make_match, rebuild_index, search
from tests.factories import (
    FIRST,
    SECOND,
    counted_statements,
    make_article,
    make_collection,
    make_draft,
    make_event,
    make_pair,
)

HOSTILE = [
    "",
    '"',
    '""""',
    "'; drop table article; --",
    "a AND OR NOT NEAR(",
    "words:bridge",
    "bridge*",
    "^bridge",
    "-bridge",
    "bridge\x00ferry",
    "{a b}: c",
    "\x02bridge\x03",
    "x" * 10_000,
    '"a b ' * 2_500,
    "a " * 5_000,
    "\ud800",
    "桥",
    "a\u0301",
    "%_%",
]


def words(hits):
    return ["".join(piece.text for piece in hit.snippet) for hit in hits.hits]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_search_never_raises_for_a_hostile_query(db, query):
    first, _ = make_pair(db)
    assert search(db, first.collection_id, query).total >= 0


@given(query=st.text(max_size=60))
@limits(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_search_never_raises_for_any_text(engine, query):
    with session(engine) as db:
        assert search(db, 1, query).total == 0


def test_search_finds_passages_and_marks_the_words(db):
    first, second = make_pair(db)
    hits = search(db, first.collection_id, "ferries carry")
    assert {hit.article.id for hit in hits.hits} == {first.id, second.id}
    marked = [piece.text for piece in hits.hits[0].snippet if piece.is_hit]
    assert [word.lower() for word in marked] == ["ferries", "carry"]
    for hit in hits.hits:
        text = articles.get_revision(db, hit.article.id).text
        assert " ".join(text[hit.start : hit.end].split()) in " ".join(text.split())


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ('"no choice"', 2),
        ('"choice no"', 0),
        ("FERRIES", 2),
        ("ferri", 2),  # the last word may go on
        ("ferri ", 2),  # the stem of ferries
        ("bridge 1998", 0),
    ],
)
def test_search_reads_phrases_and_beginnings(db, query, total):
    first, _ = make_pair(db)
    assert search(db, first.collection_id, query).total == total


def test_search_narrows_by_outlet_event_and_date(db):
    first, second = make_pair(db)
    own = first.collection_id
    event = make_event(db, second)
    for filters, wanted in [
        (Filters(outlet_id=first.outlet_id), {first.id}),
        (Filters(event_id=event.id), {second.id}),
        (Filters(since=second.published), {second.id}),
        (Filters(until=first.published), {first.id}),
        (Filters(since=second.published, until=first.published), set()),
    ]:
        found = search(db, own, "bridge", filters)
        assert {hit.article.id for hit in found.hits} == wanted


def test_search_looks_at_the_newest_wording_only(db):
    own = make_collection(db)
    link = "https://gazette.example/bridge"
    import_article(db, make_draft(FIRST, outlet="Gazette", url=link), own)
    changed = FIRST.replace("Shops on the quay fear", "Traders on the quay fear")
    done = import_article(db, make_draft(changed, outlet="Gazette", url=link), own)
    assert done.state == "revised"
    assert search(db, own.id, "shops").total == 0
    assert search(db, own.id, "traders").total == 1


def test_rebuild_index_gives_the_same_hits(db):
    first, _ = make_pair(db)
    before = words(search(db, first.collection_id, "bridge"))
    assert rebuild_index(db) == 2
    assert words(search(db, first.collection_id, "bridge")) == before


def test_search_sends_as_many_statements_for_many_hits_as_for_few(engine):
    with session(engine) as db:
        own = make_collection(db)
        make_article(db, own, SECOND)
    with session(engine) as db, counted_statements(engine) as few:
        search(db, own.id, "bridge")
    with session(engine) as db:
        for number in range(8):
            make_article(db, own, f"{FIRST}\nIt is report {number}.\n", outlet=f"Outlet {number}")
    with session(engine) as db, counted_statements(engine) as many:
        assert search(db, own.id, "bridge").total > 8
    assert len(few) == len(many) <= 4
    assert len(outlets.list_outlets(db, own.id)) == 9


def test_make_match_quotes_every_term():
    assert make_match('one "two three" four') == '"one" "two three" "four"*'
    assert make_match("one ") == '"one"'
    assert make_match("!?") == ""
