"""The order of the stages: from a text to witnesses, from witnesses to the apparatus."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.collate.alignment import AlignedRow, align
from app.collate.apparatus import Apparatus, Entry, Row
from app.collate.cleaning import clean
from app.collate.comparison import compare
from app.collate.config import Config
from app.collate.errors import CollateError
from app.collate.identity import Known, name
from app.collate.labels import describe
from app.collate.nearness import differ, tongue
from app.collate.quotations import find_quotations
from app.collate.reports import divide
from app.collate.segmentation import segment
from app.collate.text import Cleaned, Passage, Quotation, Report, Span, Witness


@dataclass(frozen=True, slots=True)
class Prepared:
    """One text, read: what is kept of it, its passages, the reports it carries, its quotations."""

    cleaned: Cleaned
    passages: tuple[Passage, ...]
    reports: tuple[Report, ...]
    quotations: tuple[Quotation, ...]


def prepare(text: str, cleaned: Cleaned | None = None) -> Prepared:
    """Read one text: clean, segment, divide, find quotations.

    `cleaned` takes the place of the machine's cleaning where a person has put it right.
    """
    cleaned = cleaned or clean(text)
    passages, reports = divide(text, segment(text, cleaned))
    return Prepared(cleaned, passages, reports, find_quotations(text, passages))


def witnesses_of(  # noqa: PLR0913 - all but the first by keyword, as in the plan of the stages
    prepared: Prepared,
    *,
    text: str,
    revision: int,
    siglum: str,
    published: date | None = None,
    roles: Mapping[int, str] | None = None,
) -> tuple[Witness, ...]:
    """Return the witnesses of one revision: the outlet's own telling and the reports it carries.

    The column of all of them is `siglum`. `roles`: start of a passage → its role in the event;
    without roles every passage is a main one. A report without a passage gives no witness.
    """
    found = []
    for report in prepared.reports:
        passages = tuple(p for p in prepared.passages if p.report == report.index)
        if not passages:
            continue
        if roles is None:
            mine = {p.span.start: "main" for p in passages}
        else:
            mine = {p.span.start: roles[p.span.start] for p in passages if p.span.start in roles}
        found.append(
            Witness(
                id=f"{revision}.{report.index}" if report.index else str(revision),
                siglum=f"{siglum}·{report.letter}" if report.index else siglum,
                outlet=siglum,
                revision=revision,
                text=text,
                passages=passages,
                quotations=tuple(
                    q for q in prepared.quotations if any(q.span.overlap(p.span) for p in passages)
                ),
                published=published,
                source=report.source,
                roles=mine,
            )
        )
    return tuple(found)


def collate(
    witnesses: Sequence[Witness], config: Config | None = None, previous: Sequence[Known] = ()
) -> Apparatus:
    """Compare the tellings of one event.

    Rows come in event order; no character stands in two. A row has at least one passage, or part of
    one, with a role. The order of `witnesses` changes nothing but the order of cells. Ids are kept
    from `previous`.
    Raises CollateError for spans outside a text or two witnesses with one id. Cost: measured in
    bench/speed.json.
    """
    config = config or Config()
    by_id = _checked(witnesses)
    rows = [_row(aligned, by_id, config) for aligned in align(witnesses, config)]
    return name(rows, {w.id: w.revision for w in witnesses}, previous)


def _checked(witnesses: Sequence[Witness]) -> dict[str, Witness]:
    by_id = {witness.id: witness for witness in witnesses}
    if len(by_id) < len(witnesses):
        raise CollateError("two witnesses have the same id")
    for witness in witnesses:
        if any(not 0 <= p.span.start < p.span.end <= len(witness.text) for p in witness.passages):
            raise CollateError(f"witness {witness.id}: a passage lies outside its text")
    return by_id


def _row(aligned: AlignedRow, witnesses: Mapping[str, Witness], config: Config) -> Row:
    label = describe(
        aligned.cells,
        aligned.core,
        witnesses,
        common=aligned.common,
        reporting=aligned.reporting,
    )
    cells = [(witnesses[cell.witness], cell.spans) for cell in aligned.cells]
    return Row(
        id="",
        kind=label.kind,
        role=label.role,
        cells=aligned.cells,
        entries=_entries(cells, config),
        gist=label.gist,
        speaker=label.speaker,
        score=aligned.score,
        loose=aligned.loose,
        pairings=aligned.pairings,
    )


def _entries(
    cells: Sequence[tuple[Witness, tuple[Span, ...]]], config: Config
) -> tuple[Entry, ...]:
    """Compare the words of a row, those of each language by themselves where it holds several."""
    groups: list[list[tuple[Witness, tuple[Span, ...]]]] = []
    for cell in cells:
        mine = next((g for g in groups if not _are_foreign(g[0][0], cell[0])), None)
        if mine is None:
            groups.append([cell])
        else:
            mine.append(cell)
    return tuple(entry for group in groups for entry in compare(group, config))


def _are_foreign(a: Witness, b: Witness) -> bool:
    """Say whether rows may hold both although they are in two languages."""
    return bool(a.vectors and b.vectors) and differ(tongue(a.text), tongue(b.text))


def unpaired(witness: Witness, apparatus: Apparatus) -> tuple[Passage, ...]:
    """Return the passages of a witness that stand in no row, in text order."""
    taken = [
        span
        for row in apparatus.rows
        for cell in row.cells
        if cell.witness == witness.id
        for span in cell.spans
    ]
    return tuple(p for p in witness.passages if not any(p.span.covers(span) for span in taken))


def tile(cleaned: Cleaned, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans that joined are the kept text: each of `spans` with the white space after it.

    `spans` are those of the passages, and of their parts where a passage stands in several rows.

    Where something dropped lies between two passages, the first tile ends there. White space that
    belongs to no passage (before the first, between two things dropped) is a tile of its own.

    >>> read = prepare("Rain fell. The river rose.")
    >>> tile(read.cleaned, [passage.span for passage in read.passages])
    (Span(start=0, end=11), Span(start=11, end=26))
    """
    starts = sorted({span.start for span in spans})
    tiles: list[Span] = []
    for span in cleaned.kept:
        cuts = [span.start, *(s for s in starts if span.start < s < span.end), span.end]
        tiles += [Span(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if a < b]
    return tuple(tiles)
