"""What the label of a row says: its kind, its speaker, its role, the words that stand for it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from app.collate.apparatus import Cell, Gist, RowKind
from app.collate.clauses import seams
from app.collate.text import Quotation, Span, TokenKind, Witness
from app.collate.tokens import stem, tokenize

_ROLES = ("main", "sub-event", "background")
_QUOTED_SHARE = 0.3
_SHORTEST = 15
_FEWEST_WORDS, _MOST_WORDS = 8, 20
"""Words of a gist: fewer cost as much, more are left out where a passage has clauses."""
_COST = 0.15
"""What a word of a gist costs; a word that two tellings share is worth 1."""
_LINKS = frozenset({"and", "but", "that"})
_STOPS = frozenset({",", ";", ":", "\u2013"})
_TORN = 0.5
"""What it costs that a gist does not begin, or not end, with its passage."""


@dataclass(frozen=True, slots=True)
class Label:
    """The label of one row."""

    kind: RowKind
    speaker: str | None
    role: str
    gist: Gist


def describe(
    cells: Sequence[Cell],
    core: Sequence[Cell],
    witnesses: Mapping[str, Witness],
    *,
    common: frozenset[str],
    reporting: frozenset[str],
) -> Label:
    """Return the label of a row; `core` are its two surest passages, `common` the stems that more
    than one telling has, `reporting` the witnesses that use a verb of saying there.

    A quotation: at least half of the tellings quote a third of it or more. A claim: more than half
    quote so much or say that somebody says it. Else a fact, which has no speaker. The role is the
    most inward one of any passage; "background" where none has a role.
    """
    quoted = {cell.witness: _quotations(cell, witnesses[cell.witness]) for cell in cells}
    quoting = {
        cell.witness for cell in cells if _share(cell, quoted[cell.witness]) >= _QUOTED_SHARE
    }
    kind = RowKind.FACT
    if 2 * len(quoting) >= len(cells):
        kind = RowKind.QUOTATION
    elif 2 * len(quoting | reporting) > len(cells):
        kind = RowKind.CLAIM
    speakers = Counter(q.speaker for found in quoted.values() for q in found if q.speaker)
    speaker = None
    if kind is not RowKind.FACT and speakers:
        speaker = min(speakers, key=lambda s: (-speakers[s], -len(s), s))
    return Label(kind, speaker, _role(cells, witnesses), _gist(core, common, witnesses, kind))


def _quotations(cell: Cell, witness: Witness) -> list[Quotation]:
    return [q for q in witness.quotations if any(q.span.overlap(span) for span in cell.spans)]


def _share(cell: Cell, quotations: Sequence[Quotation]) -> float:
    inside = sum(q.span.overlap(span) for q in quotations for span in cell.spans)
    return inside / max(1, sum(len(span) for span in cell.spans))


def _role(cells: Sequence[Cell], witnesses: Mapping[str, Witness]) -> str:
    roles = {witnesses[cell.witness].role_at(span) for cell in cells for span in cell.spans}
    return next((role for role in _ROLES if role in roles), _ROLES[-1])


def _gist(
    core: Sequence[Cell],
    common: frozenset[str],
    witnesses: Mapping[str, Witness],
    kind: RowKind,
) -> Gist:
    """Return the clauses of the two surest passages that hold most of what the tellings share.

    Of a quotation only what it quotes. Each word that is not shared costs a little, so that of two
    clauses the shorter one is taken.
    """
    found = []
    for cell in core:
        witness = witnesses[cell.witness]
        wholes = list(cell.spans)
        if kind is RowKind.QUOTATION:
            quoted = [_within(q.span, cell.spans[0]) for q in _quotations(cell, witness)]
            wholes = [span for span in quoted if len(span) >= _SHORTEST] or wholes
        for whole in wholes:
            found += [
                (-value, cell.witness, span) for value, span in _clauses(whole, common, witness)
            ]
    _, name, span = min(found)
    return Gist(name, span)


def _within(span: Span, whole: Span) -> Span:
    return Span(max(span.start, whole.start), min(span.end, whole.end))


def _clauses(whole: Span, common: frozenset[str], witness: Witness) -> Iterator[tuple[float, Span]]:
    """Yield the runs of clauses that may be a gist, each with what it is worth."""
    tokens = tokenize(witness.text, whole)
    found = seams(tokens)
    firsts = [0, *(seam.token for seam in found if seam.weight > 1)]
    ends = [*(seam.token for seam in found), len(tokens)]
    for first, end in product(firsts, ends):
        run = tokens[first:end]
        while len(run) > 1 and (run[0].norm in _LINKS or run[-1].norm in _STOPS):
            run = run[1:] if run[0].norm in _LINKS else run[:-1]
        words = [token for token in run if token.kind is not TokenKind.PUNCTUATION]
        torn = (first > 0) + (end < len(tokens))
        if torn and not _FEWEST_WORDS <= len(words) <= _MOST_WORDS:
            continue
        shared = len({stem(token.norm) for token in words} & common)
        value = shared - _COST * max(len(words), _FEWEST_WORDS) - _TORN * torn
        yield value, Span(run[0].span.start, run[-1].span.end)
