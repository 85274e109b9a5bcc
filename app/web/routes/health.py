"""/health: 200 when the application can serve, with its database."""

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from app.store.collections import Collection
from app.web.deps import Db

router = APIRouter(include_in_schema=False)


@router.get("/health")
def health(db: Db) -> Response:
    """Answer "ok" when the database answers."""
    db.get(Collection, 0)
    return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})
