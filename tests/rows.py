"""Comparisons made by hand, so that tests of the page do not hang on what the engine finds."""

from app.collate import (
    Apparatus,
    Cell,
    Compared,
    Entry,
    Gist,
    Matter,
    Pairing,
    Place,
    Reading,
    Relation,
    Row,
    RowKind,
    Span,
)
from app.pipeline import collate_event, comparison_of
from app.store import collations


def span_of(text, part):
    assert text.count(part) == 1, part
    return Span(text.index(part), text.index(part) + len(part))


def sentence_of(witness, part):
    """The passage of a witness that holds `part`."""
    inside = span_of(witness.text, part)
    return next(p.span for p in witness.passages if p.span.covers(inside))


def make_row(name, one, other, parts, **over):
    """A row of two witnesses; `parts`: words of the passage that each has in it."""
    spans = [sentence_of(w, part) for w, part in zip((one, other), parts, strict=True)]
    known = {
        "kind": RowKind.FACT,
        "role": "main",
        "entries": (),
        "gist": Gist(one.id, spans[0]),
        "pairings": (Pairing(one.id, other.id, 0.9, (("shared rare words", 1.0),)),),
    }
    cells = (Cell(one.id, (spans[0],)), Cell(other.id, (spans[1],)))
    return Row(id=name, cells=cells, **{**known, **over})


def make_entry(name, matter, *readings, relation=None):
    """`readings`: (witness, words), each a wording of its own."""
    found = tuple(
        Reading(part, (Place(w.id, (span_of(w.text, part),)),), part) for w, part in readings
    )
    relations = (Compared(0, 1, relation),) if relation else ()
    return Entry(name, matter, found, relations)


def bridge_rows(one, other):
    days = make_entry(
        "ddays", Matter.NUMBER, (one, "12 days"), (other, "14 days"), relation=Relation.CONFLICTING
    )
    verb = make_entry(
        "dverb", Matter.ATTRIBUTION, (one, "said.\n".strip()), (other, "according to")
    )
    shut = make_entry("dshut", Matter.WORDING, (one, "closes on"), (other, "will be shut from"))
    over = make_entry("dover", Matter.PLACE, (one, "over the harbour"))
    said = make_entry("dsaid", Matter.ATTRIBUTION, (one, "said Ada"), (other, "told reporters"))
    quote = make_row(
        "rquote",
        one,
        other,
        ("We have no choice", "We have no choice"),
        kind=RowKind.QUOTATION,
        speaker="Ada Munk",
        entries=(said,),
        loose=True,
    )
    ferries = make_row(
        "rferry", one, other, ("Ferries will carry", "Ferries are to"), role="background"
    )
    closed = make_row(
        "rclose", one, other, ("12 days", "14 days"), entries=(shut, days, verb, over)
    )
    return closed, quote, ferries


def keep_rows(db, event, rows):
    """Keep `rows(witness, witness)` as the comparison of the event."""
    collate_event(db, event.id)
    held = collations.find_collation(db, event.id)
    witnesses = list(comparison_of(db, event).witnesses.values())
    held.apparatus = Apparatus(tuple(rows(*witnesses))).to_dict()
    db.add(held)
    db.flush()
