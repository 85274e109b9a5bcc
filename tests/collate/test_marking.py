"""Marks: what a reader sees of a row against one base."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate.apparatus import Operation, Relation
from app.collate.marking import Kind, agreement, kind_of, mark
from tests.collate.rows import make_row, make_witness, make_witnesses

TEXTS = [
    "Russia signed the treaty in Moscow on Monday, officials said.",
    "Moscow signed the important treaty on Monday, officials claimed.",
    "Russia signed the treaty on Tuesday.",
    "The fire killed 12 people in the old harbour.",
    "The fire killed 15 people in the harbour.",
    "The fire broke out in the old harbour.",
]


def marks_of(texts, base, shown=None):
    witnesses = make_witnesses(*texts)
    row = make_row(witnesses)
    return row, mark(row, {w.id: w for w in witnesses}, base, shown)


def kinds_of(row, witness):
    return [m.kind for cell in row.cells if cell.witness == witness for m in cell.marks]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4), st.sampled_from(["W1", "W2", "W9"])
)
def test_marks_are_in_order_apart_and_inside_their_cell(texts, base):
    row, marked = marks_of(texts, base)
    spans = {cell.witness: cell.spans for cell in row.cells}
    for cell in marked.cells:
        for one, two in zip(cell.marks, cell.marks[1:], strict=False):
            assert one.span.end <= two.span.start
        for m in cell.marks:
            assert any(span.covers(m.span) for span in spans[cell.witness])


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS))
def test_what_one_adds_the_other_omits(one, two):
    _, from_first = marks_of([one, two], "W1")
    _, from_second = marks_of([one, two], "W2")
    added = [m for c in from_first.cells if c.witness == "2" for m in c.marks]
    omitted = [o for c in from_second.cells if c.witness == "1" for o in c.omissions]
    additions = [m for m in added if m.operation is Operation.ADDITION]
    assert len(additions) == len(omitted)


def test_the_base_shows_only_where_others_depart():
    _, marked = marks_of(TEXTS[:2], "W1")
    assert set(kinds_of(marked, "1")) == {Kind.CONTESTED}
    assert kinds_of(marked, "2")[0] is Kind.NAMING


def test_words_of_the_base_that_are_missing_stand_in_a_box():
    _, marked = marks_of(TEXTS[:2], "W1")
    boxes = [o.text for cell in marked.cells for o in cell.omissions]
    assert boxes == ["in Moscow"]


def test_a_silent_base_outlet_lends_its_place_to_the_first_witness():
    _, marked = marks_of(TEXTS[:2], "W9")
    assert (marked.base, marked.silent) == ("1", True)


def test_a_second_witness_inside_the_base_outlet_is_marked_against_the_first():
    witnesses = [make_witness(TEXTS[3], 1, outlet="A"), make_witness(TEXTS[4], 2, outlet="A")]
    marked = mark(make_row(witnesses), {w.id: w for w in witnesses}, "A")
    assert marked.base == "1"
    assert Kind.CONFLICT in kinds_of(marked, "2")


def test_the_telling_of_the_base_outlet_that_is_nearest_to_the_others_is_the_base():
    texts = ("Treaty signed", TEXTS[0], TEXTS[1])
    witnesses = [
        make_witness(text, number, outlet=outlet)
        for number, (text, outlet) in enumerate(zip(texts, "AAB", strict=True), 1)
    ]
    marked = mark(make_row(witnesses), {w.id: w for w in witnesses}, "A")
    assert marked.base == "2"


def test_a_conflict_is_marked_on_both_sides_whatever_the_base():
    for base in ("W1", "W2", "W3"):
        _, marked = marks_of([TEXTS[3], TEXTS[4], TEXTS[5]], base)
        assert Kind.CONFLICT in kinds_of(marked, "1")
        assert Kind.CONFLICT in kinds_of(marked, "2")


def test_a_conflict_is_marked_in_a_reading_that_agrees_with_the_base_and_counted_elsewhere():
    _, marked = marks_of([TEXTS[3], TEXTS[3], TEXTS[4]], "W1")
    assert [kinds_of(marked, witness).count(Kind.CONFLICT) for witness in "123"] == [1, 1, 1]
    assert marked.counts[Kind.CONFLICT] == 1


def test_hidden_outlets_leave_no_mark():
    _, marked = marks_of([TEXTS[3], TEXTS[4]], "W1", shown=["W1"])
    assert [cell.witness for cell in marked.cells] == ["1"]
    assert marked.cells[0].marks == ()
    assert marked.counts == {}


def test_a_row_of_hidden_outlets_is_empty():
    _, marked = marks_of([TEXTS[3], TEXTS[4]], "W1", shown=[])
    assert marked.cells == ()


def test_counts_hold_each_departure_once_and_leave_the_base_out():
    _, marked = marks_of([TEXTS[3], TEXTS[4]], "W1")
    assert marked.counts == {Kind.CONFLICT: 1, Kind.OMITTED: 1}


def test_another_referent_is_added_here_and_omitted_there():
    assert kind_of(Operation.SUBSTITUTION, "place", Relation.OTHER_REFERENT) is Kind.ADDED


def test_agreement_tells_some_from_all():
    witnesses = make_witnesses(
        "The fire killed people.", "A fire broke out.", "The fire killed cats."
    )
    levels = agreement(make_row(witnesses), {w.id: w for w in witnesses})
    words = [(span.of(witnesses[0].text), level) for span, level in levels["1"]]
    assert words == [("fire", 2), ("killed", 1)]


def test_agreement_of_one_shown_outlet_is_empty():
    witnesses = make_witnesses(TEXTS[0], TEXTS[0])
    levels = agreement(make_row(witnesses), {w.id: w for w in witnesses}, ["W1"])
    assert levels == {"1": ()}
