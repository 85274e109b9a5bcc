"""Imports: from a Draft to an article in the store, in one transaction or not at all."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from app import collate
from app.collate import Cleaned, Prepared
from app.errors import Invalid
from app.ingest import Draft, Facts, Refused
from app.ingest.files import read
from app.log import logger
from app.pipeline.preparation import dump_cleaned, prepare_text, units_of
from app.store import articles, events, outlets, passages, search, work
from app.store.articles import Article, Revision
from app.store.collections import Collection, get_collection_by_id
from app.store.db import Session, now

log = logger(__name__)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a draft: `state` is work.STORED, work.KNOWN (the same text was there) or
    work.REVISED (a new wording of an article from the same address).
    """

    article: Article
    revision: Revision
    state: str
    passages: int

    @property
    def article_id(self) -> int:
        """The id of the article, for its address."""
        assert self.article.id is not None
        return self.article.id


def import_article(db: Session, draft: Draft[Cleaned], collection: Collection) -> Imported:
    """Store a draft in a collection.

    The same text again, of the same outlet as far as both state one, is recognised and not stored
    twice. Raises Invalid where nothing of the text is kept.
    """
    assert collection.id is not None
    raw_hash, text_hash = hash_raw(draft.raw), hash_text(draft.text)
    same = _find_same(db, collection.id, draft, (raw_hash, text_hash))
    if same is not None:
        return Imported(articles.get_article(db, same.article_id), same, work.KNOWN, 0)
    prepared = prepare_text(draft.text, draft.cleaned)
    if not prepared.passages:
        raise Invalid("Nothing of the text is kept: put some of it back.", {"text": "Keep some."})
    known = articles.find_article_by_url(db, collection.id, draft.url) if draft.url else None
    before = articles.get_revision(db, known.id or 0) if known else None
    article = known or Article(collection_id=collection.id, outlet_id=0, headline=draft.headline)
    _state_facts(db, article, draft)
    revision = articles.add_revision(
        db,
        Revision(
            article_id=article.id or 0,
            media_type=draft.media_type,
            raw=draft.raw,
            raw_hash=raw_hash,
            text=draft.text,
            text_hash=text_hash,
            layout=dump_cleaned(draft.cleaned),
        ),
    )
    rows = passages.add_passages(db, revision.id or 0, units_of(prepared))
    search.add_to_index(db, article, revision, rows)
    if before is not None:
        _carry_parts(db, before, revision, prepared)
    state = work.STORED if before is None else work.REVISED
    log.info("article imported", article_id=article.id, state=state, passages=len(rows))
    return Imported(article, revision, state, len(rows))


def find_stored(db: Session, draft: Draft[Cleaned], collection_id: int) -> Article | None:
    """Return the article that `import_article` would recognise in this draft, or None."""
    same = _find_same(db, collection_id, draft, (hash_raw(draft.raw), hash_text(draft.text)))
    return articles.get_article(db, same.article_id) if same is not None else None


def read_upload_file(db: Session, file_id: int) -> Draft[Cleaned] | Refused | None:
    """Read one file of a browser import; the long part of "store_file", it writes nothing.

    None where the file is done already.
    """
    file = work.get_upload_file(db, file_id)
    if file.state != work.WAITING:
        return None
    draft = read(file.raw, file.name, clean=collate.clean, given=load_facts(file.facts))
    if not isinstance(draft, Refused):
        prepare_text(draft.text, draft.cleaned)
    return draft


def store_upload_file(db: Session, file_id: int, draft: Draft[Cleaned] | Refused) -> None:
    """Store what was read of a file and note what became of it. Does nothing the second time."""
    file = work.get_upload_file(db, file_id)
    if file.state != work.WAITING:
        return
    collection = get_collection_by_id(db, work.get_upload(db, file.upload_id).collection_id)
    if isinstance(draft, Refused):
        file.state, file.message = work.REFUSED, draft.reason
    else:
        done = import_article(db, draft, collection)
        file.state, file.article_id = done.state, done.article.id
    file.raw, file.done_at = b"", now()
    db.add(file)
    db.flush()


def load_facts(data: dict[str, Any]) -> Facts:
    """Return what was stated about a file, its date read from ISO text."""
    stated = {name: value for name, value in data.items() if value}
    if isinstance(stated.get("published"), str):
        stated["published"] = date.fromisoformat(stated["published"])
    return Facts(**stated)


def hash_raw(raw: bytes) -> str:
    """Return the hash of what came in, byte for byte."""
    return hashlib.sha256(raw).hexdigest()


def hash_text(text: str) -> str:
    """Return a hash that is the same for texts which differ in white space only."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()


def _find_same(
    db: Session, collection_id: int, draft: Draft[Cleaned], hashes: tuple[str, str]
) -> Revision | None:
    """Find the same text; a text that another named outlet printed too is no repetition."""
    for same in articles.list_same_texts(db, collection_id, *hashes):
        article = articles.get_article(db, same.article_id)
        outlet = outlets.get_outlet(db, article.outlet_id)
        stated, there = draft.outlet, outlet.name
        if not stated or not there or stated.casefold() == there.casefold():
            return same
    return None


def _state_facts(db: Session, article: Article, draft: Draft[Cleaned]) -> None:
    """Write what the draft states; what it does not state stays as it was."""
    before = article.outlet_id
    if draft.outlet or article.id is None:
        article.outlet_id = outlets.add_outlet(db, article.collection_id, draft.outlet).id or 0
        article.outlet_basis = draft.outlet_basis
    if draft.published or article.id is None:
        article.published, article.published_basis = draft.published, draft.published_basis
    article.headline = draft.headline
    article.author = draft.author or article.author
    article.language = draft.language or article.language
    article.url = draft.url or article.url
    article.rights = draft.rights or article.rights
    articles.add_article(db, article)
    if before != article.outlet_id:
        articles.remove_empty_outlet(db, before)


def _carry_parts(db: Session, before: Revision, after: Revision, prepared: Prepared) -> None:
    """Give the passages of a new wording the parts in events that the same words had before."""
    places = {" ".join(p.span.of(after.text).split()): p.span for p in prepared.passages}
    for part in events.list_parts_of_revision(db, before.id or 0):
        words = " ".join(before.text[part.start : part.end].split())
        span = places.get(words)
        if span is not None:
            moved = events.Part(after.id or 0, span.start, span.end, part.role)
            events.add_passages(db, part.event_id, [moved], by=part.by)
