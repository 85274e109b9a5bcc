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
    """Say whether a word is a form of a verb of saying, or is spelled like one (a claim)."""
    return norm in _reporting_forms()


@cache
def is_modifier(norm: str) -> bool:
    """Say whether a word can change how the verb after it stands."""
    return norm.endswith("n't") or any(norm in words(kind) for kind in _KINDS)


DOUBTS = ("possible", "able", "bound", "advised", "likely", "hearsay")
_KINDS = ("negation", "inaction", *DOUBTS, "future", "past", "present", "be")
RAISING = {"raising_hearsay": "hearsay", "raising_likely": "likely", "raising_future": ""}
"""Kinds of verbs before "to" that change the next one → the doubt they stand for."""


def manner_of(norms: Sequence[str]) -> Manner:
    """Return how a verb stands, from the small words before it."""
    found = set(norms)
    denials = sum(
        norm in words("negation") | words("inaction") or norm.endswith("n't") for norm in norms
    )
    doubts = frozenset(kind for kind in DOUBTS if found & words(kind))
    raised = {doubt for kind, doubt in RAISING.items() if "to" in found and found & words(kind)}
    doubts |= raised - {""}
    if found & words("hearsay_adjective"):
        doubts |= {"hearsay"}
    time = next((kind for kind in ("future", "past", "present") if found & words(kind)), "")
    if found & {"have", "has", "'ve"}:
        time = "past"
    if "" in raised:
        time = "future"
    return Manner(denials % 2 == 1, doubts, time)


def is_adverb(norm: str) -> bool:
    """Say whether a word can stand between a verb and the small words before it."""
    return norm.endswith("ly") or norm in words("adverb")


@cache
def lemma(norm: str) -> str:
    """Return the base of an irregular verb's form, any other word as it is.

    >>> lemma("upheld"), lemma("thanked")
    ('uphold', 'thanked')
    """
    return _irregular()[0].get(norm, norm)


def is_verb_form(norm: str) -> bool:
    """Say whether a word has the form of a past, a participle or an -ing form."""
    return norm.endswith(("ed", "ing")) or norm in _irregular()[0]


def is_past_form(norm: str) -> bool:
    """Say whether a word has the form of a past or a participle."""
    return norm.endswith("ed") or norm in _irregular()[0]


def is_participle(norm: str) -> bool:
    """Say whether a word has the form of a past participle."""
    return norm.endswith("ed") or norm in _irregular()[1]


@cache
def _irregular() -> tuple[dict[str, str], frozenset[str]]:
    """Return forms → base, and the participles, of the irregular verbs."""
    rows = [row.split(":") for row in sorted(words("irregular"))]
    bases = {form: base for base, *forms in rows for form in forms if form != base}
    return bases, frozenset(forms[-1] for _, *forms in rows)


@cache
def is_mutual(norm: str) -> bool:
    """Say whether a verb is for what two do with one another."""
    return stem(lemma(norm)) in {stem(word) for word in words("mutual")}


@cache
def is_undone_by(a: str, b: str) -> bool:
    """Say whether the second of two words is the undoing of the first (pass, reject): they cannot
    both hold of one thing with the same doer.
    """
    one, two = stem(lemma(a)), stem(lemma(b))
    return any(one in left and two in right for left, right in _opposites())


@cache
def _opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    sides = [row.split("|") for row in sorted(words("opposite"))]
    return tuple(
        (frozenset(map(stem, left.split(","))), frozenset(map(stem, right.split(","))))
        for left, right in sides
    )


@cache
def _reporting_forms() -> frozenset[str]:
    return frozenset(form for word in words("reporting") for form in _forms(word))


def _forms(base: str) -> list[str]:
    """Return the forms of a regular verb; an irregular one's are listed."""
    if base.endswith("y") and base[-2] not in "aeiou":
        return [base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"]
    if base.endswith("e"):
        return [base, base + "s", base + "d", base[:-1] + "ing"]
    double = base + base[-1]
    return [base, base + "s", base + "es", base + "ed", base + "ing", double + "ed", double + "ing"]
