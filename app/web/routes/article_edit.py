"""An article put right by a person: what is stated about it, or taken out."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.errors import Invalid
from app.i18n import _
from app.permissions import Action
from app.store import search
from app.store.articles import Article, get_article, get_revision, update_article
from app.store.collections import get_collection_by_id
from app.store.outlets import Outlet, add_outlet, get_outlet, list_outlets
from app.store.passages import list_passages
from app.store.removals import remove_article
from app.urls import url
from app.web.deps import Db, Number, demand
from app.web.drafts import GIVEN
from app.web.forms import FactsForm, Posted, line, read_facts
from app.web.render import Page, render

router = APIRouter(prefix="/articles/{article_id}", include_in_schema=False)


@dataclass(frozen=True)
class ArticleEdit(Page):
    """GET /articles/{id}/edit."""

    template: ClassVar[str] = "article_edit/edit.html"
    article: Article
    stated: FactsForm
    bases: dict[str, str | None]
    outlets: list[str]
    problem: str


@router.get("/edit")
def edit(request: Request, db: Db, article_id: Number) -> Response:
    """Show what is stated about an article, to change it."""
    article = get_article(db, article_id)
    return _page(request, db, article, _stated(article, get_outlet(db, article.outlet_id)))


@router.post("/edit")
def change(request: Request, db: Db, article_id: Number, posted: Posted) -> Response:
    """Keep what a person states; what was not touched keeps the words that it rests on."""
    article = get_article(db, article_id)
    demand(request, Action.CHANGE, article)
    _refuse_demo(db, article)
    form = read_facts(posted)
    if form.errors:
        return _page(request, db, article, form)
    outlet, facts = get_outlet(db, article.outlet_id), form.facts
    if facts.outlet != outlet.name:
        outlet = add_outlet(db, article.collection_id, facts.outlet)
        article.outlet_basis = GIVEN if facts.outlet else None
    if facts.published != article.published:
        article.published_basis = GIVEN if facts.published else None
    changed = update_article(
        db,
        article_id,
        headline=facts.headline,
        author=facts.author,
        published=facts.published,
        language=facts.language,
        url=facts.url,
        outlet_id=outlet.id,
    )
    revision = get_revision(db, article_id)
    search.add_to_index(db, changed, revision, list_passages(db, [revision.id or 0]))
    request.app.state.wake()
    return RedirectResponse(url(f"/articles/{article_id}"), 303)


@router.post("/remove")
def remove(request: Request, db: Db, article_id: Number, posted: Posted) -> Response:
    """Take an article out for good, with all its versions."""
    article = get_article(db, article_id)
    demand(request, Action.REMOVE, article)
    _refuse_demo(db, article)
    if line(posted, "sure") != "1":
        stated = _stated(article, get_outlet(db, article.outlet_id))
        return _page(request, db, article, stated, problem=_("Tick the box first."))
    collection = get_collection_by_id(db, article.collection_id)
    remove_article(db, article_id)
    request.app.state.wake()
    return RedirectResponse(url("/", collection=collection.slug), 303)


def _refuse_demo(db: Db, article: Article) -> None:
    """The demonstration is put in and taken out as a whole."""
    if get_collection_by_id(db, article.collection_id).demo:
        raise Invalid(
            _("Demonstration texts stay as they are. `variorum demo --remove` ends them.")
        )


def _stated(article: Article, outlet: Outlet) -> FactsForm:
    return FactsForm(
        headline=article.headline,
        author=article.author or "",
        outlet=outlet.name or "",
        published=article.published.isoformat() if article.published else "",
        language=article.language or "",
        url=article.url or "",
    )


def _page(
    request: Request, db: Db, article: Article, stated: FactsForm, *, problem: str = ""
) -> Response:
    page = ArticleEdit(
        article=article,
        stated=stated,
        bases={
            "author": None,
            "outlet": article.outlet_basis,
            "published": article.published_basis,
        },
        outlets=[one.name for one in list_outlets(db, article.collection_id) if one.name],
        problem=problem,
    )
    return render(request, page, 422 if stated.errors or problem else 200)
