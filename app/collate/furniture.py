"""Know a line of furniture by its words and its shape, wherever it stands.

Source of the words: lexicon/boilerplate.toml; of the shapes: ours.
"""

import re
from collections.abc import Iterable
from functools import cache

from app.collate.data import lexicon

_MARKS = re.compile(r"[\W_]+")
_MAIL = re.compile(r"\[?e-?mail\s?protected\]?|[\w.+-]+@[\w-]+\.[\w.-]+", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_COUNTER = re.compile(r"[\d.,]+\s?[kKmM]?\+?\s?(?P<what>[^\W\d_]{0,30})")
_IMAGE = re.compile(r",\s*\d{3,4},\s*\d{1,2}\.\d{1,2}\.\d{4}$")
_BREADCRUMB = re.compile(r"\S.{0,40}?\s?(?:›|»|>|→)\s?\S.*")
_STEP = re.compile(r"[›»>→]")
_READING = re.compile(
    r"(?:\d{1,3}\s?(?:min(?:ute)?s?\.?(?:\sread)?|views?|comments?|shares?)"
    r"|(?:reading time|read time|lesezeit|temps de lecture|tiempo de lectura)\b.{0,20})",
    re.IGNORECASE,
)
_SPEECH = re.compile('[“”„«»"]')
_SHORT = 90  # characters: a line that only starts like furniture is not longer
_CREDIT = 60  # characters at the end of a line in which a picture is credited
_HELD = 320  # characters: nor is one that holds such a phrase


def reason_of(line: str) -> str | None:
    """Return why a line is furniture, or None if its words and shape do not say so.

    >>> reason_of("Share on Facebook"), reason_of("They share a border.")
    ('share', None)
    """
    flat = folded(line)
    if not flat:
        return "ornament" if len(line) < 40 else None
    return (
        _whole_lines().get(flat)
        or _by_shape(line, flat)
        or (_by_start(line) if len(line) <= _SHORT else None)
        or (_by_phrase(line) if len(line) <= _HELD else None)
    )


def folded(line: str) -> str:
    """Return the words of a line in lower case, without marks and digits, one space apart."""
    return " ".join(word for word in _MARKS.sub(" ", line.casefold()).split() if not word.isdigit())


def _by_shape(line: str, flat: str) -> str | None:
    if len(line) > _HELD:
        return None
    if _MAIL.fullmatch(line) or _ADDRESS.fullmatch(line):
        return "e-mail protection" if "@" in line or "mail" in line.lower() else "address"
    if _IMAGE.search(line):
        return "caption"
    if _READING.fullmatch(line):
        return "counter"
    if len(line) <= 40 and all(word in _social() for word in flat.split()):
        return "share"
    counter = _COUNTER.fullmatch(line)
    if counter and not line[:-1].isspace() and " " not in line.strip():
        return "counter"
    if len(line) <= 120 and _BREADCRUMB.fullmatch(line) and not _SPEECH.search(line):
        # The last step may be the title, which is for `headlines.py` to tell.
        return "navigation" if len(_STEP.split(line)[-1].split()) <= 3 else None
    return None


def _by_start(line: str) -> str | None:
    found = _starts().match(line.lower().lstrip("*•-– ▶►"))
    return _start_reasons()[found[0]] if found else None


def _by_phrase(line: str) -> str | None:
    found = _phrases().search(line.lower())
    if not found:
        return None
    reason = _phrase_reasons()[found[0]]
    if reason == "caption":
        return reason if _credits_a_picture(line, found) else None
    return None if _SPEECH.search(line) else reason  # somebody may speak of newsletters


def _credits_a_picture(line: str, found: re.Match[str]) -> bool:
    """Say whether an agency's name stands as under a picture: at the end, not in a sentence; and
    not as "/TASS/" before the first sentence.
    """
    bracketed = found[0][0] in "([" or line.startswith("©")
    late = found.start() >= len(line) - _CREDIT
    slashed = line[found.end() : found.end() + 1] == "/" and found[0][0] == "/"
    ended = line.endswith((".", "!", "?"))
    return not slashed and (bracketed or (late and not ended))


@cache
def _whole_lines() -> dict[str, str]:
    return {
        folded(entry): row["reason"]
        for row in lexicon("boilerplate")["lines"]
        for entry in _entries(row["list"])
    }


@cache
def _start_reasons() -> dict[str, str]:
    rows = lexicon("boilerplate")["starts"]
    return {entry: row["reason"] for row in rows for entry in _entries(row["list"])}


@cache
def _starts() -> re.Pattern[str]:
    return _any_of(_start_reasons())


@cache
def _phrase_reasons() -> dict[str, str]:
    rows = lexicon("boilerplate")["holds"]
    return {entry: row["reason"] for row in rows for entry in _entries(row["list"])}


@cache
def _phrases() -> re.Pattern[str]:
    return _any_of(_phrase_reasons())


@cache
def _social() -> frozenset[str]:
    return frozenset(lexicon("boilerplate")["social"]["words"].split())


def _any_of(entries: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(entries, key=len, reverse=True))))


def _entries(table: str) -> list[str]:
    return [
        entry.lstrip() for line in table.splitlines() for entry in line.split("|") if entry.strip()
    ]
