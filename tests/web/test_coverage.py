"""The head of an event: facts with those who state them, conflicts, coverage strips."""

from app.collate import (
    Cell,
    Compared,
    Entry,
    Gist,
    Matter,
    Place,
    Reading,
    Relation,
    Row,
    RowKind,
    Span,
    Witness,
)
from app.web.coverage import Siglum, build_facts, build_strip

TEXTS = {"AA": "In Amur on 13 May.", "BB": "In Siberia on 13 May.", "CC": "Near Amur."}
WITNESSES = {
    str(n): Witness(str(n), siglum, siglum, n, text, ())
    for n, (siglum, text) in enumerate(TEXTS.items())
}
SIGLA = {n: Siglum(siglum, siglum) for n, siglum in enumerate(TEXTS)}


def make_fact(what, revision, words):
    text = list(TEXTS.values())[revision]
    start = text.index(words)
    return {
        "what": what,
        "value": words,
        "words": words,
        "revision": revision,
        "start": start,
        "end": start + len(words),
    }


def make_reading(words, *revisions):
    places = tuple(
        Place(str(n), (Span(text.index(words), text.index(words) + len(words)),))
        for n in revisions
        for text in [list(TEXTS.values())[n]]
    )
    return Reading(words, places, words)


def make_row(name, *revisions, kind=RowKind.FACT, entries=()):
    cells = tuple(Cell(str(n), (Span(0, 5),)) for n in revisions)
    return Row(name, kind, "main", cells, entries, Gist(str(revisions[0]), Span(0, 5)))


PLACES = Entry(
    "d1",
    Matter.PLACE,
    (make_reading("Amur", 0, 2), make_reading("Siberia", 1)),
    (Compared(0, 1, Relation.CONFLICTING),),
)


def test_facts_name_everybody_who_states_them():
    facts = [make_fact("when", 0, "13 May"), make_fact("when", 1, "13 May")]
    (line,) = build_facts(facts, SIGLA, (), WITNESSES)
    assert line.label == "When"
    assert [(v.words, [s.letters for s in v.sigla]) for v in line.values] == [
        ("13 May", ["AA", "BB"])
    ]


def test_conflict_stands_beside_the_fact_that_it_touches():
    facts = [make_fact("where", 0, "Amur"), make_fact("when", 0, "13 May")]
    rows = (make_row("r1", 0, 1, 2, entries=(PLACES,)),)
    when, where = build_facts(facts, SIGLA, rows, WITNESSES)
    assert when.clashes == ()
    (clash,) = where.clashes
    assert (clash.words, clash.row, clash.entry) == ("Siberia", "r1", "d1")
    assert [siglum.letters for siglum in clash.sigla] == ["BB"]


def test_conflict_about_something_else_stays_in_its_row():
    facts = [make_fact("where", 2, "Near")]
    rows = (make_row("r1", 0, 1, entries=(PLACES,)),)
    (where,) = build_facts(facts, SIGLA, rows, WITNESSES)
    assert where.clashes == ()


def test_strip_says_what_an_outlet_reports_and_what_it_reports_alone():
    rows = [make_row("r1", 0, 1), make_row("r2", 1), make_row("r3", 0, kind=RowKind.QUOTATION)]
    strip = build_strip("AA", rows, WITNESSES)
    assert [cell.state for cell in strip.cells] == ["reported", "silent", "only"]
    assert [cell.is_round for cell in strip.cells] == [False, False, True]
    assert (strip.told, strip.alone, strip.total) == (2, 1, 3)


def test_long_strip_goes_on_in_a_second_line():
    rows = [make_row(f"r{n}", 0) for n in range(30)]
    strip = build_strip("AA", rows, WITNESSES)
    assert strip.width < 24 * 14
    assert {cell.y for cell in strip.cells} == {0, 19}


def test_words_as_common_are_shown_at_their_fullest():
    facts = [make_fact("when", 0, "13 May"), make_fact("when", 1, "on 13 May")]
    (line,) = build_facts([{**one, "value": "--05-13"} for one in facts], SIGLA, (), WITNESSES)
    assert [value.words for value in line.values] == ["on 13 May"]


def test_date_known_in_part_joins_the_one_in_the_same_words_and_else_comes_last():
    facts = [make_fact("when", n, words) for n, words in ((0, "13"), (1, "May"), (1, "13 May"))]
    values = ("--05-13", "--05", "2024-05-13")
    facts = [{**one, "value": value} for one, value in zip(facts, values, strict=True)]
    facts[0]["words"] = "13 May"
    (line,) = build_facts(facts, SIGLA, (), WITNESSES)
    assert [(v.words, [s.letters for s in v.sigla]) for v in line.values] == [
        ("13 May", ["AA", "BB"]),
        ("May", ["BB"]),
    ]
    (line,) = build_facts(facts[1:], SIGLA, (), WITNESSES)
    assert [value.words for value in line.values] == ["13 May", "May"]
