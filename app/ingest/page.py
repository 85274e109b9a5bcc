"""A web page, given as bytes → the article's text and what its metadata state. Opens nothing."""

import re
from dataclasses import dataclass
from datetime import date

from trafilatura import bare_extraction
from trafilatura.settings import Document

from app.ingest.encoding import decode

_LANGUAGE = re.compile(r"<html[^>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.I)
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Page:
    """What one page holds: the article's body as plain text and the facts of its metadata.

    `text` is what is stored: title and body, a blank line between paragraphs.
    """

    body: str
    text: str
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: date | None = None
    language: str | None = None
    url: str | None = None


def extract(data: bytes, url: str | None = None) -> Page | None:
    """Find the article in a page; None where there is none.

    Scripts, styles and markup never survive: what comes back is text. `url`, where known, helps
    to tell the outlet's own links from others. Cost: about 30 ms for a page of 100 kB.
    """
    markup = decode(data, page=True).text
    try:
        found = bare_extraction(
            markup,
            url=url,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
        )
    except (RecursionError, LookupError, AttributeError, TypeError):
        # A broken page breaks the extractor in many ways; to the reader they are all one.
        return None
    if not isinstance(found, Document) or not (found.text or "").strip():
        return None
    return _page(found, markup)


def _page(found: Document, markup: str) -> Page:
    named = _LANGUAGE.search(markup[:20_000])
    body, title = (found.text or "").strip(), _line(found.title)
    return Page(
        body=body,
        text=_stored(body, title),
        title=title,
        author=_line(found.author),
        outlet=_line(found.sitename),
        published=_date(found.date),
        language=found.language or (named.group(1).lower() if named else None),
        url=_line(found.url),
    )


def _stored(body: str, title: str | None) -> str:
    """Join title and paragraphs; a title that opens the body is not said twice."""
    lines = [line for line in body.splitlines() if line.strip()]
    if title and not _BLANK.sub(" ", lines[0]).strip().startswith(title):
        lines.insert(0, title)
    return "\n\n".join(lines)


def _line(value: str | None) -> str | None:
    return _BLANK.sub(" ", value or "").strip() or None


def _date(value: str | None) -> date | None:
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None
