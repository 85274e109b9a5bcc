"""The Jinja environment, the Page base and render(): the page, or the fragment htmx aims at."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, ClassVar

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app import __version__, i18n, urls
from app.web.deps import may_write
from app.web.preferences import preferences

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"

env = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.i18n"],
)
env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
    i18n.gettext, i18n.ngettext, newstyle=True
)
env.globals.update(
    url=urls.url,
    absolute=urls.absolute,
    version=__version__,
    preferences=preferences,
    may_write=may_write,
)


@dataclass(frozen=True)
class Page:
    """Everything that one template sees, beside `request` and the globals. Subclasses stand beside
    their routes.

    `fragments` maps the id that htmx targets to the template of that fragment; "why-" stands for
    every id that begins so ("why-r7m2xc9ha").
    """

    template: ClassVar[str]
    fragments: ClassVar[dict[str, str]] = {}


def render(request: Request, page: Page, status: int = 200, *, retarget: str = "") -> HTMLResponse:
    """Answer with the whole page, or with the fragment that htmx targets.

    `retarget`: the id that htmx is to replace instead of the one it aims at.
    """
    name = page.template
    headers = {"Vary": "HX-Request, HX-Target"}
    if request.headers.get("HX-Request") == "true":
        # htmx 2 sends the "id", htmx 4 "tag#id"
        target = retarget or request.headers.get("HX-Target", "").rpartition("#")[2]
        if retarget:
            headers |= {"HX-Retarget": f"#{retarget}", "HX-Reswap": "outerHTML"}
        many = target.partition("-")[0] + "-"
        name = page.fragments.get(target) or page.fragments.get(many, name)
    data: dict[str, Any] = {field.name: getattr(page, field.name) for field in fields(page)}
    html = env.get_template(name).render(request=request, **data)
    return HTMLResponse(html, status, headers)
