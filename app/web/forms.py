"""Posted fields → frozen dataclass + errors by field. Nothing here writes."""

import base64
import binascii
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from app.collate import Span
from app.errors import Invalid
from app.i18n import _
from app.ingest import Facts
from app.web.uploads import Upload

MOST_FILES = 2000
"""Files of one upload. Higher: more memory for one request."""
MOST_FIELDS = 20_000
"""Fields of one form: a preview has one for each paragraph of the text."""
LONGEST = 500
"""Code points of a one-line field: a headline, an outlet's name, an address."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.I)
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


async def _posted(request: Request) -> AsyncIterator[FormData]:
    """Read the form, each part as large as the body may be (FastAPI's own cap is 1 MB)."""
    cap = request.app.state.settings.max_upload_bytes
    async with request.form(
        max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=cap
    ) as form:
        yield form


Posted = Annotated[FormData, Depends(_posted)]


@dataclass(frozen=True, slots=True)
class AddForm:
    """The box "Add a report": pasted text or files, and what is stated about them."""

    by: str = "paste"
    text: str = ""
    files: tuple[Upload, ...] = ()
    outlet: str = ""
    published: str = ""
    facts: Facts = Facts()
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FactsForm:
    """What is stated about one article, as typed, and as it is understood."""

    headline: str
    author: str
    outlet: str
    published: str
    language: str
    url: str
    facts: Facts = Facts()
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoreForm:
    """The preview, as the reader left it: facts, pieces to keep, and the raw input."""

    name: str
    raw: bytes
    keep: frozenset[Span]
    stated: FactsForm


def line(form: FormData, name: str) -> str:
    """Return a one-line field: white space made single, control characters gone."""
    value = form.get(name)
    plain = " ".join(value.split()) if isinstance(value, str) else ""
    return "".join(letter for letter in plain if letter.isprintable() or letter in "\u200e\u200f")


def ids(form: FormData, name: str) -> list[int]:
    """Return the numbers that a field was sent with. Raises Invalid for anything else."""
    values = [value for value in form.getlist(name) if isinstance(value, str)]
    if not all(value.isdecimal() and len(value) < 18 for value in values):
        raise Invalid(_("The form was changed on the way. Open the page again."))
    return [int(value) for value in values]


def spans(form: FormData, name: str) -> list[tuple[int, Span]]:
    """Return the values "17:120-148" of a field: a revision and a stretch of it."""
    found = []
    for value in form.getlist(name):
        revision, _colon, stretch = value.partition(":") if isinstance(value, str) else ("",) * 3
        span = _span(stretch)
        if span is None or not revision.isdecimal() or len(revision) > 17:
            raise Invalid(_("The form was changed on the way. Open the page again."))
        found.append((int(revision), span))
    return found


def read_add(form: FormData) -> AddForm:
    """Read the box "Add a report"."""
    by = "file" if line(form, "by") == "file" else "paste"
    text = form.get("text")
    text = text.replace("\r\n", "\n") if isinstance(text, str) else ""  # browsers send CRLF
    files = [part for part in form.getlist("files") if isinstance(part, UploadFile)]
    uploads = tuple(Upload(_file_name(part.filename), part.file.read()) for part in files)
    uploads = tuple(upload for upload in uploads if upload.name or upload.data)
    errors = {}
    if by == "paste" and not text.strip():
        errors["text"] = _("Paste the text of an article here.")
    if by == "file" and not uploads:
        errors["files"] = _("Choose at least one file.")
    outlet, published = line(form, "outlet"), line(form, "published")
    facts = Facts(outlet=outlet or None, published=_date(published, errors))
    _check_lengths({"outlet": outlet}, errors)
    return AddForm(by, text, uploads, outlet, published, facts, errors)


def read_facts(form: FormData) -> FactsForm:
    """Read what is stated about one article."""
    errors: dict[str, str] = {}
    names = ("headline", "author", "outlet", "published", "language", "url")
    typed = {name: line(form, name) for name in names}
    _check_lengths(typed, errors)
    published = _date(typed["published"], errors)
    if not typed["headline"]:
        errors["headline"] = _("An article needs a headline.")
    if typed["language"] and not _LANGUAGE.fullmatch(typed["language"]):
        errors["language"] = _("Two or three letters, such as en, fr or ko.")
    if typed["url"] and not re.match(r"https?://[^\s/]", typed["url"], re.I):
        errors["url"] = _("A web address begins with https:// or http://.")
    facts = Facts(
        headline=typed["headline"] or None,
        author=typed["author"] or None,
        outlet=typed["outlet"] or None,
        published=published,
        language=typed["language"].lower() or None,
        url=typed["url"] or None,
    )
    return FactsForm(**typed, facts=facts, errors=errors)


def read_store(form: FormData) -> StoreForm:
    """Read the preview. Raises Invalid when the hidden text does not come back whole."""
    keep = frozenset(
        span for value in form.getlist("keep") if isinstance(value, str) and (span := _span(value))
    )
    return StoreForm(_file_name(line(form, "name")), _raw(form), keep, read_facts(form))


def _raw(form: FormData) -> bytes:
    value = form.get("raw")
    try:
        return base64.b64decode(value if isinstance(value, str) else "", validate=True)
    except (binascii.Error, ValueError) as fault:
        message = _("The text did not come back whole. Go back and preview it again.")
        raise Invalid(message) from fault


def _span(value: str) -> Span | None:
    found = _SPAN.fullmatch(value)
    return Span(int(found[1]), int(found[2])) if found and int(found[1]) < int(found[2]) else None


def _date(value: str, errors: dict[str, str]) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        errors["published"] = _("A date such as 2023-09-13.")
        return None


def _check_lengths(typed: dict[str, str], errors: dict[str, str]) -> None:
    for name, value in typed.items():
        if len(value) > LONGEST:
            errors[name] = _("At most %(most)s characters.") % {"most": LONGEST}


def _file_name(value: str | None) -> str:
    """The name a browser sends, made harmless; a folder upload sends a path. Never opened."""
    plain = "".join(letter for letter in value or "" if letter.isprintable())
    parts = plain.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in {"", ".", ".."})[-200:]


def chosen(form: FormData, name: str, values: Sequence[str]) -> str:
    """Return a field that is one of `values`. Raises Invalid for anything else."""
    value = line(form, name)
    if value not in values:
        raise Invalid(_("The form was changed on the way. Open the page again."))
    return value
