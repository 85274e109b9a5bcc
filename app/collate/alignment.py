"""Which passages of the witnesses say the same thing: rows × witnesses."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from app.collate.apparatus import Cell, Pairing
from app.collate.config import Config
from app.collate.foreign import add_foreign
from app.collate.grouping import Edge, group
from app.collate.ordering import ordered
from app.collate.scoring import Scores, score
from app.collate.terms import Unit, units_of
from app.collate.text import PassageKind, Span, Witness

_HEADS = frozenset({PassageKind.TITLE, PassageKind.STANDFIRST})
_FAINTEST = 0.02
"""Probability below which a pair counts as 0 when groups are made."""


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """The passages that stand in one row: a cell for each witness that has any.

    `score` is the probability of the weakest pairing that holds the row together; `core` are the
    two passages that are surest to say the same.
    """

    cells: tuple[Cell, ...]
    pairings: tuple[Pairing, ...]
    score: float
    loose: bool
    core: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PassagePair:
    """Two passages of different witnesses and the probability 0..1 that they say the same.

    `happening`: the probability that they tell of one happening, whatever they say of it.
    """

    a: str
    span_a: Span
    b: str
    span_b: Span
    score: float
    happening: float


def pair_passages(witnesses: Sequence[Witness]) -> tuple[PassagePair, ...]:
    """Return all candidate pairs of passages, the surest first; no rows are made of them.

    The order of `witnesses` changes nothing. Cost: as `align`.
    """
    placed = sorted(witnesses, key=lambda witness: (witness.revision, witness.id))
    units = units_of(placed)
    if len(placed) < 2 or not units:
        return ()
    scores = add_foreign(score(units), units, placed)
    found = zip(scores.probability, scores.left, scores.right, scores.happening, strict=True)
    pairs = [(-float(p), int(a), int(b), float(happening)) for p, a, b, happening in found]
    return tuple(
        PassagePair(
            placed[units[a].witness].id,
            units[a].passage.span,
            placed[units[b].witness].id,
            units[b].passage.span,
            -p,
            happening,
        )
        for p, a, b, happening in sorted(pairs)
    )


def align(witnesses: Sequence[Witness], config: Config) -> tuple[AlignedRow, ...]:
    """Return the rows of two witnesses and more, in event order.

    No passage stands in two rows. The order of `witnesses` changes nothing. Cost: O(N²) for N
    passages; measured in bench/speed.json.
    """
    placed = sorted(witnesses, key=lambda witness: (witness.revision, witness.id))
    units = units_of(placed)
    if len(placed) < 2 or not units:
        return ()
    scores = add_foreign(score(units), units, placed)
    triples = zip(scores.left, scores.right, scores.probability, strict=True)
    groups = group(
        [Edge(int(a), int(b), float(p)) for a, b, p in triples if p >= _FAINTEST],
        [unit.witness for unit in units],
        least=config.pair_threshold,
        cap=config.passages_per_cell,
    )
    builder = _Builder(placed, units, scores, config)
    places = [[(units[n].witness, units[n].position) for n in members] for members in groups]
    return tuple(builder.row(groups[n]) for n in ordered(places))


class _Builder:
    """Makes rows of groups of units."""

    def __init__(
        self, witnesses: Sequence[Witness], units: Sequence[Unit], scores: Scores, config: Config
    ) -> None:
        self._ids = [witness.id for witness in witnesses]
        self._units = units
        self._scores = scores
        self._config = config
        pairs = zip(scores.left.tolist(), scores.right.tolist(), strict=True)
        self._found = {pair: n for n, pair in enumerate(pairs)}

    def row(self, members: Sequence[int]) -> AlignedRow:
        """Return the row of one group: its cells, and the best pairing of each two witnesses."""
        mine: dict[int, list[int]] = {}
        for member in members:
            mine.setdefault(self._units[member].witness, []).append(member)
        cells = tuple(
            Cell(self._ids[witness], tuple(self._units[n].passage.span for n in units))
            for witness, units in sorted(mine.items())
        )
        pairings = tuple(
            pairing
            for (a, left), (b, right) in combinations(sorted(mine.items()), 2)
            if (pairing := self._pairing(a, b, [(x, y) for x in left for y in right]))
        )
        surest = [
            max((p.score for p in pairings if cell.witness in (p.a, p.b)), default=0.0)
            for cell in cells
        ]
        pair = [self._units[n] for n in self._surest(members)]
        core = tuple(Cell(self._ids[unit.witness], (unit.passage.span,)) for unit in pair)
        heads = all(unit.passage.kind in _HEADS for unit in pair)
        least = self._config.loose_heads_below if heads else self._config.loose_below
        return AlignedRow(cells, pairings, min(surest), min(surest) < least, core)

    def _surest(self, members: Sequence[int]) -> tuple[int, int]:
        """Return the two passages of a row that are surest to say the same."""
        pairs = [pair for pair in combinations(sorted(members), 2) if pair in self._found]
        return max(pairs, key=lambda pair: self._scores.probability[self._found[pair]])

    def _pairing(self, a: int, b: int, pairs: Sequence[tuple[int, int]]) -> Pairing | None:
        """Return the surest pairing of two witnesses of a row, None without a candidate."""
        candidates = [self._found[pair] for pair in pairs if pair in self._found]
        if not candidates:
            return None
        best = max(candidates, key=lambda n: self._scores.probability[n])
        score = round(float(self._scores.probability[best]), 4)
        return Pairing(self._ids[a], self._ids[b], score, self._scores.reasons(best))
