"""The worker: does what is missing, one unit after the other, in a thread of the app's process."""

import threading
from collections.abc import Callable
from pathlib import Path

from app import pipeline
from app.log import logger
from app.store import work
from app.store.db import Engine, session
from app.store.locks import FileLock
from app.store.work import COLLATE_EVENT, FIND_EVENTS, STORE_FILE, Unit

log = logger(__name__)
IDLE_SECONDS = 5.0
STOP_SECONDS = 20.0


class Worker:
    """One thread that does pending work as long as it holds the lock of the data folder.

    What is pending is asked of the database each time, so a crash, a lost wake-up or a restored
    backup loses nothing. A second process finds the lock taken and serves pages only; it takes
    over when the first one ends.
    """

    def __init__(self, engine: Engine, data: Path, *, idle_seconds: float = IDLE_SECONDS) -> None:
        self._engine = engine
        self._lock = FileLock(data / "work.lock")
        self._idle_seconds = idle_seconds
        self._signal = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)

    def start(self) -> None:
        """Start working."""
        self._thread.start()

    def wake(self) -> None:
        """Say that there is new work. A wake-up that is lost is healed by the next look."""
        self._signal.set()

    def stop(self) -> None:
        """Finish the unit in hand and end; waits for it, but not for ever."""
        self._stopping.set()
        self._signal.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._signal.clear()
            if self._lock.acquire():
                self._drain()
            self._signal.wait(self._idle_seconds)
        self._lock.release()

    def _drain(self) -> None:
        try:
            do_pending(self._engine, is_stopping=self._stopping.is_set)
        except Exception:
            # The database could not be asked: the next look may find it again.
            log.exception("the worker could not look for work")


def do_pending(
    engine: Engine,
    *,
    is_stopping: Callable[[], bool] = lambda: False,
    tell: Callable[[Unit, int], None] = lambda unit, left: None,
) -> int:
    """Do units of work until none is pending; return how many were done.

    `tell` hears of each unit before it begins, with the number of those known to be left. After
    files and events the list is made anew, because they make new work.
    """
    done = 0
    while not is_stopping():
        with session(engine, reading=True) as db:
            units = work.list_pending(db, pipeline.engine_version())
            stale = [] if units else work.list_stale_failures(db, pipeline.engine_version())
        if not units:
            _forget(engine, stale)
            return done
        first = units[0].name
        for place, unit in enumerate(units):
            if is_stopping() or unit.name != first:
                break
            tell(unit, len(units) - place)
            run_unit(engine, unit)
            done += 1
    return done


def _forget(engine: Engine, stale: list[Unit]) -> None:
    if stale:
        with session(engine) as db:
            for unit in stale:
                work.remove_failure(db, unit)


def run_unit(engine: Engine, unit: Unit) -> bool:
    """Do one unit of work in a session of its own; a failure is recorded, never raised.

    The result is the mark that it is done: it stands whole, or not at all. Returns whether it went
    well.
    """
    try:
        UNITS[unit.name](engine, unit.key)
    except Exception as fault:
        log.exception("work failed", unit=unit.name, key=unit.key)
        with session(engine) as db:
            work.add_failure(db, unit, f"{type(fault).__name__}: {fault}")
            if unit.name == STORE_FILE:
                work.refuse_file(db, unit.key)
        return False
    with session(engine) as db:
        work.remove_failure(db, unit)
    return True


def _store_file(engine: Engine, file_id: int) -> None:
    with session(engine, reading=True) as db:
        draft = pipeline.read_upload_file(db, file_id)
    if draft is not None:
        with session(engine) as db:
            pipeline.store_upload_file(db, file_id, draft)


def _find_events(engine: Engine, collection_id: int) -> None:
    with session(engine, reading=True) as db:
        found = pipeline.search_events(db, collection_id)
    with session(engine) as db:
        pipeline.save_events(db, found)


def _collate_event(engine: Engine, event_id: int) -> None:
    with session(engine, reading=True) as db:
        made = pipeline.compare_event(db, event_id)
    if made is not None:
        with session(engine) as db:
            pipeline.save_comparison(db, made)


UNITS: dict[str, Callable[[Engine, int], None]] = {
    STORE_FILE: _store_file,
    FIND_EVENTS: _find_events,
    COLLATE_EVENT: _collate_event,
}
