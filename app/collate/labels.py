"""What the label of a row says: its kind, its speaker, its role, the words that stand for it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.collate.apparatus import Cell, Gist, RowKind
from app.collate.text import Quotation, Span, Witness

_ROLES = ("main", "sub-event", "background")
_QUOTED_SHARE = 0.3
_SHORTEST = 15


@dataclass(frozen=True, slots=True)
class Label:
    """The label of one row."""

    kind: RowKind
    speaker: str | None
    role: str
    gist: Gist


def describe(
    cells: Sequence[Cell], core: Sequence[Cell], witnesses: Mapping[str, Witness]
) -> Label:
    """Return the label of a row; `core` are its two surest passages.

    A quotation: at least half of the tellings quote a third of it or more. A claim: somebody is
    named as its source somewhere. Else a fact. The role is the most inward one of any passage;
    "background" where none has a role.
    """
    quoted = {cell.witness: _quotations(cell, witnesses[cell.witness]) for cell in cells}
    speakers = Counter(q.speaker for found in quoted.values() for q in found if q.speaker)
    shares = [_share(cell, quoted[cell.witness]) for cell in cells]
    kind = RowKind.FACT
    if 2 * sum(share >= _QUOTED_SHARE for share in shares) >= len(shares):
        kind = RowKind.QUOTATION
    elif speakers:
        kind = RowKind.CLAIM
    speaker = min(speakers, key=lambda s: (-speakers[s], -len(s), s)) if speakers else None
    return Label(kind, speaker, _role(cells, witnesses), _gist(core, witnesses, kind))


def _quotations(cell: Cell, witness: Witness) -> list[Quotation]:
    return [q for q in witness.quotations if any(q.span.overlap(span) for span in cell.spans)]


def _share(cell: Cell, quotations: Sequence[Quotation]) -> float:
    inside = sum(q.span.overlap(span) for q in quotations for span in cell.spans)
    return inside / max(1, sum(len(span) for span in cell.spans))


def _role(cells: Sequence[Cell], witnesses: Mapping[str, Witness]) -> str:
    roles = {witnesses[cell.witness].roles.get(span.start) for cell in cells for span in cell.spans}
    return next((role for role in _ROLES if role in roles), _ROLES[-1])


def _gist(core: Sequence[Cell], witnesses: Mapping[str, Witness], kind: RowKind) -> Gist:
    """Return the shorter one of the two surest passages, of a quotation what it quotes at most."""
    found = []
    for cell in core:
        whole = cell.spans[0]
        quoted = [
            Span(max(q.span.start, whole.start), min(q.span.end, whole.end))
            for q in _quotations(cell, witnesses[cell.witness])
        ]
        longest = max(quoted, key=len, default=whole)
        is_quote = kind is RowKind.QUOTATION and len(longest) >= _SHORTEST
        found.append((cell.witness, longest if is_quote else whole))
    witness, span = min(found, key=lambda f: (len(f[1]), f[0], f[1]))
    return Gist(witness, span)
