"""What is counted: money, shares, times, lengths, weights, areas, people. Source: ours."""

import math

from app.collate.tokens import stem
from app.collate.variants.verbs import words

SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "dozen": 12.0, "bn": 1e9, "mn": 1e6, "tn": 1e12,
}  # fmt: skip
"""Words that multiply the number before them."""

SUFFIXES = {"k": 1e3, "m": 1e6, "bn": 1e9}
"""The same, written onto the figures: 50k, $2.5m."""

VAGUE = {
    "dozens": (20.0, 200.0), "scores": (20.0, 200.0), "hundreds": (150.0, 3e3),
    "thousands": (1.5e3, 1e5), "millions": (1.5e6, 1e9), "billions": (1.5e9, 1e12),
}  # fmt: skip
"""Plurals that stand for a range, taken widely: outlets differ in what they call hundreds."""

VAGUE_PAIRS = {
    ("tens", "thousands"): (1.5e4, 3e5), ("hundreds", "thousands"): (1.5e5, 3e6),
    ("tens", "millions"): (1.5e7, 3e8), ("hundreds", "millions"): (1.5e8, 3e9),
}  # fmt: skip

FRACTIONS = {
    "half": 2, "third": 3, "thirds": 3, "3rd": 3, "quarter": 4, "quarters": 4, "4th": 4,
    "fourths": 4, "fifths": 5, "5th": 5, "sixths": 6, "eighths": 8, "tenths": 10, "10th": 10,
}  # fmt: skip
"""Words for parts of a whole → into how many it is cut."""

PERCENT = frozenset({"%", "percent", "pct"})

SUMS = {"$": "$", "€": "€", "£": "£", "¥": "¥", "₽": "rouble", "₹": "rupee", "₴": "hryvnia"}
"""Signs of money → the currency."""

_CURRENCIES = {
    "$": "dollar dollars", "€": "euro euros", "£": "pounds sterling", "¥": "yen",
    "yuan": "yuan renminbi", "rouble": "rouble roubles ruble rubles", "rupee": "rupee rupees",
    "franc": "franc francs", "krone": "krone kroner krona kronor", "zloty": "zloty zlotys",
    "hryvnia": "hryvnia hryvnias", "won": "won", "peso": "peso pesos", "rand": "rand",
    "shekel": "shekel shekels", "lira": "lira liras", "cent": "cents", "dirham": "dirham dirhams",
}  # fmt: skip
CURRENCIES = {word: sign for sign, forms in _CURRENCIES.items() for word in forms.split()}
"""Words for money → the currency."""

_MEASURES = {
    "time": {
        "second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400,
        "month": 365.25 / 12 * 86400, "year": 365.25 * 86400, "decade": 3652.5 * 86400,
        "century": 36525 * 86400,
    },
    "length": {
        "km": 1e3, "kilometre": 1e3, "kilometer": 1e3, "mile": 1609.0, "metre": 1, "meter": 1,
        "m": 1, "cm": 0.01, "centimetre": 0.01, "centimeter": 0.01, "mm": 0.001, "foot": 0.305,
        "feet": 0.305, "ft": 0.305, "yard": 0.914, "inch": 0.0254, "inches": 0.0254,
    },
    "weight": {
        "kg": 1, "kilo": 1, "kilogram": 1, "tonne": 1e3, "ton": 1e3, "gram": 0.001, "lb": 0.454,
        "lbs": 0.454,
    },
    "area": {"hectare": 1e4, "acre": 4047, "ha": 1e4},
    "speed": {"km/h": 1, "kph": 1, "kmh": 1, "mph": 1.609},
}  # fmt: skip
MEASURES = {
    form: (kind, float(factor))
    for kind, table in _MEASURES.items()
    for word, factor in table.items()
    for form in (word, stem(word), stem(word + "s"))
}
"""Units of measure, as words and as stems → what they measure and how many of its first unit."""

TIMES = frozenset(form for form, (kind, _) in MEASURES.items() if kind == "time")

COUNTED = frozenset(MEASURES) | words("counted")
"""What stands after the hyphen of a compound with a number word: a two-day strike."""

_ROUNDED_FROM = 1000.0  # smaller whole numbers are taken as counted, not rounded
_ROUNDING = 0.05  # most that rounding changes a large number by
_CONVERTED = 0.07  # most that converting into another unit, and rounding, changes a number by


def is_rounded(a: float, b: float) -> bool:
    """Say whether one number can be the other one rounded: 1.5 million for 1,487,000, 3 for 3.4."""
    coarse, fine = sorted((a, b), key=_grain, reverse=True)
    grain = _grain(coarse)
    if grain <= _grain(fine):
        return False
    most = grain / 2
    if abs(coarse) >= _ROUNDED_FROM:
        most = min(most, _ROUNDING * abs(coarse))
    elif grain > 1 or grain == 1 and fine == int(fine):
        return False
    return abs(a - b) <= most * (1 + 1e-9)


def _grain(number: float) -> float:
    """Return the power of ten of the last digit that is not 0."""
    if number == 0 or math.isinf(number):
        return 1.0
    digits = f"{abs(number):.6f}".rstrip("0")
    whole, _, decimals = digits.partition(".")
    if decimals:
        return float(10.0 ** -len(decimals))
    return float(10.0 ** (len(whole) - len(whole.rstrip("0"))))


def is_converted(a: tuple[float, str], b: tuple[float, str]) -> bool | None:
    """Say whether two numbers with units of one kind (km, miles) can be the same measure; None for
    units that measure other things, or are no measures.
    """
    one, two = MEASURES.get(a[1]), MEASURES.get(b[1])
    if not one or not two or one[0] != two[0]:
        return None
    x, y = a[0] * one[1], b[0] * two[1]
    return abs(x - y) <= _CONVERTED * max(abs(x), abs(y))
