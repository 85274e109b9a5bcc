"""Lay a text out in paragraphs: its lines, with hard-wrapped ones put together.

Works on positions alone: nothing is moved, the white space stays where it is.
"""

import re

from app.collate.text import Span

# "\f" and U+2028 also end lines; "\r\n" counts once.
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CLOSING = "\"'”’»›)]}“‘*_"
_ENDING = ".!?…:;。！？؟۔।:։"
# A line that starts so stands for itself, however the lines around it are wrapped.
_ITEM = re.compile(r"\s*(?:[-–—•*·▪●‣]\s|\(?\d{1,3}[.)]\)?\s|[a-z]\)\s)")
_HEAD_MARK = re.compile(r"#{1,6}\s+")
_TAIL_MARK = re.compile(r"\s+#+$")
_LONGEST_MARKED = 300  # characters
_MARKS = frozenset("#*_ \t")
_WRAP_LIMIT = 100  # characters: mail and plain-text wires wrap at 60 to 90


def paragraphs(text: str) -> tuple[Span, ...]:
    r"""Return the paragraphs of a text, in order: each non-empty line, or several wrapped ones.

    Lines are put together inside a stretch without empty lines where the next one goes on in lower
    case, or where the stretch as a whole is hard-wrapped. Cost O(length).

    >>> [p.of("One\ntwo.\n\nThree") for p in paragraphs("One\ntwo.\n\nThree")]
    ['One\ntwo.', 'Three']
    """
    return tuple(span for stretch in _stretches(text) for span in _unwrapped(text, stretch))


def _stretches(text: str) -> list[list[Span]]:
    """Return runs of non-empty lines, trimmed."""
    runs: list[list[Span]] = [[]]
    start = 0
    ends = [(m.start(), m.end()) for m in _LINE_END.finditer(text)]
    for end, following in [*ends, (len(text), len(text))]:
        line = trimmed(text, Span(start, end))
        if len(line):
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
        start = following
    return [run for run in runs if run]


def _unwrapped(text: str, lines: list[Span]) -> list[Span]:
    """Put the wrapped lines of one stretch together."""
    pairs = list(zip(lines, lines[1:], strict=False))
    open_ends = [(a, b) for a, b in pairs if not _ends_sentence(text, a)]
    runs_on = sum(text[b.start].islower() for a, b in open_ends)
    wrapped = runs_on >= 2 and 2 * runs_on >= len(open_ends)
    wrapped = wrapped or _evenly_wrapped(text, lines)
    joined = [lines[0]]
    for before, line in pairs:
        if _goes_on(text, before, line, wrapped):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


def _goes_on(text: str, before: Span, line: Span, wrapped: bool) -> bool:
    if _ITEM.match(text, line.start, line.end):
        return False
    if wrapped:
        return len(before) > 40 or not _ends_sentence(text, before)
    return text[line.start].islower() and not _ends_sentence(text, before)


def _evenly_wrapped(text: str, lines: list[Span]) -> bool:
    """Say whether all lines but the last are nearly as wide as the widest, and none is long."""
    if len(lines) < 4:
        return False
    starts = [text[line.start] for line in lines[1:]]
    runs_on = sum(start.islower() for start in starts)
    if 3 * runs_on < len(starts) and any(start.isupper() for start in starts):
        return False  # a list of headlines
    widths = [len(line) for line in lines]
    widest = max(widths)
    full = sum(width >= 0.75 * widest for width in widths[:-1])
    return 50 <= widest <= _WRAP_LIMIT and full >= 0.9 * (len(lines) - 1)


def _ends_sentence(text: str, line: Span) -> bool:
    end = line.end
    while end > line.start and text[end - 1] in _CLOSING:
        end -= 1
    return end > line.start and text[end - 1] in _ENDING


def unmarked(text: str, span: Span) -> Span:
    """Return a short line without the marks of Markdown around it: "# Title", "*By Ann Smith*".

    >>> line = "## **Rain fell** ##"
    >>> unmarked(line, Span(0, len(line))).of(line)
    'Rain fell'
    """
    if len(span) > _LONGEST_MARKED:
        return span
    start, end = span.start, span.end
    head = _HEAD_MARK.match(text, start, end)
    if head:
        start = head.end()
        tail = _TAIL_MARK.search(text, start, end)
        end = tail.start() if tail else end
    while end - start > 2 and text[start] == text[end - 1] and text[start] in "*_":
        start, end = start + 1, end - 1
    bare = trimmed(text, Span(start, end))
    return bare if any(map(str.isalnum, bare.of(text))) else span


def with_marks(text: str, span: Span) -> Span:
    """Return the span with the marks of Markdown that stand right beside it on its line."""
    start, end = span.start, span.end
    while start and text[start - 1] in _MARKS:
        start -= 1
    while end < len(text) and text[end] in _MARKS:
        end += 1
    return trimmed(text, Span(start, end))


def trimmed(text: str, span: Span) -> Span:
    """Return the span without outer white space (and byte-order marks)."""
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in "\ufeff\u200b"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\ufeff\u200b"):
        end -= 1
    return Span(start, end)
