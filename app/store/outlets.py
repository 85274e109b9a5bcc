"""Outlet: who published."""

import re

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from app.errors import NotFound
from app.store.db import Table

LITTLE_WORDS = frozenset({"the", "of", "and", "for", "a", "an", "de", "la", "le", "der", "die"})
MOST_INITIALS = 4


class Outlet(Table, table=True):
    """One publisher in one collection.

    `name` None: the article does not state it; then the outlet is that article's own.
    """

    __table_args__ = (UniqueConstraint("collection_id", "siglum"),)

    id: int | None = Field(default=None, primary_key=True)
    collection_id: int = Field(foreign_key="collection.id", index=True)
    siglum: str
    name: str | None = None


def make_siglum(name: str | None, taken: set[str]) -> str:
    """Return the short sign of an outlet, unlike every one of `taken`.

    Initials of the words that carry meaning; of a single word its capitals or its first two
    letters. Unknown outlets are U1, U2 …

    >>> make_siglum("The Morning Herald", {"MH"}), make_siglum("Reuters", set())
    ('MH2', 'RE')
    """
    if name is None:
        return next(sign for n in range(1, 10**6) if (sign := f"U{n}") not in taken)
    words = re.findall(r"[^\W_]+", re.sub(r"\(.*?\)", " ", name) if name[:1] != "(" else name)
    words = [word for word in words if word.casefold() not in LITTLE_WORDS] or words
    stem = "".join(word[0] for word in words).upper()[:MOST_INITIALS]
    if len(words) == 1:
        capitals = "".join(letter for letter in words[0] if letter.isupper())
        stem = capitals[:MOST_INITIALS] if len(capitals) > 1 else words[0][:2].upper()
    stem = stem or "X"
    if re.fullmatch(r"U\d*", stem):  # U1 … say "unknown"
        stem = "UU"
    free = (sign for n in range(1, 10**6) if (sign := stem + str(n) * (n > 1)) not in taken)
    return next(free)


def find_outlet(db: Session, collection_id: int, name: str) -> Outlet | None:
    """Return the outlet of this name in the collection, upper and lower case alike, or None."""
    wanted = " ".join(name.split()).casefold()
    return next(
        (o for o in list_outlets(db, collection_id) if (o.name or "").casefold() == wanted), None
    )


def get_outlet(db: Session, outlet_id: int) -> Outlet:
    """Return the outlet with this id. Raises NotFound."""
    found = db.get(Outlet, outlet_id)
    if found is None:
        raise NotFound("There is no such outlet.")
    return found


def list_outlets(db: Session, collection_id: int) -> list[Outlet]:
    """Return the outlets of a collection, oldest first."""
    return list(
        db.exec(
            select(Outlet).where(Outlet.collection_id == collection_id).order_by(col(Outlet.id))
        )
    )


def add_outlet(db: Session, collection_id: int, name: str | None) -> Outlet:
    """Return the outlet of this name, made if it is new. Without a name always a new one."""
    name = " ".join(name.split()) if name else None
    known = find_outlet(db, collection_id, name) if name else None
    if known is not None:
        return known
    taken = {outlet.siglum for outlet in list_outlets(db, collection_id)}
    outlet = Outlet(collection_id=collection_id, name=name, siglum=make_siglum(name, taken))
    db.add(outlet)
    db.flush()
    return outlet
