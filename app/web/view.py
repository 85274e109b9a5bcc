"""The aligned view of one event, from its comparison to what the templates draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from app.collate import Row, Witness, tile
from app.i18n import _, ngettext
from app.ingest import GIVEN, METADATA
from app.pipeline import EventComparison, prepare_revision
from app.store.articles import Article, Revision
from app.store.outlets import Outlet
from app.web.coverage import Siglum, Strip, build_strip
from app.web.labels import date_words, list_words
from app.web.placing import Block, Place, place
from app.web.rows import RowView, Sheet, Telling, build_row
from app.web.viewing import Viewing, read_viewing


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article of an outlet in the table of who reports what."""

    id: int
    headline: str
    language: str
    date: str
    date_note: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """What one outlet reports."""

    siglum: str
    name: str
    articles: tuple[ArticleView, ...]
    strip: Strip
    coverage: str


@dataclass(frozen=True, slots=True)
class ColumnView:
    """The head of one column."""

    siglum: str
    name: str
    dates: str
    is_base: bool


@dataclass(frozen=True, slots=True)
class NoteView:
    """What a siglum of a carried report stands for."""

    siglum: str
    title: str
    words: str


def outlet_name(outlet: Outlet) -> str:
    """Return the outlet's name, or that it is not stated."""
    return outlet.name or _("Outlet not stated")


def names_of(comparison: EventComparison) -> dict[str, str]:
    """Return the name of each outlet by its siglum, in the order of the columns."""
    return {column.siglum: outlet_name(column.outlet) for column in comparison.columns}


def rows_of(comparison: EventComparison) -> tuple[Row, ...]:
    """Return the rows; none while they are being computed."""
    return comparison.apparatus.rows if comparison.apparatus else ()


def viewing_of(comparison: EventComparison, query: QueryParams) -> Viewing:
    """Return what the address asks to see."""
    told = {column.siglum: 0 for column in comparison.columns}
    for row in rows_of(comparison):
        for outlet in {comparison.witnesses[cell.witness].outlet for cell in row.cells}:
            told[outlet] += 1
    return read_viewing(query, slug=comparison.event.slug, told=told)


def sheet_of(comparison: EventComparison, viewing: Viewing) -> Sheet:
    """Return what all rows of the view share: above all, where each stretch of text stands."""
    names = names_of(comparison)
    rows = rows_of(comparison)
    placed: dict[Place, list[Block]] = {}
    tellings: dict[str, Telling] = {}
    for column in comparison.columns:
        for article, revision in zip(column.articles, column.revisions, strict=True):
            mine = [w for w in comparison.witnesses.values() if w.revision == revision.id]
            prepared = prepare_revision(revision)
            ids = {witness.id for witness in mine}
            parts = [s for row in rows for c in row.cells if c.witness in ids for s in c.spans]
            tiles = tile(prepared.cleaned, [*(p.span for p in prepared.passages), *parts])
            placed |= place(tiles, mine, rows)
            for witness in mine:
                tellings[witness.id] = _telling(
                    witness, names[column.siglum], article, is_one=len(column.articles) == 1
                )
    inside: dict[int, frozenset[int]] = {}
    for witness in comparison.witnesses.values():
        inside[witness.revision] = inside.get(witness.revision, frozenset()) | set(witness.roles)
    return Sheet(viewing, comparison.witnesses, tellings, names, placed, inside, is_open=not rows)


def _telling(witness: Witness, name: str, article: Article, *, is_one: bool) -> Telling:
    source = "" if is_one else f"“{article.headline}”"
    title = name
    if witness.source is not None:
        line = _line(witness)
        source = _("“%(line)s”, as carried") % {"line": line}
        title = _("%(outlet)s: “%(line)s”, as carried") % {"outlet": name, "line": line}
    return Telling(witness.siglum, title, source, witness.outlet, article.language or "")


def _line(witness: Witness) -> str:
    line = " ".join(witness.source.of(witness.text).split()) if witness.source else ""
    return line.rstrip(":").rstrip()


def is_wanted(viewing: Viewing, row: Row, witnesses: Mapping[str, Witness]) -> bool:
    """Say whether the filters leave a row: by its outlets, its kind, its role."""
    outlets = {witnesses[cell.witness].outlet for cell in row.cells}
    return (
        not outlets.isdisjoint(viewing.shown)
        and not (viewing.quotations and row.kind != "quotation")
        and not (viewing.folded and row.role == "background")
    )


def build_rows(sheet: Sheet, rows: Sequence[Row]) -> tuple[RowView, ...]:
    """Return the rows that the reader asks for, in the order asked for."""
    viewing = sheet.viewing
    views = []
    for number, row in enumerate(rows, 1):
        if is_wanted(viewing, row, sheet.witnesses):
            views.append(build_row(sheet, row, number))
    if viewing.changed and viewing.mode == "base":
        views = [view for view in views if view.weight != (0, 0)]
    if viewing.order == "div":
        views.sort(key=lambda view: view.weight)
    elif viewing.order == "base":
        views.sort(key=lambda view: (not view.in_base, view.base_start))
    return tuple(views)


