"""Fixtures for the tests of pages."""

import pytest

from app.store.db import session
from tests.factories import FIRST, SECOND, make_article, make_event
from tests.rows import bridge_rows, keep_rows


@pytest.fixture
def bridge(engine):
    """The event of two articles, aligned by hand in three rows."""
    with session(engine) as db:
        first = make_article(db, text=FIRST)
        second = make_article(db, text=SECOND, outlet="Evening Post")
        keep_rows(db, make_event(db, first, second), bridge_rows)
    return engine
