"""Where each stretch of an article stands in the aligned view: in a row's cell, or as the rest.

Every tile of a text (a passage with the white space after it) gets exactly one place, so that the
cells and the rest of a column, joined, are the article.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, pairwise

from app.collate import Passage, PassageKind, Row, Span, Witness

_OPENING = {PassageKind.LABEL, PassageKind.SOURCE, PassageKind.HEADING}
"""Kinds that belong to what follows them: "Putin:", "A report said:", a crosshead."""

OPENINGS = ""
"""The row that stands before all others: what opens each article."""

Place = tuple[str, str]
"""(id of the row or OPENINGS, id of the witness or of the revision's first witness)."""


class Part(StrEnum):
    """What a block is to the cell it stands in."""

    SAID = "said"  # the passages of the row
    OPENING = "opening"  # a line that introduces them
    REST = "rest"  # what follows in the article and is paired with nothing


@dataclass(frozen=True, slots=True)
class Tile:
    """A stretch of the text with the passage that it holds; None where it is but white space.

    `cut` says on which sides the sentence stands in another row: "", "before", "after" or both.
    """

    span: Span
    passage: Passage | None
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Tiles that stand together in a cell, in text order and without a gap."""

    part: Part
    tiles: tuple[Tile, ...]


def place(
    tiles: Sequence[Span], witnesses: Sequence[Witness], rows: Sequence[Row]
) -> dict[Place, list[Block]]:
    """Return the blocks of one revision by the cell they stand in, each list in text order.

    `tiles` joined are the kept text; `witnesses` are those of this revision. What no row holds
    follows the cell before it; before the first one it stands in the opening row.
    """
    owner = _owners(witnesses, rows)
    passages = _passages(witnesses, owner)
    cuts = passages.keys() - {p.span.start for witness in witnesses for p in witness.passages}
    first = witnesses[0].id if witnesses else ""
    placed: dict[Place, list[Block]] = {}
    at: Place = (OPENINGS, first)
    found = [Tile(span, passages.get(span.start), _cut(span, cuts)) for span in tiles]
    for key, run in _runs(found, owner):
        if key is not None:
            at = key
        for block in run:
            placed.setdefault(at, []).append(block)
    return placed


def _cut(span: Span, cuts: Collection[int]) -> str:
    sides = {"before": span.start in cuts, "after": span.end in cuts}
    return " ".join(side for side, is_cut in sides.items() if is_cut)


def _passages(witnesses: Sequence[Witness], owner: Mapping[int, Place]) -> dict[int, Passage]:
    """Return the passages, and the parts of those that stand in several rows, by their start."""
    found = {}
    for witness in witnesses:
        for passage in witness.passages:
            span = passage.span
            inside = [start for start in owner if span.start < start < span.end]
            cuts = [span.start, *sorted(inside), span.end]
            for start, end in pairwise(cuts):
                found[start] = replace(passage, span=Span(start, end))
    return found


def _owners(witnesses: Sequence[Witness], rows: Sequence[Row]) -> dict[int, Place]:
    ids = {witness.id for witness in witnesses}
    return {
        span.start: (row.id, cell.witness)
        for row in rows
        for cell in row.cells
        if cell.witness in ids
        for span in cell.spans
    }


def _runs(
    tiles: Sequence[Tile], owner: Mapping[int, Place]
) -> Iterator[tuple[Place | None, list[Block]]]:
    """Yield for each run of tiles its cell and its blocks; None: it follows what came before."""
    keyed = zip(_keys(tiles, owner), tiles, strict=True)
    waiting: list[Tile] = []
    for key, group in groupby(keyed, key=lambda pair: pair[0]):
        run = [tile for _, tile in group]
        if key is None:
            cut = _openings_at_end(run)
            waiting = run[cut:]
            if run[:cut]:
                yield None, [Block(Part.REST, tuple(run[:cut]))]
            continue
        blocks = [Block(Part.OPENING, tuple(waiting))] if waiting else []
        waiting = []
        yield key, [*blocks, Block(Part.SAID, tuple(run))]
    if waiting:
        yield None, [Block(Part.REST, tuple(waiting))]


def _keys(tiles: Sequence[Tile], owner: Mapping[int, Place]) -> Iterator[Place | None]:
    """The cell of each tile; white space goes with what stands before it, at the start after it."""
    first = next((tile for tile in tiles if tile.passage is not None), None)
    key = owner.get(first.span.start) if first else None
    for tile in tiles:
        if tile.passage is not None:
            key = owner.get(tile.span.start)
        yield key


def _openings_at_end(run: Sequence[Tile]) -> int:
    """Return where the lines begin that introduce what follows the run."""
    cut = len(run)
    while cut > 0 and _is_opening(run[cut - 1], run[:cut]):
        cut -= 1
    return cut


def _is_opening(tile: Tile, before: Sequence[Tile]) -> bool:
    if tile.passage is not None:
        return tile.passage.kind in _OPENING
    return any(
        other.passage is not None and other.passage.kind in _OPENING for other in before[-2:]
    )
