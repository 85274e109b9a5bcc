"""Sort a raw scraped text into what the article says and the furniture around it.

Nothing is moved or changed: the kept and the dropped spans tile the text. Source: ours; the rules
go by words (lexicon/boilerplate.toml), shape, repetition and place, and never by outlet.
"""

import re
from collections import Counter
from collections.abc import Iterable

from app.collate.bylines import credit_of, image_credit, outlet_in
from app.collate.furniture import reason_of
from app.collate.headlines import find_headings, find_title, sort_head
from app.collate.languages import language_of
from app.collate.layout import Article, Line, find_stretch, read_article
from app.collate.text import Cleaned, Clue, Dropped, Span

_NUMBERED = re.compile(r"\(?(\d{1,2})[.)]\s")
_WORD = re.compile(r"[^\W\d_]{3,}")
_MARKERS = frozenset({"related", "comments", "rubric"})
_TEASER = 250  # characters of the longest lead under a title in a list of other articles
_FEW = 6  # lines outside the article that are judged one by one, not dropped together


def clean(text: str) -> Cleaned:
    r"""Return what of a raw text is the article, what is furniture and why, and what its lines say
    about title, author, outlet and date.

    Nothing is dropped if no sentence would be left. Cost O(length).

    >>> cleaned = clean("Share\n\nThe bridge was closed on Monday after heavy rain fell.")
    >>> [(d.reason, d.span.start) for d in cleaned.dropped]
    [('share', 0)]
    """
    article = read_article(text)
    if not article.prose():
        return _as_it_stands(text)
    for step in (
        _drop_known,
        _find_credits,
        find_stretch,
        find_title,
        _drop_outside,
        _drop_repeated,
        _drop_lists,
        _drop_after_markers,
        _drop_tail,
        sort_head,
        find_headings,
    ):
        step(article)
    if article.title:
        article.lines[article.title_line].reason = None
    return _result(article) if article.prose() else _as_it_stands(text)


def _as_it_stands(text: str) -> Cleaned:
    kept = (Span(0, len(text)),) if text else ()
    return Cleaned(kept=kept, dropped=(), language=language_of(text))


# ------------------------------------------------------------------ lines known by themselves


def _drop_known(article: Article) -> None:
    for line in article.lines:
        line.reason = reason_of(line.text)


def _find_credits(article: Article) -> None:
    """Bylines and dates stay, as credits, also where their words look like furniture."""
    for number, line in enumerate(article.lines):
        if line.reason in {None, "caption", "newsletter"} or _near_end(article, number):
            line.credit = credit_of(article.text, line.bare)
            if line.credit:
                line.reason, line.prose, line.stub = None, False, False
            elif line.reason == "caption":
                line.credit = image_credit(article.text, line.bare)


def _near_end(article: Article, number: int) -> bool:
    return number >= len(article.lines) - 30 and article.lines[number].reason != "e-mail protection"


# ------------------------------------------------------------------ repetition and lists


def _drop_repeated(article: Article) -> None:
    """Drop what was there before: the headline with a kicker, a caption or paragraph twice."""
    lines = article.lines
    title = lines[article.title_line].folded if article.title else ""
    seen: set[str] = set()
    before = ""
    for n, line in enumerate(lines):
        if line.reason is not None or n == article.title_line or line.words < 3:
            continue
        said = " ".join(line.text.casefold().split())
        if title and not line.prose and line.folded.endswith(title):
            line.reason = "headline repeated"
        elif said == before or (line.is_ended and line.words >= 12 and said in seen):
            line.reason = "repeated"
        elif not line.prose and line.words >= 4 and _is_caption_near(lines, n):
            line.reason = "caption"
        seen.add(said)
        before = said


def _is_caption_near(lines: list[Line], n: int) -> bool:
    """Say whether a caption close by holds the same words."""
    near = lines[max(0, n - 4) : n + 5]
    return any(line.reason == "caption" and lines[n].folded in line.folded for line in near)


