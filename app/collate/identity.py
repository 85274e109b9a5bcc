"""Ids of rows and differences: kept from the previous run, or derived (ADR 16)."""

from base64 import b32encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from app.collate.apparatus import Apparatus, Entry, Lead, Row
from app.collate.text import Span

Place = tuple[int, Span]
"""A revision and a span of its text: what a passage is."""


@dataclass(frozen=True, slots=True)
class Known:
    """A row or a difference of an earlier run: its id and where it stood.

    `parent` is the id of its row for a difference, None for a row.
    """

    id: str
    spans: tuple[Place, ...]
    parent: str | None = None


def known(rows: Sequence[Row], revisions: Mapping[str, int]) -> tuple[Known, ...]:
    """Return what a later run needs to keep the ids of these rows and of their differences.

    `revisions` gives the revision of each witness id.
    """
    found: list[Known] = []
    for row in rows:
        found.append(Known(row.id, places_of_row(row, revisions)))
        found += [
            Known(entry.id, places_of_entry(entry, revisions), row.id) for entry in row.entries
        ]
    return tuple(found)


def name(
    rows: Sequence[Row], revisions: Mapping[str, int], previous: Sequence[Known] = ()
) -> Apparatus:
    """Give each row and each difference its id, and say where the old ids went.

    A new row takes the id of the old row with which it shares most spans, each old id going to one
    row at most; without such a predecessor the id is derived from its earliest place (lowest
    revision, then lowest start). Differences the same way inside their row. An old id that was
    kept and also lost spans to other rows (a split) leads to itself first, then to those; one that
    was not kept leads to the rows that have its spans now, or to none.
    """
    namer = _Namer({old.id for old in previous})
    old_rows = [old for old in previous if old.parent is None]
    spans = [places_of_row(row, revisions) for row in rows]
    row_ids, leads = namer.assign("r", spans, old_rows)
    named = []
    for row, row_id in zip(rows, row_ids, strict=True):
        inside = [old for old in previous if old.parent == row_id]
        places = [places_of_entry(entry, revisions) for entry in row.entries]
        entry_ids, more = namer.assign("d", places, inside)
        leads += more
        entries = zip(row.entries, entry_ids, strict=True)
        named.append(
            replace(row, id=row_id, entries=tuple(replace(entry, id=i) for entry, i in entries))
        )
    gone = {lead.old: lead.new for lead in leads}
    kept = set(row_ids)
    for old in previous:
        if old.parent is not None and old.parent not in kept:
            leads.append(Lead(old.id, gone.get(old.parent, ())))
    return Apparatus(tuple(named), tuple(leads))


def places_of_row(row: Row, revisions: Mapping[str, int]) -> tuple[Place, ...]:
    """Return the revision and span of every passage of the row, sorted."""
    return tuple(
        sorted((revisions[cell.witness], span) for cell in row.cells for span in cell.spans)
    )


def places_of_entry(entry: Entry, revisions: Mapping[str, int]) -> tuple[Place, ...]:
    """Return the revision and span of every wording of the difference, sorted."""
    return tuple(
        sorted(
            (revisions[place.witness], span)
            for reading in entry.readings
            for place in reading.places
            for span in place.spans
        )
    )


class _Namer:
    """Hands out ids of one run, none of them twice and none that an old thing had."""

    def __init__(self, old: set[str]) -> None:
        self._taken = set(old)

    def assign(
        self, letter: str, spans: Sequence[tuple[Place, ...]], previous: Sequence[Known]
    ) -> tuple[list[str], list[Lead]]:
        """Return an id for each new thing, and the leads of the old ones."""
        shared = sorted(_shared(spans, previous))
        ids: dict[int, str] = {}
        kept: set[str] = set()
        for _, _, old, new in shared:
            if new not in ids and old not in kept:
                ids[new] = old
                kept.add(old)
        for new in sorted(set(range(len(spans))) - set(ids), key=lambda n: spans[n]):
            ids[new] = self._derive(letter, spans[new])
        found = [ids[new] for new in range(len(spans))]
        return found, list(_leads(previous, dict(zip(found, spans, strict=True))))

    def _derive(self, letter: str, places: tuple[Place, ...]) -> str:
        revision, span = places[0] if places else (0, Span(0, 0))
        for turn in range(len(self._taken) + 1):
            found = letter + _digest(f"{revision}:{span.start}:{span.end}:{turn}")
            if found not in self._taken:
                self._taken.add(found)
                return found
        raise AssertionError("more turns than ids are taken")


def _shared(
    spans: Sequence[tuple[Place, ...]], previous: Sequence[Known]
) -> Iterator[tuple[int, int, str, int]]:
    """Yield (−shared spans, −shared characters, old id, index of the new) where any is shared."""
    for new, places in enumerate(spans):
        for old in previous:
            same = len(set(places) & set(old.spans))
            both = sum(_overlap(a, b) for a in places for b in old.spans)
            if same or both:
                yield -same, -both, old.id, new


def _leads(previous: Sequence[Known], spans: Mapping[str, tuple[Place, ...]]) -> Iterator[Lead]:
    """Yield a lead for each old id that was merged, split or lost.

    What the id itself still stands on makes no other thing its heir.
    """
    for old in previous:
        lost = [place for place in old.spans if place not in spans.get(old.id, ())]
        heirs = [
            new
            for new, places in spans.items()
            if new != old.id and any(_overlap(a, b) for a in lost for b in places)
        ]
        if old.id not in spans:
            yield Lead(old.id, tuple(heirs))
        elif heirs:
            yield Lead(old.id, (old.id, *heirs))


def _overlap(a: Place, b: Place) -> int:
    """Return how many characters two places share."""
    return a[1].overlap(b[1]) if a[0] == b[0] else 0


def _digest(text: str) -> str:
    """Return eight characters of the base-32 form of a hash.

    >>> _digest("17:0:9:0")
    'xhb4zzbt'
    """
    return b32encode(sha256(text.encode()).digest())[:8].decode().lower()
