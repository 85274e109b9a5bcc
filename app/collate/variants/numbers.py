"""Quantities: digits and words to a range and a unit, compared as ranges."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.collate.apparatus import Matter, Relation
from app.collate.text import Token, TokenKind
from app.collate.tokens import is_function_word, normal, stem
from app.collate.variants.thing import About, Thing
from app.collate.variants.units import (
    COUNTED,
    CURRENCIES,
    FRACTIONS,
    MEASURES,
    PERCENT,
    SCALES,
    SUFFIXES,
    SUMS,
    TIMES,
    VAGUE,
    VAGUE_PAIRS,
    is_converted,
    is_rounded,
)
from app.collate.variants.verbs import words

_AFTER_ONE = TIMES | set(SCALES)
# Words before a number → the range it then stands for, as factors of the number.
_OVER, _UNDER, _ABOUT = (1.0, math.inf), (0.0, 1.0), (0.9, 1.1)
_BOUNDS = {
    ("over",): _OVER, ("above",): _OVER, ("exceeding",): _OVER, ("more", "than"): _OVER,
    ("at", "least"): _OVER, ("no", "less", "than"): _OVER, ("no", "fewer", "than"): _OVER,
    ("not", "less", "than"): _OVER, ("upwards", "of"): _OVER, ("minimum", "of"): _OVER,
    ("under",): _UNDER, ("below",): _UNDER, ("less", "than"): _UNDER, ("fewer", "than"): _UNDER,
    ("up", "to"): _UNDER, ("at", "most"): _UNDER, ("no", "more", "than"): _UNDER,
    ("not", "more", "than"): _UNDER, ("maximum", "of"): _UNDER, ("as", "many", "as"): _UNDER,
    ("about",): _ABOUT, ("around",): _ABOUT, ("approximately",): _ABOUT, ("roughly",): _ABOUT,
    ("some",): _ABOUT, ("close", "to"): _ABOUT, ("circa",): _ABOUT, ("an", "estimated"): _ABOUT,
    ("nearly",): (0.9, 1.0), ("almost",): (0.9, 1.0), ("just", "under"): (0.9, 1.0),
    ("just", "over"): (1.0, 1.1), ("just", "above"): (1.0, 1.1), ("well", "over"): _OVER,
}  # fmt: skip
_AFTER = {("or", "more"): _OVER, ("or", "less"): _UNDER, ("or", "fewer"): _UNDER, ("+",): _OVER,
          ("or", "so"): _ABOUT}  # fmt: skip
_TO = frozenset({"-", "\u2013", "to", "and", "or"})
_BESIDE_SCORE = 5  # tokens
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?")


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number read up to the token `end`."""

    end: int
    low: float
    high: float
    unit: str = ""


def find_numbers(tokens: Sequence[Token], about: About) -> list[Thing]:
    """Return the quantities among the tokens, none overlapping, in order. Dates are not told apart
    here: they are looked for first.
    """
    found: list[Thing] = []
    at = 0
    while at < len(tokens):
        thing = _clock(tokens, at) or _score(tokens, at) or _quantity(tokens, at)
        if thing and (not found or found[-1].end <= thing.start):
            found.append(thing)
        at = thing.end if thing else at + 1
    return found


def relate_numbers(a: Thing, b: Thing) -> Relation:
    """Return how two quantities stand: numbers of other things are no conflict, nor is a rounded
    one, nor money of two currencies, but for one sum in both.
    """
    if a.low is None or b.low is None or a.high is None or b.high is None:
        return Relation.SAME if a.value == b.value else Relation.CONFLICTING
    if a.unit != b.unit and ((a.unit and b.unit) or "clock" in a.unit + b.unit):
        return _of_other_units(a, b)
    if (a.low, a.high) == (b.low, b.high):
        return Relation.SAME
    if a.high < b.low or b.high < a.low or _touch(a, b) or _touch(b, a):
        exact = a.low == a.high and b.low == b.high and "clock" not in a.unit
        return Relation.COARSER if exact and is_rounded(a.low, b.low) else Relation.CONFLICTING
    return Relation.COARSER


def _of_other_units(a: Thing, b: Thing) -> Relation:
    low_a, high_a, low_b, high_b = (x or 0.0 for x in (a.low, a.high, b.low, b.high))
    same = (low_a, high_a) == (low_b, high_b)
    if "clock" in a.unit + b.unit:
        return Relation.UNKNOWN  # of two time zones
    if {a.unit, b.unit} <= _MONEY:
        return Relation.CONFLICTING if same else Relation.UNKNOWN
    converted = is_converted((low_a, a.unit), (low_b, b.unit))
    if converted is None:
        return Relation.SAME if same else Relation.OTHER_REFERENT
    if low_a != high_a or low_b != high_b:
        return Relation.UNKNOWN
    return Relation.SAME if converted else Relation.CONFLICTING


_MONEY = frozenset(CURRENCIES.values()) | frozenset(SUMS.values())


def _touch(low: Thing, high: Thing) -> bool:
    """Say whether one range ends where the other, open one begins: "up to 50" and "over 50"."""
    return low.high == high.low and low.low != low.high and high.low != high.high


