"""Outlet: who published."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.store.db import Table


class Outlet(Table, table=True):
    """One publisher in one collection.

    `name` None: the article does not state it; then the outlet is that article's own.
    """

    __table_args__ = (UniqueConstraint("collection_id", "siglum"),)

    id: int | None = Field(default=None, primary_key=True)
    collection_id: int = Field(foreign_key="collection.id", index=True)
    siglum: str
    name: str | None = None
