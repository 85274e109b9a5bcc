"""Commands that show what was found: `events`, `compare`, `analyse`."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from app import collate, pipeline
from app.cli.output import open_store, out, plain, print_list, say
from app.collate import Apparatus, Cleaned, Row
from app.errors import Invalid
from app.ingest import Refused
from app.ingest.files import read_item, walk
from app.log import set_up
from app.pipeline import EventComparison
from app.settings import Settings
from app.store import collations, collections, events
from app.store.db import Session, session

ABSENT = "–"


def install(app: typer.Typer) -> None:
    """Give the commands to the program."""
    app.command("events")(list_events)
    app.command()(compare)
    app.command()(analyse)


def list_events(
    collection: Annotated[str | None, typer.Option(help="Only this collection.")] = None,
) -> None:
    """List the events that were found, with who tells them."""
    set_up(level="WARNING")
    table = Table("Event", box=None, pad_edge=False)
    table.add_column("Address", no_wrap=True)
    table.add_column("Told by")
    table.add_column("Shared rows", justify="right")
    with open_store(Settings()) as engine, session(engine, reading=True) as db:
        chosen = (
            [collections.get_collection(db, collection)]
            if collection
            else collections.list_collections(db)
        )
        for one in chosen:
            _add_events(db, table, one.id or 0)
    if table.row_count:
        print_list(table)
    else:
        out.print("No events yet.")


def _add_events(db: Session, table: Table, collection_id: int) -> None:
    found = events.list_events(db, collection_id)
    numbers = [event.id or 0 for event in found]
    told: dict[int, list[str]] = {}
    for coverage in events.list_coverage(db, collection_id):
        sigla = told.setdefault(coverage.event_id, [])
        if coverage.outlet.siglum not in sigla:
            sigla.append(coverage.outlet.siglum)
    rows = {c.event_id: c.summary.get("shared", 0) for c in collations.list_collations(db, numbers)}
    for event in found:
        number = event.id or 0
        shared = str(rows[number]) if number in rows else "…"
        inside = "  " if event.parent_id else ""
        table.add_row(
            inside + plain(event.label), event.slug, " ".join(told.get(number, [])), shared
        )


def compare(
    event: Annotated[str, typer.Argument(help="Address of the event, as `events` lists it.")],
    shared: Annotated[
        bool, typer.Option("--shared", help="Only rows that two outlets or more have.")
    ] = False,
) -> None:
    """Print the aligned view of an event as a table of text."""
    set_up(level="WARNING")
    with open_store(Settings()) as engine, session(engine, reading=True) as db:
        shown = pipeline.comparison_of(db, events.get_event(db, event))
    if shown.apparatus is None:
        raise Invalid("The comparison is not computed yet: start the server or import again.")
    out.print(plain(shown.event.label))
    table = Table("§", *[_heading(column) for column in shown.columns], show_lines=True)
    for number, row in enumerate(shown.apparatus.rows, start=1):
        if len(row.cells) > 1 or not shared:
            table.add_row(str(number), *_cells(row, shown))
    out.print(table if table.row_count else "Nothing to compare: no two outlets say the same.")
    if not shared:
        _print_rest(shown, shown.apparatus)


def _print_rest(shown: EventComparison, apparatus: Apparatus) -> None:
    """Print what each outlet says alone."""
    for witness in shown.witnesses.values():
        rest = collate.unpaired(witness, apparatus)
        if rest:
            out.print(f"\nOnly in {witness.siglum}")
        for passage in rest:
            out.print(f"  {plain(passage.span.of(witness.text))}", soft_wrap=True)


def _heading(column: pipeline.Column) -> str:
    return f"{column.siglum} {plain(column.outlet.name or 'outlet not stated')}"


def _cells(row: Row, shown: EventComparison) -> list[str]:
    by_column: dict[str, list[str]] = {}
    for cell in row.cells:
        witness = shown.witnesses[cell.witness]
        words = " ".join(plain(span.of(witness.text)) for span in cell.spans)
        carried = f"[{witness.siglum}] " if witness.siglum != witness.outlet else ""
        by_column.setdefault(witness.outlet, []).append(carried + words)
    return ["\n".join(by_column.get(column.siglum, [ABSENT])) for column in shown.columns]


def analyse(
    paths: Annotated[list[Path], typer.Argument(help="Files (.txt, .md, .html) or folders.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="The whole result as one JSON object.")
    ] = False,
) -> None:
    """Compare texts without storing anything. Exit status 1 if any file was refused."""
    set_up(level="WARNING")
    texts: dict[str, str] = {}
    cleaned: dict[str, Cleaned] = {}
    refused = 0
    for item in walk(paths):
        draft = item if isinstance(item, Refused) else read_item(item, clean=collate.clean)
        if isinstance(draft, Refused):
            say(f"{draft.name}: refused. {draft.reason}")
            refused += 1
        else:
            texts[item.name], cleaned[item.name] = draft.text, draft.cleaned
    found = pipeline.analyse(texts, cleaned)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        _print_analysis(found, texts)
    if refused:
        raise typer.Exit(1)


def _print_analysis(found: dict[str, list[list[dict[str, int]]]], texts: dict[str, str]) -> None:
    out.print(f"{len(texts)} texts, {len(found['events'])} main events")
    for number, group in enumerate(found["aligned"], start=1):
        out.print(f"\n§ {number}")
        for place in group:
            name = str(place["file"])
            words = plain(texts[name][place["start"] : place["end"]])
            out.print(f"  {name}: {words}", soft_wrap=True)
