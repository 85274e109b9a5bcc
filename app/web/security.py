"""What stands before every route: Host check, Origin check on writes, body-size cap, headers.

One plain ASGI layer, so that it also covers static files, errors and bodies sent in chunks.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import HTTPException, Request, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.i18n import _
from app.settings import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
READING = frozenset({"GET", "HEAD", "OPTIONS"})
DRAINED_TIMES_CAP = 10
"""A body over the cap is read and thrown away up to this many caps, so that the browser gets to see
the answer instead of a broken connection."""

Answer = Callable[[Request, int, str], Response]


class Guard:
    """Refuse foreign hosts, writes from other sites and bodies over the cap; add the headers.

    `answer(request, status, message)` makes the page of a refusal (errors.py gives it).
    """

    def __init__(self, app: ASGIApp, settings: Settings, answer: Answer) -> None:
        self.app = app
        self.settings = settings
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # Routes match with and without the sub-path; HEAD is answered as GET, without the body.
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        send = _without_body(send) if scope["method"] == "HEAD" else send
        scope = {**scope, "root_path": self.settings.sub_path, "method": method}
        headers = Headers(scope=scope)
        limit = self.settings.max_upload_bytes
        sender = self._with_headers(send)
        refused = self._refusal(scope["method"], headers)
        if refused is None and _declared(headers) > limit:
            await _drain(receive, limit * DRAINED_TIMES_CAP)
            refused = (413, too_large(limit))
        if refused is None:
            await self.app(scope, _capped(receive, limit), sender)
        else:
            response = self.answer(Request(scope, receive), *refused)
            await response(scope, receive, sender)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or host_name(hosts[0]) not in self.settings.hosts:
            return 400, _(
                "This server does not answer to that name. "
                "Whoever runs it can add the name to VARIORUM_ALLOWED_HOSTS."
            )
        if method in READING or same_site(headers, self.settings):
            return None
        return 403, _(
            "The request did not come from a page of this server, so nothing was changed. "
            "Open the page here and send it again."
        )

    def _with_headers(self, send: Send) -> Send:
        async def wrapped(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if is_secure(self.settings):
                    headers["Strict-Transport-Security"] = "max-age=31536000"
            await send(message)

        return wrapped


def host_name(host: str) -> str:
    """Return the name in a Host header, in small letters, without port and brackets; "" if odd.

    >>> host_name("LOCALHOST:8000"), host_name("[::1]:8000"), host_name("a@b")
    ('localhost', '::1', '')
    """
    if any(mark in host for mark in "@/?#\\ "):
        return ""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def same_site(headers: Headers, settings: Settings) -> bool:
    """Say whether a write comes from a page of ours.

    Every browser of the last years states Origin or Sec-Fetch-Site on a POST; a request with
    neither is refused. What is stated must hold in both headers.
    """
    fetch_site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if fetch_site is None and origin is None:
        return False
    if fetch_site not in {None, "same-origin", "none"}:
        return False
    return origin is None or _own_origin(origin, headers["host"], settings)


def _own_origin(origin: str, host: str, settings: Settings) -> bool:
    """Behind a proxy that ends TLS we do not see the scheme: the Host it names must agree."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    base = urlsplit(settings.address)
    if (parts.scheme, parts.netloc.lower()) == (base.scheme, base.netloc.lower()):
        return True
    return parts.scheme in {"http", "https"} and parts.netloc.lower() == host.lower()


def is_secure(settings: Settings) -> bool:
    """Say whether readers reach the installation by https."""
    return settings.address.startswith("https://")


def set_cookie(response: Response, settings: Settings, name: str, value: str) -> None:
    """Keep `value` in the reader's browser for a year: not for scripts, not for other sites."""
    response.set_cookie(
        name,
        value,
        max_age=31_536_000,
        path=settings.sub_path or "/",
        secure=is_secure(settings),
        httponly=True,
        samesite="lax",
    )


def safe_back(address: str | None, settings: Settings) -> str:
    """Return `address` if it is a path on this server, else the start page.

    >>> safe_back("/events/x?d=1", Settings()), safe_back("//evil.example", Settings())
    ('/events/x?d=1', '/')
    """
    start = f"{settings.sub_path}/"
    if not address or not address.startswith(start) or address.startswith("//"):
        return start
    plain = all(" " < letter < "\x7f" and letter != "\\" for letter in address)
    return address if plain else start


def too_large(limit: int) -> str:
    """Say what the cap is and what to do about it."""
    return _(
        "What was sent is larger than %(megabytes)s MB, so nothing was stored. "
        "Send fewer or smaller files at a time, or use the command `variorum import`."
    ) % {"megabytes": f"{limit / 1_000_000:g}"}


def _without_body(send: Send) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return wrapped


def _declared(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isdecimal() else 0


def _capped(receive: Receive, limit: int) -> Callable[[], Awaitable[Message]]:
    """Count what comes, also in chunks of no declared length; more than the cap is refused."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > limit:
                if message.get("more_body", False):
                    await _drain(receive, limit * DRAINED_TIMES_CAP)
                raise HTTPException(413, too_large(limit))
        return message

    return counted


async def _drain(receive: Receive, most: int) -> None:
    seen = 0
    while seen <= most:
        message = await receive()
        if message["type"] != "http.request":
            return
        seen += len(message.get("body", b""))
        if not message.get("more_body", False):
            return
