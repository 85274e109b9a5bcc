"""Sort a raw scraped text into what the article says and the furniture around it.

Nothing is moved or changed: the kept and the dropped spans tile the text. Source: ours; the rules
go by words (lexicon/boilerplate.toml), shape, repetition and place, and never by outlet.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.collate.bylines import Credit, credit_of, dateline_of, image_credit
from app.collate.furniture import folded, reason_of
from app.collate.languages import language_of
from app.collate.lines import Paragraph, paragraphs
from app.collate.text import Cleaned, Clue, Dropped, Span

_END = re.compile(r"[.!?…。！？؟۔।։][\"'”’»)\]」』]*$")
_FULL_STOP = re.compile(r"[.…。۔।։:][\"'”’»)\]」』]*$")
_LOWER_WORD = re.compile(r"(?<![\w’'])[^\W\d_A-ZÀ-Þ][\w’'-]*")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_NUMBERED = re.compile(r"\(?(\d{1,2})[.)]\s")
_ITEM = re.compile(r"[-–—•*·▪●‣]\s|\(?\d{1,2}[.)]\s")
_WORD = re.compile(r"[^\W\d_]{3,}")
_GLUED = re.compile(r"[a-z](?=[A-ZÀ-Þ])|[›»>|/·]")
_SPEECH = "“„«\"'‘"
_AFTER_MARKER = frozenset({"related", "comments"})
_PROSE_WORDS = 8


@dataclass(slots=True)
class _Line:
    """One paragraph under judgement: `reason` says why it goes, None that it stays so far."""

    span: Span
    text: str
    after_gap: bool
    folded: str
    prose: bool
    stub: bool
    reason: str | None = None
    credit: Credit | None = None


@dataclass(slots=True)
class _Article:
    """The lines of a text and what has been found among them (indices into `lines`)."""

    text: str
    lines: list[_Line]
    title: Span | None = None
    title_line: int = -1
    standfirst: list[Span] = field(default_factory=list)
    headings: list[Span] = field(default_factory=list)
    datelines: list[tuple[Span, Credit]] = field(default_factory=list)
    cut: list[Dropped] = field(default_factory=list)  # parts of lines that go

    def kept(self) -> list[int]:
        """Return the lines that stay."""
        return [n for n, line in enumerate(self.lines) if line.reason is None]

    def first_prose(self) -> int:
        """Return the first line of running text that stays, or the number of lines."""
        lines = self.lines
        return next((n for n in self.kept() if lines[n].prose), len(lines))


def clean(text: str) -> Cleaned:
    r"""Return what of a raw text is the article, what is furniture and why, and what its lines say
    about title, author, outlet and date.

    Nothing is dropped if no sentence would be left. Cost O(length).

    >>> cleaned = clean("Share\n\nThe bridge was closed on Monday after heavy rain fell.")
    >>> [(d.reason, d.span.start) for d in cleaned.dropped]
    [('share', 0)]
    """
    article = _Article(text, [_line(text, paragraph) for paragraph in paragraphs(text)])
    if not any(line.prose for line in article.lines):
        return _as_it_stands(text)
    for step in (
        _drop_known,
        _find_credits,
        _find_title,
        _drop_repeated,
        _drop_lists,
        _drop_after_markers,
        _drop_tail,
        _sort_head,
        _find_headings,
    ):
        step(article)
    if not any(article.lines[n].prose for n in article.kept()):
        return _as_it_stands(text)
    return _result(article)


def _as_it_stands(text: str) -> Cleaned:
    kept = (Span(0, len(text)),) if text else ()
    return Cleaned(kept=kept, dropped=(), language=language_of(text))


def _line(text: str, paragraph: Paragraph) -> _Line:
    line = paragraph.span.of(text)
    flat = folded(line[:2000])
    words = len(flat.split())
    ended = bool(_END.search(line[-6:]))
    unspaced = len(_UNSPACED.findall(line[:200]))
    low = len(_LOWER_WORD.findall(line[:2000]))
    sentence = ended and (words >= _PROSE_WORDS or unspaced >= 15) and (low >= 3 or unspaced > 0)
    question = ended and not _FULL_STOP.search(line[-6:]) and words <= 16 and ". " not in line
    speech = line[0] in _SPEECH and words >= _PROSE_WORDS and low >= 4
    long = (words >= 20 and low >= 8) or unspaced >= 40 or (len(line) >= 160 and low >= 3)
    prose = (sentence and not question) or speech or long
    return _Line(
        span=paragraph.span,
        text=line,
        after_gap=paragraph.after_gap,
        folded=flat,
        prose=prose,
        stub=not prose and not ended and not line.endswith(":"),
    )


# ------------------------------------------------------------------ lines known by themselves


def _drop_known(article: _Article) -> None:
    for line in article.lines:
        line.reason = reason_of(line.text)


def _find_credits(article: _Article) -> None:
    """Bylines and dates stay, as credits, also where their words look like furniture."""
    for number, line in enumerate(article.lines):
        if line.reason in {None, "caption", "newsletter"} or _near_end(article, number):
            line.credit = credit_of(article.text, line.span)
            if line.credit:
                line.reason, line.prose, line.stub = None, False, False
            elif line.reason == "caption":
                line.credit = image_credit(article.text, line.span)


def _near_end(article: _Article, number: int) -> bool:
    return number >= len(article.lines) - 30 and article.lines[number].reason != "e-mail protection"


# ------------------------------------------------------------------ title


def _find_title(article: _Article) -> None:
    """Take the first line of the head that can be a title, best one that is said twice."""
    lines = article.lines
    head = [
        n
        for n, line in enumerate(lines[: article.first_prose()])
        if line.reason is None and not line.credit and len(line.text) <= 250
    ]
    able = [n for n in head if len(lines[n].folded.split()) >= 3 or _UNSPACED.search(lines[n].text)]
    able = able or head
    if not able:
        return
    chosen = next((n for n in able if _said_again(lines, n)), able[0])
    again = _said_again(lines, chosen)
    if again is not None and len(lines[again].text) < len(lines[chosen].text):
        lines[chosen].reason = "headline repeated"
        chosen = again
    article.title_line, article.title = chosen, lines[chosen].span
    for n in head:
        if n < chosen and lines[n].reason is None:
            lines[n].reason = "navigation"


def _said_again(lines: list[_Line], n: int) -> int | None:
    """Return the line near the top that holds the same title, glued to other words or alone."""
    title = lines[n].folded
    for m, line in enumerate(lines[:15]):
        if m == n or len(line.text) > 300 or len(title.split()) < 3:
            continue
        shorter, longer = sorted((title, line.folded), key=len)
        if (
            len(shorter.split()) >= 3
            and 2 * len(shorter) > len(longer)
            and (longer.endswith(shorter) or longer.startswith(shorter))
        ):
            return m
    return None


# ------------------------------------------------------------------ repetition and lists


def _drop_repeated(article: _Article) -> None:
    """Drop a line that was there before: the headline with a kicker, a caption twice."""
    lines = article.lines
    title = lines[article.title_line].folded if article.title else ""
    seen: set[str] = set()
    captions = [line.folded for line in lines if line.reason == "caption"]
    for n, line in enumerate(lines):
        words = len(line.folded.split())
        if line.reason is not None or n == article.title_line or words < 3:
            continue
        if title and not line.prose and line.folded.endswith(title):
            line.reason = "headline repeated"
        elif line.folded in seen and words >= 4:
            line.reason = "repeated"
        elif not line.prose and words >= 4 and any(line.folded in c for c in captions):
            line.reason = "caption"
        seen.add(line.folded)


def _drop_lists(article: _Article) -> None:
    """Drop a numbered list at the end that only says the article again, as machines append it."""
    kept = article.kept()
    items = [n for n in kept if _NUMBERED.match(article.lines[n].text)]
    runs = [n for n in items if int(_number(article.lines[n].text)) == 1]
    if not runs:
        return
    run = [n for n in items if n >= runs[-1]]
    before = [n for n in kept if n < run[0] and article.lines[n].prose]
    after = [n for n in kept if n > run[-1] and article.lines[n].prose]
    if len(run) < 3 or len(before) < 3 or after or not _restates(article, before, run):
        return
    for n in run:
        article.lines[n].reason = "machine-made list"


def _number(line: str) -> str:
    found = _NUMBERED.match(line)
    return found[1] if found else "0"


def _restates(article: _Article, before: list[int], run: list[int]) -> bool:
    """Say whether the items are whole sentences made of words the article has used already."""
    said = {stem for n in before for stem in _stems(article.lines[n].text)}
    items = [_stems(article.lines[n].text) for n in run]
    if any(len(item) < 6 for item in items):
        return False
    shares = [sum(stem in said for stem in item) / len(item) for item in items]
    common = Counter(stem for item in items for stem in set(item))
    stuffed = any(count >= 0.8 * len(items) and stem not in said for stem, count in common.items())
    return sum(shares) / len(shares) >= (0.4 if stuffed else 0.6)


def _stems(line: str) -> list[str]:
    return [word[:5].lower() for word in _WORD.findall(line) if len(word) > 3]


# ------------------------------------------------------------------ place


def _drop_after_markers(article: _Article) -> None:
    """Drop what stands under "Related", "Comments" and the like, up to the next running text."""
    lines = article.lines
    total = sum(len(line.text) for line in lines if line.prose and line.reason is None)
    passed = 0
    for n, line in enumerate(lines):
        if line.prose and line.reason is None:
            passed += len(line.text)
        marker = line.reason in _AFTER_MARKER or (line.reason == "navigation" and passed)
        if not marker:
            continue
        late = 2 * passed >= total > 0
        if late and (line.reason == "comments" or _only_teasers(lines[n + 1 :])):
            _drop_all(lines[n + 1 :], str(line.reason))
            return
        for following in lines[n + 1 :]:
            if following.prose or following.credit or following.text.endswith(":"):
                break
            following.reason = following.reason or "teaser"


def _only_teasers(lines: list[_Line]) -> bool:
    """Say whether titles and single lead sentences take turns, as in a list of other articles."""
    kinds = [line.prose for line in lines if line.reason is None and not line.credit]
    in_a_row = any(a and b for a, b in zip(kinds, kinds[1:], strict=False))
    return not in_a_row and not all(kinds)


def _drop_all(lines: list[_Line], reason: str) -> None:
    for line in lines:
        if not line.credit:
            line.reason = line.reason or reason


def _drop_tail(article: _Article) -> None:
    """Drop the titles and labels after the last running text, which head nothing."""
    lines = article.lines
    last = max((n for n in article.kept() if lines[n].prose), default=-1)
    in_list = last >= 0 and lines[last].text.endswith(":")
    for line in lines[last + 1 :]:
        if in_list and _ITEM.match(line.text):
            continue
        if line.reason is None and not line.credit and (line.stub or line.text.endswith(":")):
            line.reason = "after the end"


def _sort_head(article: _Article) -> None:
    """Sort the lines before the running text: standfirst, credits, tags."""
    lines = article.lines
    first = article.first_prose()
    for line in lines[article.title_line + 1 : first]:
        if line.reason is None and line.stub and not line.credit:
            low = len(_LOWER_WORD.findall(line.text))
            if low < 3 and len(line.folded.split()) <= 8:
                line.reason = "tag"
    if article.title and _parted(article, first):
        article.standfirst = [lines[first].span]
    dateline = _first_dateline(article)
    if dateline:
        article.datelines.append(dateline)


def _parted(article: _Article, first: int) -> bool:
    """Say whether credits or furniture part the first paragraph from the text: a standfirst."""
    lines = article.lines
    following = lines[first + 1] if first + 1 < len(lines) else None
    short = len(lines[first].text) <= 500
    more = any(lines[n].prose for n in article.kept() if n > first)
    divides = following is not None and (following.reason or following.credit)
    return bool(short and more and divides and following and following.reason != "teaser")


def _first_dateline(article: _Article) -> tuple[Span, Credit] | None:
    for n in article.kept()[:6]:
        line = article.lines[n]
        if line.prose and (found := dateline_of(article.text, line.span)):
            return found
    return None


def _find_headings(article: _Article) -> None:
    """Short lines without a stop, with running text after them, are headings."""
    lines = article.lines
    for n in article.kept():
        line = lines[n]
        ends_open = line.text.endswith((":", ",", ";")) or _ITEM.match(line.text)
        if n == article.title_line or line.credit or line.prose or ends_open:
            continue
        question = line.text.endswith(("?", "!")) and line.text[0] not in _SPEECH
        if (line.stub or question) and len(line.text) <= 150 and n > article.title_line:
            article.headings.append(line.span)


# ------------------------------------------------------------------ result


def _result(article: _Article) -> Cleaned:
    dropped = [Dropped(line.span, line.reason) for line in article.lines if line.reason is not None]
    credits_ = [(line.span, line.credit) for line in article.lines if line.credit]
    kept_credits = [span for span, _ in credits_ if not any(d.span == span for d in dropped)]
    clues = [credit for _, credit in [*credits_, *article.datelines]]
    kept, tiled = _tiles(article.text, dropped)
    body = " ".join(article.lines[n].text[:2000] for n in article.kept()[:60])
    return Cleaned(
        kept=kept,
        dropped=tiled,
        title=article.title,
        standfirst=tuple(article.standfirst),
        headings=tuple(article.headings),
        credits=tuple(sorted([*kept_credits, *(span for span, _ in article.datelines)])),
        author=_first(credit.author for credit in clues),
        outlet=_first(credit.outlet for credit in clues),
        published=_first(credit.published for credit in clues),
        language=language_of(body),
    )


def _first(clues: Iterable[Clue | None]) -> Clue | None:
    return next((clue for clue in clues if clue), None)


def _tiles(text: str, dropped: list[Dropped]) -> tuple[tuple[Span, ...], tuple[Dropped, ...]]:
    """Spread the lines over the white space between them, so that all spans tile the text."""
    kept: list[Span] = []
    tiled: list[Dropped] = []
    start = 0
    for part in dropped:
        if text[start : part.span.start].strip():
            kept.append(Span(start, part.span.start))
            tiled.append(part)
        else:
            tiled.append(Dropped(Span(start, part.span.end), part.reason))
        start = part.span.end
    rest = Span(start, len(text))
    if rest.of(text).strip() or not tiled:
        kept.append(rest)
    elif len(rest):
        tiled[-1] = Dropped(Span(tiled[-1].span.start, len(text)), tiled[-1].reason)
    return tuple(kept), tuple(tiled)
