"""Which collection a page shows, and into which one a report goes."""

from dataclasses import dataclass
from itertools import chain

from app.errors import Invalid, NotFound
from app.i18n import _
from app.store.articles import count_by_collection
from app.store.collections import (
    Collection,
    add_collection,
    find_collection,
    get_collection,
    list_collections,
)
from app.urls import url
from app.web.deps import Db

OWN_SLUG = "articles"
"""The collection that the first import makes, here and in `variorum import`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One collection of the switcher."""

    name: str
    link: str
    demo: bool
    is_shown: bool


def id_of(collection: Collection) -> int:
    """Return the id of a stored collection."""
    assert collection.id is not None
    return collection.id


def shown_collection(db: Db, slug: str) -> Collection | None:
    """Return the collection that the address names, or the default one; None where none stands.

    Default: the first of the reader's own that has articles, else the demonstration, else the
    first. Raises NotFound for a slug that is not there.
    """
    if slug:
        return get_collection(db, slug)
    standing, counts = list_collections(db), count_by_collection(db)
    filled = (one for one in standing if not one.demo and one.id in counts)
    demos = (one for one in standing if one.demo)
    return next(chain(filled, demos, standing), None)


def target_slug(db: Db, shown: Collection | None) -> str:
    """Return the collection into which a report from this page goes: never the demonstration."""
    if shown is not None and not shown.demo:
        return shown.slug
    return next((one.slug for one in list_collections(db) if not one.demo), OWN_SLUG)


def target_collection(db: Db, slug: str) -> Collection | None:
    """Return the collection to import into, or None where the first import is to make it.

    Raises NotFound for a slug that is not there, Invalid for the demonstration.
    """
    found = find_collection(db, slug or OWN_SLUG)
    if found is not None and found.demo:
        raise Invalid(_("Reports of your own do not go into the demonstration collection."))
    if found is None and slug not in {"", OWN_SLUG}:
        raise NotFound(_("There is no such collection."))
    return None if found is None or found.removed_at is not None else found


def make_target(db: Db, slug: str) -> Collection:
    """Return the collection to import into, made if the first import needs it."""
    return target_collection(db, slug) or add_collection(db, slug or OWN_SLUG, _("My articles"))


def choices(db: Db, path: str, shown: Collection | None) -> list[Choice]:
    """Return the switcher for a page at `path`."""
    return [
        Choice(
            name=one.name,
            link=url(path, collection=one.slug),
            demo=one.demo,
            is_shown=shown is not None and one.id == shown.id,
        )
        for one in list_collections(db)
    ]
