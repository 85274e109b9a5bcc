"""The only SQL: a noun a file, tables on top, queries below.

Imports every noun, so that `Table.metadata` is whole.
"""

from app.store import (
    articles,
    collations,
    collections,
    db,
    events,
    identities,
    outlets,
    passages,
    search,
    work,
)

__all__ = [
    "articles",
    "collations",
    "collections",
    "db",
    "events",
    "identities",
    "outlets",
    "passages",
    "search",
    "work",
]
