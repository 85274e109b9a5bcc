"""Dates: read to an interval by the article's own date, and compared as intervals."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.collate.apparatus import Matter, Relation
from app.collate.text import Token
from app.collate.tokens import is_function_word
from app.collate.variants import days
from app.collate.variants.days import Bounds, Parts, bounds_of, resolved
from app.collate.variants.thing import About, Thing

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name} | {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_DAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
_VERBS_TOO = {"may", "march", "mar", "jan"}  # months only with a day, a year or "in" beside them
_BEFORE_YEAR = {"in", "since", "of", "from", "until", "by", "during", "between", "before", "after"}
_OWNED = {"the", "its", "his", "her", "their", "'s", "a"}  # the 2018 final
_EARLY, _MIDDLE, _LATE = (0.0, 0.4), (0.25, 0.75), (0.6, 1.0)
_PARTS = {
    "early": _EARLY, "mid": _MIDDLE, "late": _LATE, "beginning": (0.0, 0.34),
    "start": (0.0, 0.34), "middle": _MIDDLE, "end": (0.67, 1.0), "close": (0.67, 1.0),
}  # fmt: skip
_NOUNS = frozenset({"beginning", "start", "middle", "end", "close"})
_RELATIVE = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1}
_RELATIVE |= {"coming": 1}
_PERIODS = {"year", "month", "week", "weekend", "decade", "quarter"}
_NEAR = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_OF_TODAY = {"morning", "afternoon", "evening"}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_ORDER = {"first": 0, "second": 1, "3rd": 2, "4th": 3, "last": -1}
_AGO = {"day", "week", "month", "year", "decade"}
_DASHES = {"-", "\u2013"}
_LEADS = _MONTHS.keys() | _DAYS.keys() | _NEAR.keys() | _RELATIVE.keys() | _PARTS.keys()
_LEADS |= _SEASONS.keys() | _ORDER.keys() | {"a", "q1", "q2", "q3", "q4"}


def find_dates(tokens: Sequence[Token], about: About) -> list[Thing]:
    """Return the dates among the tokens, none overlapping, in order."""
    found: list[Thing] = []
    at = 0
    while at < len(tokens):
        thing = _read(tokens, at, about) if _can_begin(tokens[at].norm) else None
        if thing:
            found.append(thing)
        at = thing.end if thing else at + 1
    return found


def _can_begin(norm: str) -> bool:
    return norm[0].isdecimal() or norm in _LEADS or norm.startswith(("mid-", "late-", "early-"))


def _read(tokens: Sequence[Token], at: int, about: About) -> Thing | None:
    for read in (_relative, _ago, _part_of, _quarter, _season, _years, _written):
        thing = read(tokens, at, about)
        if thing:
            return thing
    return None


def relate_dates(a: Thing, b: Thing) -> Relation:
    """Return how two dates stand. A date that can mean two days ("on Friday") agrees if either
    does. Two dates without a known year are compared as far as they are written: other months
    conflict, other days of the week alone say nothing. A day counted from an unknown one
    ("Wednesday") and a bare year ("2017") are about other things.
    """
    if a.value and a.value == b.value:
        return Relation.SAME
    if a.low is None or b.low is None or a.high is None or b.high is None:
        return _unresolved(a.value, b.value)
    pairs = [(x, y) for x in _meanings(a) for y in _meanings(b)]
    if any(x == y for x, y in pairs):
        return Relation.SAME
    if any(x[0] <= y[1] and y[0] <= x[1] for x, y in pairs):
        return Relation.COARSER
    return Relation.CONFLICTING


def _meanings(thing: Thing) -> list[tuple[float, float]]:
    first = [(thing.low, thing.high)] if thing.low is not None and thing.high is not None else []
    return first + ([thing.again] if thing.again else [])


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
    return value[:1] == "?" and (value[1:].isdecimal() or value[1:] in _NEAR)


def _is_year(value: str) -> bool:
    return len(value) == len("2017") and value.isdecimal()


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
    return _year(tokens, at, about) or _day_alone(tokens, at, about)


def _weekday(tokens: Sequence[Token], at: int) -> tuple[int, Parts]:
    day = _DAYS.get(tokens[at].norm)
    return (at, Parts()) if day is None else (at + 1, Parts(weekday=day))


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


def _after_month(tokens: Sequence[Token], at: int) -> int:
    """Return where the text goes on after a month, the point of "Sept." with it."""
    short = len(tokens[at].norm) <= len("sept") and _norm(tokens, at + 1) == "."
    return at + 1 + (short and tokens[at].norm != "may")


def _day(tokens: Sequence[Token], at: int) -> int | None:
    found = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", _norm(tokens, at))
    day = int(found[1]) if found else 0
    return day if 1 <= day <= 31 else None


def _year_at(tokens: Sequence[Token], at: int) -> int | None:
    found = re.fullmatch(r"(?:18|19|20)\d\d", _norm(tokens, at))
    return int(found[0]) if found else None


def _then_year(tokens: Sequence[Token], at: int) -> tuple[int, int | None]:
    """Return the year that follows (after a comma or "of", or not) and where it ends."""
    there = at + (_norm(tokens, at) in {",", "of"})
    year = _year_at(tokens, there)
    return (there + 1, year) if year else (at, None)


def _day_month(tokens: Sequence[Token], at: int) -> tuple[int, Parts]:
    """13 September 2023, the 13th of September."""
    day = _day(tokens, at)
    next_ = at + 1 + (_norm(tokens, at + 1) == "of")
    month = _month(tokens, next_) if day else None
    if not month:
        return 0, Parts()
    end, year = _then_year(tokens, _after_month(tokens, next_))
    return end, Parts(year, month, day)


def _month_day(tokens: Sequence[Token], at: int) -> tuple[int, Parts]:
    """September 13, 2023; September 2023; in September."""
    month = _month(tokens, at)
    if not month:
        return 0, Parts()
    after = _after_month(tokens, at)
    day = _day(tokens, after)
    if day:
        end, year = _then_year(tokens, after + 1)
        return end, Parts(year, month, day)
    end, year = _then_year(tokens, after)
    if year:
        return end, Parts(year, month)
    before = _norm(tokens, at - 1)
    if tokens[at].norm in _VERBS_TOO and before not in _BEFORE_YEAR | _PARTS.keys() | {
        *("last", "next", "this", "late")
    }:
        return 0, Parts()
    return at + 1, Parts(month=month)


def _figures(tokens: Sequence[Token], at: int) -> tuple[int, Parts]:
    """13.09.2023; 2023-09-13."""
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", _norm(tokens, at))
    if found:
        return _checked(at + 1, int(found[3]), int(found[2]), int(found[1]))
    marks = [_norm(tokens, at + 1), _norm(tokens, at + 3)]
    numbers = [int(n) for k in (0, 2, 4) if (n := _norm(tokens, at + k)).isdecimal()]
    if len(numbers) == 3 and marks == ["-", "-"] and _year_at(tokens, at):
        return _checked(at + 5, *numbers)
    return 0, Parts()


def _checked(end: int, year: int, month: int, day: int) -> tuple[int, Parts]:
    right = 1 <= month <= 12 and 1 <= day <= 31 and year > 0
    return (end, Parts(year, month, day)) if right else (0, Parts())


def _year(tokens: Sequence[Token], at: int, about: About) -> Thing | None:
    """A year after a word such as "in", joined to another year by "and", or before what happened
    then ("the 2018 final").
    """
    year = _year_at(tokens, at)
    if not year:
        return None
    before, after = _norm(tokens, at - 1), _norm(tokens, at + 1)
    joined = before in {"and", "to", *_DASHES} and _year_at(tokens, at - 2)
    counts = after.isalpha() and not is_function_word(after) and tokens[at + 1].text.islower()
    owned = before in _OWNED and counts and year % 100 and not after.endswith("s")
    if owned or (not counts and (before in _BEFORE_YEAR or joined)):
        return _thing(at, at + 1, Parts(year), about)
    return None  # "of 1920 pixels" counts something


def _day_alone(tokens: Sequence[Token], at: int, about: About) -> Thing | None:
    """On the 13th."""
    ordinal = tokens[at].norm.endswith(("st", "nd", "rd", "th")) and _day(tokens, at)
    before, after = [_norm(tokens, at - k) for k in (2, 1)], _norm(tokens, at + 1)
    ends = not after or not after[0].isalnum() or is_function_word(after)
    if not ordinal or before != ["on", "the"] or not ends:
        return None
    return _thing(at, at + 1, Parts(day=_day(tokens, at)), about)


def _years(tokens: Sequence[Token], at: int, about: About) -> Thing | None:
    """The 1990s; 2010-2014; 1950-53."""
    found = re.fullmatch(r"((?:18|19|20)\d)0s", _norm(tokens, at))
    if found:
        first = int(found[1]) * 10
        return _interval(at, at + 1, (date(first, 1, 1), date(first + 9, 12, 31)), "")
    year = _year_at(tokens, at)
    if not year or _norm(tokens, at + 1) not in _DASHES:
        return None
    last = _norm(tokens, at + 2)
    if _norm(tokens, at + 3) in _DASHES or not re.fullmatch(r"\d\d(?:\d\d)?", last):
        return None
    end = int(last) if len(last) == len("2014") else year // 100 * 100 + int(last)
    if not year < end < year + 100:
        return None
    return _interval(at, at + 3, (date(year, 1, 1), date(end, 12, 31)), "")


def _relative(tokens: Sequence[Token], at: int, about: About) -> Thing | None:
    """yesterday, last year, this month, last July, next Wednesday, last night."""
    norm, what = _norm(tokens, at), _norm(tokens, at + 1)
    if norm in _NEAR:
        return _day_from(at, at + 1, about, _NEAR[norm], norm)
    step = _RELATIVE.get(norm)
    if step is None:
        return None
    if (norm, what) == ("last", "night") or (norm == "this" and what in _OF_TODAY):
        return _day_from(at, at + 2, about, step, "today" if step == 0 else "yesterday")
    if what in _DAYS or _month(tokens, at + 1):
        thing = _written(tokens, at + 1, about)
        if thing and step == 1 and thing.again:
            first, last = (date.fromordinal(int(end)) for end in thing.again)
            return _interval(at, thing.end, (first, last), "")
        return replace(thing, start=at, again=None) if thing else None
    if what not in _PERIODS:
        return None
    whole = days.period(about.published, what, step) if about.published else None
    return _interval(at, at + 2, whole, f"{norm} {what}")


def _day_from(start: int, end: int, about: About, step: int, words: str) -> Thing:
    day = about.published and about.published + timedelta(step)
    return _interval(start, end, (day, day) if day else None, words)


def _ago(tokens: Sequence[Token], at: int, about: About) -> Thing | None:
    """Two years ago, a week ago."""
    what = _norm(tokens, at + 1).removesuffix("s")
    if what not in _AGO or _norm(tokens, at + 2) != "ago":
        return None
    norm = tokens[at].norm
    small = norm.isdecimal() and len(norm) <= _LONG_AGO
    number = 1 if norm in {"a", "one"} else int(norm) if small else 0
    if not number:
        return None
    whole = days.ago(about.published, number, what) if about.published else None
    return _interval(at, at + 3, whole, f"{number} {what} ago")


_LONG_AGO = 3  # digits


def _part_of(tokens: Sequence[Token], at: int, about: About) -> Thing | None:
    """Early 2022, mid-March, the end of September, late last year."""
    first, _, rest = tokens[at].norm.partition("-")
    part, end = _PARTS.get(first), at + 1
    if not part:
        return None
    if rest:
        month, year = _MONTHS.get(rest), int(rest) if _is_year(rest) else None
        if not month:
            return _thing(at, end, Parts(year, part=part), about) if year else None
        end, then = _then_year(tokens, end)
        return _thing(at, end, Parts(then, month, part=part), about)
    if _norm(tokens, end) == "of" or (first == "mid" and _norm(tokens, end) == "-"):
        end += 1
    elif first in _NOUNS:
        return None
    year = _year_at(tokens, end)
    if year:
        return _thing(at, end + 1, Parts(year, part=part), about)
    whole = _relative(tokens, end, about) or _years(tokens, end, about)
    stop, parts = (0, Parts()) if whole else _month_day(tokens, end)
    if stop and not parts.day:
        return _thing(at, stop, replace(parts, part=part), about)
    if not whole or whole.low is None or whole.high is None or whole.low == whole.high:
        return None
    bounds = (date.fromordinal(int(whole.low)), date.fromordinal(int(whole.high)))
    return _interval(at, whole.end, days.narrowed(bounds, part), "")


def _quarter(tokens: Sequence[Token], at: int, about: About) -> Thing | None:
    """The first quarter of 2023, Q1 2023, the second half of last year."""
    norm, what = tokens[at].norm, _norm(tokens, at + 1)
    if re.fullmatch("q[1-4]", norm):
        number, months, end = int(norm[1]) - 1, 3, at + 1
    elif what in {"quarter", "half"} and norm in _ORDER:
        months = 3 if what == "quarter" else 6
        number, end = _ORDER[norm] % (12 // months), at + 2
    else:
        return None
    end += _norm(tokens, end) == "of"
    year = _year_at(tokens, end)
    near = None if year else _relative(tokens, end, about)
    if near and near.low and near.high and near.high - near.low > _MOST_OF_YEAR:
        return _interval(
            at, near.end, days.quarter(date.fromordinal(int(near.low)).year, number, months), ""
        )
    return _interval(at, end + 1, days.quarter(year, number, months), "") if year else None


_MOST_OF_YEAR = 360


def _season(tokens: Sequence[Token], at: int, about: About) -> Thing | None:
    """Summer 2022, the winter of 2021."""
    first = _SEASONS.get(tokens[at].norm)
    end, year = _then_year(tokens, at + 1) if first else (at, None)
    if not first or not year or _norm(tokens, at + 1) == ",":
        return None
    return _interval(at, end, days.season(year, first), "")


def _interval(start: int, end: int, whole: Bounds | None, words: str) -> Thing:
    """Return the thing for an interval; without a known article date its value is the words."""
    if whole is None:
        return Thing(Matter.DATE, start, end, f"?{words}")
    low, high = (day.toordinal() for day in whole)
    return Thing(Matter.DATE, start, end, days.written(whole), low, high)


def _thing(start: int, end: int, parts: Parts, about: About) -> Thing:
    parts, again = resolved(parts, about.published)
    whole = bounds_of(parts)
    if whole:
        later = bounds_of(again) if again else None
        thing = _interval(start, end, whole, "")
        ends = (float(later[0].toordinal()), float(later[1].toordinal())) if later else None
        return replace(thing, again=ends)
    if parts.month:
        day = f"-{parts.day:02}" if parts.day else ""
        return Thing(Matter.DATE, start, end, f"--{parts.month:02}{day}")
    return Thing(Matter.DATE, start, end, f"?{parts.weekday if parts.day is None else 'day'}")
