"""Find what stands over a text: title, standfirst, tags, dateline, crossheads. Source: ours."""

import re
from functools import cache
from itertools import pairwise, zip_longest

from app.collate.bylines import Credit, dateline_of, is_organisation
from app.collate.data import lexicon
from app.collate.layout import Article, Line
from app.collate.text import Clue, Dropped, Span

_SHORT_HEAD = 8  # lines over the text that may all belong to the article
_SEARCHED = 14  # lines right over the text among which a title is looked for
_TITLE = (4, 25)  # words
_SUFFIX = re.compile(r"\s(?P<mark>[|–—-])\s(?P<outlet>[A-ZÀ-Þ][\w.’'&-]*(?:\s[\w.’'&-]+){0,4})$")
_PERSON = re.compile(r"(?:[A-ZÀ-Þ][\w.’'-]*\s){1,3}[A-ZÀ-Þ][\w’'-]*")
_JOB = re.compile(
    r"\b(?:correspondent|editor|reporter|journalist|columnist|staff writer|korrespondent"
    r"|redakteur(?:in)?|journaliste|redactor|redattore|корреспондент)\b",
    re.IGNORECASE,
)
_LONGEST = 250  # characters


def find_title(article: Article) -> None:
    """Take as the title the first line of a short head that can be one, of a long head the
    likeliest right over the text; best one that is said twice.
    """
    lines = article.lines
    first = next((n for n in article.prose() if n >= article.first), len(lines))
    head = [n for n in article.kept() if n < first and _can_be(lines[n])]
    if not head:
        return
    if len(head) <= _SHORT_HEAD:
        able = [n for n in head if lines[n].words >= 3 or lines[n].is_unspaced] or head
        chosen = next((n for n in able if _said_again(lines, n) is not None), able[0])
    else:
        chosen = max(head[-_SEARCHED:], key=lambda n: (_likeliness(lines, n, first), n))
    again = _said_again(lines, chosen)
    if again is not None and len(lines[again].text) < len(lines[chosen].text):
        lines[chosen].reason = "headline repeated"
        chosen = again
    article.title_line, article.title = chosen, lines[chosen].bare
    for n in head:
        if n < chosen and lines[n].reason is None:
            lines[n].reason = "navigation"
    _trim_title(article)


def _trim_title(article: Article) -> None:
    """Cut off the navigation before a title, glued or not, and the outlet after it."""
    line = article.lines[article.title_line]
    start, end = line.bare.start, line.bare.end
    glued = _glued().match(line.text)
    if glued and len(line.text[glued.end() :].split()) >= 3:
        article.cut.append(Dropped(Span(line.span.start, start + glued.end()), "navigation"))
        start += glued.end()
    suffix = _SUFFIX.search(line.text)
    if suffix and (suffix["mark"] == "|" or is_organisation(suffix["outlet"])):
        at = Span(line.bare.start + suffix.start("outlet"), end)
        article.outlet = Clue(at.of(article.text), at)
        end = line.bare.start + suffix.start()
        article.cut.append(Dropped(Span(end, line.span.end), "outlet"))
    article.title = Span(start, end)


@cache
def _glued() -> re.Pattern[str]:
    """Return what matches rubrics before a title: "HomeWorld|Lavrov thanks", "Home > World > "."""
    rows = lexicon("boilerplate")["lines"]
    named = {
        entry.strip().title()
        for row in rows
        if row["reason"] in {"navigation", "rubric"}
        for entry in row["list"].replace("\n", "|").split("|")
        if entry.strip() and " " not in entry.strip()
    }
    words = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
    return re.compile(rf"(?:(?:{words})(?:\s?[>»›/|]\s?|(?=[A-ZÀ-Þ“‘])))+")


def _can_be(line: Line) -> bool:
    lead_in = line.text.endswith(":") or line.text.startswith("|")
    return not (line.credit or line.prose or lead_in) and len(line.text) <= _LONGEST


def _likeliness(lines: list[Line], n: int, first: int) -> float:
    """Say how well a line right over the text does for its title."""
    words = lines[n].words
    score = 0.0 if _TITLE[0] <= words <= _TITLE[1] or lines[n].is_unspaced else -3.0
    score += 2.0 * (_said_again(lines, n) is not None)
    return score + 0.1 * min(words, 10) - 0.1 * (first - n)


