"""What is compared of a passage: stems, names, numbers, quoted words, speaker. Never shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from app.collate.text import Passage, PassageKind, Quotation, Span, Token, TokenKind, Witness
from app.collate.tokens import stem, tokenize

ALIGNED = frozenset(
    {PassageKind.TITLE, PassageKind.STANDFIRST, PassageKind.HEADING, PassageKind.SENTENCE}
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One passage to be paired, with the features of its words.

    `witness` is the index of its witness. `stems`, `forms` and `quoted` run in parallel: stem or
    actor, word as it stands, inside quotation marks or not.
    """

    witness: int
    passage: Passage
    forms: tuple[str, ...]
    stems: tuple[str, ...]
    quoted: tuple[bool, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    years: frozenset[str]
    speaker: str | None
    position: float


def units_of(witnesses: Sequence[Witness]) -> list[Unit]:
    """Return the units of all witnesses, in the order of the witnesses and of their texts."""
    return [unit for index, witness in enumerate(witnesses) for unit in _units(index, witness)]


def _units(index: int, witness: Witness) -> list[Unit]:
    passages = [passage for passage in witness.passages if passage.kind in ALIGNED]
    quotations = sorted(witness.quotations, key=lambda q: q.span)
    units = []
    for number, passage in enumerate(passages):
        inside = [q for q in quotations if q.span.overlap(passage.span)]
        position = number / max(1, len(passages) - 1)
        units.append(_unit(index, witness.text, passage, inside, position))
    return units


def _unit(
    index: int, text: str, passage: Passage, quotations: Sequence[Quotation], position: float
) -> Unit:
    tokens = [t for t in tokenize(text, passage.span) if t.norm[0].isalnum()]
    forms, stems, spans = [], [], []
    for word, run in _fold(tokens):
        forms.append(run[0].norm)
        stems.append(word)
        spans.append(run[0].span)
    speakers = {name_key(q.speaker) for q in quotations if q.speaker}
    return Unit(
        witness=index,
        passage=passage,
        forms=tuple(forms),
        stems=tuple(stems),
        quoted=tuple(any(q.span.covers(span) for q in quotations) for span in spans),
        names=_names(text, passage.span, tokens),
        numbers=frozenset(t.norm for t in tokens if t.kind is TokenKind.NUMBER),
        years=frozenset(
            t.norm for t in tokens if t.norm.isdigit() and 1900 <= int(t.norm[:5]) <= 2099
        ),
        speaker=speakers.pop() if len(speakers) == 1 else None,
        position=position,
    )


def _fold(tokens: Sequence[Token]) -> list[tuple[str, Sequence[Token]]]:
    """Return stems with the tokens they stand for; several words that name one actor become one."""
    table = _actors()
    found = []
    at = 0
    while at < len(tokens):
        for length in (4, 3, 2, 1):
            run = tokens[at : at + length]
            actor = table.get(" ".join(token.norm for token in run))
            if len(run) == length and actor:
                found.append((actor, run))
                break
        else:
            run = tokens[at : at + 1]
            found.append((stem(run[0].norm), run))
        at += len(run)
    return found


def name_key(name: str) -> str:
    """Return what two labels of one person share: the last name in lower case.

    >>> name_key("Sergey Lavrov")
    'lavrov'
    """
    words = [t.norm for t in tokenize(name) if t.norm[0].isalnum()]
    return words[-1] if words else ""


def _names(text: str, span: Span, tokens: Sequence[Token]) -> frozenset[str]:
    """Return the stems of words with a capital that do not open the passage."""
    return frozenset(
        stem(token.norm)
        for token in tokens
        if token.span.start > span.start + 1 and token.text[:1].isupper() and len(token.text) > 2
    )


@cache
def _actors() -> Mapping[str, str]:
    """Return folded label → actor, for labels that always mean that actor."""
    return {}
