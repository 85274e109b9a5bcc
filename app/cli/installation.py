"""Commands that run and look after an installation: `serve`, `status`, `doctor` …"""

import shutil
import signal
import threading
from enum import StrEnum
from typing import Annotated

import typer
import uvicorn
from rich.table import Table

from app import __version__, network, pipeline
from app.cli.doctor import check_all, require_data_folder
from app.cli.output import open_store, out, print_list, say
from app.errors import SetupError
from app.log import set_up
from app.main import create_app
from app.settings import Settings
from app.store import articles, collations, collections, events, search, vectors, work
from app.store.db import session
from app.store.upgrade import head
from app.worker import Worker

SECRETS = ("database_url",)


class Part(StrEnum):
    """What one process does."""

    WEB = "web"
    WORK = "work"


def install(app: typer.Typer) -> None:
    """Give the commands to the program."""
    for command in (serve, status, doctor, config, healthcheck, migrate, rebuild):
        app.command()(command)


def serve(
    only: Annotated[
        Part | None,
        typer.Option(help="web: pages without background work; work: background work alone."),
    ] = None,
) -> None:
    """Start Variorum and print its address."""
    settings = Settings()
    set_up(as_json=settings.log_json)
    require_data_folder(settings)
    if only is Part.WORK:
        _work(settings)
        return
    if not network.is_port_free(settings.host, settings.port):
        raise SetupError(
            f"Port {settings.port} of {settings.host} is taken: end the program that has it, or "
            "set VARIORUM_PORT to another number."
        )
    app = create_app(settings, work=only is not Part.WEB)
    out.print(f"Variorum {__version__} is at {settings.address}/ (Ctrl-C ends it)")
    uvicorn.run(app, host=settings.host, port=settings.port, log_config=None, access_log=False)


def _work(settings: Settings) -> None:
    """Do background work until a signal says stop; the unit in hand is finished."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with open_store(settings) as engine:
        worker = Worker(engine, settings.data)
        worker.start()
        say(f"Variorum {__version__} does background work (Ctrl-C ends it)")
        stopped.wait()
        worker.stop()


def status() -> None:
    """Say what is here: version, data folder, collections, pending work, failures."""
    settings = Settings()
    set_up(level="WARNING")
    table = Table("Collection", "Articles", "Events", "To compare", box=None, pad_edge=False)
    with open_store(settings) as engine, session(engine, reading=True) as db:
        engine_version = pipeline.engine_version()
        for one in collections.list_collections(db):
            number = one.id or 0
            table.add_row(
                one.slug,
                str(articles.count_articles(db, number)),
                str(len(events.list_events(db, number))),
                str(work.count_pending(db, number, engine_version)),
            )
        failures = work.list_failures(db)
        waiting = work.count_waiting_files(db)
    out.print(f"Variorum {__version__}, schema {head()}, engine {engine_version}")
    out.print(f"Data: {settings.data.resolve()}")
    print_list(table)
    if waiting:
        out.print(f"{waiting} uploaded files wait to be read.")
    for failure in failures:
        out.print(
            f"Failed: {failure.unit} {failure.key}, {failure.attempts} times, again at "
            f"{failure.retry_at:%Y-%m-%d %H:%M} UTC: {failure.error}"
        )


def doctor() -> None:
    """Say what is wrong with the set-up and how to mend it. Exit status 1 if anything is."""
    set_up(level="ERROR")
    wrong = 0
    for check in check_all():
        out.print(f"{'ok   ' if check.is_well else 'WRONG'} {check.words}", soft_wrap=True)
        if not check.is_well:
            wrong += 1
            out.print(f"      mend it: {check.mend}", soft_wrap=True)
    if wrong:
        raise typer.Exit(1)


def config() -> None:
    """Print every setting with its value and its environment variable; secrets are left out."""
    settings = Settings()
    width = shutil.get_terminal_size().columns
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        shown = "(set)" if name in SECRETS and value else str(value)
        out.print(f"VARIORUM_{name.upper()}={shown}", soft_wrap=True)
        out.print(f"    {field.description}", width=max(width, 60))


def healthcheck() -> None:
    """Ask the installation on this machine whether it is ready. For containers."""
    settings = Settings()
    health = network.get_health(f"http://127.0.0.1:{settings.port}{settings.sub_path}")
    say(health.reason)
    if not health.ready:
        raise typer.Exit(1)


def migrate() -> None:
    """Bring the database up to date (`serve` does it by itself)."""
    settings = Settings()
    set_up(level="WARNING")
    with open_store(settings):
        say(f"The database has schema {head()}.")


def rebuild() -> None:
    """Make the search index anew, drop all comparisons and vectors; `serve` makes them again."""
    settings = Settings()
    set_up(level="WARNING")
    with open_store(settings) as engine, session(engine) as db:
        indexed = search.rebuild_index(db)
        dropped = collations.remove_collations(db)
        vectors.remove_vectors(db)
    say(f"{indexed} articles are in the search index; {dropped} comparisons will be made again.")
