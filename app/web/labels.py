"""What the engine's names are called on screen: kinds, matters, relations, roles, reasons."""

from collections.abc import Iterable
from datetime import date

from app.collate import Kind, Matter, Relation, RowKind
from app.i18n import _

GLYPHS = {
    Kind.CONFLICT: "≠",
    Kind.NAMING: "@",
    Kind.REWORDED: "~",
    Kind.ADDED: "+",
    Kind.OMITTED: "−",
    Kind.MOVED: "⇄",
    Kind.VERB: "»",
}
"""The sign of each kind; a contested place of the base has none."""


def kind_word(kind: Kind) -> str:
    """Return the word for a kind of difference, as hidden text and legend give it."""
    words = {
        Kind.CONFLICT: _("conflict"),
        Kind.NAMING: _("naming"),
        Kind.REWORDED: _("reworded"),
        Kind.ADDED: _("added"),
        Kind.OMITTED: _("omitted"),
        Kind.MOVED: _("moved"),
        Kind.VERB: _("reporting verb"),
        Kind.CONTESTED: _("worded otherwise elsewhere"),
    }
    return words[kind]


def matter_word(matter: Matter) -> str:
    """Return what differs, as the head of the apparatus says it."""
    words = {
        Matter.NUMBER: _("Number"),
        Matter.DATE: _("Date or time"),
        Matter.PLACE: _("Place"),
        Matter.NAMING: _("Name"),
        Matter.ATTRIBUTION: _("Reporting verb"),
        Matter.QUOTATION: _("Quoted words"),
        Matter.AGENCY: _("Who acts"),
        Matter.MODALITY: _("How sure"),
        Matter.TENSE: _("Tense"),
        Matter.WORDING: _("Wording"),
    }
    return words[matter]


def relation_word(relation: Relation) -> str:
    """Return how two values stand to each other."""
    words = {
        Relation.SAME: _("same value"),
        Relation.COARSER: _("less exact"),
        Relation.CONFLICTING: _("conflict"),
        Relation.OTHER_REFERENT: _("speaks of another"),
        Relation.UNKNOWN: _("value not known"),
    }
    return words[relation]


def row_word(kind: RowKind) -> str:
    """Return the word for what a row is about."""
    words = {
        RowKind.QUOTATION: _("Quotation"),
        RowKind.CLAIM: _("Claim"),
        RowKind.FACT: _("Fact"),
    }
    return words[kind]


def role_word(role: str) -> str:
    """Return whose row it is; "" for a row of the event itself."""
    return {"sub-event": _("part of the event"), "background": _("background")}.get(role, "")


def reason_word(name: str) -> str:
    """Return an input of the pairing in words; an unlisted one stands as the engine has it."""
    words = {
        "shared rare words": _("shared rare words"),
        "shared words for their length": _("many shared words for their length"),
        "same word forms": _("the same word forms"),
        "same phrases": _("the same phrases"),
        "words of like meaning": _("words of like meaning"),
        "like meaning": _("like meaning"),
        "same numbers": _("the same numbers"),
        "other numbers": _("no other numbers"),
        "other years": _("no other years"),
        "other speaker": _("no other speaker"),
        "same speaker": _("the same speaker"),
        "both headlines": _("both are headlines"),
        "one headline": _("both or neither a headline"),
        "texts of the same names": _("texts that name the same"),
    }
    return words.get(name, name)


def date_words(day: date | None) -> str:
    """Return a date as it is read, or that it is not stated."""
    if day is None:
        return _("date not stated")
    months = (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )
    parts = {"day": day.day, "month": months[day.month - 1], "year": day.year}
    return _("%(day)s %(month)s %(year)s") % parts


def list_words(words: Iterable[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    *first, last = [*words] or [""]
    if not first:
        return last
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}


def format_word(ending: str) -> str:
    """Return what a file with this ending is good for."""
    words = {
        "md": _("Markdown: to read and to paste"),
        "csv": _("Table: a line for each row, a column for each reading"),
        "json": _("JSON: everything, with positions; for programs"),
        "tei": _("TEI: critical apparatus by parallel segmentation"),
        "collatex": _("CollateX JSON: the aligned table of words"),
    }
    return words[ending]


def citation_word(name: str) -> str:
    """Return the name of a way to write a citation."""
    words = {
        "text": _("Text"),
        "markdown": _("Markdown"),
        "bibtex": "BibTeX",
        "csl": "CSL-JSON",
    }
    return words[name]
