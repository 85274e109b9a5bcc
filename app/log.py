"""Logging: structlog over the standard library, set up here only.

Never article text, queries or secrets.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def set_up(*, as_json: bool = False, level: str = "INFO") -> None:
    """Send our records and those of uvicorn, SQLAlchemy and Alembic through one chain to standard
    error.
    """
    last: Any = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                last,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("alembic", "httpx", "sqlalchemy", "uvicorn.access"):
        logging.getLogger(name).setLevel("WARNING")
    logging.getLogger("trafilatura").setLevel("CRITICAL")  # the door says it in words of its own
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def logger(name: str) -> Any:
    """Return the logger of the module called `name`."""
    return structlog.get_logger(name)


@contextmanager
def bound(**fields: object) -> Iterator[None]:
    """Add `fields` to every log line inside."""
    with structlog.contextvars.bound_contextvars(**fields):
        yield