def _quantity(tokens: Sequence[Token], at: int) -> Thing | None:
    money = SUMS.get(tokens[at - 1].text, "") if at else ""
    amount = _amount(tokens, at, money=bool(money))
    if amount is None:
        return None
    start = at - 1 if money else at
    amount, start = _ranged(tokens, amount, start)
    factors, first, end = _bounds(tokens, start, amount.end)
    if amount.low == amount.high:
        low, high = (amount.low * f if amount.low else 0.0 for f in factors)
    else:
        low, high = amount.low, amount.high
    unit, end = _unit(tokens, amount, end, money)
    text = _range(low, high) + (f" {unit}" if unit else "")
    return Thing(Matter.NUMBER, first, end, text, low, high, unit)


def _amount(tokens: Sequence[Token], at: int, *, money: bool = False) -> _Amount | None:
    """Read one number: figures, number words, a fraction, a vague plural."""
    token, after = tokens[at], _norm(tokens, at + 1)
    part = _fraction(tokens, at)
    if part:
        return part
    if token.norm in VAGUE or (token.norm == "tens" and after == "of"):
        pair = VAGUE_PAIRS.get((token.norm, _norm(tokens, at + 2))) if after == "of" else None
        if pair:
            return _Amount(at + 3, *pair)
        return _Amount(at + 1, *VAGUE[token.norm]) if token.norm in VAGUE else None
    if token.kind is TokenKind.NUMBER:
        return _figures(tokens, at, money=money)
    compound = _compound(token)
    if compound:
        return _Amount(at + 1, compound[0], compound[0], compound[1])
    if (token.norm in {"a", "an", "one"} and after in _AFTER_ONE) or _is_one(tokens, at):
        return _scaled(tokens, at + 1, 1.0)
    return None


def _figures(tokens: Sequence[Token], at: int, *, money: bool) -> _Amount | None:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(st|nd|rd|th|k|m|bn)?", tokens[at].norm)
    if not found:
        return None
    if found[2] in {"st", "nd", "rd", "th"}:
        return _Amount(at + 1, float(found[1]), float(found[1]), "th")
    number = min(float(found[1]), _MOST) * SUFFIXES.get(found[2] or "", 1)
    if money and _norm(tokens, at + 1) in SUFFIXES:
        number, at = number * SUFFIXES[_norm(tokens, at + 1)], at + 1
    return _scaled(tokens, at + 1, number)


_MOST = 1e30


def _scaled(tokens: Sequence[Token], end: int, number: float) -> _Amount:
    while _norm(tokens, end) in SCALES:
        number *= SCALES[_norm(tokens, end)]
        end += 1
    half = tuple(_norm(tokens, k) for k in range(end, end + 3)) == ("and", "a", "half")
    if _norm(tokens, end) in TIMES and [_norm(tokens, end + k) for k in (1, 2, 3)] == [
        *("and", "a", "half")
    ]:
        return _Amount(end + 4, number + 0.5, number + 0.5, stem(_norm(tokens, end)))
    return _Amount(end + 3, number + 0.5, number + 0.5) if half else _Amount(end, number, number)


def _compound(token: Token) -> tuple[float, str] | None:
    """Read a compound with a number word: two-day, ten-member."""
    first, _, rest = token.norm.partition("-")
    if rest not in COUNTED and stem(rest) not in COUNTED:
        return None
    number = "1" if first == "one" else normal(first)
    return (float(number), stem(rest)) if number.isdecimal() else None


def _is_one(tokens: Sequence[Token], at: int) -> bool:
    """Say whether "one" counts here: one person, one goal; not "this one", "one of"."""
    if tokens[at].norm != "one" or _norm(tokens, at - 1) in {"the", "this", "that", "no"}:
        return False
    after = _norm(tokens, at + 1)
    return stem(after) in COUNTED or after in {"soldier", "civilian", "child", "death"}


def _fraction(tokens: Sequence[Token], at: int) -> _Amount | None:
    """Read half of, a third of, two thirds of: shares in percent."""
    norm, after = _norm(tokens, at), _norm(tokens, at + 1)
    if norm == "half" and after in {"a", "an"} and _norm(tokens, at + 2) in TIMES:
        return _Amount(at + 3, 0.5, 0.5, stem(_norm(tokens, at + 2)))
    parts, end, many = FRACTIONS.get(norm, 0) if norm == "half" else 0, at + 1, 1.0
    if not parts:
        many = 1.0 if norm in {"a", "one"} else float(norm) if norm.isdecimal() else 0.0
        end += after == "-"
        parts, end = FRACTIONS.get(_norm(tokens, end), 0), end + 1
    if not parts or not many or many >= parts or _norm(tokens, end) not in {"of", "the", "its"}:
        return None
    share = 100 * many / parts
    return _Amount(end, share, share, "%")


