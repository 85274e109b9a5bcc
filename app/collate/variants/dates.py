"""Dates: read to an interval by the article's own date, and compared as intervals."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.collate.apparatus import Matter, Relation
from app.collate.text import Token
from app.collate.tokens import is_function_word
from app.collate.variants.thing import About, Thing

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name} | {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_DAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
_VERBS_TOO = {"may", "march", "mar", "jan"}  # months only with a day, a year or "in" beside them
_BEFORE_YEAR = {"in", "since", "of", "from", "until", "by", "during", "between", "before", "after"}
_PART = {"early", "mid", "late", "end", "beginning", "start", "middle"}
_RELATIVE = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1}
_NEAR = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_OPENERS = {*_MONTHS, *_DAYS, *_RELATIVE, *_NEAR}  # what a date begins with, if not a digit


@dataclass(frozen=True, slots=True)
class _Parts:
    """A date as far as it is written."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


def find_dates(tokens: Sequence[Token], about: About) -> list[Thing]:
    """Return the dates among the tokens, none overlapping, in order."""
    found: list[Thing] = []
    at = 0
    while at < len(tokens):
        thing = None
        if tokens[at].norm in _OPENERS or tokens[at].norm[0].isdigit():
            thing = _relative(tokens, at, about) or _written(tokens, at, about)
        if thing:
            found.append(thing)
        at = thing.end if thing else at + 1
    return found


def relate_dates(a: Thing, b: Thing) -> Relation:
    """Return how two dates stand. Two dates without a known year are compared as far as they are
    written: other months conflict, other days of the week alone say nothing. A day counted from an
    unknown one ("Wednesday") and a bare year ("2017") are about other things.
    """
    if a.value and a.value == b.value:
        return Relation.SAME
    if a.low is None or b.low is None or a.high is None or b.high is None:
        return _unresolved(a.value, b.value)
    if a.high < b.low or b.high < a.low:
        return Relation.CONFLICTING
    return Relation.COARSER


def _unresolved(a: str, b: str) -> Relation:
    if any(_is_near_day(x) and _is_year(y) for x, y in ((a, b), (b, a))):
        return Relation.OTHER_REFERENT
    one, two = (re.fullmatch(r"(\d{4})?-(\d\d)?-(\d\d)?", _padded(value)) for value in (a, b))
    if not one or not two:
        return Relation.UNKNOWN
    pairs = [(x, y) for x, y in zip(one.groups(), two.groups(), strict=True) if x and y]
    if not pairs:
        return Relation.UNKNOWN
    return Relation.CONFLICTING if any(x != y for x, y in pairs) else Relation.COARSER


def _is_near_day(value: str) -> bool:
    """Say whether a value is a day of the week, or such as "yesterday", of an unknown week."""
    return value[:1] == "?" and (value[1:].isdigit() or value[1:] in _NEAR)


def _is_year(value: str) -> bool:
    return len(value) == len("2017") and value.isdigit()


def _padded(value: str) -> str:
    """Give a value all three fields: 2022 → 2022--, --09 → -09-, --09-13 → -09-13."""
    return "-".join([*re.sub("^--", "-", value).split("-"), "", ""][:3])


def _written(tokens: Sequence[Token], at: int, about: About) -> Thing | None:
    """Read a date in figures or with the name of a month, a day of the week or a year."""
    end, parts = _weekday(tokens, at)
    for read in (_day_month, _month_day, _figures):
        stop, more = read(tokens, _skip(tokens, end) if end > at else end)
        if stop:
            return _thing(at, stop, replace(more, weekday=parts.weekday), about)
    if end > at:
        return _thing(at, end, parts, about)
    return _year(tokens, at, about)


def _weekday(tokens: Sequence[Token], at: int) -> tuple[int, _Parts]:
    day = _DAYS.get(tokens[at].norm)
    return (at, _Parts()) if day is None else (at + 1, _Parts(weekday=day))


def _skip(tokens: Sequence[Token], at: int) -> int:
    """Step over a comma and "the" between the day of the week and the date."""
    while at < len(tokens) and tokens[at].norm in {",", "the", "("}:
        at += 1
    return at


def _norm(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].norm if 0 <= at < len(tokens) else ""


def _month(tokens: Sequence[Token], at: int) -> int | None:
    norm = _norm(tokens, at)
    return _MONTHS.get(norm) if norm and tokens[at].text[0].isupper() else None


def _day(tokens: Sequence[Token], at: int) -> int | None:
    found = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", _norm(tokens, at))
    day = int(found[1]) if found else 0
    return day if 1 <= day <= 31 else None


def _year_at(tokens: Sequence[Token], at: int) -> int | None:
    found = re.fullmatch(r"(?:18|19|20)\d\d", _norm(tokens, at))
    return int(found[0]) if found else None


def _then_year(tokens: Sequence[Token], at: int) -> tuple[int, int | None]:
    """Return the year that follows (after a comma or not) and where it ends."""
    comma = at + (_norm(tokens, at) == ",")
    year = _year_at(tokens, comma)
    return (comma + 1, year) if year else (at, None)


def _day_month(tokens: Sequence[Token], at: int) -> tuple[int, _Parts]:
    """13 September 2023, the 13th of September."""
    day = _day(tokens, at)
    next_ = at + 1 + (_norm(tokens, at + 1) == "of")
    month = _month(tokens, next_) if day else None
    if not month:
        return 0, _Parts()
    end, year = _then_year(tokens, next_ + 1)
    return end, _Parts(year, month, day)


