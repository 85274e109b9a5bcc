"""The aligned view of an event that is told in two languages, with an embedder."""

import pytest

from app import semantics
from app.pipeline import collate_event
from app.store.db import session
from tests.asgi import words
from tests.factories import make_article, make_event
from tests.glossary import ENGLISH, GERMAN, Glossary


@pytest.fixture
def page(client):
    """The page of an event that an English and a German article tell."""
    semantics.choose(Glossary())
    with session(client.app.state.engine) as db:
        english = make_article(db, text=ENGLISH)
        german = make_article(db, text=GERMAN, outlet="Abendpost", language="de")
        event = make_event(db, english, german)
        collate_event(db, event.id)
    yield client.page(f"/events/{event.slug}")
    semantics.choose(None)


def test_a_row_holds_both_languages_without_marks(page):
    rows = [row for row in page.xpath('//tr[starts-with(@id, "row-")]') if "Fähre" in words(row)]
    assert ["A ferry will carry" in words(row) for row in rows] == [True]
    assert page.xpath('//a[@class="mark"]') == []
