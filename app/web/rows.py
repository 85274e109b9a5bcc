"""The rows of the aligned view as they are drawn: label, cells, marks, omissions, rests."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.collate import (
    Kind,
    Mark,
    MarkedCell,
    MarkedRow,
    PassageKind,
    Quotation,
    Row,
    RowKind,
    Span,
    Witness,
    agreement,
    mark,
)
from app.i18n import _, ngettext
from app.web.labels import GLYPHS, kind_word, role_word, row_word
from app.web.pieces import Piece, cut, elide, shorten
from app.web.placing import OPENINGS, Block, Part, Place, Tile
from app.web.viewing import Viewing

SHOWN_OMISSIONS = 2
"""Boxes of a cell before "and n more"."""
_HEADS = {PassageKind.TITLE, PassageKind.STANDFIRST, PassageKind.CREDIT}
_LINES = {PassageKind.TITLE, PassageKind.HEADING}
_TOLD = {PassageKind.TITLE, PassageKind.STANDFIRST, PassageKind.SENTENCE}


@dataclass(frozen=True, slots=True)
class Telling:
    """One reading's siglum, what it is ("Reuters, as carried"), and where its article is read."""

    siglum: str
    title: str
    source: str
    outlet: str
    language: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all rows of one view share.

    `inside`: for each revision the starts of the passages that have a part in the event.
    `is_open`: nothing is folded away, because there is nothing to compare.
    """

    viewing: Viewing
    witnesses: Mapping[str, Witness]
    tellings: Mapping[str, Telling]
    names: Mapping[str, str]
    placed: Mapping[Place, Sequence[Block]]
    inside: Mapping[int, frozenset[int]]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class TileView:
    """One passage with the white space after it, cut into pieces. `cut`: where the sentence goes
    on in another row: "", "before", "after" or both.
    """

    start: int
    end: int
    revision: int
    pieces: tuple[Piece, ...]
    cut: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """Tiles of one paragraph; `kind` is that of its first passage."""

    kind: str
    tiles: tuple[TileView, ...]


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block as it is drawn. `summary` and `preview` are the head of what is folded away."""

    part: Part
    paragraphs: tuple[ParagraphView, ...]
    summary: str = ""
    preview: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class OmissionView:
    """Words of the base that a reading lacks, shortened."""

    entry: str
    text: str
    matter: str


@dataclass(frozen=True, slots=True)
class TellingView:
    """What one witness says in a row, and what follows it in its article."""

    telling: Telling
    manner: str
    said: tuple[BlockView, ...]
    after: tuple[BlockView, ...]
    omissions: tuple[OmissionView, ...] = ()
    more: tuple[OmissionView, ...] = ()


