"""What the engine reads: spans, tokens, passages, quotations, witnesses.

All positions are half-open ranges of Unicode code points in the full, immutable text of one
revision (ADR 3, ADR 21): cleaning drops spans, it never moves a character.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in one text.

    >>> Span(0, 5).of("Pyongyang said")
    'Pyong'
    """

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the characters of `text` that the span covers."""
        return text[self.start : self.end]

    def overlap(self, other: "Span") -> int:
        """Return how many code points both spans share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def covers(self, other: "Span") -> bool:
        """Say whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


class TokenKind(StrEnum):
    """What a token is made of."""

    WORD = "word"
    NUMBER = "number"
    PUNCTUATION = "punctuation"


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark as it stands, with the normal form that is compared."""

    span: Span
    text: str
    norm: str = field(hash=False)
    kind: TokenKind = field(hash=False)


class PassageKind(StrEnum):
    """What a passage does in its article.

    Only TITLE, STANDFIRST, HEADING and SENTENCE are aligned.
    """

    TITLE = "title"
    STANDFIRST = "standfirst"
    HEADING = "heading"
    SENTENCE = "sentence"
    SOURCE = "source"  # opens a carried report: a short line such as "… report said:"
    LABEL = "label"  # names the speaker of what follows: "Putin:"
    CREDIT = "credit"  # byline and dateline, kept where they stand


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is aligned: a sentence, a title, a heading.

    `paragraph` counts from 0 in the text; `report` is 0 for the outlet's own telling and n for the
    n-th carried report.
    """

    span: Span
    kind: PassageKind
    paragraph: int
    report: int = 0


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words with their marks, who said them and the verb that says so. None = the text does
    not state it.

    `continues`: the speech goes on in the next paragraph, which opens with a mark again.
    """

    span: Span
    speaker: str | None = None
    verb: str | None = None
    verb_span: Span | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of the text set aside as furniture, with the reason (a label of ours)."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Clue:
    """A fact about the article that its text gives, with the words it rests on.

    Dates are ISO (YYYY-MM-DD).
    """

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text sorted into what the article says and what stands around it.

    `kept` and the spans of `dropped`, sorted and joined, tile the text from 0 to its length. What
    is not known is None.
    """

    kept: tuple[Span, ...]
    dropped: tuple[Dropped, ...]
    title: Span | None = None
    standfirst: tuple[Span, ...] = ()
    headings: tuple[Span, ...] = ()
    credits: tuple[Span, ...] = ()
    author: Clue | None = None
    outlet: Clue | None = None
    published: Clue | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One telling inside an article: the outlet's own (index 0) or one it carries.

    `source` is the line that opens it, as the outlet wrote it; `letter` distinguishes its siglum
    ("R" in CC·R), "" for own.
    """

    index: int
    letter: str
    source: Span | None


@dataclass(frozen=True, slots=True)
class Witness:
    """One telling under comparison: the passages of one report of one revision.

    `id` is unique in a collation ("17" or "17.2": revision, report); `outlet` is the siglum of the
    column it stands in; `siglum` its own ("CC", "CC·R"). `published` is the article's date where it
    is known. `vectors`: start of a passage → its sentence embedding, of length 1, where the caller
    has any.
    """

    id: str
    siglum: str
    outlet: str
    revision: int
    text: str
    passages: tuple[Passage, ...] = field(hash=False)
    quotations: tuple[Quotation, ...] = field(default=(), hash=False)
    published: date | None = None
    source: Span | None = None
    roles: dict[int, str] = field(
        default_factory=dict, hash=False
    )  # start of a passage → its role in the event; absent = outside it
    vectors: Mapping[int, NDArray[np.float32]] = field(
        default_factory=dict, hash=False, compare=False, repr=False
    )

    def role_at(self, span: Span) -> str | None:
        """Return the role of the passage that holds a span; None where it has none."""
        holder = next((p.span for p in self.passages if p.span.covers(span)), span)
        return self.roles.get(holder.start)
