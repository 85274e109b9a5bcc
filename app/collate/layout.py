"""Read a raw text as lines under judgement: their shape, and the stretch that is the article.

Source: ours; the stretch follows the idea of the densest run of running text.
"""

import re
from dataclasses import dataclass, field

from app.collate.bylines import Credit
from app.collate.furniture import folded
from app.collate.lines import paragraphs, unmarked
from app.collate.text import Clue, Dropped, Span

_END = re.compile(r"[.!?…。！？؟۔।։][\"'”’»)\]」』]*$")
_FULL_STOP = re.compile(r"[.…。۔।։:][\"'”’»)\]」』]*$")
_LOWER_WORD = re.compile(r"(?<![\w’'])[^\W\d_A-ZÀ-Þ][\w’'-]*")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_ITEM = re.compile(r"[-–—•*·▪●‣]\s|\(?\d{1,2}[.)]\s")
_SPEECH = "“„«\"'‘"
_PROSE_WORDS = 8
_MOST_READ = 2000  # characters of a line that its shape is judged by
_GAIN = 300  # most that one line of running text counts for the article
_COST = 30  # what a line of another kind counts against it


@dataclass(slots=True)
class Line:
    """One paragraph under judgement: `reason` says why it goes, None that it stays so far.

    `bare` and `text` are without the marks of Markdown around it. `prose`: running text. `stub`: a
    short line without a stop, as titles and labels are.
    """

    span: Span
    bare: Span
    text: str
    folded: str
    low: int  # words in lower case
    prose: bool
    stub: bool
    reason: str | None = None
    credit: Credit | None = None

    @property
    def words(self) -> int:
        """Return how many words the line has."""
        return len(self.folded.split())

    @property
    def is_ended(self) -> bool:
        """Say whether a stop ends it, as it ends a sentence."""
        return bool(_END.search(self.text[-6:]))

    @property
    def is_item(self) -> bool:
        """Say whether the line is an item of a list."""
        return bool(_ITEM.match(self.text))

    @property
    def is_row(self) -> bool:
        """Say whether it may be a row of a table: a short line with figures."""
        return self.stub and self.reason is None and any(map(str.isdigit, self.text))

    @property
    def is_unspaced(self) -> bool:
        """Say whether its script has no spaces between words."""
        return bool(_UNSPACED.search(self.text[:200]))

    @property
    def opens_speech(self) -> bool:
        """Say whether it begins with a quotation mark."""
        return self.text[0] in _SPEECH


@dataclass(slots=True)
class Article:
    """The lines of a text and what has been found among them."""

    text: str
    lines: list[Line]
    first: int = 0  # the stretch of lines that is the article
    last: int = -1
    title: Span | None = None
    title_line: int = -1
    standfirst: list[Span] = field(default_factory=list)
    headings: list[Span] = field(default_factory=list)
    datelines: list[tuple[Span, Credit]] = field(default_factory=list)
    outlet: Clue | None = None
    cut: list[Dropped] = field(default_factory=list)  # parts of lines that go

    def kept(self) -> list[int]:
        """Return the numbers of the lines that stay."""
        return [n for n, line in enumerate(self.lines) if line.reason is None]

    def prose(self) -> list[int]:
        """Return the numbers of the lines of running text that stay."""
        return [n for n in self.kept() if self.lines[n].prose]

    def first_prose(self) -> int:
        """Return the first line of running text that stays, or the number of lines."""
        return next(iter(self.prose()), len(self.lines))


def read_article(text: str) -> Article:
    """Return the lines of a text, not yet judged."""
    return Article(text, [_line(text, paragraph) for paragraph in paragraphs(text)])


def _line(text: str, span: Span) -> Line:
    bare = unmarked(text, span)
    line = bare.of(text)
    read = line[:_MOST_READ]
    flat = folded(read)
    words = len(flat.split())
    ended = bool(_END.search(line[-6:]))
    unspaced = len(_UNSPACED.findall(line[:200]))
    low = len(_LOWER_WORD.findall(read))
    sentence = ended and (words >= _PROSE_WORDS or unspaced >= 15) and (low >= 3 or unspaced > 0)
    question = ended and not _FULL_STOP.search(line[-6:]) and words <= 16 and ". " not in line
    unclosed = line[0] in _SPEECH and not any(mark in line[1:] for mark in '”“»’"')
    speech = unclosed and words >= _PROSE_WORDS and low >= 4
    long = (words >= 20 and low >= 8) or unspaced >= 40 or (len(line) >= 160 and low >= 3)
    prose = (sentence and not question) or speech or long
    stub = not prose and not ended and not line.endswith(":")
    return Line(span, bare, line, flat, low, prose, stub)


def find_stretch(article: Article) -> None:
    """Find the run of lines in which running text outweighs all else most.

    Each line of running text counts its length, each other one counts against it; lists and short
    sentences are neutral. An article with little around it is its own stretch. Cost O(lines).
    """
    best, total, start = 0, 0, 0
    article.first, article.last = 0, len(article.lines) - 1
    for n, line in enumerate(article.lines):
        total += _weight(line)
        if total <= 0:
            total, start = 0, n + 1
        elif total > best:
            best, article.first, article.last = total, start, n


def _weight(line: Line) -> int:
    if line.prose and line.reason is None:
        return min(len(line.text), _GAIN)
    if line.credit or line.is_item or line.opens_speech or not (line.stub or line.reason):
        return 0
    return -_COST // 3 if line.is_row else -_COST