@dataclass(frozen=True, slots=True)
class CellView:
    """One outlet's cell: its tellings, or silence."""

    outlet: str
    name: str
    is_base: bool
    tellings: tuple[TellingView, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many differences of one kind a row has."""

    kind: Kind
    glyph: str
    word: str
    number: int


@dataclass(frozen=True, slots=True)
class RowView:
    """One row with its label."""

    id: str
    number: int
    kind: str
    kind_word: str
    role: str
    role_word: str
    speaker: str
    gist: str
    outlets: str
    differences: str
    counts: tuple[Count, ...]
    loose: bool
    silence: str
    paired: bool
    cells: tuple[CellView, ...]
    in_base: bool = False
    weight: tuple[int, int] = field(default=(0, 0))
    base_start: int = 0


def build_row(sheet: Sheet, row: Row, number: int) -> RowView:
    """Return a row as the reader chose to see it. `number`: its place in event order, from 1."""
    viewing = sheet.viewing
    marked = mark(row, sheet.witnesses, viewing.base, viewing.shown)
    shared = agreement(row, sheet.witnesses, viewing.shown) if viewing.mode == "agree" else {}
    draw = _Draw(sheet, row, marked, shared)
    total = sum(n for kind, n in marked.counts.items() if kind is not Kind.CONTESTED)
    outlets = {sheet.witnesses[cell.witness].outlet for cell in row.cells}
    seen = [outlet for outlet in viewing.shown if outlet in outlets]
    against = viewing.mode == "base"
    gist = sheet.witnesses[row.gist.witness]
    starts = [
        cell.spans[0].start
        for cell in row.cells
        if sheet.witnesses[cell.witness].outlet == viewing.base
    ]
    return RowView(
        id=row.id,
        number=number,
        kind=row.kind,
        kind_word=row_word(row.kind),
        role=row.role,
        role_word=role_word(row.role),
        speaker=row.speaker or "",
        gist=shorten(row.gist.span.of(gist.text), 14, 12, 0),
        outlets=_("%(told)s of %(all)s outlets") % {"told": len(seen), "all": len(viewing.shown)},
        differences=_differences(total, draw.visible) if against else "",
        counts=_counts(marked) if against else (),
        loose=row.loose,
        silence=_silence(sheet, marked) if against and draw.visible > 1 else "",
        paired=bool(row.pairings),
        cells=tuple(draw.cell(outlet) for outlet in viewing.shown),
        in_base=viewing.base in outlets,
        weight=(-marked.counts.get(Kind.CONFLICT, 0), -total),
        base_start=min(starts, default=0),
    )


def build_openings(sheet: Sheet) -> tuple[CellView, ...]:
    """Return what opens each article before its first row, by column; () where nothing does."""
    draw = _Draw(sheet, None, None, {})
    cells = tuple(draw.cell(outlet) for outlet in sheet.viewing.shown)
    return cells if any(cell.tellings for cell in cells) else ()


def _differences(total: int, tellings: int) -> str:
    if total:
        return ngettext("%(n)s difference", "%(n)s differences", total) % {"n": total}
    return _("no difference") if tellings > 1 else ""


def _counts(marked: MarkedRow) -> tuple[Count, ...]:
    return tuple(
        Count(kind, GLYPHS[kind], kind_word(kind), marked.counts[kind])
        for kind in Kind
        if kind in GLYPHS and marked.counts.get(kind)
    )


def _silence(sheet: Sheet, marked: MarkedRow) -> str:
    if not marked.silent:
        return ""
    words = {"base": sheet.viewing.base, "other": sheet.tellings[marked.base].siglum}
    return _("%(base)s is silent; compared with %(other)s") % words


class _Draw:
    """Draws the cells of one row, or of the opening row where `row` is None."""

    def __init__(
        self,
        sheet: Sheet,
        row: Row | None,
        marked: MarkedRow | None,
        shared: Mapping[str, Sequence[tuple[Span, int]]],
    ) -> None:
        self.sheet = sheet
        self.row = row
        self.shared = shared
        self.is_marked = sheet.viewing.mode == "base" and marked is not None
        self._has_base = sheet.viewing.mode == "base" and not sheet.is_open
        self.marks: dict[str, MarkedCell] = (
            {cell.witness: cell for cell in marked.cells} if marked is not None else {}
        )
        self.by_outlet: dict[str, list[str]] = {}
        for witness in self._witnesses():
            self.by_outlet.setdefault(sheet.witnesses[witness].outlet, []).append(witness)
        self.visible = sum(len(self.by_outlet.get(o, ())) for o in sheet.viewing.shown)

    def _witnesses(self) -> list[str]:
        if self.row is not None:
            return [cell.witness for cell in self.row.cells]
        return [witness for row, witness in self.sheet.placed if row == OPENINGS]

    def cell(self, outlet: str) -> CellView:
        """Draw what one outlet has in the row."""
        viewing = self.sheet.viewing
        return CellView(
            outlet=outlet,
            name=self.sheet.names[outlet],
            is_base=self._has_base and outlet == viewing.base,
            tellings=tuple(self._telling(w) for w in self.by_outlet.get(outlet, ())),
        )

    def _telling(self, witness: str) -> TellingView:
        cell = self.marks.get(witness)
        omitted = [
            OmissionView(o.entry, shorten(o.text, 9, 4, 2), o.matter)
            for o in (cell.omissions if cell and self.is_marked else ())
        ]
        row = self.row.id if self.row else OPENINGS
        placed = self.sheet.placed.get((row, witness), ())
        inside = self.sheet.inside[self.sheet.witnesses[witness].revision]
        parts = [part for block in placed for part in _parts_of(block, inside)]
        found = [self._block(witness, part) for part in parts]
        blocks = [block for block in found if block is not None]
        said = max((n for n, b in enumerate(blocks, 1) if b.part is not Part.REST), default=0)
        return TellingView(
            telling=self.sheet.tellings[witness],
            manner=self._manner(witness),
            said=tuple(blocks[:said]),
            after=tuple(blocks[said:]),
            omissions=tuple(omitted[:SHOWN_OMISSIONS]),
            more=tuple(omitted[SHOWN_OMISSIONS:]),
        )

    def _manner(self, witness: str) -> str:
        """In a row about somebody's words: whether this reading quotes them."""
        if self.row is None or self.row.kind is not RowKind.QUOTATION:
            return ""
        spans = [span for c in self.row.cells if c.witness == witness for span in c.spans]
        kinds = {p.span: p.kind for p in self.sheet.witnesses[witness].passages}
        if all(kinds.get(span) in _LINES for span in spans):
            return ""
        quotations = self.sheet.witnesses[witness].quotations
        return _("quoted") if _quotes(quotations, spans) else _("in its own words")

    def _block(self, witness: str, block: Block) -> BlockView | None:
        changed = self.sheet.viewing.changed and self.row is not None
        if changed and block.part is not Part.SAID:
            return None
        drawn = [(tile, self._tile(witness, tile, block.part, changed)) for tile in block.tiles]
        paragraphs: list[tuple[int | None, str, list[TileView]]] = []
        for tile, view in drawn:
            number = tile.passage.paragraph if tile.passage else None
            if paragraphs and number in {None, paragraphs[-1][0]}:
                paragraphs[-1][2].append(view)
            elif paragraphs and paragraphs[-1][0] is None:
                kind = tile.passage.kind if tile.passage else PassageKind.SENTENCE
                paragraphs[-1] = (number, kind, [*paragraphs[-1][2], view])
            else:
                kind = tile.passage.kind if tile.passage else PassageKind.SENTENCE
                paragraphs.append((number, kind, [view]))
        views = tuple(ParagraphView(kind, tuple(tiles)) for _n, kind, tiles in paragraphs)
        if block.part is not Part.REST:
            return BlockView(block.part, views)
        return self._rest(witness, block, views)

    def _rest(self, witness: str, block: Block, paragraphs: tuple[ParagraphView, ...]) -> BlockView:
        told = [tile.passage for tile in block.tiles if tile.passage and tile.passage.kind in _TOLD]
        text = self.sheet.witnesses[witness].text
        inside = self.sheet.inside[self.sheet.witnesses[witness].revision]
        outside = not any(passage.span.start in inside for passage in told)
        if not told or (self.sheet.is_open and not outside):
            return BlockView(Part.REST, paragraphs)
        summary = _rest_words(len(told), outside=outside)
        preview = shorten(told[0].span.of(text), 9, 8, 0)
        return BlockView(Part.REST, paragraphs, summary, preview, outside)

    def _tile(self, witness: str, tile: Tile, part: Part, changed: bool) -> TileView:
        text = self.sheet.witnesses[witness].text
        cell = self.marks.get(witness)
        said = part is Part.SAID
        marks: Sequence[Mark] = cell.marks if cell and said and self.is_marked else ()
        shared = self.shared.get(witness, ()) if said else ()
        pieces = cut(text, tile.span, marks, shared)
        if changed and self.is_marked:
            pieces = elide(pieces)
        revision = self.sheet.witnesses[witness].revision
        return TileView(tile.span.start, tile.span.end, revision, tuple(pieces), tile.cut)


def _parts_of(block: Block, inside: Collection[int]) -> Iterator[Block]:
    """Part what follows in the article: title and standfirst, which stay unfolded; what belongs to
    the event; what does not. Lines that tell nothing go with what they introduce.
    """
    if block.part is not Part.REST:
        yield block
        return
    runs: list[tuple[str, list[Tile]]] = []
    waiting: list[Tile] = []
    for tile in block.tiles:
        bearing = _bearing(tile, inside)
        if bearing == "head" and any(run != "head" for run, _tiles in runs):
            bearing = ""
        if not bearing:
            waiting.append(tile)
            continue
        if not runs or runs[-1][0] != bearing:
            runs.append((bearing, []))
        runs[-1][1].extend([*waiting, tile])
        waiting = []
    if waiting and not runs:
        runs.append(("event", []))
    if waiting:
        runs[-1][1].extend(waiting)
    for bearing, tiles in runs:
        yield Block(Part.OPENING if bearing == "head" else Part.REST, tuple(tiles))


def _bearing(tile: Tile, inside: Collection[int]) -> str:
    """Say what a tile tells: the head of the article, the event, other matters; "" nothing."""
    if tile.passage is None:
        return ""
    if tile.passage.kind in _HEADS:
        return "head"
    if tile.passage.kind not in _TOLD:
        return ""
    return "event" if tile.passage.span.start in inside else "other"


def _rest_words(count: int, *, outside: bool) -> str:
    """Say how much is folded away: outside the event, or in it but told by nobody else."""
    words = (
        ngettext("%(n)s sentence on other matters", "%(n)s sentences on other matters", count)
        if outside
        else ngettext(
            "%(n)s sentence with no counterpart", "%(n)s sentences with no counterpart", count
        )
    )
    return words % {"n": count}


def _quotes(quotations: Sequence[Quotation], spans: Sequence[Span]) -> bool:
    """Say whether quoted words make up a part of these passages that counts."""
    inside = sum(q.span.overlap(span) for q in quotations for span in spans)
    return inside >= 0.2 * sum(map(len, spans))
