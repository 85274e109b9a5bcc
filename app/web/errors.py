"""Exception → status → page. The only place that knows status codes and catches everything."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit
from uuid import uuid4

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import Conflict, Forbidden, Invalid, NotFound, VariorumError
from app.i18n import _
from app.log import bound, logger
from app.web.render import Page, render
from app.web.security import safe_back

log = logger(__name__)

STATUS: dict[type[VariorumError], int] = {
    NotFound: 404,
    Conflict: 409,
    Forbidden: 403,
    Invalid: 422,
}


@dataclass(frozen=True)
class ErrorPage(Page):
    """What happened, what it means for the data, and the way on."""

    template: ClassVar[str] = "errors/show.html"
    fragments: ClassVar[dict[str, str]] = {"problem": "errors/_problem.html"}
    status: int
    title: str
    message: str
    request_id: str
    again: str


class Surprises:
    """Give each request an id; turn whatever nobody expected into a logged, plain 500 page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = scope.setdefault("state", {})["request_id"] = uuid4().hex[:12]
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        with bound(request_id=request_id):
            try:
                await self.app(scope, receive, noted)
            except Exception:
                log.exception("request failed", method=scope["method"], path=scope["path"])
                if started:
                    raise
                response = answer(Request(scope, receive), 500, _surprise())
                await response(scope, receive, noted)


def install(app: FastAPI) -> None:
    """Have every exception answered by a page, or by JSON under /api."""
    app.add_exception_handler(VariorumError, _ours)
    app.add_exception_handler(StarletteHTTPException, _http)
    app.add_exception_handler(RequestValidationError, _misread)


def answer(request: Request, status: int, message: str) -> Response:
    """Return the page of an error; to htmx the note in #problem; under /api JSON."""
    request_id = getattr(request.state, "request_id", "")
    if _is_api(request):
        body = {"status": status, "message": message, "request_id": request_id}
        return JSONResponse(body, status)
    page = ErrorPage(
        status=status,
        title=_title(status),
        message=message,
        request_id=request_id,
        again=_again(request),
    )
    return render(request, page, status, retarget="problem")


def _again(request: Request) -> str:
    """The page that the reader looks at: htmx names it."""
    parts = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return safe_back(back, request.app.state.settings)


def _is_api(request: Request) -> bool:
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", "")).startswith("/api/")


def _ours(request: Request, error: Exception) -> Response:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    return answer(request, status, str(error))


def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, StarletteHTTPException):
        raise error
    plain = error.detail == StarletteHTTPException(error.status_code).detail  # none was given
    message = _plain(error.status_code) if plain else str(error.detail)
    response = answer(request, error.status_code, message)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


def _misread(request: Request, error: Exception) -> Response:
    """A value in the address or form that is not of its kind; in the path: no such page."""
    if not isinstance(error, RequestValidationError):
        raise error
    places = {str(part["loc"][0]) for part in error.errors() if part["loc"]}
    status = 404 if "path" in places else 422
    return answer(request, status, _plain(status))


def _title(status: int) -> str:
    titles = {
        400: _("This request cannot be answered"),
        403: _("Not allowed"),
        404: _("Nothing here"),
        405: _("Not possible this way"),
        409: _("Changed meanwhile"),
        413: _("Too large"),
        422: _("This cannot be used"),
        500: _("Something broke"),
    }
    return titles.get(status, titles[400])


def _plain(status: int) -> str:
    messages = {
        400: _("What was sent could not be read. Go back and send it again."),
        404: _("There is no page at this address. It may have been removed or mistyped."),
        405: _("Nothing was changed. Go back and use the form on the page."),
        422: _("A value in the address or the form is not of the expected kind."),
    }
    return messages.get(status, messages[400])


def _surprise() -> str:
    return _(
        "The fault is on our side and is in the log. "
        "A change that was being made was not stored; what was stored before is as it was."
    )
