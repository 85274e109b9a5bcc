"""Read the credits of an article: byline, date line, dateline of a wire.

Unknown stays None; what is found keeps the words it rests on.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from app.collate.data import lexicon
from app.collate.text import Clue, Span

_WORDS = lexicon("credits")
_MONTHS = {
    name: number for number, names in enumerate(_WORDS["months"], 1) for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(
    rf"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"
    rf"|(?P<d2>\d{{1,2}})\.\s?(?P<m2>\d{{1,2}})\.\s?(?P<y2>(?:19|20)\d\d)(?!\d)"
    rf"|\b(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s(?:de\s|of\s)?(?P<n3>{_MONTH})\b\.?,?\s"
    rf"(?:de\s|del\s)?(?P<y3>(?:19|20)\d\d)\b"
    rf"|\b(?P<n4>{_MONTH})\b\.?\s(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y4>(?:19|20)\d\d)\b"
    r"|(?P<y5>(?:19|20)\d\d)[年년]\s?(?P<m5>\d{1,2})[月월]\s?(?P<d5>\d{1,2})[日일]",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?:\d{1,2}[:.h]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?|uhr)?|[A-Z]{2,4}T?\b|[+-]\d{2}:?\d{2}|UTC)"
)
_AROUND_DATE = re.compile("|".join(map(re.escape, _WORDS["around_date"].split())), re.IGNORECASE)
_BY = re.compile(rf"^(?i:{_WORDS['by']})\s?:?\s+(?P<who>[^\d].*)$")
_SOURCE = re.compile(rf"^(?i:{_WORDS['source_of']})\s?:\s*(?P<who>.+)$")
_STAFF = re.compile(r"^\(?(?i:reporting|editing|writing|additional reporting)\s(?i:by)\b.*$")
_DATE_BY = re.compile(r"\b(?:by|von|par|por|di)\s(?P<who>[A-ZÀ-Þ].*)$")
_NAME = re.compile(
    r"[^\W\d_a-zà-þ][\w.’'-]*(?:\s(?:(?:de|da|del|van|von|der|bin|al|el|and|und|et|y|&)\s)*[^\W\d_a-zà-þ][\w.’'-]*){0,6}"
)
_DATELINE = re.compile(
    r"^(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ’'.-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ’'.-]*){0,3}"
    r"(?:, [A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)?)?)"
    r"(?P<rest>[^\n]{0,60}?)\s*(?P<agency>\([A-Z][\w /.’'-]{1,30}\))?\s?(?P<dash>--|[-–—―])\s(?=\S)"
)
# "MOSCOW, September 13. /TASS/. "
_SLASHED = re.compile(
    r"^(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ’' .-]+(?:/[A-ZÀ-Þ ]+/)?),\s(?P<rest>[^/\n]{3,40}?)\.?\s"
    r"(?P<agency>/[A-Z][\w .’'-]{1,40}/)(?P<dash>\.?)\s(?=\S)"
)
_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|[Cc]opyright)\s*(?:©\s*)?(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?,?\s"
    r"(?:by\s)?(?P<who>[A-ZÀ-Þ][\w’'&-]*(?:\s[A-ZÀ-Þ][\w’'&-]*){0,4})"
)
_OWN = re.compile(
    r"(?:(?i:support|join|get|about|follow|subscribe to|more from|sign up (?:for|to)))\s"
    r"(?:(?i:the)\s)?(?P<who>\S+(?:\s\S+){0,3})"
)
_IMAGE = re.compile(
    r"(?:^|[-–—]\s)(?P<who>[A-Z][\w’' .&-]{2,40}),\s*\d{3,4},\s*(?P<date>\d{1,2}\.\d{1,2}\.\d{4})$"
)
_MARKS = "*_"  # of Markdown
_LONGEST = 140  # characters of a credit line


@dataclass(frozen=True, slots=True)
class Credit:
    """What one credit line says."""

    author: Clue | None = None
    published: Clue | None = None
    outlet: Clue | None = None


def credit_of(text: str, span: Span) -> Credit | None:
    """Return what a whole line says about author, date and outlet; None if it is no credit line.

    >>> credit_of("May 2, 2024 by Ana Ruiz", Span(0, 23)).published.value
    '2024-05-02'
    """
    line = span.of(text)
    if len(line) > _LONGEST:
        return Credit() if _STAFF.match(line) else None
    if _STAFF.match(line) or _SOURCE.match(line):
        return Credit()
    dated = date_in(text, span)
    by = _BY.match(line) or (_DATE_BY.search(line) if dated else None)
    if by and (who := _names(text, Span(span.start + by.start("who"), span.start + by.end("who")))):
        organisation = who if is_organisation(who.value) else None
        return Credit(author=who, published=dated, outlet=organisation)
    if dated and _only_a_date(line, dated, span):
        return Credit(published=dated)
    return None


def date_in(text: str, span: Span) -> Clue | None:
    """Return the first full date in a span."""
    if not _YEAR.search(text, span.start, span.end):
        return None
    for found in _DATE.finditer(text, span.start, span.end):
        parts = {key[0]: value for key, value in found.groupdict().items() if value}
        month = int(parts["m"]) if "m" in parts else _MONTHS[parts["n"].lower()]
        try:
            day = date(int(parts["y"]), month, int(parts["d"]))
        except ValueError:
            continue
        return Clue(day.isoformat(), Span(found.start(), found.end()))
    return None


def dateline_of(text: str, span: Span) -> tuple[Span, Credit] | None:
    """Return the place line that opens a wire's first paragraph: "MOSCOW, Sept 13 (Reuters) - "."""
    line = span.of(text)[:200]
    found = _SLASHED.match(line) or _DATELINE.match(line)
    if not found:
        return None
    place, rest = found["place"], found["rest"]
    if not (found["agency"] or _DATE.search(rest) or re.search(r"\d", rest) or _shouted(place)):
        return None
    whole = Span(span.start, span.start + found.end("dash"))
    outlet = None
    if found["agency"]:
        at = Span(span.start + found.start("agency") + 1, span.start + found.end("agency") - 1)
        outlet = Clue(at.of(text), at)
    return whole, Credit(published=date_in(text, whole), outlet=outlet)