def build_columns(comparison: EventComparison, viewing: Viewing) -> tuple[ColumnView, ...]:
    """Return the heads of the columns that are shown."""
    has_base = viewing.mode == "base" and bool(rows_of(comparison))
    return tuple(
        ColumnView(
            siglum=column.siglum,
            name=outlet_name(column.outlet),
            dates=", ".join(dict.fromkeys(date_words(a.published) for a in column.articles)),
            is_base=has_base and column.siglum == viewing.base,
        )
        for column in comparison.columns
        if column.siglum in viewing.shown
    )


def build_reports(comparison: EventComparison) -> tuple[ReportView, ...]:
    """Return the table of who reports what."""
    rows = rows_of(comparison)
    reports = []
    for column in comparison.columns:
        strip = build_strip(column.siglum, rows, comparison.witnesses)
        articles = tuple(
            _article(article, revision, comparison)
            for article, revision in zip(column.articles, column.revisions, strict=True)
        )
        name = outlet_name(column.outlet)
        reports.append(ReportView(column.siglum, name, articles, strip, _coverage(strip)))
    return tuple(reports)


def _coverage(strip: Strip) -> str:
    if not strip.total:
        return ""
    words = {"told": strip.told, "n": strip.total, "alone": strip.alone}
    told = ngettext("%(told)s of %(n)s row", "%(told)s of %(n)s rows", strip.total) % words
    return _("%(told)s, %(alone)s here only") % {**words, "told": told} if strip.alone else told


def _article(article: Article, revision: Revision, comparison: EventComparison) -> ArticleView:
    mine = [w for w in comparison.witnesses.values() if w.revision == revision.id]
    carried = [f"“{_line(witness)}”" for witness in mine if witness.source is not None]
    notes = []
    if carried:
        notes.append(_("carries %(reports)s") % {"reports": list_words(carried)})
    roles = {role for witness in mine for role in witness.roles.values()}
    if roles == {"background"}:
        notes.append(_("mentions it as background"))
    return ArticleView(
        id=article.id or 0,
        headline=article.headline,
        language=article.language or "",
        date=date_words(article.published),
        date_note=_date_note(article),
        notes=tuple(notes),
    )


def _date_note(article: Article) -> str:
    """Return what the date rests on."""
    basis = " ".join((article.published_basis or "").split())
    if basis in {"", GIVEN, METADATA}:
        return _("stated") if article.published else ""
    return _("text says “%(words)s”") % {"words": basis}


def build_notes(comparison: EventComparison, viewing: Viewing) -> tuple[NoteView, ...]:
    """Return what the sigla of carried reports stand for."""
    names = names_of(comparison)
    return tuple(
        NoteView(
            witness.siglum,
            names[witness.outlet],
            _("%(outlet)s introduces this report with “%(line)s”; its end may not be marked.")
            % {"outlet": names[witness.outlet], "line": _line(witness)},
        )
        for witness in comparison.witnesses.values()
        if witness.source is not None and witness.outlet in viewing.shown
    )


def sigla_of(comparison: EventComparison) -> dict[int, Siglum]:
    """Return the outlet's siglum for each revision."""
    return {
        revision.id or 0: Siglum(column.siglum, outlet_name(column.outlet))
        for column in comparison.columns
        for revision in column.revisions
    }


def summary_words(rows: int, viewing: Viewing, names: dict[str, str]) -> str:
    """Return "12 rows, base Sputnik Africa" for the corner and the live region."""
    words = ngettext("%(n)s row", "%(n)s rows", rows) % {"n": rows}
    if viewing.mode != "base" or not viewing.base:
        return words
    return _("%(rows)s, base %(name)s") % {"rows": words, "name": names[viewing.base]}


def hidden_words(viewing: Viewing) -> str:
    """Say that not all outlets are shown; "" where they are."""
    if len(viewing.shown) == len(viewing.outlets):
        return ""
    words = {"shown": len(viewing.shown), "all": len(viewing.outlets)}
    return _("%(shown)s of %(all)s outlets are shown.") % words


def empty_words(viewing: Viewing) -> str:
    """Say which filters leave nothing."""
    filters = [
        word
        for is_on, word in (
            (viewing.changed, _("“Changed words”")),
            (viewing.quotations, _("“Quotations”")),
            (viewing.folded, _("“No background”")),
        )
        if is_on
    ]
    outlets = list_words(viewing.shown)
    if not filters:
        return _("No row is told by %(outlets)s.") % {"outlets": outlets}
    words = {"filters": list_words(filters), "outlets": outlets}
    return _("No row matches %(filters)s with %(outlets)s.") % words
