"""create_app(): wiring only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI

from app import __version__, semantics, urls
from app.settings import Settings
from app.store.db import open_engine
from app.store.upgrade import upgrade
from app.web import errors
from app.web.api import articles as articles_api
from app.web.api import docs as docs_api
from app.web.api import events as events_api
from app.web.routes import (
    article_edit,
    articles,
    collections,
    event_edit,
    events,
    exports,
    health,
    imports,
    library,
    preferences,
    progress,
    search,
)
from app.web.security import Guard
from app.web.static import Static
from app.worker import Worker

# In this order: an address of a fixed word stands before one that takes any.
ROOMS = (
    health,
    preferences,
    library,
    collections,
    imports,
    article_edit,
    articles,
    event_edit,
    exports,
    events,
    progress,
    search,
    articles_api,
    events_api,
    docs_api,
)
STATIC = Path(__file__).resolve().parent.parent / "static"


def create_app(settings: Settings | None = None, *, work: bool = True) -> FastAPI:
    """Build the application: database, routes, guards. Raises SetupError when it cannot work.

    `work`: run the background worker in this process, from start to stop.
    """
    settings = settings or Settings()
    urls.configure(settings.address)
    semantics.configure(wanted=settings.semantic)
    settings.data.mkdir(parents=True, exist_ok=True)
    app = FastAPI(
        title="Variorum",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_running,
    )
    app.state.settings = settings
    app.state.engine = open_engine(settings.database)
    upgrade(app.state.engine)
    app.state.worker = Worker(app.state.engine, settings.data) if work else None
    app.state.wake = app.state.worker.wake if app.state.worker else lambda: None
    errors.install(app)
    app.add_middleware(errors.Surprises)  # the last one added stands outermost
    app.add_middleware(Guard, settings=settings, answer=errors.answer)
    for room in ROOMS:
        app.include_router(room.router)
    app.mount("/static", Static(directory=STATIC), name="static")
    return app


@asynccontextmanager
async def _running(app: FastAPI) -> AsyncIterator[None]:
    if app.state.worker:
        app.state.worker.start()
    yield
    if app.state.worker:
        app.state.worker.stop()
    app.state.engine.dispose()
