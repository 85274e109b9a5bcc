"""Work: what is missing, asked of the other tables; what failed; long imports and how they go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, LargeBinary, UniqueConstraint, delete, func
from sqlalchemy.orm import defer
from sqlmodel import Field, Session, col, select

from app.errors import NotFound
from app.store.collations import Collation
from app.store.collections import Collection
from app.store.db import NEVER_REUSED, Table, UTCDateTime, now
from app.store.memberships import hash_collections, hash_events

STORE_FILE, FIND_EVENTS, COLLATE_EVENT = "store_file", "find_events", "collate_event"
WAITING, STORED, KNOWN, REVISED, REFUSED = "waiting", "stored", "known", "revised", "refused"
FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 6 * 3600


class Failure(Table, table=True):
    """A unit of work that failed on one input; new input clears it."""

    __table_args__ = (UniqueConstraint("unit", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    unit: str
    key: int
    input_hash: str
    attempts: int = 0
    error: str = ""
    retry_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


class Upload(Table, table=True):
    """Files that came in together through the browser and are stored one by one in background."""

    __table_args__ = NEVER_REUSED

    id: int | None = Field(default=None, primary_key=True)
    collection_id: int = Field(foreign_key="collection.id", index=True)
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


class UploadFile(Table, table=True):
    """One file of an upload and what became of it.

    `state`: waiting, stored, known (the same text is there), revised (a new wording of a known
    address), refused (`message` says why). `facts`: what was stated about it beforehand. `raw` is
    emptied when it is done.
    """

    id: int | None = Field(default=None, primary_key=True)
    upload_id: int = Field(foreign_key="upload.id", index=True)
    name: str
    raw: bytes = Field(sa_type=LargeBinary)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: str = WAITING
    message: str = ""
    article_id: int | None = Field(default=None, foreign_key="article.id", index=True)
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing to do: a function of the pipeline, the id it is done for, the input it meets."""

    name: str
    key: int
    input_hash: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How an upload goes: `files` without their bytes, `done` of them; `computing` = units of the
    collection that are still to do after the files (events, comparisons).
    """

    upload: Upload
    files: tuple[UploadFile, ...]
    done: int
    computing: int

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to do."""
        return self.done == len(self.files) and not self.computing


def list_pending(db: Session, engine: str) -> list[Unit]:
    """Return what is to be done now, in the order to do it: files, then events, then comparisons.

    `engine`: version and settings of the engine. Units that failed on the same input wait for
    their time.
    """
    resting = _resting(db)
    return [unit for unit in _missing(db, engine) if unit not in resting]


def count_pending(db: Session, collection_id: int, engine: str) -> int:
    """Return how many searches for events and comparisons a collection still lacks.

    Those that failed and wait for their next try are not counted: nothing comes of waiting for
    them.
    """
    resting = _resting(db)
    missing = _missing_of(db, collection_id, hash_collections(db, engine), engine)
    return sum(unit not in resting for unit in missing)


def _missing(db: Session, engine: str) -> list[Unit]:
    files = db.exec(
        select(UploadFile.id, Upload.collection_id)
        .join(Upload, col(Upload.id) == UploadFile.upload_id)
        .where(UploadFile.state == WAITING)
        .order_by(col(UploadFile.id))
    ).all()
    units = [Unit(STORE_FILE, number) for number, _ in files if number is not None]
    busy = {collection for _, collection in files}
    hashes = hash_collections(db, engine)
    standing = db.exec(select(Collection.id).where(col(Collection.removed_at).is_(None)))
    for collection_id in sorted(number for number in standing if number is not None):
        if collection_id not in busy:
            units += _missing_of(db, collection_id, hashes, engine)
    return units


def _missing_of(db: Session, collection_id: int, hashes: dict[int, str], engine: str) -> list[Unit]:
    wanted = hashes.get(collection_id, "empty")
    found = db.get_one(Collection, collection_id).found_hash
    if found != wanted and (found is not None or collection_id in hashes):
        return [Unit(FIND_EVENTS, collection_id, wanted)]
    events = hash_events(db, collection_id, engine)
    made = dict(db.exec(select(Collation.event_id, Collation.input_hash)).all())
    return [Unit(COLLATE_EVENT, key, h) for key, h in events.items() if made.get(key) != h]


def _resting(db: Session) -> set[Unit]:
    moment = now()
    return {
        Unit(failure.unit, failure.key, failure.input_hash)
        for failure in db.exec(select(Failure))
        if failure.retry_at > moment
    }


