"""/api/docs: the description of the API, drawn by Swagger UI from vendored files."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request, Response

from app.web.render import Page, render

router = APIRouter(prefix="/api/docs", include_in_schema=False)


@dataclass(frozen=True)
class DocsShow(Page):
    """GET /api/docs."""

    template: ClassVar[str] = "docs/show.html"


@router.get("")
def show(request: Request) -> Response:
    """Show the API's description."""
    return render(request, DocsShow())
