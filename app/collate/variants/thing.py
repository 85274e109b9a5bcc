"""Words that stand for a value: a date, a quantity, a place, an actor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.collate.apparatus import Matter


@dataclass(frozen=True, slots=True)
class Thing:
    """Tokens `start` to `end` (half-open) of a telling and the value they stand for.

    `value` is normalised: equal values mean the same thing, "" is not known. `low` and `high` bound
    a quantity, or a date in days; None where they are not known. `again` bounds the next day that a
    date can mean as well ("on Friday"). `unit` is the stem of what is counted, or a currency.
    `within` names what contains a place, nearest first. `given` are the given names of a person.
    """

    matter: Matter
    start: int
    end: int
    value: str
    low: float | None = None
    high: float | None = None
    unit: str = ""
    within: tuple[str, ...] = ()
    again: tuple[float, float] | None = None
    given: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What is known outside the words: the article's date, and who holds which post according to
    the texts ("north korea", "leader") → "kim".
    """

    published: date | None = None
    posts: Mapping[tuple[str, str], str] = field(default_factory=dict, hash=False)
    people: frozenset[str] = frozenset()
