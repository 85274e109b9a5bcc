from datetime import timedelta

from app.pipeline import collate_event, engine_version, find_events
from app.store import collections, events, work
from app.store.db import now
from app.store.removals import remove_collection
from app.store.work import COLLATE_EVENT, FIND_EVENTS, STORE_FILE, Unit, list_pending
from tests.factories import make_article, make_collection, make_pair

ENGINE = "one engine"


def names(units):
    return [unit.name for unit in units]


def test_an_empty_store_lacks_nothing(db):
    make_collection(db)
    assert list_pending(db, ENGINE) == []


def test_a_new_article_asks_for_events_then_for_comparisons(db):
    engine = engine_version()
    first, _ = make_pair(db)
    assert names(list_pending(db, engine)) == [FIND_EVENTS]
    find_events(db, first.collection_id)
    pending = list_pending(db, engine)
    assert pending
    assert set(names(pending)) == {COLLATE_EVENT}
    for unit in pending:
        collate_event(db, unit.key)
    assert list_pending(db, engine) == []
    assert set(names(list_pending(db, "another engine"))) == {FIND_EVENTS}


def test_what_a_person_changes_asks_for_a_new_comparison(db):
    engine = engine_version()
    first, _ = make_pair(db)
    find_events(db, first.collection_id)
    for event in events.list_events(db, first.collection_id):
        collate_event(db, event.id)
    chosen = events.list_events(db, first.collection_id)[0]
    events.remove_article_from_event(db, chosen.id, first.id)
    assert Unit(COLLATE_EVENT, chosen.id) in [
        Unit(unit.name, unit.key) for unit in list_pending(db, engine)
    ]


def test_files_come_before_the_events_of_their_collection(db):
    first = make_article(db)
    work.add_import(db, first.collection_id, [("a.txt", b"x"), ("b.txt", b"y")])
    assert names(list_pending(db, ENGINE)) == [STORE_FILE, STORE_FILE]


def test_the_last_article_taken_out_asks_for_events_once_more(db):
    engine = engine_version()
    first = make_article(db)
    find_events(db, first.collection_id)
    remove_collection(db, first.collection_id)
    assert list_pending(db, engine) == []
    collections.add_collection(db, "own", "Own")
    assert list_pending(db, engine) == []


def test_a_failure_waits_longer_each_time_and_new_input_clears_it(db):
    first = make_article(db)
    (unit,) = list_pending(db, ENGINE)
    waits = []
    for _ in range(3):
        failure = work.add_failure(db, unit, "ValueError: no")
        waits.append((failure.retry_at - now()).total_seconds())
    assert waits == sorted(waits)
    assert waits[-1] > 3 * waits[0]
    assert list_pending(db, ENGINE) == []
    assert work.has_failed(db, unit)
    make_article(db, text="Another report\n\nThe quay is closed today, the port says.\n")
    assert names(list_pending(db, ENGINE)) == [FIND_EVENTS]
    assert first.collection_id == unit.key


def test_a_failure_is_tried_again_when_its_time_has_come(db):
    make_article(db)
    (unit,) = list_pending(db, ENGINE)
    failure = work.add_failure(db, unit, "no")
    failure.retry_at = now() - timedelta(seconds=1)
    assert list_pending(db, ENGINE) == [unit]
    work.remove_failure(db, unit)
    assert work.list_failures(db) == []


def test_progress_counts_files_and_what_is_still_to_compute(db):
    first = make_article(db)
    upload = work.add_import(db, first.collection_id, [("a.txt", b"x"), ("b.txt", b"y")])
    progress = work.get_progress(db, upload, ENGINE)
    assert (progress.done, len(progress.files), progress.computing) == (0, 2, 1)
    assert not progress.is_finished
    work.refuse_file(db, progress.files[0].id)
    assert work.get_progress(db, upload, ENGINE).done == 1
