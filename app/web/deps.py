"""What routes ask for: the session of this request, who is there, and may they do this."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from pydantic import Field

from app.errors import Forbidden
from app.i18n import _
from app.permissions import Action, Role, can
from app.settings import LOOPBACK
from app.store.db import Session, sessions
from app.web.security import host_name


def _db(request: Request) -> Iterator[Session]:
    yield from sessions(request.app.state.engine, reading=request.method in {"GET", "HEAD"})


# scope="function": commit BEFORE the response starts, so that a failed commit is a 500, not a lie.
Db = Annotated[Session, Depends(_db, scope="function")]

# A number in an address. What no database column can hold is a page that is not there.
Number = Annotated[int, Field(le=2**63 - 1)]


def role_of(request: Request) -> Role:
    """Return who is there: until accounts come, the one local person on loopback, else nobody."""
    is_here = host_name(request.headers.get("host", "")) in LOOPBACK
    return Role.LOCAL if is_here else Role.NOBODY


def may_write(request: Request) -> bool:
    """Say whether forms that write are to be shown. A template global as well."""
    return can(role_of(request), Action.CHANGE, None)


def demand(request: Request, action: Action, thing: object) -> None:
    """Go on only if who is there may do `action` with `thing`. Raises Forbidden."""
    if not can(role_of(request), action, thing):
        message = _("Only reading is possible from here: open the page on the computer it runs on.")
        raise Forbidden(message)
