"""Find what stands over a text: title, standfirst, tags, dateline, crossheads. Source: ours."""

import re
from functools import cache

from app.collate.bylines import Credit, dateline_of, is_organisation
from app.collate.data import lexicon
from app.collate.layout import Article, Line
from app.collate.text import Clue, Dropped, Span

_SHORT_HEAD = 8  # lines over the text that may all belong to the article
_SEARCHED = 14  # lines right over the text among which a title is looked for
_TITLE = (4, 25)  # words
_SUFFIX = re.compile(r"\s(?P<mark>[|–—-])\s(?P<outlet>[A-ZÀ-Þ][\w.’'&-]*(?:\s[\w.’'&-]+){0,4})$")
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
    article.title_line, article.title = chosen, lines[chosen].span
    for n in head:
        if n < chosen and lines[n].reason is None:
            lines[n].reason = "navigation"
    _trim_title(article)


def _trim_title(article: Article) -> None:
    """Cut off the navigation before a title, glued or not, and the outlet after it."""
    line = article.lines[article.title_line]
    start, end = line.span.start, line.span.end
    glued = _glued().match(line.text)
    if glued and len(line.text[glued.end() :].split()) >= 3:
        article.cut.append(Dropped(Span(start, start + glued.end()), "navigation"))
        start += glued.end()
    suffix = _SUFFIX.search(line.text)
    if suffix and (suffix["mark"] == "|" or is_organisation(suffix["outlet"])):
        at = Span(line.span.start + suffix.start("outlet"), end)
        article.outlet = Clue(at.of(article.text), at)
        end = line.span.start + suffix.start()
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
    for line in lines[article.title_line + 1 : first]:
        tag = line.stub and not line.credit and line.low < 3 and line.words <= 8
        if line.reason is None and tag:
            line.reason = "tag"
        elif line.reason is None and line.stub and not line.credit and article.title:
            article.standfirst.append(line.span)
    if article.title and not article.standfirst and _parted(article, first):
        article.standfirst = [lines[first].span]
    dateline = _first_dateline(article)
    if dateline:
        article.datelines.append(dateline)


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
    """Short lines without a stop, with running text after them, are headings."""
    last = max(article.prose(), default=-1)
    for n in article.kept():
        line = article.lines[n]
        ends_open = line.text.endswith((":", ",", ";")) or line.is_item
        if n <= article.title_line or n > last or line.credit or line.prose or ends_open:
            continue
        if line.span in article.standfirst:
            continue
        question = line.text.endswith(("?", "!")) and not line.opens_speech
        if (line.stub or question) and len(line.text) <= 150:
            article.headings.append(line.span)