def _ranged(tokens: Sequence[Token], amount: _Amount, start: int) -> tuple[_Amount, int]:
    """Read "between 10 and 15", "10 to 15", "10-15" as one."""
    end = amount.end
    if _norm(tokens, end) not in _TO or end + 1 >= len(tokens) or amount.low != amount.high:
        return amount, start
    sign = tokens[end + 1].text in SUMS
    second = _amount(tokens, end + 1 + sign, money=sign) if end + 1 + sign < len(tokens) else None
    before, joint = _norm(tokens, start - 1), _norm(tokens, end)
    if not second or second.low != second.high or "th" in {amount.unit, second.unit}:
        return amount, start
    if joint in {"and", "or"} and not (joint == "or" and second.low - amount.low == 1):
        if before != "between":
            return amount, start
    elif joint == "to" and before not in {"from", "between"} and second.low <= amount.low:
        return amount, start
    low = amount.low
    if low < second.low / 100 and _norm(tokens, second.end - 1) in SCALES:
        low *= SCALES[_norm(tokens, second.end - 1)]  # 10 to 15 million
    if low > second.low:
        return amount, start
    whole = replace(second, low=low, high=second.high)
    return whole, start - (before in {"between", "from"})


def _bounds(tokens: Sequence[Token], start: int, end: int) -> tuple[tuple[float, float], int, int]:
    """Return the factors that the words around a number stand for, and where they begin and end."""
    for size in (3, 2, 1):
        before = tuple(_norm(tokens, k) for k in range(start - size, start))
        if before in _BOUNDS:
            return _BOUNDS[before], start - size, end
    for size in (2, 1):
        after = tuple(_norm(tokens, k) for k in range(end, end + size))
        if after in _AFTER:
            return _AFTER[after], start, end + size
    return (1.0, 1.0), start, end


def _unit(tokens: Sequence[Token], amount: _Amount, end: int, money: str) -> tuple[str, int]:
    """Return what is counted (a currency, %, or the stem of the next word of matter), and the end
    of the number with it, where it belongs to the number.
    """
    if money:
        return money, end
    if amount.unit:
        return amount.unit, end
    word = _norm(tokens, end)
    if word in PERCENT:
        return "%", end + 1
    if word == "per" and _norm(tokens, end + 1) == "cent":
        return "%", end + 2
    state = word if word in {"u.s.", "american", "canadian", "australian"} else ""
    named = _norm(tokens, end + 1) if state else word
    if named in CURRENCIES and (named != "won" or amount.low >= _WON):
        return CURRENCIES[named], end + 1 + bool(state)
    hyphen = word == "-"
    word = _norm(tokens, end + hyphen)
    if not word or not word[0].isalpha() or is_function_word(word):
        return "", end
    is_measure = stem(word) in MEASURES or word in MEASURES
    return stem(word), end + hyphen + 1 if is_measure or hyphen else end


_WON = 1000  # a smaller sum is the verb: "5 won"


def _score(tokens: Sequence[Token], at: int) -> Thing | None:
    """Read 3-1 beside a word that makes it a score; it is compared as a whole."""
    if [_norm(tokens, at + 1) in {"-", "\u2013"}, _is_small(tokens, at)] != [True, True]:
        return None
    if not _is_small(tokens, at + 2) or _norm(tokens, at + 3) in {"-", "\u2013"}:
        return None
    near = {t.norm for t in tokens[max(0, at - _BESIDE_SCORE) : at + 3 + _BESIDE_SCORE]}
    first, second = tokens[at].norm, tokens[at + 2].norm
    if not near & words("score") and int(first) <= int(second):
        return None
    return Thing(Matter.NUMBER, at, at + 3, f"{first}-{second} score", unit="score")


def _is_small(tokens: Sequence[Token], at: int) -> bool:
    norm = _norm(tokens, at)
    return norm.isdecimal() and len(norm) < len("1000")


def _clock(tokens: Sequence[Token], at: int) -> Thing | None:
    """Read a time of day as minutes: 8 pm, 8.30 a.m., 20:00, noon."""
    norm, after = tokens[at].norm, _norm(tokens, at + 1).replace(".", "")
    if norm in {"noon", "midday", "midnight"}:
        return _minutes(at, at + 1, 0 if norm == "midnight" else 12 * 60)
    found = _CLOCK.fullmatch(norm)
    if not found or int(found[1]) > 24 or int(found[2] or 0) > 59:
        return None
    minutes = int(found[1]) % 24 * 60 + int(found[2] or 0)
    if after in {"am", "pm"} and 1 <= int(found[1]) <= 12:
        minutes = minutes % 720 + 720 * (after == "pm")
        return _minutes(at, at + 2, minutes, _norm(tokens, at + 2))
    if ":" in norm and len(found[2]) == 2:
        return _minutes(at, at + 1, minutes, after)
    return None


def _minutes(start: int, end: int, minutes: int, zone: str = "") -> Thing:
    value = f"{minutes // 60:02}:{minutes % 60:02}"
    known = zone in words("zone")
    unit = f"clock {zone}" if known else "clock"
    return Thing(Matter.NUMBER, start, end + known, value, minutes, minutes, unit)


def _range(low: float, high: float) -> str:
    ends = ["" if end == math.inf else f"{end:.12g}" for end in (low, high)]
    return ends[0] if low == high else "..".join(ends)


def _norm(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].norm if 0 <= at < len(tokens) else ""
