"""Find the spans in quotation marks, in every style of marks. Source: ours.

Works paragraph by paragraph; who said it is the task of `quotations.py`.
"""

import re
from dataclasses import dataclass

from app.collate.text import Span

# opening mark → the marks that close it; the later ones only where writers mix styles
_PAIRS = {
    "“": '”"″',
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
_MARK = re.compile("''|``|[“”„‟«»‹›「」『』〝〞〟\"″'‘’‚`]")
_PLAIN_OPENING = frozenset("“„«‹「『〝‟")
_SINGLE = frozenset("‘‚'`")
_BEFORE_OPENING = '([{-–—/¿¡,:;.!?…“„"«'
_REACH = 4000  # characters within which marks must close that else are no quotation marks
_MOST = 200  # marks looked at inside one quotation


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in marks, with the marks. `closed` is False where the paragraph ends first."""

    span: Span
    closed: bool
    single: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int
    text: str

    @property
    def end(self) -> int:
        return self.at + len(self.text)


def marked_spans(text: str, paragraph: Span) -> list[Marked]:
    """Return the outermost spans in marks in one paragraph, in order. Cost O(length)."""
    marks = [
        _Mark(found.start(), found[0])
        for found in _MARK.finditer(text, paragraph.start, paragraph.end)
    ]
    found: list[Marked] = []
    reached = paragraph.start
    for number, mark in enumerate(marks):
        if mark.at < reached or not _opens(text, mark, paragraph):
            continue
        marked = _marked(text, marks, number, paragraph)
        if marked:
            found.append(marked)
            reached = marked.span.end
    return found


def _opens(text: str, mark: _Mark, within: Span) -> bool:
    """Say whether a mark can open a quotation where it stands."""
    if mark.text not in _PAIRS:
        return False
    if mark.text in _PLAIN_OPENING:
        return True
    before = text[mark.at - 1] if mark.at > within.start else " "
    after = text[mark.end] if mark.end < within.end else " "
    if not (before.isspace() or before in _BEFORE_OPENING) or after.isspace():
        return False
    # Not the apostrophe of ’90s, nor a mark that stands for nothing.
    return mark.text not in _SINGLE or after.isalpha() or after in "…[("


def _marked(text: str, marks: list[_Mark], number: int, within: Span) -> Marked | None:
    mark = marks[number]
    single = mark.text in _SINGLE
    find = _single_closing if single else _closing
    end = find(text, marks, number, within)
    if end and not (single and end - mark.at <= 3):  # rock 'n' roll
        return Marked(Span(mark.at, end), closed=True, single=single)
    if single or mark.text in {"»", "''", "``"}:
        return None
    return Marked(Span(mark.at, within.end), closed=False, single=False)


def _closing(text: str, marks: list[_Mark], number: int, within: Span) -> int:
    """Return the end of the closing mark, or 0."""
    opening = marks[number]
    depth = 0
    for n in range(number + 1, min(len(marks), number + _MOST)):
        mark = marks[n]
        if opening.text == "»" and mark.at > opening.at + _REACH:
            break
        if mark.text == opening.text == "“" and not _follows_a_word(text, mark, within):
            if _wrong_way_round(text, mark):
                return mark.end
            if not _nests(marks, n):
                return mark.at  # the outer one was never closed
            depth += 1
        elif mark.text == opening.text and mark.text not in {'"', "''", "“"}:
            depth += 1
        elif _closes(text, opening, mark, within):
            if depth == 0:
                return mark.end
            depth -= 1
    return 0


def _closes(text: str, opening: _Mark, mark: _Mark, within: Span) -> bool:
    """Say whether a mark is of the kind that closes, and stands so."""
    if mark.text == "''":
        return opening.text in {"''", "``"} or _follows_a_word(text, mark, within)
    if mark.text not in _PAIRS[opening.text]:
        return False
    return mark.text not in {"“", '"'} or _follows_a_word(text, mark, within)


def _follows_a_word(text: str, mark: _Mark, within: Span) -> bool:
    return mark.at > within.start and not text[mark.at - 1].isspace()


def _wrong_way_round(text: str, mark: _Mark) -> bool:
    """Say whether an opening mark closes, as automatic marks do after a dash: “But -- “she said."""
    after = text[mark.end : mark.end + 1]
    before = text[max(0, mark.at - 4) : mark.at].rstrip()
    return before[-1:] in {"-", "–", "—"} and (after.islower() or after == "“")


def _nests(marks: list[_Mark], number: int) -> bool:
    """Say whether an opening mark opens a quotation inside one: two closing marks follow before
    the next opening one. Else the outer one was never closed.
    """
    closing = 0
    for mark in marks[number + 1 : number + _MOST]:
        closing += mark.text == "”"
        if closing == 2 or (closing and mark.text == "“"):
            break
    return closing == 2


def _single_closing(text: str, marks: list[_Mark], number: int, within: Span) -> int:
    """Return the end of a closing single mark that is no apostrophe, or 0."""
    opening = marks[number]
    best = 0
    for mark in marks[number + 1 : number + _MOST]:
        if mark.at > opening.at + _REACH:
            break
        if mark.text not in _PAIRS[opening.text]:
            continue
        before = text[mark.at - 1]
        after = text[mark.end] if mark.end < within.end else " "
        if after.isalnum() or before.isspace():
            continue
        if before != "s" or not after.isspace():
            return mark.end
        best = best or mark.end  # perhaps the plural's: "the parties’ leaders"
    return best
