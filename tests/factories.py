"""Plain functions that make what tests need, in a real database."""

from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import event as signals

from app import collate
from app.ingest import Facts, Refused
from app.ingest.files import read, read_item, walk
from app.pipeline import collate_event, find_events, import_article
from app.store import articles, collections, events, passages
from app.store.events import Part
from app.store.findings import Finding

REPOSITORY = Path(__file__).resolve().parent.parent
DEMO = REPOSITORY / "demo"
SUMMIT = "vostochny-summit"

FIRST = """Harbour bridge closes for repairs

The bridge over the harbour closes on Monday for 12 days, the port authority said.
"We have no choice," said Ada Munk, who heads the authority.
Ferries will carry up to 900 people an hour. Shops on the quay fear for their trade.
"""
SECOND = """Bridge shut for a fortnight

The harbour bridge will be shut from Monday for 14 days, according to the port authority.
Ferries are to carry 900 passengers an hour. Ada Munk told reporters: "We have no choice."
The last repair was in 1998.
"""


def make_collection(db, slug="own", name="Own", **over):
    return collections.add_collection(db, slug, name, **over)


def make_draft(text=FIRST, name="a.txt", **given):
    """A draft as the door gives it; `given`: the fields of ingest.Facts."""
    draft = read(text.encode(), name, clean=collate.clean, given=Facts(**given))
    assert not isinstance(draft, Refused), draft.reason
    return draft


def make_article(db, collection=None, text=FIRST, **given):
    """An imported article; `given`: outlet, published, url, language … as stated."""
    collection = collection or collections.find_collection(db, "own") or make_collection(db)
    given.setdefault("outlet", "Morning Gazette")
    given.setdefault("published", date(2024, 3, 1))
    return import_article(db, make_draft(text, **given), collection).article


def make_pair(db, collection=None):
    """Two articles of two outlets that tell the same."""
    return (
        make_article(db, collection),
        make_article(db, collection, SECOND, outlet="Evening Post", published=date(2024, 3, 2)),
    )


def parts_of(db, article, role="main"):
    """Every passage of an article as a part of an event."""
    revision = articles.get_revision(db, article.id)
    rows = passages.list_passages(db, [revision.id])
    return tuple(Part(revision.id, row.start, row.end, role) for row in rows)


def make_finding(label, parts, **over):
    return Finding(label=label, parts=tuple(parts), **over)


def make_event(db, *members, label="Bridge closes"):
    """An event that holds all passages of some articles."""
    made = events.add_event(db, members[0].collection_id, label, by=events.MACHINE)
    for article in members:
        events.add_passages(db, made.id, parts_of(db, article), by=events.MACHINE)
    return made


def load_demo(db, folder=SUMMIT, slug="demo"):
    """One event of the demonstration corpus: its articles, found and compared."""
    collection = make_collection(db, slug, "Demonstration", demo=slug == "demo")
    for item in walk([DEMO / folder]):
        draft = read_item(item, clean=collate.clean)
        assert not isinstance(draft, Refused), draft.reason
        import_article(db, draft, collection)
    find_events(db, collection.id)
    for event in events.list_events(db, collection.id):
        collate_event(db, event.id)
    return collection


@contextmanager
def counted_statements(engine):
    """A list that fills with the SQL statements sent meanwhile."""
    seen = []

    def note(connection, cursor, statement, *rest):
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    signals.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        signals.remove(engine, "before_cursor_execute", note)
