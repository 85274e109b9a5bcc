"""Vector: the embedding of one passage by one model. Derived; may be dropped."""

from collections.abc import Iterable, Mapping

from sqlalchemy import LargeBinary, delete
from sqlmodel import Field, Session, col, select

from app.store.db import Table

_MOST_AT_ONCE = 500


class Vector(Table, table=True):
    """`text_hash` is that of the passage's words, `vector` its numbers as half floats.

    It hangs on a revision so that it goes with it; a text that stands elsewhere too is looked up
    by model and hash.
    """

    revision_id: int = Field(foreign_key="revision.id", primary_key=True)
    model: str = Field(primary_key=True)
    text_hash: str = Field(primary_key=True, index=True)
    vector: bytes = Field(sa_type=LargeBinary)


def list_vectors(db: Session, model: str, hashes: Iterable[str]) -> dict[str, bytes]:
    """Return the vectors of this model that are there: hash of the text → numbers."""
    found: dict[str, bytes] = {}
    wanted = sorted(set(hashes))
    for at in range(0, len(wanted), _MOST_AT_ONCE):
        some = col(Vector.text_hash).in_(wanted[at : at + _MOST_AT_ONCE])
        query = select(Vector.text_hash, Vector.vector).where(Vector.model == model, some)
        found |= dict(db.exec(query).all())
    return found


def add_vectors(db: Session, model: str, made: Mapping[tuple[int, str], bytes]) -> None:
    """Store vectors: (revision id, hash of the text) → numbers. What is there stays."""
    revisions = {revision_id for revision_id, _ in made}
    query = select(Vector.revision_id, Vector.text_hash).where(
        Vector.model == model, col(Vector.revision_id).in_(revisions)
    )
    there = set(db.exec(query).all())
    db.add_all(
        Vector(revision_id=revision_id, model=model, text_hash=text_hash, vector=vector)
        for (revision_id, text_hash), vector in made.items()
        if (revision_id, text_hash) not in there
    )
    db.flush()


def remove_vectors(db: Session) -> int:
    """Drop all vectors: the worker makes those it needs again. Returns how many there were."""
    return len(db.execute(delete(Vector).returning(col(Vector.revision_id))).all())
