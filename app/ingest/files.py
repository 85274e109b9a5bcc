"""Text files, pages, pasted text → Draft or Refused; paths and folders → what to read."""

import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import shorten

from app.ingest import GIVEN, METADATA, C, Draft, Facts, Refused, Sorted
from app.ingest.encoding import Decoded, decode
from app.ingest.manifests import Manifest, merged, read_manifest
from app.ingest.page import Page, extract

MAX_BYTES = 20_000_000
"""Largest file that is read. Higher: more memory for one file."""
MAX_PAGE_BYTES = 5_000_000
"""Largest web page that is read. Higher: a hostile page may take minutes."""
MAX_CHARACTERS = 300_000
"""Longest article (about 50,000 words). Higher: one text may hold up the comparison for minutes."""
MAX_RUN = 4_000
"""Longest run of characters without white space; prose never has it, data in disguise does."""
MAX_CONTROL_SHARE = 0.005
"""Share of control characters above which a text is taken for binary data."""
MAX_BROKEN_SHARE = 0.05
"""Share of unreadable characters above which the encoding counts as lost."""
MIN_WORDS = 4
"""Words that a line with an end mark needs to pass for a sentence."""
SUFFIXES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
}

_SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP, Word or OpenDocument"),
    (b"\xd0\xcf\x11\xe0", "old Word or Excel"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "program"),
)
_MARKUP = re.compile(
    rb"(?:<!--.{0,2000}?-->|<\?xml[^>]{0,200}>|\s){0,9}<(?:!doctype\s+html|html)\b", re.I | re.S
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_RUN = re.compile(rf"\S{{{MAX_RUN}}}")
_WORD = re.compile(r"[^\W\d_]+")
_END = re.compile("[.!?…。！？।؟]")


@dataclass(frozen=True, slots=True)
class Item:
    """A file to read, the name to show for it, and what is stated about it beforehand."""

    path: Path
    name: str
    given: Facts = Facts()


def walk(paths: Sequence[Path], given: Facts = Facts()) -> Iterator[Item | Refused]:  # noqa: B008 - frozen
    """List what to read under `paths`: files and folders, in the order of their names.

    A `manifest.toml` or `manifest.csv` in a folder speaks for the files of that folder and below;
    what `given` states wins over it. In folders only texts and pages are taken, hidden files left
    out, links never followed; each path that cannot be used comes back as Refused.
    """
    for path in paths:
        mode = _mode(path)
        if mode is None:
            yield Refused(_shown(path), "There is no such file: check the path.")
        elif stat.S_ISDIR(mode):
            yield from _folder(path, given)
        elif not stat.S_ISREG(mode):
            yield Refused(_shown(path), "This is neither a file nor a folder: give a text file.")
        elif path.suffix.lower() not in SUFFIXES:
            yield _unknown(_shown(path))
        else:
            yield from _single(path, given)


def read_item(
    item: Item, *, clean: Callable[[str], C], limit: int = MAX_BYTES
) -> Draft[C] | Refused:
    """Read one file that `walk` found."""
    try:
        with item.path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as fault:
        message = "The file cannot be read (%(fault)s): check that it is there and yours to read."
        return Refused(item.name, message, {"fault": fault.strerror or type(fault).__name__})
    return read(data, item.name, clean=clean, given=item.given, limit=limit)


def read(
    data: bytes,
    name: str,
    *,
    clean: Callable[[str], C],
    given: Facts = Facts(),  # noqa: B008 - frozen
    limit: int = MAX_BYTES,
) -> Draft[C] | Refused:
    """Turn a file's bytes into a Draft, or say why not and what to do.

    The suffix of `name` tells text from page; bytes that open like a page are one whatever their
    name. `clean` is `collate.clean`. Never raises for any bytes.
    """
    refused = _refuse_bytes(data, name, limit)
    if refused:
        return refused
    media_type = SUFFIXES.get(Path(name.replace("\0", "")).suffix.lower(), "text/plain")
    if media_type == "text/html" or _MARKUP.match(data[:4000].lstrip(b"\xef\xbb\xbf")):
        return _read_page(data, name, clean, given)
    decoded = decode(data)
    refused = _refuse_text(decoded, name)
    return refused or _draft(data, Page(decoded.text, decoded.text), media_type, clean, given)


def encode_pasted(text: str) -> bytes:
    """Return pasted characters as bytes; a lone surrogate, which is none, becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text).encode("utf-8")


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return None


def _unknown(name: str) -> Refused:
    return Refused(
        name,
        "Only %(suffixes)s files are read: save the article as one of these.",
        {"suffixes": ", ".join(sorted(SUFFIXES))},
    )


def _single(path: Path, given: Facts) -> Iterator[Item | Refused]:
    manifest = read_manifest(path.parent) or Manifest()
    facts = manifest.facts_of(path) if manifest.folder else Facts()
    yield from manifest.faults
    yield Item(path, _shown(path.name), merged(given, facts))


def _folder(root: Path, given: Facts) -> Iterator[Item | Refused]:
    """Go through a folder and those below it; links are not followed, so there is no cycle."""
    pending = [(root, Manifest())]
    while pending:
        folder, above = pending.pop()
        manifest = read_manifest(folder)
        if manifest:
            yield from manifest.faults
        manifest = manifest or above
        try:
            entries = sorted(folder.iterdir())
        except OSError as fault:
            message = "The folder cannot be read (%(fault)s): check that it is yours to read."
            yield Refused(_shown(folder), message, {"fault": fault.strerror or ""})
            continue
        seen = [entry for entry in entries if entry.name[:1] != "." and not entry.is_symlink()]
        for entry in seen:
            if entry.suffix.lower() in SUFFIXES and entry.is_file():
                facts = merged(given, manifest.facts_of(entry))
                yield Item(entry, _shown(entry.relative_to(root)), facts)
        pending += [(entry, manifest) for entry in reversed(seen) if entry.is_dir()]


def _shown(path: Path | str) -> str:
    """Make a name fit to be shown and stored: no broken bytes, no control characters."""
    text = str(path).encode("utf-8", "replace").decode("utf-8")
    return _CONTROL.sub("\ufffd", text.replace("\n", "\ufffd"))


def _refuse_bytes(data: bytes, name: str, limit: int) -> Refused | None:
    if len(data) > limit:
        message = "The file is larger than %(limit)s bytes: give the article's text alone."
        return Refused(name, message, {"limit": limit})
    if not data.strip():
        return Refused(name, "The file is empty: give a file with the article's text.")
    kind = next((kind for mark, kind in _SIGNATURES if data.startswith(mark)), None)
    if kind:
        message = "This is a %(kind)s file, not text: save the article as .txt, .md or .html."
        return Refused(name, message, {"kind": kind})
    return None


def _refuse_text(decoded: Decoded, name: str) -> Refused | None:
    text = decoded.text
    control = len(_CONTROL.findall(text))
    if "\0" in text or control > MAX_CONTROL_SHARE * len(text):
        return Refused(
            name, "This is binary data, not text: save the article as .txt, .md or .html."
        )
    if decoded.broken > MAX_BROKEN_SHARE * len(text):
        return Refused(name, "The characters cannot be read: save the file as UTF-8.")
    if len(text) > MAX_CHARACTERS:
        message = "The text has %(size)s characters, more than %(limit)s: give one article a file."
        return Refused(name, message, {"size": len(text), "limit": MAX_CHARACTERS})
    if _RUN.search(text):
        message = "A line runs on for %(limit)s characters without a space: this is no article."
        return Refused(name, message, {"limit": MAX_RUN})
    if not _has_sentence(text):
        return Refused(name, "There is no sentence in it: give the article's whole text.")
    return None


def _has_sentence(text: str) -> bool:
    """Say whether at least one line reads like prose: words, and an end mark.

    Scripts without spaces count by letters.
    """
    for line in text.splitlines():
        if not _END.search(line):
            continue
        words = _WORD.findall(line)
        if len(words) >= MIN_WORDS or any(len(word) >= 8 and not word.isascii() for word in words):
            return True
    return False


def _read_page(
    data: bytes, name: str, clean: Callable[[str], C], given: Facts
) -> Draft[C] | Refused:
    if b"\0" in data[:4000] and decode(data[:4000]).encoding == "utf-8":
        return Refused(
            name, "This is binary data, not text: save the article as .txt, .md or .html."
        )
    if len(data) > MAX_PAGE_BYTES:
        message = "The page is larger than %(limit)s bytes: paste the article's text instead."
        return Refused(name, message, {"limit": MAX_PAGE_BYTES})
    page = extract(data, given.url)
    if page is None:
        message = "No article is found in this page: paste the article's text instead."
        return Refused(name, message)
    refused = _refuse_text(Decoded(page.text, "utf-8"), name)
    return refused or _draft(data, page, "text/html", clean, given)


def _draft(
    data: bytes, page: Page, media_type: str, clean: Callable[[str], C], given: Facts
) -> Draft[C]:
    """Put together what is given, what the page's metadata say and what the text itself says."""
    text = page.text
    cleaned = clean(text)
    outlet, outlet_basis = _outlet(given, page, cleaned, text)
    published, published_basis = _published(given, page, cleaned, text)
    return Draft(
        raw=data,
        media_type=media_type,
        text=text,
        cleaned=cleaned,
        headline=given.headline or page.title or _headline(text, cleaned),
        author=given.author or page.author or (cleaned.author.value if cleaned.author else None),
        outlet=outlet,
        outlet_basis=outlet_basis,
        published=published,
        published_basis=published_basis,
        language=given.language or page.language or cleaned.language,
        url=given.url or page.url,
        rights=given.rights,
    )


def _headline(text: str, cleaned: Sorted) -> str:
    title = cleaned.title
    words = text[title.start : title.end] if title else ""
    line = words.strip() or next(line for line in text.splitlines() if line.strip())
    return shorten(" ".join(line.split()), 300, placeholder=" …")


def _outlet(given: Facts, page: Page, cleaned: Sorted, text: str) -> tuple[str | None, str | None]:
    if given.outlet:
        return given.outlet, GIVEN
    if page.outlet:
        return page.outlet, METADATA
    if cleaned.outlet:
        return cleaned.outlet.value, text[cleaned.outlet.span.start : cleaned.outlet.span.end]
    return None, None


def _published(
    given: Facts, page: Page, cleaned: Sorted, text: str
) -> tuple[date | None, str | None]:
    if given.published:
        return given.published, GIVEN
    if page.published:
        return page.published, METADATA
    clue = cleaned.published
    if clue:
        return date.fromisoformat(clue.value), text[clue.span.start : clue.span.end]
    return None, None
