"""What is exported: the comparison of one event with all that a citation needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.collate import Cell, Row, Span, Witness


@dataclass(frozen=True, slots=True)
class Source:
    """One article in one wording. What is not known is None or "".

    `address`: this wording here, `url`: where it was published. `captured`: when the wording was
    taken in, in UTC. `text_hash`: SHA-256 of its text in UTF-8, as hexadecimal digits.
    """

    revision: int
    siglum: str
    outlet: str
    headline: str
    address: str
    text_hash: str
    captured: datetime
    url: str | None = None
    author: str | None = None
    published: date | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """The rows of one event, for the outlets and kinds of rows that were asked for.

    `address`: the view of it; `permanent`: the same without a query, below which rows and
    differences have theirs. `numbers`: id of a row → its number in the whole comparison. `engine`:
    the version that compared.
    """

    slug: str
    label: str
    address: str
    permanent: str
    engine: str
    sources: tuple[Source, ...]
    witnesses: Mapping[str, Witness]
    rows: tuple[Row, ...]
    numbers: Mapping[str, int]

    def source_of(self, witness: str) -> Source:
        """Return the article that a witness stands in."""
        revision = self.witnesses[witness].revision
        return next(source for source in self.sources if source.revision == revision)

    def words(self, cell: Cell) -> str:
        """Return what a cell says, on one line, with "…" where it leaves something out."""
        return join(self.witnesses[cell.witness].text, cell.spans)

    def gist(self, row: Row) -> str:
        """Return the words that stand for a row, on one line."""
        return join(self.witnesses[row.gist.witness].text, (row.gist.span,))

    def row_address(self, row: Row) -> str:
        """Return the lasting address of a row."""
        return f"{self.permanent}/rows/{row.id}"

    def entry_address(self, entry: str) -> str:
        """Return the lasting address of a difference."""
        return f"{self.permanent}/differences/{entry}"


def join(text: str, spans: tuple[Span, ...]) -> str:
    r"""Return the words of some spans on one line; "…" stands between spans that do not follow one
    another.

    >>> join("Rain fell.  The river\nrose. It sank.", (Span(0, 10), Span(12, 27)))
    'Rain fell. The river rose.'
    >>> join("Rain fell. The river rose.", (Span(0, 4), Span(11, 20)))
    'Rain … The river'
    """
    parts: list[str] = []
    end = -1
    for span in spans:
        if parts and text[end : span.start].strip():
            parts.append("…")
        parts.append(span.of(text))
        end = span.end
    return " ".join(" ".join(parts).split())
