"""Tell apart the reports that one article carries: its own telling, and those of others.

A line such as "A Reuters report said:" opens a carried report; the crossheads between belong to the
outlet that put them there.
"""

import re
from dataclasses import dataclass, replace

from app.collate.text import Passage, PassageKind, Report, Span

_ANOTHER = re.compile(
    r"\b(?:another|a second|a third|a separate|a further|yet another|a different)\b", re.I
)
_RULE = re.compile(r"^[ \t]*(?:(?:[*•·][ \t]*){3,}|[-–—_=~]{3,})[ \t]*$", re.MULTILINE)
_DEFINITE = re.compile(r"\s*(?:the|this|here|below|following|its|their)\b", re.I)
_NAME = re.compile(
    r"\b(?!Here\b|According\b|From\b|Another\b|The\b|An?\b|This\b|Below\b)[A-Z][\w’'-]*"
)


@dataclass(frozen=True, slots=True)
class _Open:
    index: int
    carrier: str


def divide(
    text: str, passages: tuple[Passage, ...]
) -> tuple[tuple[Passage, ...], tuple[Report, ...]]:
    """Return the passages, each with its report, and the reports; report 0 is the outlet's own.

    Letters are unique: the first letter of the carrying agency (R), then R2; that of its first word
    ("media": M) where it has no name. A rule ("***") ends a carried report. Cost O(passages).
    """
    reports = [Report(0, "", None)]
    divided: list[Passage] = []
    now = _Open(0, "")
    end = 0
    for passage in passages:
        if _RULE.search(text, end, passage.span.start):
            now = _Open(0, "")
        end = passage.span.end
        if passage.kind is PassageKind.SOURCE:
            now = _opened(text, passage.span, now, reports)
        own = passage.kind in {PassageKind.TITLE, PassageKind.HEADING, PassageKind.CREDIT}
        divided.append(replace(passage, report=0 if own else now.index))
    return tuple(divided), tuple(reports)


def _opened(text: str, line: Span, now: _Open, reports: list[Report]) -> _Open:
    """Return the report that a source line opens, or the open one if the line only goes on."""
    words = line.of(text)
    carrier = " ".join(_NAME.findall(words))
    goes_on = now.index and _DEFINITE.match(words) and carrier in {"", now.carrier}
    if goes_on and not _ANOTHER.search(words):
        return now
    report = Report(len(reports), _letter(carrier, words, reports), line)
    reports.append(report)
    return _Open(report.index, carrier)


def _letter(carrier: str, words: str, reports: list[Report]) -> str:
    named = carrier or re.sub(r"(?i)^\W*(?:another|an?|the|this|one|here is an?)\s+", "", words)
    letter = next((c.upper() for c in named if c.isalpha()), "X")
    taken = {report.letter for report in reports}
    number = 2
    free = letter
    while free in taken:
        free = f"{letter}{number}"
        number += 1
    return free
