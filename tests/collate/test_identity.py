"""Ids of rows and differences over runs."""

from dataclasses import replace

from app.collate import (
    Apparatus,
    Cell,
    Entry,
    Gist,
    Known,
    Matter,
    Place,
    Reading,
    Row,
    RowKind,
    Span,
)
from app.collate.identity import known, name

REVISIONS = {"1": 1, "2": 2, "3": 3}


def row(*cells, entries=()):
    first = cells[0]
    return Row(
        id="",
        kind=RowKind.FACT,
        role="main",
        cells=tuple(Cell(witness, tuple(spans)) for witness, spans in cells),
        entries=entries,
        gist=Gist(first[0], first[1][0]),
    )


def entry(*places):
    reading = Reading("words", tuple(Place(witness, (span,)) for witness, span in places), "")
    return Entry("", Matter.WORDING, (reading,))


A, B, C = Span(0, 9), Span(10, 20), Span(30, 40)


def test_name_derives_an_id_from_the_earliest_place():
    one = name([row(("1", [A]), ("2", [B]))], REVISIONS).rows[0].id
    again = name([row(("2", [B, C]), ("1", [A]))], REVISIONS).rows[0].id
    assert one == again
    assert len(one) == 9
    assert one[0] == "r"


def test_name_keeps_ids_on_a_second_run():
    rows = [row(("1", [A]), ("2", [A]), entries=(entry(("1", A)),)), row(("1", [B]), ("2", [B]))]
    first = name(rows, REVISIONS)
    again = name(rows, REVISIONS, known(first.rows, REVISIONS))
    assert again == replace(first, leads=())


def test_name_keeps_an_id_when_an_earlier_witness_joins():
    first = name([row(("2", [A]), ("3", [A]))], REVISIONS)
    later = name([row(("1", [C]), ("2", [A]), ("3", [A]))], REVISIONS, known(first.rows, REVISIONS))
    assert later.rows[0].id == first.rows[0].id
    assert later.leads == ()


def test_name_leads_on_after_a_merge():
    first = name([row(("1", [A]), ("2", [A]), ("3", [A])), row(("1", [B]), ("2", [B]))], REVISIONS)
    old = known(first.rows, REVISIONS)
    merged = name([row(("1", [A, B]), ("2", [A, B]), ("3", [A]))], REVISIONS, old)
    assert merged.rows[0].id == first.rows[0].id
    assert [(lead.old, lead.new) for lead in merged.leads] == [
        (first.rows[1].id, (first.rows[0].id,))
    ]


def test_name_leads_on_after_a_split():
    first = name([row(("1", [A, B]), ("2", [A, B]), ("3", [A]))], REVISIONS)
    split = name(
        [row(("1", [A]), ("2", [A]), ("3", [A])), row(("1", [B]), ("2", [B]))],
        REVISIONS,
        known(first.rows, REVISIONS),
    )
    kept, new = split.rows[0].id, split.rows[1].id
    assert kept == first.rows[0].id
    assert new != kept
    assert [(lead.old, lead.new) for lead in split.leads] == [(kept, (kept, new))]


def test_name_says_what_vanished():
    old = (Known("raaaaaaaa", ((7, A),)), Known("daaaaaaaa", ((7, A),), "raaaaaaaa"))
    leads = name([row(("1", [A]), ("2", [A]))], REVISIONS, old).leads
    assert {(lead.old, lead.new) for lead in leads} == {("raaaaaaaa", ()), ("daaaaaaaa", ())}


def test_name_gives_no_id_twice():
    old = name([row(("1", [A]), ("2", [A]), ("3", [A]))], REVISIONS)
    rows = [row(("2", [A]), ("3", [A])), row(("1", [A]), ("3", [B]))]
    found: Apparatus = name(rows, REVISIONS, known(old.rows, REVISIONS))
    assert len({r.id for r in found.rows}) == 2


def test_name_keeps_differences_inside_their_row():
    rows = [row(("1", [A]), ("2", [A]), entries=(entry(("1", A)), entry(("2", A))))]
    first = name(rows, REVISIONS)
    swapped = [replace(rows[0], entries=rows[0].entries[::-1])]
    again = name(swapped, REVISIONS, known(first.rows, REVISIONS))
    assert [e.id for e in again.rows[0].entries] == [e.id for e in first.rows[0].entries][::-1]
    assert all(e.id[0] == "d" and len(e.id) == 9 for e in again.rows[0].entries)


def test_name_leads_from_a_whole_sentence_to_both_of_its_parts():
    whole, left, right = Span(0, 40), Span(0, 19), Span(20, 40)
    first = name([row(("1", [whole]), ("2", [A]))], REVISIONS)
    rows = [row(("1", [left]), ("2", [A])), row(("1", [right]), ("3", [B]))]
    later = name(rows, REVISIONS, known(first.rows, REVISIONS))
    old = first.rows[0].id
    assert later.rows[0].id == old
    assert {lead.old: lead.new for lead in later.leads} == {old: (old, later.rows[1].id)}
    again = name([row(("1", [whole]), ("2", [A]))], REVISIONS, known(later.rows, REVISIONS))
    assert again.rows[0].id == old