def _month_day(tokens: Sequence[Token], at: int) -> tuple[int, _Parts]:
    """September 13, 2023; September 2023; in September."""
    month = _month(tokens, at)
    if not month:
        return 0, _Parts()
    day = _day(tokens, at + 1)
    if day:
        end, year = _then_year(tokens, at + 2)
        return end, _Parts(year, month, day)
    year = _year_at(tokens, at + 1)
    if year:
        return at + 2, _Parts(year, month)
    alone = tokens[at].norm in _VERBS_TOO
    before = _norm(tokens, at - 1)
    if alone and before not in _BEFORE_YEAR | _PART | {"last", "next"}:
        return 0, _Parts()
    return at + 1, _Parts(month=month)


def _figures(tokens: Sequence[Token], at: int) -> tuple[int, _Parts]:
    """13.09.2023."""
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", _norm(tokens, at))
    if not found or not 1 <= int(found[2]) <= 12:
        return 0, _Parts()
    return at + 1, _Parts(int(found[3]), int(found[2]), int(found[1]))


def _year(tokens: Sequence[Token], at: int, about: About) -> Thing | None:
    """A year after a word such as "in", or joined to another year by "and"."""
    year = _year_at(tokens, at)
    joined = _norm(tokens, at - 1) in {"and", "to", "-", "\u2013"} and _year_at(tokens, at - 2)
    if not year or not (_norm(tokens, at - 1) in _BEFORE_YEAR or joined):
        return None
    after = _norm(tokens, at + 1)
    if after.isalpha() and not is_function_word(after) and tokens[at + 1].text.islower():
        return None  # "of 1920 pixels" counts something
    return _thing(at, at + 1, _Parts(year), about)


def _relative(tokens: Sequence[Token], at: int, about: About) -> Thing | None:
    """yesterday, last year, this month, last July, last Wednesday."""
    if tokens[at].norm in _NEAR:
        days = _NEAR[tokens[at].norm]
        day = about.published and about.published + timedelta(days)
        return _interval(at, at + 1, day, day, tokens[at].norm)
    step = _RELATIVE.get(tokens[at].norm)
    if step is None:
        return None
    what, words = _norm(tokens, at + 1), f"{tokens[at].norm} {_norm(tokens, at + 1)}"
    if what in _DAYS or _month(tokens, at + 1):
        thing = _written(tokens, at + 1, about)
        return replace(thing, start=at) if thing else None
    if what not in {"year", "month", "week"}:
        return None
    first, last = _period(about.published, what, step)
    return _interval(at, at + 2, first, last, words)


def _period(day: date | None, what: str, step: int) -> tuple[date | None, date | None]:
    if day is None:
        return None, None
    if what == "year":
        return date(day.year + step, 1, 1), date(day.year + step, 12, 31)
    if what == "month":
        months = day.year * 12 + day.month - 1 + step
        return _bounds(_Parts(months // 12, months % 12 + 1))
    monday = day - timedelta(day.weekday()) + timedelta(weeks=step)
    return monday, monday + timedelta(6)


def _interval(start: int, end: int, first: date | None, last: date | None, words: str) -> Thing:
    """Return the thing for an interval; without a known article date its value is the words."""
    if first is None or last is None:
        return Thing(Matter.DATE, start, end, f"?{words}")
    value = _iso(first, last)
    return Thing(Matter.DATE, start, end, value, first.toordinal(), last.toordinal())


def _iso(first: date, last: date) -> str:
    if first == last:
        return first.isoformat()
    for parts in (_Parts(first.year), _Parts(first.year, first.month)):
        if _bounds(parts) == (first, last):
            return f"{first.year:04}" + (f"-{first.month:02}" if parts.month else "")
    return f"{first.isoformat()}/{last.isoformat()}"


def _thing(start: int, end: int, parts: _Parts, about: About) -> Thing:
    parts = _resolve(parts, about.published)
    first, last = _bounds(parts)
    if first and last:
        return _interval(start, end, first, last, "")
    if parts.month:
        day = f"-{parts.day:02}" if parts.day else ""
        return Thing(Matter.DATE, start, end, f"--{parts.month:02}{day}")
    return Thing(Matter.DATE, start, end, f"?{parts.weekday}")


def _resolve(parts: _Parts, published: date | None) -> _Parts:
    """Fill in the year, or the whole date of a day of the week: the latest one that is not after
    the article (a month and a day may lie up to a month ahead).
    """
    if published is None or parts.year:
        return parts
    if parts.month is None and parts.weekday is not None:
        day = published - timedelta((published.weekday() - parts.weekday) % 7)
        return _Parts(day.year, day.month, day.day)
    if parts.month is None:
        return parts
    near = published + timedelta(30 if parts.day else 0)
    later = (parts.month, parts.day or 1) > (near.month, near.day)
    return replace(parts, year=near.year - later)


def _bounds(parts: _Parts) -> tuple[date | None, date | None]:
    """Return the first and last day, or None twice where the year is not known."""
    if parts.year is None:
        return None, None
    if parts.month is None:
        return date(parts.year, 1, 1), date(parts.year, 12, 31)
    last = calendar.monthrange(parts.year, parts.month)[1]
    if parts.day is None:
        return date(parts.year, parts.month, 1), date(parts.year, parts.month, last)
    day = date(parts.year, parts.month, min(parts.day, last))
    return day, day
