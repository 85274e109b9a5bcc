"""How an import of several files goes, file by file."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request, Response

from app.i18n import _
from app.pipeline import engine_version
from app.store.collections import get_collection_by_id
from app.store.work import (
    KNOWN,
    REFUSED,
    REVISED,
    STORED,
    Progress,
    UploadFile,
    get_progress,
)
from app.urls import url
from app.web.deps import Db, Number
from app.web.render import Page, render

router = APIRouter(prefix="/progress", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    name: str
    state: str
    words: str
    link: str


@dataclass(frozen=True)
class ProgressShow(Page):
    """GET /progress/{id}. The fragment asks again every two seconds, until all is done."""

    template: ClassVar[str] = "progress/show.html"
    fragments: ClassVar[dict[str, str]] = {"progress": "progress/_progress.html"}
    number: int
    done: int
    total: int
    is_finished: bool
    outcomes: list[Outcome]
    library: str


@router.get("/{number}")
def show(request: Request, db: Db, number: Number) -> Response:
    """Show how an import goes."""
    progress = get_progress(db, number, engine_version())
    collection = get_collection_by_id(db, progress.upload.collection_id)
    return render(request, _page(progress, number, url("/", collection=collection.slug)))


def _page(progress: Progress, number: int, library: str) -> ProgressShow:
    return ProgressShow(
        number=number,
        done=progress.done,
        total=len(progress.files),
        is_finished=progress.is_finished,
        outcomes=[_outcome(file) for file in progress.files],
        library=library,
    )


def _outcome(file: UploadFile) -> Outcome:
    words = {
        STORED: _("stored"),
        KNOWN: _("stored already, nothing was added"),
        REVISED: _("stored as a new version"),
        REFUSED: _("not stored: %(reason)s") % {"reason": file.message},
    }
    link = url(f"/articles/{file.article_id}") if file.article_id else ""
    return Outcome(file.name, file.state, words.get(file.state, _("waiting")), link)
