"""Reports come in: paste or files → preview → stored; many files → stored in the background."""

import base64
from dataclasses import asdict, dataclass, replace
from typing import ClassVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.collate import Cleaned, clean
from app.i18n import _
from app.ingest import Draft, Refused
from app.ingest.files import encode_pasted, read
from app.permissions import Action
from app.pipeline import find_stored, import_article, prepare_text
from app.store.articles import Article
from app.store.outlets import list_outlets
from app.store.work import KNOWN, add_import
from app.urls import url
from app.web.collections import OWN_SLUG, Target, id_of, make_target, target_collection
from app.web.deps import Db, demand
from app.web.drafts import Piece, cut, recut, settle
from app.web.forms import AddForm, FactsForm, Posted, line, read_add, read_store
from app.web.render import Page, render
from app.web.uploads import Batch, Text, sort_uploads

router = APIRouter(prefix="/articles", include_in_schema=False)

PREVIEW_SHARE = 0.7
"""Share of the largest body that one previewed file may take: its preview carries it as base64."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as the preview shows it: facts as typed, what the guesses rest on, the pieces, and
    the input to send back. `problem`: what is wrong with the choice of pieces.
    """

    name: str
    raw: str
    stated: FactsForm
    bases: dict[str, str | None]
    pieces: tuple[Piece, ...]
    words: int
    same: int | None
    problem: str = ""


@dataclass(frozen=True)
class ImportsNew(Page):
    """GET /articles/new, and the answers of the two posts that store nothing."""

    template: ClassVar[str] = "imports/new.html"
    target: Target
    outlets: list[str]
    form: AddForm
    preview: Preview | None
    refusal: str | None


@router.get("/new")
def new(request: Request, db: Db, collection: str = "") -> Response:
    """Show the box that takes reports in."""
    return _answer(request, db, collection, Shown())


@router.get("/preview")
def preview_again() -> Response:
    """Lead whoever opens the address of a preview back to the box."""
    return RedirectResponse(url("/articles/new"), 303)


@router.post("/preview")
def preview(request: Request, db: Db, posted: Posted) -> Response:
    """Show what was found in one text, or take several files in."""
    demand(request, Action.ADD, Article)
    form, slug = read_add(posted), line(posted, "collection")
    if form.errors:
        refusal = " ".join(form.errors.values())
        return _answer(request, db, slug, Shown(form, refusal=refusal))
    batch = sort_uploads(form.files, form.facts) if form.by == "file" else _pasted(form)
    if not batch.texts and not batch.refused:
        refusal = _("There is no text among these files: choose .txt, .md or .html files.")
        return _answer(request, db, slug, Shown(form, refusal=refusal))
    if len(batch.texts) != 1 or batch.refused:
        return _take_many(request, db, slug, batch)
    [text] = batch.texts
    name, raw = text.name, text.data
    if len(raw) > PREVIEW_SHARE * request.app.state.settings.max_upload_bytes:
        refusal = _("This file is too large for a preview. Use the command `variorum import`.")
        return _answer(request, db, slug, Shown(form, refusal=refusal))
    draft = read(raw, name, clean=clean, given=text.facts)
    if isinstance(draft, Refused):
        return _answer(request, db, slug, Shown(form, refusal=draft.reason))
    return _answer(request, db, slug, Shown(form, _preview(db, slug, name, draft)))


@router.post("")
def store(request: Request, db: Db, posted: Posted) -> Response:
    """Store the article as the preview was left; the same text again leads to the stored one."""
    demand(request, Action.ADD, Article)
    form, slug = read_store(posted), line(posted, "collection")
    found = read(form.raw, form.name or PASTED, clean=clean)
    if isinstance(found, Refused):
        return _answer(request, db, slug, Shown(refusal=found.reason))
    draft = recut(settle(found, form.stated.facts), form.keep)
    kept = any(span.of(draft.text).strip() for span in draft.cleaned.kept)
    if form.stated.errors or not kept:
        shown = _preview(db, slug, form.name, draft, stated=form.stated)
        if not kept:
            problem = _("Keep at least one piece: an article without text cannot be read.")
            shown = replace(shown, problem=problem)
        return _answer(request, db, slug, Shown(preview=shown))
    prepare_text(draft.text, draft.cleaned)  # the long part, before the database is locked
    imported = import_article(db, draft, make_target(db, slug))
    request.app.state.wake()
    seen = "1" if imported.state == KNOWN else None
    return RedirectResponse(url(f"/articles/{imported.article_id}", known=seen), 303)


PASTED = "pasted text"


def _pasted(form: AddForm) -> Batch:
    return Batch((Text(PASTED, encode_pasted(form.text), form.facts),), ())


def _take_many(request: Request, db: Db, slug: str, batch: Batch) -> Response:
    collection = make_target(db, slug)
    facts = [
        {name: str(value) for name, value in asdict(text.facts).items() if value is not None}
        for text in batch.texts
    ]
    files = [(text.name, text.data) for text in batch.texts]
    number = add_import(db, id_of(collection), files, facts, batch.refused)
    request.app.state.wake()
    return RedirectResponse(url(f"/progress/{number}"), 303)


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the box: the form as sent, its preview, or why it is refused."""

    form: AddForm = AddForm()
    preview: Preview | None = None
    refusal: str | None = None


def _answer(request: Request, db: Db, slug: str, shown: Shown) -> Response:
    collection = target_collection(db, slug)
    outlets = list_outlets(db, id_of(collection)) if collection else []
    page = ImportsNew(
        target=Target(
            collection.slug if collection else slug or OWN_SLUG,
            collection.name if collection else _("My articles"),
        ),
        outlets=[outlet.name for outlet in outlets if outlet.name],
        form=shown.form,
        preview=shown.preview,
        refusal=shown.refusal,
    )
    preview = shown.preview
    is_wrong = shown.refusal or (preview and (preview.problem or preview.stated.errors))
    return render(request, page, 422 if is_wrong else 200)


def _preview(
    db: Db, slug: str, name: str, draft: Draft[Cleaned], *, stated: FactsForm | None = None
) -> Preview:
    """Build the preview; `stated` wins over what was found."""
    collection = target_collection(db, slug)
    known = find_stored(db, draft, id_of(collection)) if collection else None
    kept = (span.of(draft.text) for span in draft.cleaned.kept)
    author = draft.cleaned.author
    return Preview(
        name=name,
        raw=base64.b64encode(draft.raw).decode("ascii"),
        stated=stated or _found(draft),
        bases={
            "author": author.span.of(draft.text) if author else None,
            "outlet": draft.outlet_basis,
            "published": draft.published_basis,
        },
        pieces=tuple(piece for piece in cut(draft.text, draft.cleaned) if piece.text.strip()),
        words=sum(len(text.split()) for text in kept),
        same=known.id if known else None,
    )


def _found(draft: Draft[Cleaned]) -> FactsForm:
    """Return the facts of a draft as a reader would have typed them."""
    return FactsForm(
        headline=draft.headline,
        author=draft.author or "",
        outlet=draft.outlet or "",
        published=draft.published.isoformat() if draft.published else "",
        language=draft.language or "",
        url=draft.url or "",
    )
