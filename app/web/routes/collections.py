"""Collections: worlds of articles kept apart. Nothing crosses."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.i18n import _
from app.permissions import Action
from app.store.articles import list_counted_collections
from app.store.collections import (
    Collection,
    add_collection,
    find_collection,
    list_collections,
    make_slug,
)
from app.urls import url
from app.web.deps import Db, demand
from app.web.forms import LONGEST, Posted, line
from app.web.render import Page, render

router = APIRouter(prefix="/collections", include_in_schema=False)


@dataclass(frozen=True)
class CollectionsIndex(Page):
    """GET /collections."""

    template: ClassVar[str] = "collections/index.html"
    collections: list[tuple[Collection, int]]
    name: str
    problem: str


@router.get("")
def index(request: Request, db: Db) -> Response:
    """Show all collections and the way to make one."""
    return _page(request, db, name="", problem="")


@router.post("")
def make(request: Request, db: Db, posted: Posted) -> Response:
    """Make an empty collection and show it."""
    demand(request, Action.ADD, Collection)
    name = line(posted, "name")
    problem = "" if name else _("A collection needs a name.")
    problem = (
        _("At most %(most)s characters.") % {"most": LONGEST} if len(name) > LONGEST else problem
    )
    if problem:
        return _page(request, db, name=name, problem=problem)
    slug = make_slug(name, "collection", {one.slug for one in list_collections(db)})
    while find_collection(db, slug) is not None:  # one of this name was taken out
        slug = f"{slug}-2"
    add_collection(db, slug, name)
    return RedirectResponse(url("/", collection=slug), 303)


def _page(request: Request, db: Db, *, name: str, problem: str) -> Response:
    page = CollectionsIndex(collections=list_counted_collections(db), name=name, problem=problem)
    return render(request, page, 422 if problem else 200)
