"""What commands write: answers to standard output, all else to standard error."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from app import semantics
from app.cli.doctor import require_data_folder
from app.settings import Settings
from app.store.db import Engine, open_engine
from app.store.upgrade import upgrade

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
WIDE = 10_000
"""Columns where no terminal sets an end: a list that goes into a pipe is never wrapped."""
out = Console(highlight=False, markup=False, soft_wrap=False)
err = Console(highlight=False, markup=False, stderr=True, soft_wrap=True)


def say(line: str) -> None:
    """Write a message for the person at the terminal."""
    err.print(plain(line))


def print_list(table: Table) -> None:
    """Write a list: fitted to a terminal, else as wide as it is, one line an entry."""
    if not out.is_terminal:
        Console(highlight=False, markup=False, width=WIDE).print(table)
    else:
        out.print(table)


def plain(words: str) -> str:
    r"""Return words of an article in one line, with nothing in them that steers a terminal.

    >>> plain("Bridge \x1b[31m shut\n") == "Bridge \ufffd[31m shut"
    True
    """
    return _CONTROL.sub("\ufffd", " ".join(words.split()))


def make_progress() -> Progress:
    """Return a progress bar on standard error; where that is no terminal it stays silent."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )


@contextmanager
def open_store(settings: Settings) -> Iterator[Engine]:
    """Open the database of the settings, made or brought up to date where that is needed; choose
    the embedder that they name.
    """
    require_data_folder(settings)
    semantics.configure(wanted=settings.semantic)
    engine = open_engine(settings.database)
    try:
        upgrade(engine)
        yield engine
    finally:
        engine.dispose()
