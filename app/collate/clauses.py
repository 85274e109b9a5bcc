"""Where a sentence may be cut: before clauses, list items, and speech after its cue."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from app.collate.data import lexicon
from app.collate.text import Token, TokenKind
from app.collate.tokens import is_function_word

_STRONG = frozenset(";:\u2014\u2013\u2026.!?") | {"..."}
_OPENERS = frozenset("\u201c\u2018\u00ab\u201e([")
_LEAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Seam:
    """A place where a clause may begin: the index of its first token, and how plain it is: 3 after
    a strong mark, 2 a connective after a comma, 1 a connective or a comma alone, 0 an infinitive.
    """

    token: int
    weight: int


def seams(tokens: Sequence[Token]) -> list[Seam]:
    """Return where the tokens of a sentence may be cut, in order. Never inside brackets.

    A part has at least three words, so that no apposition of a name or two is torn out.

    >>> words = tokenize("Rain fell all night, and the old bridge was closed.")
    >>> [words[seam.token].text for seam in seams(words)]
    ['and']
    """
    words = [0]
    for token in tokens:
        words.append(words[-1] + (token.kind is not TokenKind.PUNCTUATION))
    found: list[Seam] = []
    for seam in _candidates(tokens):
        before = words[seam.token] - words[found[-1].token if found else 0]
        if words[-1] - words[seam.token] >= _LEAST_WORDS and before >= _LEAST_WORDS:
            found.append(seam)
        elif found and before < _LEAST_WORDS and seam.weight > found[-1].weight:
            found[-1] = seam
    return found


def _candidates(tokens: Sequence[Token]) -> Iterator[Seam]:
    depth = 0
    for at in range(1, len(tokens)):
        last, token = tokens[at - 1].text, tokens[at]
        depth = max(0, depth + (last in "([") - (last in ")]"))
        if depth or (token.kind is TokenKind.PUNCTUATION and token.text not in _OPENERS):
            continue
        if last in _OPENERS:
            continue
        first = at + 1 if token.text in _OPENERS and at + 1 < len(tokens) else at
        weight = _weight(
            last, tokens[first], tokens[first + 1] if first + 1 < len(tokens) else None
        )
        if weight is not None:
            yield Seam(at, weight)


def _weight(last: str, token: Token, following: Token | None) -> int | None:
    if last in _STRONG:
        return 3
    joins = token.norm in _words("connective")
    if last == ",":
        return 2 if joins or token.norm in _words("connective after a comma") else 1
    if token.norm == "that":  # what a verb of saying opens belongs to it: "said that"
        return 1 if last.lower() in ("is", "was", "and", "but") else None
    if joins:
        return 1
    if token.norm == "to" and following is not None and following.text.isalpha():
        is_verb = following.text.islower() and not is_function_word(following.norm)
        return 0 if is_verb else None
    return None


@cache
def _words(kind: str) -> frozenset[str]:
    """Return the words of one kind in lexicon/grammar.toml: which, because, after a comma "as"."""
    rows = [row for row in lexicon("grammar")["words"] if row["kind"] == kind]
    return frozenset(word for row in rows for word in row["list"].split())
