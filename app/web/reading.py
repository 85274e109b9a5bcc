"""One article as it is read: paragraphs with the rows they stand in, and what was set aside."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.collate import Apparatus, Cleaned, Dropped, PassageKind, Span
from app.store.passages import Passage


@dataclass(frozen=True, slots=True)
class Chip:
    """A row that tells the same: its § number in its event, and the way there.

    `is_main`: of the event that the article tells most of.
    """

    event: str
    label: str
    row: str
    number: int
    articles: int
    is_main: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage, or what stands between two: its words and, for a passage, its anchor."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is read in one go; `kind` is that of its first passage, or "aside" for furniture."""

    kind: str
    report: int
    stretches: tuple[Stretch, ...] = ()
    chips: tuple[Chip, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()

    @property
    def reasons(self) -> list[str]:
        """The reasons of what was set aside here, each once, in order."""
        return list(dict.fromkeys(reason for _text, reason in self.dropped))


def chips_of(
    revision: int, events: Sequence[tuple[str, str, Apparatus]]
) -> dict[int, tuple[Chip, ...]]:
    """Return the rows that the passages of a revision, or parts of them, stand in, by their start.

    `events`: address, label and comparison of each event, the main one first. Rows with one
    telling are left out: there is nothing to compare.
    """
    found: dict[int, list[Chip]] = {}
    for place, (slug, label, apparatus) in enumerate(events):
        for number, row in enumerate(apparatus.rows, 1):
            tellers = {cell.witness.partition(".")[0] for cell in row.cells}
            chip = Chip(slug, label, row.id, number, len(tellers), place == 0)
            for cell in row.cells:
                if len(row.cells) > 1 and cell.witness.partition(".")[0] == str(revision):
                    for span in cell.spans:
                        found.setdefault(span.start, []).append(chip)
    return {start: tuple(dict.fromkeys(chips)) for start, chips in found.items()}


def paragraphs(
    text: str,
    passages: Sequence[Passage],
    cleaned: Cleaned,
    chips: Mapping[int, Sequence[Chip]],
) -> Iterator[Paragraph]:
    """Yield the text as it is read, in text order; furniture stands folded where it stood."""
    pending = sorted(cleaned.dropped, key=lambda part: part.span)
    for _number, group in groupby(passages, key=lambda one: (one.paragraph, one.report)):
        run = list(group)
        before = [part for part in pending if part.span.start < run[0].start]
        pending = pending[len(before) :]
        yield from _aside(text, before)
        for kind, together in groupby(run, key=lambda one: _shape(one.kind)):
            yield _paragraph(text, kind, list(together), chips)
    yield from _aside(text, pending)


def _shape(kind: str) -> str:
    """Sentences and the labels before them run on; all else stands by itself."""
    return PassageKind.SENTENCE if kind == PassageKind.LABEL else kind


def _paragraph(
    text: str, kind: str, run: Sequence[Passage], chips: Mapping[int, Sequence[Chip]]
) -> Paragraph:
    stretches = []
    for index, passage in enumerate(run):
        anchor = f"c{passage.start}-{passage.end}"
        stretches.append(Stretch(Span(passage.start, passage.end).of(text), anchor))
        if index + 1 < len(run):
            gap = text[passage.end : run[index + 1].start]
            stretches.append(Stretch(gap if not gap.strip() else " ", ""))
    here = [start for start in sorted(chips) if run[0].start <= start < run[-1].end]
    rows = [chip for start in here for chip in chips[start]]
    rows.sort(key=lambda chip: not chip.is_main)
    return Paragraph(
        kind=kind,
        report=run[0].report,
        stretches=tuple(stretches),
        chips=tuple(dict.fromkeys(rows)),
    )


def _aside(text: str, dropped: Sequence[Dropped]) -> Iterator[Paragraph]:
    parts = tuple((words, part.reason) for part in dropped if (words := part.span.of(text).strip()))
    if parts:
        yield Paragraph(kind="aside", report=0, dropped=parts)
