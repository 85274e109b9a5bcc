"""The database: base of every table, the engine with its pragmas, sessions.

SQLite-only settings live here.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import declared_attr
from sqlmodel import Session as Session  # others name the type, only store makes SQL with it
from sqlmodel import SQLModel, create_engine

__all__ = [
    "BUSY_TIMEOUT_SECONDS",
    "NEVER_REUSED",
    "Engine",
    "Session",
    "Table",
    "UTCDateTime",
    "now",
    "open_engine",
    "session",
    "sessions",
]
NAMES = {
    "ix": "ix__%(column_0_label)s",
    "uq": "uq__%(table_name)s__%(column_0_name)s",
    "ck": "ck__%(table_name)s__%(constraint_name)s",
    "fk": "fk__%(table_name)s__%(column_0_name)s__%(referred_table_name)s",
    "pk": "pk__%(table_name)s",
}
BUSY_TIMEOUT_SECONDS = 15
NEVER_REUSED = {"sqlite_autoincrement": True}  # an id that addresses and spans rest on


class Table(SQLModel):
    """Base of every table: one metadata, one way to name tables and constraints."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class UTCDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC; SQLite gives it back aware too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time back aware."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def open_engine(address: str) -> Engine:
    """Open the database at `address`; on SQLite every connection gets WAL, foreign keys and a busy
    time-out.
    """
    if make_url(address).get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True)
    engine = create_engine(
        address, connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in ("journal_mode=wal", "foreign_keys=on", "synchronous=normal"):
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        options = connection.get_execution_options()
        connection.exec_driver_sql("BEGIN" if options.get("reading") else "BEGIN IMMEDIATE")

    return engine


def sessions(engine: Engine, *, reading: bool = False) -> Iterator[Session]:
    """Give one session, then commit if nothing was raised.

    `reading`: takes no write lock on SQLite.
    """
    bound = engine.execution_options(reading=True) if reading else engine
    with Session(bound, expire_on_commit=False) as session:
        yield session
        session.commit()


@contextmanager
def session(engine: Engine, *, reading: bool = False) -> Iterator[Session]:
    """Open one session for a `with` block: the commit comes at its end, if nothing was raised."""
    yield from sessions(engine, reading=reading)