def outlet_in(text: str, furniture: list[Span]) -> Clue | None:
    """Return the outlet that the furniture names: who holds the copyright, whose newsletter it is.

    A name in a line such as "Support Countercurrents" counts where the text has it twice.
    """
    for span in furniture:
        found = _COPYRIGHT.search(text, span.start, span.end)
        if found and not {word.lower() for word in found["who"].split()} <= _furniture_words():
            return Clue(found["who"], Span(found.start("who"), found.end("who")))
    for span in furniture:
        found = _OWN.match(text, span.start, span.end)
        name = _own_name(found["who"]) if found else ""
        if found and name and len(re.findall(rf"(?i)\b{re.escape(name)}\b", text)) >= 2:
            return Clue(name, Span(found.start("who"), found.start("who") + len(name)))
    return None


def _own_name(words: str) -> str:
    """Return the name that the words begin with, up to a word that furniture is made of."""
    name: list[str] = []
    for word in words.split(" "):
        bare = re.sub(r"[’']s?$|[.,!:]$", "", word)
        if not bare[:1].isupper() or bare.lower() in _furniture_words():
            break
        name.append(bare)
        if bare != word:
            break
    return " ".join(name)


def image_credit(text: str, span: Span) -> Credit | None:
    """Return what an image credit says: "… - Outlet, 1920, 13.09.2023"."""
    found = _IMAGE.search(span.of(text))
    if not found:
        return None
    who = Span(span.start + found.start("who"), span.start + found.end("who"))
    when = Span(span.start + found.start("date"), span.start + found.end("date"))
    return Credit(published=date_in(text, when), outlet=Clue(who.of(text), who))


def is_organisation(name: str) -> bool:
    """Say whether a byline names an outlet or agency and not a person."""
    return any(word.strip(".,").lower() in _organisations() for word in name.split())


def _names(text: str, span: Span) -> Clue | None:
    """Return the name that the rest of a byline is made of, or None if it goes on as a sentence."""
    words = span.of(text)
    marks = len(words) - len(words.lstrip(_MARKS))  # "By **Ann Smith**"
    found = _NAME.match(words, marks)
    if not found:
        return None
    name = found[0].rstrip(_MARKS)
    rest = words[marks + len(name) :].strip(_MARKS + " ")
    if rest and not re.match(r"[,|/•·(–—-]|(?:in|at|for|aus|à|en)\b", rest):
        return None
    start = span.start + marks
    return Clue(name, Span(start, start + len(name)))


def _only_a_date(line: str, dated: Clue, span: Span) -> bool:
    """Say whether a line holds nothing but a date, a time and the words that go with them."""
    start, end = dated.span.start - span.start, dated.span.end - span.start
    rest = re.sub(_CLOCK, " ", _DATE.sub(" ", line))
    words = re.findall(r"[^\W\d_][\w.]*", rest)
    return all(_AROUND_DATE.fullmatch(word.rstrip(".")) for word in words) or (
        len(words) <= 3 and end - start >= len(line) / 2
    )


def _shouted(place: str) -> bool:
    return len(place.split(",")[0]) >= 4 and place.split(",")[0].isupper()


@cache
def _furniture_words() -> frozenset[str]:
    """Return every word of the lexicon of furniture."""
    table = lexicon("boilerplate")
    rows = [row["list"] for kind in ("lines", "starts", "holds") for row in table[kind]]
    return frozenset(re.findall(r"[\w’'-]+", " ".join([*rows, table["social"]["words"]])))


@cache
def _organisations() -> frozenset[str]:
    return frozenset(lexicon("boilerplate")["organisations"]["words"].split())