def _said_again(lines: list[Line], n: int) -> int | None:
    """Return a line near by that holds the same title, glued to other words or alone."""
    title = lines[n].folded
    if lines[n].words < 3:
        return None
    near: list[int] = [
        *range(min(15, len(lines))),
        *range(max(15, n - 15), min(n + 15, len(lines))),
    ]
    for m in near:
        line = lines[m]
        if m == n or len(line.text) > 300 or line.prose or line.reason == "caption":
            continue
        shorter, longer = sorted((title, line.folded), key=len)
        same = longer.endswith(shorter) or longer.startswith(shorter)
        if same and 2 * len(shorter) > len(longer) and len(shorter.split()) >= 3:
            return m
    return None


def sort_head(article: Article) -> None:
    """Sort the lines before the running text: standfirst, credits, tags."""
    lines = article.lines
    first = article.first_prose()
    for n in range(article.title_line + 1, first):
        line = lines[n]
        if line.reason is not None or line.credit or not line.stub:
            continue
        if author := _author(article, n):
            line.credit = Credit(author=author)
        elif line.low == 0 or _JOB.search(line.text):
            line.reason = "tag"
        elif n > article.title_line + 1 and _captions(lines, n):
            line.reason = "caption"
        elif article.title:
            article.standfirst.append(line.span)
    if article.title and not article.standfirst and _parted(article, first):
        article.standfirst = [lines[first].span]
        _drop_tags_after(article, first)
    dateline = _first_dateline(article)
    if dateline:
        article.datelines.append(dateline)


def _captions(lines: list[Line], n: int) -> bool:
    """Say whether a bare picture credit stands right beside the line, whose caption it then is."""
    beside = [lines[m] for m in (n - 1, n + 1) if 0 <= m < len(lines)]
    return any(line.reason == "caption" and line.words <= 3 for line in beside)


def _author(article: Article, n: int) -> Clue | None:
    """Return the name a line is made of, if it is a person's by its first word or the job below."""
    line = article.lines[n]
    if not _PERSON.fullmatch(line.text) or any(c.credit and c.credit.author for c in article.lines):
        return None
    below = article.lines[n + 1].text if n + 1 < len(article.lines) else ""
    first = line.text.split()[0].lower()
    known = any(first in lexicon("speakers")[list_]["list"].split() for list_ in ("female", "male"))
    return Clue(line.text, line.bare) if known or _JOB.search(below[:80]) else None


def _drop_tags_after(article: Article, first: int) -> None:
    """Drop the tags between standfirst and text: labels with no running text right under them."""
    lines = article.lines
    text = next((n for n in article.prose() if n > first), len(lines))
    for line, following in pairwise(lines[first + 1 : text]):
        tag = line.stub and line.low == 0 and line.words <= 8 and not line.credit
        if line.reason is None and tag and (following.reason or following.credit):
            line.reason = "tag"


def _parted(article: Article, first: int) -> bool:
    """Say whether credits or furniture part the first paragraph from the text: a standfirst."""
    lines = article.lines
    following = lines[first + 1] if first + 1 < len(lines) else None
    if following is None or len(lines[first].text) > 500:
        return False
    more = any(n > first for n in article.prose())
    return more and bool(following.credit or following.reason not in {None, "teaser", "repeated"})


def _first_dateline(article: Article) -> tuple[Span, Credit] | None:
    for n in article.prose()[:3]:
        if found := dateline_of(article.text, article.lines[n].span):
            return found
    return None


def find_headings(article: Article) -> None:
    """Short lines without a stop, with running text soon after them, are headings."""
    last = max(article.prose(), default=-1)
    kept = article.kept()
    for n, *after in zip_longest(kept, kept[1:], kept[2:]):
        line = article.lines[n]
        if all(m is not None and article.lines[m].stub for m in after):
            continue  # rows of a table, items of a list
        ends_open = line.text.endswith((":", ",", ";")) or line.is_item
        if n <= article.title_line or n > last or line.credit or line.prose or ends_open:
            continue
        if line.span in article.standfirst:
            continue
        question = line.text.endswith(("?", "!")) and not line.opens_speech
        if (line.stub or question) and len(line.text) <= 150:
            article.headings.append(line.span)
