"""The words of one row: where its tellings differ."""

from collections.abc import Sequence

from app.collate.apparatus import Entry
from app.collate.config import Config
from app.collate.text import Span, Witness


def compare(cells: Sequence[tuple[Witness, tuple[Span, ...]]], config: Config) -> tuple[Entry, ...]:
    """Return the differences of one row. Not built yet: none."""
    del cells, config
    return ()
