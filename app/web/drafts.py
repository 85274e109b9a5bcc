"""A draft as pieces that a reader can put back or set aside, and the draft they make of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.collate import Cleaned, Dropped, Span
from app.ingest import Draft, Facts

BY_HAND = "set aside by hand"
GIVEN = "given"
MOST_PIECES = 2000
"""Lines up to which each is a piece of its own. Higher: longer previews, forms with more fields."""
_LINE = re.compile(r"[^\n]*\n\s*|[^\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the text with the white space behind it. Joined, the pieces are the text.

    `reason` says why it is set aside, None where it is kept; `role`: title, standfirst, heading,
    credit, text.
    """

    span: Span
    text: str
    reason: str | None
    role: str

    @property
    def value(self) -> str:
        """What the piece's checkbox sends."""
        return f"{self.span.start}-{self.span.end}"


def cut(text: str, cleaned: Cleaned) -> tuple[Piece, ...]:
    """Cut a cleaned text into pieces, in text order; several lines each where there are very many.

    The same text is always cut the same way: a form names pieces by their spans.
    """
    tiles: list[tuple[Span, str | None]] = [(span, None) for span in cleaned.kept]
    tiles += [(part.span, part.reason) for part in cleaned.dropped]
    tiles.sort(key=lambda tile: tile[0])
    at_once = 1 + text.count("\n") // MOST_PIECES
    return tuple(
        Piece(span, span.of(text), reason, _role(span, cleaned))
        for tile, reason in tiles
        for span in _lines(text, tile, at_once)
    )


def recut(draft: Draft[Cleaned], keep: Iterable[Span]) -> Draft[Cleaned]:
    """Return the draft with exactly these pieces kept. Cost: O(pieces).

    A piece that the machine had set aside keeps its reason; title, standfirst and the like stand
    only as long as they are kept.
    """
    chosen = frozenset(keep)
    kept: list[Span] = []
    dropped: list[Dropped] = []
    for piece in cut(draft.text, draft.cleaned):
        blank = not piece.text.strip() and piece.reason is None
        if piece.span in chosen or blank:
            _extend(kept, piece.span)
        else:
            _set_aside(dropped, piece.span, piece.reason or BY_HAND)
    return replace(draft, cleaned=_narrowed(draft.cleaned, tuple(kept), tuple(dropped)))


def settle(draft: Draft[Cleaned], facts: Facts) -> Draft[Cleaned]:
    """Return the draft with the facts as the reader left them in the preview.

    What was not touched keeps the words that it rests on; the rest is "given".
    """
    basis = {
        name: getattr(draft, f"{name}_basis")
        if getattr(facts, name) == getattr(draft, name)
        else GIVEN
        for name in ("outlet", "published")
    }
    return replace(
        draft,
        headline=facts.headline or draft.headline,
        author=facts.author,
        outlet=facts.outlet,
        outlet_basis=basis["outlet"] if facts.outlet else None,
        published=facts.published,
        published_basis=basis["published"] if facts.published else None,
        language=facts.language,
        url=facts.url,
    )


def _lines(text: str, tile: Span, at_once: int) -> Iterator[Span]:
    lines = [found.span() for found in _LINE.finditer(text, tile.start, tile.end)]
    for first in range(0, len(lines), at_once):
        yield Span(lines[first][0], lines[first : first + at_once][-1][1])


def _role(span: Span, cleaned: Cleaned) -> str:
    titles = (cleaned.title,) if cleaned.title else ()
    roles = {
        "title": titles,
        "standfirst": cleaned.standfirst,
        "heading": cleaned.headings,
        "credit": cleaned.credits,
    }
    for role, places in roles.items():
        if any(span.overlap(place) for place in places):
            return role
    return "text"


def _extend(kept: list[Span], span: Span) -> None:
    if kept and kept[-1].end == span.start:
        kept[-1] = Span(kept[-1].start, span.end)
    else:
        kept.append(span)


def _set_aside(dropped: list[Dropped], span: Span, reason: str) -> None:
    last = dropped[-1] if dropped else None
    if last and last.span.end == span.start and last.reason == reason:
        dropped[-1] = Dropped(Span(last.span.start, span.end), reason)
    else:
        dropped.append(Dropped(span, reason))


def _narrowed(cleaned: Cleaned, kept: tuple[Span, ...], dropped: tuple[Dropped, ...]) -> Cleaned:
    """Leave out the places that are no longer kept."""

    def stands(place: Span) -> bool:
        return any(span.covers(place) for span in kept)

    return replace(
        cleaned,
        kept=kept,
        dropped=dropped,
        title=cleaned.title if cleaned.title and stands(cleaned.title) else None,
        standfirst=tuple(filter(stands, cleaned.standfirst)),
        headings=tuple(filter(stands, cleaned.headings)),
        credits=tuple(filter(stands, cleaned.credits)),
    )