def _drop_lists(article: Article) -> None:
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


def _restates(article: Article, before: list[int], run: list[int]) -> bool:
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


def _drop_outside(article: Article) -> None:
    """Drop the pages of navigation before and after the article, where there are such."""
    lines = article.lines
    start = article.title_line if article.title else article.first
    outside = ((lines[:start], "navigation"), (lines[article.last + 1 :], "after the end"))
    for part, reason in outside:
        around = sum(line.stub or line.reason is not None for line in part)
        if around - sum(line.is_row for line in part) < _FEW:
            continue
        for line in part:
            if line.credit and (reason == "navigation" or not line.credit.author):
                line.credit = None  # the date of today, of another article
        _drop_all(part, reason)


def _drop_after_markers(article: Article) -> None:
    """Drop what stands under "Related", "Comments" and the like, up to the next running text."""
    lines = article.lines
    total = sum(len(lines[n].text) for n in article.prose())
    teasers_from = _teasers_from(lines)
    passed = 0
    for n, line in enumerate(lines):
        if line.prose and line.reason is None:
            passed += len(line.text)
        if line.reason not in _MARKERS or (line.reason == "rubric" and not passed):
            continue
        late = 2 * passed >= total > 0
        teasers = line.reason == "related" and n + 1 >= teasers_from
        if late and (line.reason == "comments" or teasers):
            _drop_all(lines[n + 1 :], str(line.reason))
            return
        for following in lines[n + 1 :]:
            if following.reason in _MARKERS:
                break
            if following.prose or following.credit or following.text.endswith(":"):
                break
            following.reason = following.reason or "teaser"


def _teasers_from(lines: list[Line]) -> int:
    """Return the line from which on titles and single lead sentences take turns, as in a list of
    other articles; the number of lines if there is no such list.
    """
    start, titles, before_prose = len(lines), 0, False
    for n in range(len(lines) - 1, -1, -1):
        line = lines[n]
        if line.reason is not None or line.credit:
            continue
        if line.prose and (before_prose or len(line.text) > _TEASER):
            break
        titles += not line.prose
        start, before_prose = n, line.prose
    return start if titles > 1 else len(lines)


def _drop_all(lines: list[Line], reason: str) -> None:
    for line in lines:
        if not line.credit:
            line.reason = line.reason or reason


def _drop_tail(article: Article) -> None:
    """Drop the titles and labels after the last running text, which head nothing; a list that
    follows it at once stays.
    """
    lines = article.lines
    last = max(article.prose(), default=-1)
    in_list = last >= 0
    for line in lines[last + 1 :]:
        in_list = in_list and line.is_item
        heads = line.stub or line.text.endswith(":")
        if line.reason is None and not line.credit and not in_list and heads:
            line.reason = "after the end"


# ------------------------------------------------------------------ result


def _result(article: Article) -> Cleaned:
    lines = article.lines
    dropped = [Dropped(line.span, line.reason) for line in lines if line.reason is not None]
    credited = [(line.span, line.credit) for line in lines if line.credit and line.reason is None]
    captions = [line.credit for line in lines if line.credit and line.reason is not None]
    clues = [credit for _, credit in [*credited, *article.datelines]] + captions
    outlet = outlet_in(article.text, [part.span for part in dropped])
    kept, tiled = _tiles(article.text, sorted([*dropped, *article.cut], key=lambda d: d.span))
    body = " ".join(article.lines[n].text[:2000] for n in article.kept()[:60])
    return Cleaned(
        kept=kept,
        dropped=tiled,
        title=article.title,
        standfirst=tuple(article.standfirst),
        headings=tuple(article.headings),
        credits=tuple(sorted(span for span, _ in [*credited, *article.datelines])),
        author=_first(credit.author for credit in clues),
        outlet=_first([article.outlet, *(credit.outlet for credit in clues), outlet]),
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
