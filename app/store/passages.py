"""Passage: a revision and a span."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Column, Integer, UniqueConstraint, delete
from sqlmodel import Field, Session, col, select

from app.store.db import NEVER_REUSED, Table


class Passage(Table, table=True):
    """One unit of a revision's text: code points `start` to `end`.

    Derived from text and layout; can be rebuilt.
    """

    __table_args__ = (UniqueConstraint("revision_id", "start"), NEVER_REUSED)

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id", index=True)
    start: int
    end: int = Field(sa_column=Column("end_", Integer, nullable=False))  # END is reserved in SQL
    kind: str
    paragraph: int
    report: int = 0


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage that is not stored yet."""

    start: int
    end: int
    kind: str
    paragraph: int
    report: int = 0


def list_passages(db: Session, revision_ids: Sequence[int]) -> list[Passage]:
    """Return the passages of these revisions, by revision, in text order."""
    return list(
        db.exec(
            select(Passage)
            .where(col(Passage.revision_id).in_(revision_ids))
            .order_by(col(Passage.revision_id), col(Passage.start))
        )
    )


def add_passages(db: Session, revision_id: int, units: Iterable[Unit]) -> list[Passage]:
    """Store the passages of a revision, in place of those it had."""
    # Ids are never used twice, so nothing in the session need be compared with what goes.
    gone = delete(Passage).where(col(Passage.revision_id) == revision_id)
    db.execute(gone, execution_options={"synchronize_session": False})
    rows = [
        Passage(
            revision_id=revision_id,
            start=unit.start,
            end=unit.end,
            kind=unit.kind,
            paragraph=unit.paragraph,
            report=unit.report,
        )
        for unit in units
    ]
    db.add_all(rows)
    db.flush()
    return rows
