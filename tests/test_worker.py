import subprocess
import sys
import time

import pytest

from app import worker
from app.pipeline import engine_version
from app.store import articles, collections, events, work
from app.store.collations import find_collation
from app.store.db import session
from app.store.locks import FileLock
from app.store.passages import list_passages
from app.store.work import COLLATE_EVENT, STORE_FILE, Unit
from app.worker import Worker, do_pending, run_unit
from tests.factories import FIRST, REPOSITORY, SECOND, make_article, make_collection, make_pair

PATIENCE_SECONDS = 60


def wait_for(question):
    """Wait until `question` says yes; fail when it never does."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not question():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def is_compared(engine):
    with session(engine, reading=True) as db:
        found = [
            event
            for one in collections.list_collections(db)
            for event in events.list_events(db, one.id)
        ]
        return bool(found) and all(find_collation(db, event.id) for event in found)


@pytest.fixture
def running(engine, settings):
    """A worker that runs during the test."""
    made = Worker(engine, settings.data, idle_seconds=0.2)
    made.start()
    yield made
    made.stop()


def test_the_worker_takes_files_in_and_compares_them(engine, running):
    files = [("a.txt", FIRST.encode()), ("b.txt", SECOND.encode()), ("c.txt", b"\0\1\2")]
    with session(engine) as db:
        own = make_collection(db)
        upload = work.add_import(db, own.id, files, {"published": "2024-03-01"})
    running.wake()
    wait_for(lambda: is_compared(engine))
    with session(engine, reading=True) as db:
        progress = work.get_progress(db, upload, "any")
        assert [file.state for file in progress.files] == ["stored", "stored", "refused"]
        assert "binary" in progress.files[2].message
        found = articles.list_articles(db, own.id)
        assert [str(article.published) for article in found] == ["2024-03-01"] * 2
        assert work.get_upload_file(db, progress.files[0].id).raw == b""


def test_a_lost_wake_up_is_healed(engine, running):
    with session(engine) as db:
        make_pair(db)
    wait_for(lambda: is_compared(engine))


def test_a_stopped_worker_gives_its_lock_back(engine, settings):
    first = Worker(engine, settings.data)
    first.start()
    lock = FileLock(settings.data / "work.lock")
    wait_for(lambda: not lock.acquire() or lock.release())
    first.stop()
    assert lock.acquire()
    lock.release()


def test_a_second_worker_waits_and_takes_over(engine, settings):
    lock = FileLock(settings.data / "work.lock")
    assert lock.acquire()
    second = Worker(engine, settings.data, idle_seconds=0.05)
    second.start()
    with session(engine) as db:
        make_pair(db)
    second.wake()
    time.sleep(0.3)
    assert not is_compared(engine)
    lock.release()
    wait_for(lambda: is_compared(engine))
    second.stop()


def test_one_bad_unit_does_not_stop_the_others(engine, monkeypatch):
    with session(engine) as db:
        own = make_collection(db)
        upload = work.add_import(db, own.id, [("bad.txt", b"x"), ("a.txt", FIRST.encode())])
        bad = work.get_progress(db, upload, "any").files[0].id
    good = worker.UNITS[STORE_FILE]

    def stumble(engine, key):
        if key == bad:
            raise ValueError("a fault of ours")
        good(engine, key)

    monkeypatch.setitem(worker.UNITS, STORE_FILE, stumble)
    do_pending(engine)
    with session(engine, reading=True) as db:
        files = work.get_progress(db, upload, "any").files
        assert [file.state for file in files] == ["refused", "stored"]
        assert "report it" in files[0].message
        assert [failure.error for failure in work.list_failures(db)] == [
            "ValueError: a fault of ours"
        ]
    assert is_compared(engine)


def test_a_unit_that_fails_is_not_run_in_a_loop(engine, monkeypatch):
    with session(engine) as db:
        make_pair(db)
    runs = []

    def stumble(engine, key):
        runs.append(key)
        raise ValueError("no")

    monkeypatch.setitem(worker.UNITS, COLLATE_EVENT, stumble)
    do_pending(engine)
    do_pending(engine)
    assert len(runs) == len(set(runs))


def test_a_unit_that_goes_well_clears_its_failure(engine):
    with session(engine) as db:
        article = make_article(db)
        unit = Unit("find_events", article.collection_id, "old")
        work.add_failure(db, unit, "no")
    assert run_unit(engine, unit)
    with session(engine, reading=True) as db:
        assert work.list_failures(db) == []


def test_a_failure_on_input_that_is_gone_is_forgotten(engine):
    with session(engine) as db:
        article = make_article(db)
    do_pending(engine)
    with session(engine) as db:
        work.add_failure(db, Unit(COLLATE_EVENT, 1, "of old input"), "no")
        assert work.count_pending(db, article.collection_id, engine_version()) == 0
    do_pending(engine)
    with session(engine, reading=True) as db:
        assert work.list_failures(db) == []


WORK = """
import sys
from app.store.db import open_engine
from app.worker import do_pending
do_pending(open_engine(sys.argv[1]), tell=lambda unit, left: print(unit.name, flush=True))
"""


def test_a_killed_worker_leaves_nothing_half_done_and_nothing_is_done_twice(engine, settings):
    texts = [f"{FIRST}\nThis is report number {number}.\n".encode() for number in range(6)]
    with session(engine) as db:
        own = make_collection(db)
        files = [(f"{number}.txt", text) for number, text in enumerate(texts)]
        upload = work.add_import(db, own.id, files)
    call = [sys.executable, "-c", WORK, settings.database]
    for units in (2, 3, 2):
        process = subprocess.Popen(call, cwd=REPOSITORY, stdout=subprocess.PIPE)
        for _ in range(units):
            process.stdout.readline()
        process.kill()
        process.communicate()
        with session(engine, reading=True) as db:
            done = [f for f in work.get_progress(db, upload, "any").files if f.state == "stored"]
            assert len(done) == articles.count_articles(db, own.id)
    do_pending(engine)
    with session(engine, reading=True) as db:
        assert articles.count_articles(db, own.id) == len(texts)
        assert len(articles.list_tellings(db, own.id)) == len(texts)
    assert is_compared(engine)


IMPORT = """
import sys
from app import cli
sys.argv = ["variorum", "import", sys.argv[1]]
cli.main()
"""


def test_a_killed_import_leaves_nothing_half_stored_and_goes_on(settings, engine, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(f"{FIRST}\nThis is report number {number}.\n")
    environment = {"VARIORUM_DATA": str(settings.data), "PATH": "/usr/bin:/bin"}
    call = [sys.executable, "-c", IMPORT, str(folder)]
    process = subprocess.Popen(call, cwd=REPOSITORY, env=environment, stderr=subprocess.PIPE)
    assert b"stored" in process.stderr.readline()
    assert b"stored" in process.stderr.readline()
    process.kill()
    process.communicate()
    with session(engine, reading=True) as db:
        own = collections.get_collection(db, "articles")
        stored = articles.list_tellings(db, own.id)
        assert 2 <= len(stored) <= articles.count_articles(db, own.id)
        counts = {len(list_passages(db, [telling.revision.id])) for telling in stored}
        assert len(counts) == 1
    done = subprocess.run(call, cwd=REPOSITORY, env=environment, capture_output=True, check=True)
    assert done.stderr.count(b": known") >= 2
    with session(engine, reading=True) as db:
        assert articles.count_articles(db, own.id) == 12
    assert is_compared(engine)
