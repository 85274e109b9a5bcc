"""What is compared of a passage: stems, phrases, numbers, years, speaker. Never shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from app.collate.data import lexicon
from app.collate.text import Passage, PassageKind, Quotation, Token, TokenKind, Witness
from app.collate.tokens import is_function_word, stem, tokenize

ALIGNED = frozenset(
    {PassageKind.TITLE, PassageKind.STANDFIRST, PassageKind.HEADING, PassageKind.SENTENCE}
)
"""The kinds of passages that are paired."""

_LONGEST_LABEL = 5
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Unit:
    """One passage to be paired, with what is compared of it.

    `witness` is the index of its witness, `position` its place 0..1 in it. `forms` and `stems` run
    in parallel: normal form, and stem or actor ("@russia" for Moscow). `matter` are the stems that
    are neither grammar nor verbs of saying. `speakers` are the words of the names of those quoted.
    """

    witness: int
    passage: Passage
    position: float
    forms: tuple[str, ...]
    stems: tuple[str, ...]
    matter: tuple[str, ...]
    phrases: tuple[str, ...]
    numbers: frozenset[str]
    years: frozenset[str]
    speakers: frozenset[str]


def units_of(witnesses: Sequence[Witness]) -> list[Unit]:
    """Return the units of all witnesses, in the order of the witnesses and of their texts."""
    return [unit for index, witness in enumerate(witnesses) for unit in _units(index, witness)]


def _units(index: int, witness: Witness) -> list[Unit]:
    passages = [passage for passage in witness.passages if passage.kind in ALIGNED]
    last = max(1, len(passages) - 1)
    return [
        _unit(index, witness, passage, number / last) for number, passage in enumerate(passages)
    ]


def _unit(index: int, witness: Witness, passage: Passage, position: float) -> Unit:
    tokens = [t for t in tokenize(witness.text, passage.span) if t.norm[0].isalnum()]
    folded = fold(tokens)
    stems = tuple(word for word, _ in folded)
    return Unit(
        witness=index,
        passage=passage,
        position=position,
        forms=tuple(form for _, form in folded),
        stems=stems,
        matter=tuple(word for word, form in folded if not _is_common(word, form)),
        phrases=tuple(f"{a} {b}" for a, b in pairwise(stems)),
        numbers=frozenset(t.norm for t in tokens if t.kind is TokenKind.NUMBER),
        years=frozenset(t.norm for t in tokens if is_year(t.norm)),
        speakers=_speakers(witness.quotations, passage),
    )


def fold(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    """Return stems with their forms; the words of a label of a state or a body become one."""
    table = _actors()
    found = []
    at = 0
    while at < len(tokens):
        longest = _LONGEST_LABEL if tokens[at].text[0].isupper() else 0
        for length in range(min(longest, len(tokens) - at), 0, -1):
            actor = table.get(" ".join(token.norm for token in tokens[at : at + length]))
            if actor:
                found.append((actor, tokens[at].norm))
                at += length
                break
        else:
            found.append((stem(tokens[at].norm), tokens[at].norm))
            at += 1
    return found


def is_year(norm: str) -> bool:
    """Say whether a normal form is a year of our time.

    >>> is_year("2006"), is_year("1920s"), is_year("20000")
    (True, False, False)
    """
    return norm.isdigit() and int(norm) in _YEARS


def _is_common(word: str, form: str) -> bool:
    return is_function_word(form) or word in _said()


def _speakers(quotations: Sequence[Quotation], passage: Passage) -> frozenset[str]:
    return frozenset(
        word
        for q in quotations
        if q.speaker and q.span.overlap(passage.span)
        for word in name_words(q.speaker)
    )


def name_words(name: str) -> frozenset[str]:
    """Return the words of a person's name in normal form; labels of one person share some.

    >>> sorted(name_words("Sergey Lavrov") & name_words("Lavrov"))
    ['lavrov']
    """
    return frozenset(
        token.norm for token in tokenize(name) if token.text[0].isalpha() and len(token.norm) > 1
    )


@cache
def _said() -> frozenset[str]:
    """Return the stems of plain verbs of saying."""
    rows = [row for row in lexicon("reporting_verbs")["verbs"] if row["force"] == "neutral"]
    return frozenset(stem(form) for row in rows for form in row["forms"].split())


@cache
def _actors() -> Mapping[str, str]:
    """Return every label of a state or a body, its words in normal form → one name for all."""
    table = {}
    for row in lexicon("actors")["states"]:
        for label in (row["name"], *row["people"], *row["capitals"], *row["also"]):
            table[_key(label)] = f"@{row['name'].lower()}"
    for row in lexicon("actors")["bodies"]:
        for label in (row["name"], *row["also"]):
            table[_key(label)] = f"@{row['name'].lower()}"
    return table


def _key(label: str) -> str:
    words = [token.norm for token in tokenize(label) if token.norm[0].isalnum()]
    return " ".join(words[1:] if words[0] == "the" else words)
