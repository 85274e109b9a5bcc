"""Collection: a world of articles kept apart. Nothing crosses."""

import re
import unicodedata
from datetime import datetime

from sqlmodel import Field, Session, col, select

from app.errors import NotFound
from app.store.db import NEVER_REUSED, Table, UTCDateTime, now

MAX_SLUG = 60


class Collection(Table, table=True):
    """Every article, event, note and name belongs to one.

    `demo` marks demonstration texts on every page. `removed_at`: taken out by a person; the row
    stays, so that `variorum demo --first` does not bring it back. `found_hash`: what the last
    search for events saw (hash of its articles and the engine); None: it never ran.
    """

    __table_args__ = NEVER_REUSED

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    demo: bool = False
    found_hash: str | None = None
    removed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


def make_slug(label: str, fallback: str, taken: set[str]) -> str:
    """Return `label` as a part of an address: lower-case letters of any script, digits, hyphens.

    Never one of `taken`: a number is put behind it. `fallback` where nothing of it is left.
    """
    plain = unicodedata.normalize("NFKD", label.casefold())
    plain = unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))
    stem = re.sub(r"[\W_]+", "-", plain).strip("-")
    if len(stem) > MAX_SLUG:
        stem = stem[: MAX_SLUG + 1].rpartition("-")[0] or stem[:MAX_SLUG]
    stem = stem or fallback
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def find_collection(db: Session, slug: str) -> Collection | None:
    """Return the collection with this slug, one that was taken out included, or None."""
    return db.exec(select(Collection).where(Collection.slug == slug)).first()


def get_collection(db: Session, slug: str) -> Collection:
    """Return the collection with this slug. Raises NotFound, also when it was taken out."""
    found = find_collection(db, slug)
    if found is None or found.removed_at is not None:
        raise NotFound(f"There is no collection “{slug}”.")
    return found


def get_collection_by_id(db: Session, collection_id: int) -> Collection:
    """Return the collection with this id. Raises NotFound."""
    found = db.get(Collection, collection_id)
    if found is None:
        raise NotFound("There is no such collection.")
    return found


def list_collections(db: Session) -> list[Collection]:
    """Return all collections that stand, the user's own first, oldest first."""
    return list(
        db.exec(
            select(Collection)
            .where(col(Collection.removed_at).is_(None))
            .order_by(col(Collection.demo), col(Collection.id))
        )
    )


def add_collection(db: Session, slug: str, name: str, demo: bool = False) -> Collection:
    """Add a collection, or bring back the one with this slug that was taken out."""
    found = find_collection(db, slug)
    if found is None:
        found = Collection(slug=slug, name=name, demo=demo)
    found.name, found.demo, found.removed_at = name, demo, None
    db.add(found)
    db.flush()
    return found
