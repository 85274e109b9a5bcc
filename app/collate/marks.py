"""Find the spans in quotation marks, in every style of marks. Source: ours.

Works paragraph by paragraph; who said it is the task of `quotations.py`.
"""

from dataclasses import dataclass

from app.collate.text import Span

# opening mark → the marks that may close it; the last ones only where writers mix styles
_PAIRS = {
    "“": '”“"″',
    "„": '“”"‟',
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "〝": "〞〟",
    "‟": "”",
    '"': '"”',
    "''": "",
    "``": "",
    "‘": "’",
    "‚": "‘’",
    "'": "'",
    "`": "'’",
}
_SINGLE = "‘‚'`"
_BEFORE_OPENING = '([{-–—/¿¡,:;.!?…“„"«'


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in marks, with the marks. `closed` is False where the paragraph ends first."""

    span: Span
    closed: bool
    single: bool


def marked_spans(text: str, paragraph: Span) -> list[Marked]:
    """Return the outermost spans in marks in one paragraph, in order. Cost O(length)."""
    found: list[Marked] = []
    at = paragraph.start
    while at < paragraph.end:
        mark = _opens(text, at, paragraph)
        if not mark:
            at += 1
            continue
        quotation = _quotation(text, at, mark, paragraph)
        if quotation is None:
            at += len(mark)
            continue
        found.append(quotation)
        at = quotation.span.end
    return found


def _opens(text: str, at: int, within: Span) -> str:
    """Return the mark that opens here, or ""."""
    two = text[at : at + 2]
    mark = two if two in {"''", "``"} else text[at]
    if mark not in _PAIRS:
        return ""
    before = text[at - 1] if at > within.start else " "
    after = text[at + len(mark)] if at + len(mark) < within.end else " "
    if mark in "“„«‹「『〝‟":
        return mark
    free = before.isspace() or before in _BEFORE_OPENING
    if not free or after.isspace():
        return ""
    if mark in _SINGLE and (not after.isalnum() and after not in "…[(" or after.isdigit()):
        return ""
    return mark


def _quotation(text: str, start: int, mark: str, within: Span) -> Marked | None:
    single = mark in _SINGLE
    end = _closing(text, start + len(mark), mark, within)
    if end:
        return Marked(Span(start, end), closed=True, single=single)
    if single or mark in {"»", "''", "``"}:
        return None
    return Marked(Span(start, within.end), closed=False, single=False)


def _closing(text: str, start: int, mark: str, within: Span) -> int:
    """Return the end of the closing mark, or 0."""
    if mark in _SINGLE:
        return _single_closing(text, start, mark, within)
    closers = _PAIRS[mark]
    depth = 0
    for at in range(start, within.end):
        char = text[at]
        if (
            char == "'"
            and text[at : at + 2] == "''"
            and (mark in {"''", "``"} or _closes(text, at, within))
        ):
            return at + 2
        if char not in closers:
            depth += char == mark and mark not in '"'
            continue
        if char in '“"' and not _closes(text, at, within):
            depth += char == "“" and mark == "“"
            continue
        if depth == 0:
            return at + 1
        depth -= 1
    return 0


def _closes(text: str, at: int, within: Span) -> bool:
    """Say whether a mark that may open or close stands as a closing one."""
    before = text[at - 1] if at > within.start else " "
    return not before.isspace()


def _single_closing(text: str, start: int, mark: str, within: Span) -> int:
    """Return the end of a closing single mark that is no apostrophe, or 0."""
    best = 0
    for at in range(start, min(within.end, start + 1500)):
        if text[at] not in _PAIRS[mark]:
            continue
        before, after = text[at - 1], text[at + 1] if at + 1 < within.end else " "
        if after.isalnum() or before.isspace():
            continue
        if before != "s" or not after.isspace():
            return at + 1
        best = best or at + 1  # perhaps the plural's: "the parties’ leaders"
    return best
