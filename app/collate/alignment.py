"""Which passages of the witnesses say the same thing: rows × witnesses."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from app.collate.apparatus import Cell, Pairing
from app.collate.config import Config
from app.collate.cutting import cut
from app.collate.grouping import Edge, group
from app.collate.nearness import score_by_vectors
from app.collate.ordering import ordered
from app.collate.parts import FAINTEST, Parted
from app.collate.scoring import Scores
from app.collate.terms import units_of
from app.collate.text import PassageKind, Span, Witness
from app.collate.variants.verbs import is_reporting

_HEADS = frozenset({PassageKind.TITLE, PassageKind.STANDFIRST})


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """The passages that stand in one row: a cell for each witness that has any.

    `score` is the probability of the weakest pairing that holds the row together; `core` are the
    two passages that are surest to say the same; `common` the stems of matter that two tellings
    have, or more; `reporting` the witnesses that use a verb of saying there.
    """

    cells: tuple[Cell, ...]
    pairings: tuple[Pairing, ...]
    score: float
    loose: bool
    core: tuple[Cell, ...]
    common: frozenset[str]
    reporting: frozenset[str]


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
    scores = score_by_vectors(units, placed)
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

    No character stands in two rows; a row has at least one passage, or part of one, with a role.
    The order of `witnesses` changes nothing. Cost: O(N²) for N passages; measured in
    bench/speed.json.
    """
    placed = sorted(witnesses, key=lambda witness: (witness.revision, witness.id))
    units = units_of(placed)
    if len(placed) < 2 or not units:
        return ()
    scores = score_by_vectors(units, placed)
    triples = zip(scores.left, scores.right, scores.probability, strict=True)
    edges = [Edge(int(a), int(b), float(p)) for a, b, p in triples if p >= FAINTEST]
    parted, groups = _grouped(cut(units, placed, edges), placed, config)
    builder = _Builder(placed, parted, scores, config)
    places = [
        [(parted.units[n].witness, parted.units[n].position) for n in members] for members in groups
    ]
    return tuple(builder.row(groups[n]) for n in ordered(places))


def _grouped(
    parted: Parted, witnesses: Sequence[Witness], config: Config
) -> tuple[Parted, tuple[tuple[int, ...], ...]]:
    """Return the groups of units that belong to the event, each part of a passage in one of them or
    joined to another part.
    """
    while True:
        units = parted.units
        groups = group(
            parted.edges,
            [unit.witness for unit in units],
            heads={n for n, unit in enumerate(units) if unit.passage.kind in _HEADS},
            least=config.pair_threshold,
            cap=config.passages_per_cell,
        )
        inside = {
            n
            for n, unit in enumerate(units)
            if witnesses[unit.witness].role_at(unit.passage.span) is not None
        }
        groups = parted.housed([members for members in groups if not inside.isdisjoint(members)])
        whole = parted.joined(groups)
        if len(whole.units) == len(units):
            return parted, groups
        parted = whole


class _Builder:
    """Makes rows of groups of units."""

    def __init__(
        self, witnesses: Sequence[Witness], parted: Parted, scores: Scores, config: Config
    ) -> None:
        self._ids = [witness.id for witness in witnesses]
        self._units = parted.units
        self._scores = scores
        self._config = config
        pairs = zip(scores.left.tolist(), scores.right.tolist(), strict=True)
        found = {pair: n for n, pair in enumerate(pairs)}
        origin = parted.origin
        self._found = {(e.a, e.b): found[origin[e.a], origin[e.b]] for e in parted.edges}

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
        told = Counter(
            word
            for units in mine.values()
            for word in {word for n in units for word in self._units[n].matter}
        )
        common = frozenset(word for word, count in told.items() if count > 1)
        reporting = frozenset(
            self._ids[witness]
            for witness, units in mine.items()
            if any(is_reporting(form) for n in units for form in self._units[n].forms)
        )
        loose = min(surest) < least
        return AlignedRow(cells, pairings, min(surest), loose, core, common, reporting)

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
