"""Tries whether a folder can hold the database: what SQLite needs of a file system."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

SQLITE_VERSION = sqlite3.sqlite_version


def find_fault(folder: Path) -> str | None:
    """Return why SQLite cannot work in `folder`, or None where it can.

    Tries a write-ahead log and a write lock on a file that is thrown away.
    """
    try:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            _try(Path(place) / "probe.db")
    except (OSError, sqlite3.Error) as fault:
        return str(fault)
    return None


def _try(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (mode,) = connection.execute("pragma journal_mode=wal").fetchone()
        if mode != "wal":
            raise sqlite3.OperationalError("no write-ahead log")
        connection.execute("begin immediate")
        connection.execute("create table probe (x)")
        connection.execute("commit")
