"""Which collection a page shows, and into which one a report goes."""

from dataclasses import dataclass
from itertools import chain

from app.errors import Invalid, NotFound
from app.i18n import _
from app.pipeline import engine_version
from app.store.articles import list_counted_collections
from app.store.collections import Collection, add_collection, find_collection
from app.store.memberships import hash_collections
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


@dataclass(frozen=True, slots=True)
class Target:
    """The collection that reports go into; it may not be there yet."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Worlds:
    """All collections that stand, the user's own first, with the number of their articles; and the
    one that is shown, None where there is none.
    """

    counted: list[tuple[Collection, int]]
    shown: Collection | None

    @property
    def count(self) -> int:
        """How many articles the shown one has."""
        return next((count for one, count in self.counted if one is self.shown), 0)

    @property
    def target(self) -> Target:
        """The collection that a report from here goes into: never a demonstration."""
        if self.shown is not None and not self.shown.demo:
            return Target(self.shown.slug, self.shown.name)
        own = (Target(one.slug, one.name) for one, _count in self.counted if not one.demo)
        return next(own, Target(OWN_SLUG, _("My articles")))

    def choices(self, path: str) -> list[Choice]:
        """Return the switcher for a page at `path`."""
        return [
            Choice(one.name, url(path, collection=one.slug), one.demo, one is self.shown)
            for one, _count in self.counted
        ]


def worlds(db: Db, slug: str) -> Worlds:
    """Return all collections and the one that the address names, or the default one.

    Default: the first of the reader's own that has articles, else the demonstration, else the
    first. Raises NotFound for a slug that is not there. One statement.
    """
    counted = list_counted_collections(db)
    if slug:
        named = [one for one, _count in counted if one.slug == slug]
        if not named:
            raise NotFound(_("There is no such collection."))
        return Worlds(counted, named[0])
    filled = (one for one, count in counted if not one.demo and count)
    demos = (one for one, _count in counted if one.demo)
    return Worlds(counted, next(chain(filled, demos, (one for one, _count in counted)), None))


def id_of(collection: Collection) -> int:
    """Return the id of a stored collection."""
    assert collection.id is not None
    return collection.id


def is_unsearched(db: Db, collection: Collection) -> bool:
    """Say whether events are still to be sought among the articles as they are. One statement."""
    return collection.found_hash != hash_collections(db, engine_version()).get(id_of(collection))


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
