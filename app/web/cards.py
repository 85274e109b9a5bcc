"""Events as the library lists them: who covers how much, and where they part."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.collate import Kind, Matter, Operation, Relation, kind_of
from app.i18n import _, ngettext
from app.store.collations import Collation
from app.store.events import Coverage, Event
from app.urls import url
from app.web.labels import GLYPHS, kind_word

_REMARK = re.compile(r"\s*\([^()]*\)$")  # "(demonstration)": said once above the list
ORDERS = ("outlets", "newest", "conflicts")
MOST_PARTINGS = 4
LONGEST_WORDING = 90
"""Code points of a wording in the list; longer ones are cut at a word."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One outlet of an event: `rows` it reports of `total`, and its articles there."""

    siglum: str
    name: str
    rows: int
    total: int
    articles: int

    @property
    def width(self) -> str:
        """The width of the bar, for SVG."""
        return f"{100 * self.rows / self.total:.0f}%" if self.total else "0%"


@dataclass(frozen=True, slots=True)
class Wording:
    """One reading of a difference; `kind` None: the first one, from which the others depart."""

    text: str
    sigla: tuple[tuple[str, str], ...]
    kind: str
    glyph: str
    word: str


@dataclass(frozen=True, slots=True)
class Parting:
    """A place where the outlets part, and the way there."""

    number: int
    link: str
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One event of the list.

    `state`: compared; apart (several outlets, but no passage has a counterpart); waiting (for its
    comparison); single (one outlet); empty.
    """

    slug: str
    label: str
    inside: str
    meta: str
    state: str
    outlets: int
    conflicts: int
    when: str
    bars: tuple[Bar, ...]
    partings: tuple[Parting, ...]
    differences: int


def build_cards(
    events: Sequence[Event],
    collations: Iterable[Collation],
    coverage: Sequence[Coverage],
) -> list[Card]:
    """Return a card for each event, in the order of `events`."""
    summaries = {one.event_id: one.summary for one in collations}
    names = {one.outlet.siglum: one.outlet.name or _("outlet not stated") for one in coverage}
    labels = {one.id: one.label for one in events}
    told: dict[int, dict[str, int]] = {}
    for part in coverage:
        mine = told.setdefault(part.event_id, {})
        mine[part.outlet.siglum] = max(mine.get(part.outlet.siglum, 0), part.articles)
    return [
        _card(event, summaries.get(event.id or 0), told.get(event.id or 0, {}), names, labels)
        for event in events
    ]


def sort_cards(cards: Sequence[Card], order: str) -> list[Card]:
    """Sort cards by one of ORDERS; what is equal stays as it was."""
    if order == "newest":
        return sorted(cards, key=lambda card: card.when, reverse=True)
    if order == "conflicts":
        return sorted(cards, key=lambda card: (-card.conflicts, -card.outlets))
    return sorted(cards, key=lambda card: (-card.outlets, -sum(b.rows for b in card.bars)))


def _card(
    event: Event,
    summary: Mapping[str, Any] | None,
    told: Mapping[str, int],
    names: Mapping[str, str],
    labels: Mapping[int | None, str],
) -> Card:
    compared = summary if summary and len(summary["outlets"]) > 1 and summary["rows"] else None
    counted = compared["outlets"] if compared else dict.fromkeys(told, {"rows": 0})
    bars = [
        Bar(
            siglum=siglum,
            name=_REMARK.sub("", names.get(siglum, "")),
            rows=counts.get("rows", 0),
            total=compared["rows"] if compared else 0,
            articles=told.get(siglum, 0),
        )
        for siglum, counts in counted.items()
    ]
    several = "apart" if summary else "waiting"
    state = ("empty", "single", several)[min(len(bars), 2)]
    partings = compared["partings"][:MOST_PARTINGS] if compared else []
    return Card(
        slug=event.slug,
        label=event.label,
        inside=labels.get(event.parent_id, "") if event.parent_id else "",
        meta=_rows_words(compared) if compared else _when_words(event),
        state="compared" if compared else state,
        outlets=len(bars),
        conflicts=compared["conflicts"] if compared else 0,
        when=max((fact["value"] for fact in event.facts if fact["what"] == "when"), default=""),
        bars=tuple(sorted(bars, key=lambda bar: -bar.rows)),
        partings=tuple(_parting(event.slug, one, names) for one in partings),
        differences=compared["differences"] if compared else 0,
    )


def _rows_words(summary: Mapping[str, Any]) -> str:
    rows = summary["rows"]
    parts = {
        "rows": ngettext("%(num)s row", "%(num)s rows", rows) % {"num": rows},
        "kinds": ", ".join(_kinds(summary)),
    }
    return _("%(rows)s: %(kinds)s") % parts


def _kinds(summary: Mapping[str, Any]) -> Iterable[str]:
    quotations, facts, claims = (summary.get(n, 0) for n in ("quotations", "facts", "claims"))
    if quotations:
        yield ngettext("%(num)s quotation", "%(num)s quotations", quotations) % {"num": quotations}
    if facts:
        yield ngettext("%(num)s fact", "%(num)s facts", facts) % {"num": facts}
    if claims:
        yield ngettext("%(num)s claim", "%(num)s claims", claims) % {"num": claims}


def _when_words(event: Event) -> str:
    """The words that date the event, as a text has them: the label may already say the date. Of the
    dates the one stated most often, of its words the fullest.
    """
    stated = [fact for fact in event.facts if fact["what"] == "when"]
    often = Counter(fact["value"] for fact in stated)
    words = {" ".join(f["words"].split()): often[f["value"]] for f in stated}
    fullest = max(words, key=lambda one: (words[one], len(one)), default="")
    return _("“%(words)s”") % {"words": fullest} if words else _("date not stated in the articles")


def _parting(slug: str, parting: Mapping[str, Any], names: Mapping[str, str]) -> Parting:
    relation = Relation.CONFLICTING if parting["conflict"] else None
    kind = kind_of(Operation.SUBSTITUTION, Matter(parting["matter"]), relation)
    wordings = [
        _wording(reading, kind if index else None, names)
        for index, reading in enumerate(parting["readings"][:3])
    ]
    link = url(f"/events/{slug}", f"row-{parting['row']}", d=parting["entry"])
    return Parting(parting.get("number", 0), link, tuple(wordings))


def _wording(reading: Mapping[str, Any], kind: Kind | None, names: Mapping[str, str]) -> Wording:
    sigla = tuple((siglum, _title(siglum, names)) for siglum in reading["sigla"])
    text = " ".join(reading["text"].split())
    if len(text) > LONGEST_WORDING:
        text = text[:LONGEST_WORDING].rpartition(" ")[0] + " …"
    return Wording(
        text=text,
        sigla=sigla,
        kind=kind.value if kind else "",
        glyph=GLYPHS.get(kind, "") if kind else "",
        word=kind_word(kind) if kind else "",
    )


def _title(siglum: str, names: Mapping[str, str]) -> str:
    own, _dot, report = siglum.partition("·")
    name = names.get(own.rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹"), own)
    return _("carried by %(outlet)s") % {"outlet": name} if report else name
