"""Cutting a passage into the pieces that are drawn: plain, marked, shared, left away."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.collate import Mark, Span

_CONTEXT_WORDS = 2
"""Words kept either side of a mark where only changed words are shown."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one text that is drawn in one way.

    `level`: in agreement mode 1 some others have it, 2 all have it, 0 only this reading. `elided`:
    stands for words that are left away; its text is then empty.
    """

    text: str
    mark: Mark | None = None
    level: int = 0
    elided: bool = False


def cut(
    text: str,
    span: Span,
    marks: Sequence[Mark] = (),
    shared: Sequence[tuple[Span, int]] = (),
) -> list[Piece]:
    """Return the pieces of `span`, which joined are its text.

    `marks` or `shared`: in order, not overlapping; what lies outside `span` is passed over.
    """
    stretches = [(mark.span, Piece("", mark=mark)) for mark in marks]
    stretches += [(stretch, Piece("", level=level)) for stretch, level in shared]
    pieces: list[Piece] = []
    at = span.start
    for stretch, like in stretches:
        start, end = max(stretch.start, at), min(stretch.end, span.end)
        if start >= end:
            continue
        if at < start:
            pieces.append(Piece(text[at:start]))
        pieces.append(replace(like, text=text[start:end]))
        at = end
    if at < span.end:
        pieces.append(Piece(text[at : span.end]))
    return pieces


def elide(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with every long unmarked run cut to the words next to a mark."""
    marked = [n for n, piece in enumerate(pieces) if piece.mark is not None]
    if not marked:
        return [Piece("", elided=True)] if pieces else []
    short: list[Piece] = []
    for n, piece in enumerate(pieces):
        if piece.mark is not None:
            short.append(piece)
        else:
            short += _shortened(piece.text, after=n > marked[0], before=n < marked[-1])
    return short


def _shortened(text: str, *, after: bool, before: bool) -> list[Piece]:
    """`after`: a mark stands somewhere before this text; `before`: one comes after it."""
    words = re.findall(r"\s*\S+(?:\s+$)?", text)
    first = words[: _CONTEXT_WORDS if after else 0]
    last = words[len(words) - _CONTEXT_WORDS :] if before else []
    if len(words) - len(first) - len(last) <= 1:
        return [Piece(text)]
    left, right = "".join(first), "".join(last).lstrip()
    return [
        *([Piece(left + " ")] if left else []),
        Piece("", elided=True),
        *([Piece(" " + right)] if right else []),
    ]


def shorten(words: str, most: int, first: int, last: int) -> str:
    """Return `words`, or where there are more than `most` the first and the last of them.

    >>> shorten("to discuss a number of pressing issues and security", 6, 3, 1)
    'to discuss a … security'
    """
    parts = words.split()
    if len(parts) <= most:
        return " ".join(parts)
    return (
        " ".join([*parts[:first], "…", *parts[len(parts) - last :]])
        if last
        else (" ".join(parts[:first]) + " …")
    )
