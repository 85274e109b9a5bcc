"""Small words around verbs: who reports, what is negated, doubted, past or to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from app.collate.data import lexicon
from app.collate.tokens import stem


@dataclass(frozen=True, slots=True)
class Manner:
    """How a verb stands: done or not, with which kinds of doubt, when. `time` is "" where nothing
    says.
    """

    denied: bool = False
    doubts: frozenset[str] = frozenset()
    time: str = ""


@cache
def words(kind: str) -> frozenset[str]:
    """Return the words of one kind in lexicon/verbs.toml."""
    return frozenset(
        word
        for row in lexicon("verbs")["words"]
        if row["kind"] == kind
        for word in row["list"].split()
    )


@cache
def is_reporting(norm: str) -> bool:
    """Say whether a word is a verb of saying, in any of its forms."""
    return norm in words("reporting") or stem(norm) in _reporting_stems()


@cache
def is_modifier(norm: str) -> bool:
    """Say whether a word can change how the verb after it stands."""
    return any(norm in words(kind) for kind in _KINDS)


DOUBTS = ("possible", "able", "bound", "likely", "hearsay")
_KINDS = ("negation", "inaction", *DOUBTS, "future", "past", "present", "be")


def manner_of(norms: Sequence[str]) -> Manner:
    """Return how a verb stands, from the small words before it."""
    found = set(norms)
    denials = sum(norm in words("negation") | words("inaction") for norm in norms)
    doubts = frozenset(kind for kind in DOUBTS if found & words(kind))
    time = next((kind for kind in ("future", "past", "present") if found & words(kind)), "")
    if found & {"have", "has", "'ve"}:
        time = "past"
    return Manner(denials % 2 == 1, doubts, time)


@cache
def _reporting_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in words("reporting"))