def list_failures(db: Session) -> list[Failure]:
    """Return what failed and was not put right yet, the latest to be tried again first."""
    return list(db.exec(select(Failure).order_by(col(Failure.retry_at).desc())))


def list_stale_failures(db: Session, engine: str) -> list[Unit]:
    """Return the units that failed on an input that is not there any more."""
    failures = [failure for failure in list_failures(db) if failure.unit != STORE_FILE]
    if not failures:
        return []
    missing = set(_missing(db, engine))
    failed = [Unit(failure.unit, failure.key, failure.input_hash) for failure in failures]
    return [unit for unit in failed if unit not in missing]


def add_failure(db: Session, unit: Unit, error: str) -> Failure:
    """Record that a unit failed; the wait before the next try doubles each time."""
    row = db.exec(
        select(Failure).where(Failure.unit == unit.name, Failure.key == unit.key)
    ).first() or Failure(unit=unit.name, key=unit.key, input_hash=unit.input_hash)
    row.attempts = row.attempts + 1 if row.input_hash == unit.input_hash else 1
    row.input_hash, row.error = unit.input_hash, error[:2000]
    wait = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** min(row.attempts - 1, 20))
    row.retry_at = now() + timedelta(seconds=wait)
    db.add(row)
    db.flush()
    return row


def remove_failure(db: Session, unit: Unit) -> None:
    """Forget the failure of a unit that is done now."""
    db.execute(delete(Failure).where(col(Failure.unit) == unit.name, col(Failure.key) == unit.key))


def has_failed(db: Session, unit: Unit) -> bool:
    """Say whether a unit failed on this very input and was not put right yet."""
    return any(
        failure.input_hash == unit.input_hash
        for failure in db.exec(
            select(Failure).where(Failure.unit == unit.name, Failure.key == unit.key)
        )
    )


def add_import(
    db: Session,
    collection_id: int,
    files: Sequence[tuple[str, bytes]],
    facts: dict[str, Any] | Sequence[dict[str, Any]] | None = None,
    refused: Sequence[tuple[str, str]] = (),
) -> int:
    """Take files in for the worker, in one transaction; return the id that shows their progress.

    `facts`: what is stated about all of them, or about each (the fields of ingest.Facts, dates as
    ISO text). `refused`: names of what is not taken in, with the reasons.
    """
    upload = Upload(collection_id=collection_id)
    db.add(upload)
    db.flush()
    assert upload.id is not None
    each = facts if isinstance(facts, list | tuple) else [facts or {}] * len(files)
    db.add_all(
        UploadFile(upload_id=upload.id, name=name, raw=raw, facts=stated)
        for (name, raw), stated in zip(files, each, strict=True)
    )
    db.add_all(
        UploadFile(upload_id=upload.id, name=name, raw=b"", state=REFUSED, message=reason)
        for name, reason in refused
    )
    db.flush()
    return upload.id


def get_upload(db: Session, upload_id: int) -> Upload:
    """Return an upload. Raises NotFound."""
    found = db.get(Upload, upload_id)
    if found is None:
        raise NotFound("There is no such import.")
    return found


def get_upload_file(db: Session, file_id: int) -> UploadFile:
    """Return a file that waits or was done. Raises NotFound."""
    found = db.get(UploadFile, file_id)
    if found is None:
        raise NotFound("There is no such file.")
    return found


def refuse_file(db: Session, file_id: int) -> None:
    """Set a file aside that the program itself stumbled over, so that the others go on."""
    file = get_upload_file(db, file_id)
    file.state, file.raw, file.done_at = REFUSED, b"", now()
    file.message = (
        "The program could not read this file: that is its fault. Please report it; nothing of the "
        "file was stored."
    )
    db.add(file)
    db.flush()


def get_progress(db: Session, upload_id: int, engine: str) -> Progress:
    """Return how an upload goes. Raises NotFound."""
    upload = get_upload(db, upload_id)
    files = db.exec(
        select(UploadFile)
        .where(UploadFile.upload_id == upload_id)
        .order_by(col(UploadFile.id))
        .options(defer(UploadFile.raw))  # type: ignore[arg-type]  # typed as its value
    ).all()
    done = sum(file.state != WAITING for file in files)
    computing = count_pending(db, upload.collection_id, engine)
    return Progress(upload, tuple(files), done, computing)


def count_waiting_files(db: Session) -> int:
    """Return how many uploaded files are not stored yet."""
    query = select(func.count()).select_from(UploadFile).where(UploadFile.state == WAITING)
    return db.exec(query).one()
