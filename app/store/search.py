"""Search: full text over passages and headlines. SQLite's FTS5 stands behind these functions.

The index is kept in step by explicit calls; row id = passage id, or minus article id for a
headline. It holds the newest wording of each article only, and can be rebuilt.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine, bindparam, text
from sqlmodel import Session, col, select

from app.store.articles import Article, Revision
from app.store.outlets import Outlet
from app.store.passages import Passage

TABLE = "search_index"
OPEN, CLOSE = "\x02", "\x03"
PAGE = 50
MAX_TERMS = 32
MAX_QUERY = 1_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TERM = re.compile(r'"([^"]*)"|(\w+)')


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search; None = not narrowed. Dates are both included."""

    outlet_id: int | None = None
    event_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a snippet; `is_hit` = one of the words that were searched for."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage (or headline: `start` None) that answers the query, the best first."""

    article: Article
    outlet: Outlet
    revision_id: int | None
    start: int | None
    end: int | None
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


def ensure_index(engine: Engine) -> None:
    """Make the index where it is missing."""
    with engine.begin() as connection:
        connection.execute(
            text(
                f"create virtual table if not exists {TABLE} using fts5("
                "words, tokenize = 'porter unicode61 remove_diacritics 2')"
            )
        )


def make_match(query: str) -> str:
    """Turn what a person typed into an FTS5 expression that cannot fail; "" where nothing is left.

    Words must all be there; words in double quotes stand together; the last word may go on.
    """
    terms: list[str] = []
    for phrase, word in _TERM.findall(_CONTROL.sub(" ", query[:MAX_QUERY])):
        words = re.findall(r"\w+", phrase or word)
        if words:
            terms.append('"' + " ".join(words) + '"')
    terms = terms[:MAX_TERMS]
    if terms and query[-1:].isalnum():
        terms[-1] += "*"
    return " ".join(terms)


_SEARCH = f"""
select f.rowid as id, snippet({TABLE}, 0, char(2), char(3), '…', 32) as words,
       coalesce(r.article_id, -f.rowid) as article_id
from {TABLE} f
left join passage p on p.id = f.rowid
left join revision r on r.id = p.revision_id
join article a on a.id = coalesce(r.article_id, -f.rowid)
where {TABLE} match :match and a.collection_id = :collection
{{narrowed}}
"""  # noqa: S608 - a constant of ours
_NARROWED = {
    "outlet_id": "and a.outlet_id = :outlet_id",
    "since": "and a.published >= :since",
    "until": "and a.published <= :until",
    "event_id": "and exists (select 1 from event_passage e where e.event_id = :event_id"
    " and e.role <> 'out' and e.revision_id = p.revision_id and e.start = p.start)",
}


def search(
    db: Session, collection_id: int, query: str, filters: Filters | None = None, page: int = 1
) -> Hits:
    """Return the passages and headlines of a collection that hold the words of `query`.

    `page` counts from 1, PAGE hits each. Order: best match first (BM25), then as imported.
    Never raises for any query. Four statements.
    """
    match = make_match(query)
    if not match:
        return Hits((), 0)
    filters = filters or Filters()
    values: dict[str, Any] = {"match": match, "collection": collection_id}
    narrowed = []
    for name, clause in _NARROWED.items():
        value = getattr(filters, name)
        if value is not None:
            narrowed.append(clause)
            values[name] = value.isoformat() if isinstance(value, date) else value
    body = _SEARCH.format(narrowed="\n".join(narrowed))
    total = db.execute(text(f"select count(*) from ({body})"), values).scalar_one()  # noqa: S608 - ours
    some = text(f"{body} order by f.rank, abs(f.rowid) limit :limit offset :start")
    rows = db.execute(some, {**values, "limit": PAGE, "start": PAGE * (max(page, 1) - 1)}).all()
    return Hits(_hits(db, [(row[0], row[1], row[2]) for row in rows]), total)


def _hits(db: Session, rows: Sequence[tuple[int, str, int]]) -> tuple[Hit, ...]:
    passages = {
        passage.id: passage
        for passage in db.exec(select(Passage).where(col(Passage.id).in_([r[0] for r in rows])))
    }
    pairs = db.exec(
        select(Article, Outlet)
        .join(Outlet, col(Outlet.id) == Article.outlet_id)
        .where(col(Article.id).in_({row[2] for row in rows}))
    )
    tellers = {article.id: (article, outlet) for article, outlet in pairs}
    hits = []
    for number, words, article_id in rows:
        article, outlet = tellers[article_id]
        passage = passages.get(number)
        snippet = _pieces(words)
        if passage is None:
            hits.append(Hit(article, outlet, None, None, None, snippet))
        else:
            place = (passage.revision_id, passage.start, passage.end)
            hits.append(Hit(article, outlet, *place, snippet))
    return tuple(hits)


def _pieces(words: str) -> tuple[Piece, ...]:
    pieces = []
    for index, part in enumerate(re.split(f"[{OPEN}{CLOSE}]", " ".join(words.split()))):
        if part:
            pieces.append(Piece(part, index % 2 == 1))
    return tuple(pieces)


def add_to_index(db: Session, article: Article, revision: Revision, rows: list[Passage]) -> None:
    """Put the passages of the newest wording of an article in, in place of those of older ones."""
    assert article.id is not None
    remove_from_index(db, [article.id])
    entries = [(row.id, revision.text[row.start : row.end]) for row in rows]
    if not any(row.kind == "title" for row in rows):
        entries.append((-article.id, article.headline))
    insert = text(f"insert into {TABLE}(rowid, words) values (:id, :words)")  # noqa: S608 - ours
    values = [{"id": number, "words": _CONTROL.sub(" ", words)} for number, words in entries]
    if values:
        db.execute(insert, values)


def remove_from_index(db: Session, article_ids: Sequence[int]) -> None:
    """Take articles out of the index. Call it before their passages go."""
    passages = text(
        f"delete from {TABLE} where rowid in (select p.id from passage p"  # noqa: S608 - ours
        " join revision r on r.id = p.revision_id where r.article_id in :articles)"
    ).bindparams(bindparam("articles", expanding=True))
    headlines = text(f"delete from {TABLE} where rowid in :articles").bindparams(  # noqa: S608 - ours
        bindparam("articles", expanding=True)
    )
    db.execute(passages, {"articles": list(article_ids)})
    db.execute(headlines, {"articles": [-number for number in article_ids]})


def rebuild_index(db: Session) -> int:
    """Make the index anew from the passages; return how many articles are in it."""
    db.execute(text(f"delete from {TABLE}"))  # noqa: S608 - ours
    count = 0
    for article in db.exec(select(Article).order_by(col(Article.id))).all():
        revision = db.exec(
            select(Revision)
            .where(Revision.article_id == article.id)
            .order_by(col(Revision.number).desc())
        ).first()
        if revision is not None:
            rows = select(Passage).where(Passage.revision_id == revision.id)
            add_to_index(db, article, revision, list(db.exec(rows)))
            count += 1
    return count
