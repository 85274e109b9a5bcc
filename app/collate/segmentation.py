"""Cut the kept text of an article into passages, each with its kind and its paragraph."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import zip_longest

from app.collate.lines import paragraphs, trimmed, with_marks
from app.collate.sentences import sentences_of, split_sentences
from app.collate.text import Cleaned, Passage, PassageKind, Span

__all__ = ["segment", "split_sentences"]

# "A Reuters report said:", "According to TASS:", "Here is a translation of their remarks."
_SOURCE = re.compile(
    r"(?:(?:an?|the|this|another|one|a second|a third|a separate|a further|yet another)\s)?"
    r"(?:[\w.’'-]+\s){0,5}?(?:report|dispatch|despatch|story|article|account|analysis|translation"
    r"|transcript)\s(?:also\s|further\s)?(?:said|says|added|adds|reads|read|states|stated|notes|noted"
    r"|continued|continues|went on)\s?:"
    r"|(?:[A-Z][\w.’'-]*\s){1,4}(?:reported|reports|wrote|writes)\s?:"
    r"|(?:according to|from)\s(?:the\s)?(?:[A-Z][\w.’'-]*\s?){1,4}:"
    r"|(?:here (?:is|are|follows)|(?:the )?following is|below is)\s(?:an?|the|some|excerpts)\b"
    r".{0,90}\b(?:translation|transcript|transcription|text|report|statement|remarks|excerpts)\b.{0,60}[.:]",
    re.IGNORECASE,
)
# "Putin:", "The President:", "Q:", "Ana Ruiz, Mayor of Porto:"
_LABEL = re.compile(
    r"(?:[^\W\d_a-zà-þ][\w.’'-]*,?\s|(?:of|the|de|du|da|van|von|der|and|und|et|y)\s){0,6}"
    r"[^\W\d_a-zà-þ][\w.’'-]*\s?[:：]"
)
_QUOTES = "“„«»\"‘'「"
_LONGEST_MARKER = 160  # characters


def segment(text: str, cleaned: Cleaned) -> tuple[Passage, ...]:
    """Return the passages of the kept text, in order: every character of it that is no white space
    lies in exactly one. Cost O(length).
    """
    known = _known(text, cleaned)
    starts = [span.start for span, _ in known]
    passages: list[Passage] = []
    for number, paragraph in enumerate(_paragraphs(text, cleaned.kept)):
        first = bisect_right(starts, paragraph.start)
        first -= first > 0 and known[first - 1][0].end > paragraph.start
        inside = known[first : bisect_left(starts, paragraph.end)]
        for span, kind in _parts(text, paragraph, inside, cleaned.language or "en"):
            passages.append(Passage(span, kind, number))
    return tuple(
        _lead_in(text, passage, following)
        for passage, following in zip_longest(passages, passages[1:])
        if passage
    )


def _lead_in(text: str, passage: Passage, following: Passage | None) -> Passage:
    """Take a source line for an ordinary sentence where mere quotations follow it: "The report
    said: “…”".
    """
    quoted = following is not None and text[following.span.start] in _QUOTES
    if passage.kind is PassageKind.SOURCE and quoted:
        return replace(passage, kind=PassageKind.SENTENCE)
    return passage


def _known(text: str, cleaned: Cleaned) -> list[tuple[Span, PassageKind]]:
    """Return what cleaning has named, in order and without overlaps (the first one counts)."""
    named = [
        *((span, PassageKind.STANDFIRST) for span in cleaned.standfirst),
        *((span, PassageKind.HEADING) for span in cleaned.headings),
        *((span, PassageKind.CREDIT) for span in cleaned.credits),
    ]
    if cleaned.title:
        named.append((with_marks(text, cleaned.title), PassageKind.TITLE))
    known: list[tuple[Span, PassageKind]] = []
    for span, kind in sorted(named, key=lambda found: found[0]):
        if len(span) and (not known or span.start >= known[-1][0].end):
            known.append((span, kind))
    return known


def _paragraphs(text: str, kept: tuple[Span, ...]) -> list[Span]:
    """Return the kept paragraphs; furniture parts them as an empty line does."""
    return [
        Span(paragraph.start + span.start, paragraph.end + span.start)
        for span in kept
        for paragraph in paragraphs(span.of(text))
    ]


def _parts(
    text: str, paragraph: Span, inside: list[tuple[Span, PassageKind]], language: str
) -> list[tuple[Span, PassageKind]]:
    """Cut one paragraph where a title, heading or credit starts or ends; the rest is sentences."""
    found: list[tuple[Span, PassageKind]] = []
    start = paragraph.start
    for whole, kind in inside:
        span = trimmed(text, Span(max(whole.start, start), min(whole.end, paragraph.end)))
        found += _prose(text, Span(start, span.start), language)
        if kind is PassageKind.STANDFIRST:
            found += [(s, kind) for s in sentences_of(text, span, language)]
        elif len(span):
            found.append((span, kind))
        start = max(start, span.end)
    return found + _prose(text, Span(start, paragraph.end), language)


def _prose(text: str, span: Span, language: str) -> list[tuple[Span, PassageKind]]:
    span = trimmed(text, span)
    if not len(span):
        return []
    if len(span) <= _LONGEST_MARKER:
        line = span.of(text)
        if _SOURCE.fullmatch(line):
            return [(span, PassageKind.SOURCE)]
        if _LABEL.fullmatch(line):
            return [(span, PassageKind.LABEL)]
    return [(s, PassageKind.SENTENCE) for s in sentences_of(text, span, language)]
