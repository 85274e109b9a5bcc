"""What routes ask for: the session of this request."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request

from app.store.db import Session, sessions


def _db(request: Request) -> Iterator[Session]:
    yield from sessions(request.app.state.engine, reading=request.method in {"GET", "HEAD"})


# scope="function": commit BEFORE the response starts, so that a failed commit is a 500, not a lie.
Db = Annotated[Session, Depends(_db, scope="function")]
