"""Taking out: an article or a collection with everything that hangs on it."""

from collections.abc import Sequence

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from app.store import search
from app.store.articles import Article, Revision, get_article, remove_empty_outlet
from app.store.collations import Collation
from app.store.collections import get_collection_by_id
from app.store.db import now
from app.store.events import Event, EventPassage
from app.store.identities import Identity
from app.store.outlets import Outlet
from app.store.passages import Passage
from app.store.vectors import Vector
from app.store.work import Upload, UploadFile


def remove_article(db: Session, article_id: int) -> None:
    """Take an article out, with its revisions, passages and its place in events."""
    outlet_id = get_article(db, article_id).outlet_id
    remove_articles(db, [article_id])
    remove_empty_outlet(db, outlet_id)


def remove_articles(db: Session, article_ids: Sequence[int]) -> None:
    """Take articles out; events and outlets stay."""
    revisions = select(Revision.id).where(col(Revision.article_id).in_(article_ids))
    search.remove_from_index(db, article_ids)
    db.execute(
        update(UploadFile)
        .where(col(UploadFile.article_id).in_(article_ids))
        .values(article_id=None)
    )
    db.execute(delete(EventPassage).where(col(EventPassage.revision_id).in_(revisions)))
    db.execute(delete(Vector).where(col(Vector.revision_id).in_(revisions)))
    db.execute(delete(Passage).where(col(Passage.revision_id).in_(revisions)))
    db.execute(delete(Revision).where(col(Revision.article_id).in_(article_ids)))
    db.execute(delete(Article).where(col(Article.id).in_(article_ids)))


def remove_collection(db: Session, collection_id: int) -> None:
    """Empty a collection wholly; its own row stays, marked as taken out."""
    collection = get_collection_by_id(db, collection_id)
    articles = db.exec(select(Article.id).where(Article.collection_id == collection_id)).all()
    remove_articles(db, [number for number in articles if number is not None])
    events = select(Event.id).where(Event.collection_id == collection_id)
    for table in (Collation, Identity, EventPassage):
        db.execute(delete(table).where(col(table.event_id).in_(events)))
    of_collection = col(Event.collection_id) == collection_id
    db.execute(update(Event).where(of_collection).values(parent_id=None, merged_into_id=None))
    db.execute(delete(Event).where(of_collection))
    uploads = select(Upload.id).where(Upload.collection_id == collection_id)
    db.execute(delete(UploadFile).where(col(UploadFile.upload_id).in_(uploads)))
    db.execute(delete(Upload).where(col(Upload.collection_id) == collection_id))
    db.execute(delete(Outlet).where(col(Outlet.collection_id) == collection_id))
    collection.removed_at, collection.found_hash = now(), None
    db.add(collection)
    db.flush()
