"""Calendar arithmetic for dates as far as they are written: bounds, periods, the nearest day."""

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

Bounds = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Parts:
    """A date as far as it is written. `part` is a share (from, to) of the period meant: "early"."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: tuple[float, float] | None = None


def bounds_of(parts: Parts) -> Bounds | None:
    """Return the first and last day, None where the year is not known. A day after the end of its
    month is the last one.
    """
    if parts.year is None:
        return None
    if parts.month is None:
        whole = date(parts.year, 1, 1), date(parts.year, 12, 31)
    else:
        last = calendar.monthrange(parts.year, parts.month)[1]
        first = min(parts.day or 1, last)
        whole = (
            date(parts.year, parts.month, first),
            date(parts.year, parts.month, first if parts.day else last),
        )
    return narrowed(whole, parts.part) if parts.part and not parts.day else whole


def narrowed(whole: Bounds, part: tuple[float, float]) -> Bounds:
    """Return the days of a share of a period.

    >>> narrowed((date(2023, 3, 1), date(2023, 3, 31)), (0.67, 1.0))
    (datetime.date(2023, 3, 21), datetime.date(2023, 3, 31))
    """
    days = (whole[1] - whole[0]).days
    return whole[0] + timedelta(round(days * part[0])), whole[0] + timedelta(round(days * part[1]))


def resolved(parts: Parts, published: date | None) -> tuple[Parts, Parts | None]:
    """Fill in the year, or the whole date of a day of the week or of a day of the month: the latest
    one that is not after the article (a month and a day may lie up to a month ahead). The second
    answer is the next one, which the words can mean as well.
    """
    if published is None or parts.year:
        return parts, None
    if parts.month is None and parts.weekday is not None:
        day = published - timedelta((published.weekday() - parts.weekday) % 7)
        return _whole(day), _whole(day + timedelta(7))
    if parts.month is None and parts.day is not None:
        back = parts.day > published.day
        return _in_month(parts.day, published, -back), _in_month(parts.day, published, 1 - back)
    if parts.month is None:
        return parts, None
    near = published + timedelta(30 if parts.day else 0)
    later = (parts.month, parts.day or 1) > (near.month, near.day)
    year = near.year - later
    return replace(parts, year=year), replace(parts, year=year + 1)


def _whole(day: date) -> Parts:
    return Parts(day.year, day.month, day.day)


def _in_month(day: int, published: date, step: int) -> Parts:
    year, month = month_after(published, step)
    return Parts(year, month, day)


def month_after(day: date, step: int) -> tuple[int, int]:
    """Return year and month `step` months after a day's."""
    months = day.year * 12 + day.month - 1 + step
    return months // 12, months % 12 + 1


def period(day: date, what: str, step: int) -> Bounds | None:
    """Return the year, quarter, month, week, weekend or decade `step` after the one of a day."""
    if what == "year":
        return bounds_of(Parts(day.year + step))
    if what == "decade":
        first = day.year // 10 * 10 + 10 * step
        return date(first, 1, 1), date(first + 9, 12, 31)
    if what == "month":
        return bounds_of(Parts(*month_after(day, step)))
    if what == "quarter":
        year, month = month_after(day, 3 * step)
        return quarter(year, (month - 1) // 3)
    monday = day - timedelta(day.weekday()) + timedelta(weeks=step)
    if what == "weekend":
        return monday + timedelta(5), monday + timedelta(6)
    return (monday, monday + timedelta(6)) if what == "week" else None


def quarter(year: int, number: int, months: int = 3) -> Bounds:
    """Return the quarter (0 to 3) of a year, or with months=6 its half (0 or 1)."""
    first = number * months + 1
    last = first + months - 1
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def season(year: int, first: int) -> Bounds:
    """Return the three months from `first` on; a winter begins in the December before."""
    year_before = year - (first == 12)
    last = (first + 1) % 12 + 1
    return date(year_before, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def ago(day: date, number: int, what: str) -> Bounds | None:
    """Return what "three weeks ago" stands for: the day, days around it, the month or the year.
    None where that lies before our calendar.
    """
    if day.year - number * (10 if what == "decade" else 1) < 1:
        return None
    if what == "day":
        there = day - timedelta(number)
        return there, there
    if what == "week":
        there = day - timedelta(7 * number)
        return there - timedelta(3), there + timedelta(3)
    if what == "month":
        return bounds_of(Parts(*month_after(day, -number)))
    if what in {"year", "decade"}:
        return bounds_of(Parts(day.year - number * (10 if what == "decade" else 1)))
    return None


def written(whole: Bounds) -> str:
    """Return an interval in figures: a day, a month, a year, or first/last."""
    first, last = whole
    if first == last:
        return first.isoformat()
    for parts in (Parts(first.year), Parts(first.year, first.month)):
        if bounds_of(parts) == whole:
            return f"{first.year:04}" + (f"-{first.month:02}" if parts.month else "")
    return f"{first.isoformat()}/{last.isoformat()}"
