"""Whether two names stand for one actor: by their values, their words, their given names."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import JaroWinkler

from app.collate.apparatus import Relation
from app.collate.variants.naming import is_post
from app.collate.variants.thing import Thing


def relate_names(a: Thing, b: Thing) -> Relation:
    """Return whether two names stand for one actor; never a conflict. A body's part is coarser than
    the body (the Security Council, the United Nations). A person with another given name is
    another one; where the given names are alike (Sergei, Sergey) it is the same.
    """
    if not a.value or not b.value:
        return Relation.UNKNOWN
    if "?" in a.value + b.value:
        return _relate_unknown(a, b)
    if a.value == b.value:
        return _by_given(a.given, b.given)
    part = a.value.startswith(f"{b.value} ") or b.value.startswith(f"{a.value} ")
    return Relation.COARSER if part else Relation.OTHER_REFERENT


def _relate_unknown(a: Thing, b: Thing) -> Relation:
    """Compare names that the lexicon and the posts do not know, by their words: "Jane Doe", "Doe".
    What is known of a post alone can be anybody.
    """
    if is_post(a.value) or is_post(b.value):
        return Relation.UNKNOWN
    one, two = (x.value.removeprefix("?").split() for x in (a, b))
    families = [x.value.removeprefix("?").replace(x.given, "").strip() for x in (a, b)]
    if families[0] == families[1] or one == two:
        return _by_given(a.given, b.given)
    if set(one) & set(two):
        return Relation.SAME if set(one) <= set(two) or set(two) <= set(one) else Relation.UNKNOWN
    apart = len(one) > 1 and len(two) > 1
    return Relation.OTHER_REFERENT if apart else Relation.UNKNOWN


def _by_given(one: str, two: str) -> Relation:
    """Return how two people of one family name stand, by their given names."""
    first, second = (re.findall(r"[^\W_]+", name) for name in (one, two))
    if not first or not second or _is_short_for(first, second) or _is_short_for(second, first):
        return Relation.SAME
    if len(first) != len(second):
        first, second = ["".join(first)], ["".join(second)]
    likeness = min(JaroWinkler.similarity(x, y) for x, y in zip(first, second, strict=True))
    if likeness >= _SPELLING:
        return Relation.SAME
    return Relation.UNKNOWN if likeness >= _SLIP else Relation.OTHER_REFERENT


def _is_short_for(one: Sequence[str], two: Sequence[str]) -> bool:
    """Say whether given names are others cut short, or their initials: Jon, J. for Jonathan."""
    return len(one) <= len(two) and all(y.startswith(x) for x, y in zip(one, two, strict=False))


_SPELLING = 0.89  # Jaro-Winkler likeness 0..1: another way to write one name (Sergei, Sergey)
_SLIP = 0.75  # perhaps a slip of the pen (Jack, Jake), perhaps another person
