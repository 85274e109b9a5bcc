"""Passage: a revision and a span."""

from sqlalchemy import Column, Integer, UniqueConstraint
from sqlmodel import Field

from app.store.db import Table


class Passage(Table, table=True):
    """One unit of a revision's text: code points `start` to `end`.

    Derived from text and layout; can be rebuilt.
    """

    __table_args__ = (UniqueConstraint("revision_id", "start"),)

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id", index=True)
    start: int
    end: int = Field(sa_column=Column("end_", Integer, nullable=False))  # END is reserved in SQL
    kind: str
    paragraph: int
    report: int = 0
