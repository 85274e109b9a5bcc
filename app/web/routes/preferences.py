"""Theme, density, single keys: a page to choose them, and the small form on every page."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from app.web import preferences
from app.web.render import Page, render
from app.web.security import safe_back, set_cookie

router = APIRouter(prefix="/preferences", include_in_schema=False)


@dataclass(frozen=True)
class PreferencesShow(Page):
    """GET /preferences."""

    template: ClassVar[str] = "preferences/show.html"
    chosen: preferences.Preferences
    back: str


@router.get("")
def show(request: Request, back: str = "") -> Response:
    """Show all preferences in one form."""
    settings = request.app.state.settings
    page = PreferencesShow(chosen=preferences.preferences(request), back=safe_back(back, settings))
    return render(request, page)


@router.post("")
def change(
    request: Request,
    theme: Annotated[str, Form()] = "",
    density: Annotated[str, Form()] = "",
    keys: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "",
) -> Response:
    """Keep what was chosen, then lead back to where the form stood."""
    settings = request.app.state.settings
    response = RedirectResponse(safe_back(back, settings), 303)
    for name, value in {"theme": theme, "density": density, "keys": keys}.items():
        if value in preferences.CHOICES[name]:
            set_cookie(response, settings, name, value)
    return response
