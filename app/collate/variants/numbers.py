"""Quantities: digits and words to a range and a unit, compared as ranges."""

import math
import re
from collections.abc import Sequence

from app.collate.apparatus import Matter, Relation
from app.collate.text import Token, TokenKind
from app.collate.tokens import is_function_word, stem
from app.collate.variants.thing import About, Thing

_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALES |= {"dozen": 12, "bn": 1e9, "m": 1e6, "k": 1e3, "percent": 1, "%": 1, "per": 1}
_TIMES = ("minute", "hour", "day", "week", "month", "year", "decade", "century")
_TIME_STEMS = {stem(time) for time in _TIMES}
_ONES = {(one, time) for one in ("a", "an", "one") for time in _TIMES}
_ONES |= {("a", scale) for scale in ("hundred", "thousand", "million", "dozen")}
"""Words that stand for 1 before such words: "an hour", "a dozen"."""
_SUMS = "$€£¥"
# Words before a number → the range it then stands for, as factors of the number.
_BOUNDS = {
    "over": (1.0, math.inf), "above": (1.0, math.inf), "exceeding": (1.0, math.inf),
    "under": (0.0, 1.0), "below": (0.0, 1.0),
    "about": (0.9, 1.1), "around": (0.9, 1.1), "approximately": (0.9, 1.1), "roughly": (0.9, 1.1),
    "nearly": (0.9, 1.0), "almost": (0.9, 1.0), "some": (0.9, 1.1),
}  # fmt: skip
_BOUNDS_OF_TWO = {
    ("more", "than"): (1.0, math.inf), ("at", "least"): (1.0, math.inf),
    ("no", "less"): (1.0, math.inf),
    ("less", "than"): (0.0, 1.0), ("fewer", "than"): (0.0, 1.0), ("up", "to"): (0.0, 1.0),
    ("at", "most"): (0.0, 1.0), ("no", "more"): (0.0, 1.0),
}  # fmt: skip


def find_numbers(tokens: Sequence[Token], about: About) -> list[Thing]:
    """Return the quantities among the tokens, none overlapping, in order. Dates are not told apart
    here: they are looked for first.
    """
    found: list[Thing] = []
    at = 0
    while at < len(tokens):
        thing = _quantity(tokens, at)
        if thing and (not found or found[-1].end <= thing.start):
            found.append(thing)
        at = thing.end if thing else at + 1
    return found


def relate_numbers(a: Thing, b: Thing) -> Relation:
    """Return how two quantities stand: numbers of other things are no conflict."""
    if a.low is None or b.low is None or a.high is None or b.high is None:
        return Relation.UNKNOWN
    if a.unit != b.unit and a.unit and b.unit:
        return Relation.SAME if (a.low, a.high) == (b.low, b.high) else Relation.OTHER_REFERENT
    if (a.low, a.high) == (b.low, b.high):
        return Relation.SAME
    if a.high < b.low or b.high < a.low or _touch(a, b) or _touch(b, a):
        return Relation.CONFLICTING
    return Relation.COARSER


def _touch(low: Thing, high: Thing) -> bool:
    """Say whether one range ends where the other, open one begins: "up to 50" and "over 50"."""
    return low.high == high.low and low.low != low.high and high.low != high.high


def _quantity(tokens: Sequence[Token], at: int) -> Thing | None:
    start, value = _value(tokens, at)
    if value is None:
        return None
    end, amount, ordinal = value
    factors, first = _bounds(tokens, start)
    low, high = (amount * f if amount else 0.0 for f in factors)
    unit = "th" if ordinal else _unit(tokens, end, money=start < at)
    end += unit in _TIME_STEMS  # "about an hour" is read as one
    text = _range(low, high) + (f" {unit}" if unit else "")
    return Thing(Matter.NUMBER, first, end, text, low, high, unit)


def _value(tokens: Sequence[Token], at: int) -> tuple[int, tuple[int, float, bool] | None]:
    """Return where the number starts (with a sign of money before it), and its end, its amount and
    whether it is an ordinal.
    """
    token = tokens[at]
    start = at - 1 if at and tokens[at - 1].text in _SUMS else at
    if token.kind is TokenKind.NUMBER:
        found = re.fullmatch(r"(\d+(?:\.\d+)?)(st|nd|rd|th|k|m|bn)?", token.norm)
        if not found:
            return at, None
        ordinal = found[2] in {"st", "nd", "rd", "th"}
        amount = float(found[1]) * _SCALES.get(found[2] or "", 1)
    elif (token.norm, _norm(tokens, at + 1)) in _ONES:
        ordinal, amount = False, 1.0
    else:
        return at, None
    end = at + 1
    while _norm(tokens, end) in _SCALES and not ordinal:
        word = _norm(tokens, end)
        amount *= _SCALES[word]
        end += 2 if word == "per" and _norm(tokens, end + 1) == "cent" else 1
    return start, (end, amount, ordinal)


def _bounds(tokens: Sequence[Token], start: int) -> tuple[tuple[float, float], int]:
    """Return the factors that the words before a number stand for, and where those words start."""
    two = (_norm(tokens, start - 2), _norm(tokens, start - 1))
    if two[1] == "than" and two[0] in {"less", "more"} and _norm(tokens, start - 3) == "no":
        return _BOUNDS_OF_TWO["no", two[0]], start - 3
    if two in _BOUNDS_OF_TWO:
        return _BOUNDS_OF_TWO[two], start - 2
    if two[1] in _BOUNDS:
        return _BOUNDS[two[1]], start - 1
    return (1.0, 1.0), start


def _unit(tokens: Sequence[Token], end: int, *, money: bool) -> str:
    """Return the stem of what is counted: the sign of money, %, or the next word of matter."""
    before = _norm(tokens, end - 1)
    if money:
        return "money"
    if before in {"%", "percent", "cent"}:
        return "%"
    word = _norm(tokens, end)
    if word and word[0].isalpha() and not is_function_word(word):
        return stem(word)
    return ""


def _range(low: float, high: float) -> str:
    ends = ["" if end == math.inf else f"{end:.12g}" for end in (low, high)]
    return ends[0] if low == high else "..".join(ends)


def _norm(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].norm if 0 <= at < len(tokens) else ""
