"""Commands that bring articles in and take them out: `import`, `demo`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from app import collate, pipeline, worker
from app.cli.output import make_progress, open_store, say
from app.errors import Invalid, SetupError
from app.ingest import Facts, Refused
from app.ingest.files import Item, read_item, walk
from app.ingest.manifests import parse_fact
from app.log import set_up
from app.settings import Settings
from app.store import collections, work
from app.store.db import Engine, session
from app.store.locks import FileLock
from app.store.removals import remove_collection

DEMO = Path(__file__).resolve().parent.parent.parent / "demo"
DEMO_SLUG, DEMO_NAME = "demo", "Demonstration"
OWN_SLUG, OWN_NAME = "articles", "My articles"
DUMMY = {"url": "https://gazette.example/report", "language": "en"}


@dataclass
class Tally:
    """What became of the files of one import."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, outcome: str) -> None:
        """Count one file."""
        self.counts[outcome] = self.counts.get(outcome, 0) + 1

    @property
    def words(self) -> str:
        """The counts in a sentence's half."""
        names = {
            work.STORED: "stored",
            work.REVISED: "stored as a new wording of a known article",
            work.KNOWN: "known already",
            work.REFUSED: "refused",
        }
        said = [f"{self.counts[key]} {name}" for key, name in names.items() if key in self.counts]
        return ", ".join(said) or "nothing to read"


def install(app: typer.Typer) -> None:
    """Give the commands to the program."""
    app.command("import")(import_)
    app.command()(demo)


def import_(  # noqa: PLR0913 - one parameter for each option of the command
    paths: Annotated[list[Path], typer.Argument(help="Files (.txt, .md, .html) or folders.")],
    outlet: Annotated[str | None, typer.Option(help="Who published them.")] = None,
    published: Annotated[
        datetime | None, typer.Option(help="When, as 2023-09-13.", formats=["%Y-%m-%d"])
    ] = None,
    url: Annotated[str | None, typer.Option(help="Where it was published (one file).")] = None,
    language: Annotated[str | None, typer.Option(help="Language code, such as en.")] = None,
    collection: Annotated[
        str, typer.Option(help="Collection to put them in; made if it is new.")
    ] = OWN_SLUG,
) -> None:
    """Store articles from files and folders, then find their events and compare them.

    A manifest.toml or manifest.csv beside them states outlet, date, address and language of each.
    Exit status 1 if any file was refused, the others are stored all the same; and if there is none.
    """
    settings = Settings()
    set_up(as_json=settings.log_json, level="WARNING")
    day = published.date() if published else None
    _check("url", url)
    _check("language", language)
    items = list(walk(paths, Facts(outlet=outlet, url=url, published=day, language=language)))
    if url and sum(isinstance(item, Item) for item in items) > 1:
        raise Invalid("--url belongs to one article: import that file alone.")
    if not items:
        raise Invalid("There is nothing to read: no .txt, .md or .html file is here.")
    with open_store(settings) as engine:
        tally = _store_all(engine, items, _open_collection(engine, collection))
        say(f"{tally.words}.")
        _compute(engine, settings)
    if work.REFUSED in tally.counts:
        raise typer.Exit(1)


def _check(name: str, value: str | None) -> None:
    try:
        parse_fact(name, value or DUMMY[name])
    except ValueError:
        raise Invalid(f"--{name} “{value}” cannot be used: write it as {DUMMY[name]}.") from None


def demo(
    first: Annotated[
        bool, typer.Option("--first", help="Only where it was never loaded before.")
    ] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take it out; it stays out.")] = False,
) -> None:
    """Load the demonstration: two events, each told by four fictional outlets."""
    settings = Settings()
    set_up(as_json=settings.log_json, level="WARNING")
    with open_store(settings) as engine:
        with session(engine) as db:
            known = collections.find_collection(db, DEMO_SLUG)
            if remove:
                if known is not None and known.removed_at is None:
                    remove_collection(db, known.id or 0)
                say("The demonstration is taken out.")
                return
        # Without found_hash the first load was cut off: go on with it.
        if first and known is not None and (known.removed_at or known.found_hash):
            return
        _load_demo(engine, settings)


def _load_demo(engine: Engine, settings: Settings) -> None:
    if not DEMO.is_dir():
        raise SetupError(f"The folder {DEMO} is missing: install Variorum again.")
    slug = _open_collection(engine, DEMO_SLUG, is_demo=True)
    tally = _store_all(engine, list(walk([DEMO])), slug)
    say(f"Demonstration: {tally.words}.")
    _compute(engine, settings)
    if work.REFUSED in tally.counts:
        raise typer.Exit(1)


def _open_collection(engine: Engine, name: str, *, is_demo: bool = False) -> str:
    """Return the address of the collection of this name, made if it is new."""
    with session(engine) as db:
        known = collections.find_collection(db, name)
        slug = known.slug if known else collections.make_slug(name, OWN_SLUG, set())
        if slug == DEMO_SLUG and not is_demo:
            raise Invalid("“demo” is kept for the demonstration: choose another collection.")
        known = known or collections.find_collection(db, slug)
        if known is None or known.removed_at is not None:
            shown = {OWN_SLUG: OWN_NAME, DEMO_SLUG: DEMO_NAME}.get(slug, name)
            collections.add_collection(db, slug, shown, demo=is_demo)
    return slug


def _store_all(engine: Engine, items: Sequence[Item | Refused], slug: str) -> Tally:
    """Store each file in a transaction of its own; name those that are refused and say why."""
    tally = Tally()
    with make_progress() as progress:
        for item in progress.track(items, description="Reading"):
            outcome = _store_one(engine, item, slug)
            if isinstance(outcome, Refused):
                say(f"{outcome.name}: refused. {outcome.reason}")
                tally.add(work.REFUSED)
            else:
                tally.add(outcome)
    return tally


def _store_one(engine: Engine, item: Item | Refused, slug: str) -> str | Refused:
    draft = item if isinstance(item, Refused) else read_item(item, clean=collate.clean)
    if isinstance(draft, Refused):
        return draft
    pipeline.prepare_text(draft.text, draft.cleaned)  # the long part, before the write lock
    with session(engine) as db:
        try:
            done = pipeline.import_article(db, draft, collections.get_collection(db, slug))
        except Invalid as fault:
            db.rollback()
            return Refused(item.name, str(fault).replace("%", "%%"))
    say(f"{item.name}: {done.state} as “{done.article.headline}”")
    return done.state


def _compute(engine: Engine, settings: Settings) -> None:
    """Find events and compare them now, unless a running server does."""
    lock = FileLock(settings.data / "work.lock")
    if not lock.acquire():
        say("The running server finds the events and compares them.")
        return
    try:
        with make_progress() as progress:
            task = progress.add_task("Comparing", total=None)
            done = 0

            def tell(unit: work.Unit, left: int) -> None:
                nonlocal done
                progress.update(task, completed=done, total=done + left)
                done += 1

            worker.do_pending(engine, tell=tell)
    finally:
        lock.release()
