"""Reports carried inside one article."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate.cleaning import clean
from app.collate.reports import divide
from app.collate.segmentation import segment
from app.collate.text import PassageKind

CARRYING = """Bridge closed after storm

The harbour bridge was closed on Monday after heavy rain, officials said.

A Meridian report said:

The bridge was shut at noon because its pillars had moved, engineers said.

What the mayor says

The mayor called the closure a precaution and promised repairs by May.

The Meridian report said:

Boats may still pass under it, the harbour master told the agency.

Another Meridian report said:

Shops along the quay lost half of their customers within a single day.

According to the Lantern:

Traders blame the council for years of neglect and demand compensation.

A local media report said:

The council will meet on Thursday to hear what the engineers have found.
"""


def told(text: str) -> tuple:
    return divide(text, segment(text, clean(text)))


def test_divide_gives_each_carried_report_its_letter_and_source_line():
    _, reports = told(CARRYING)
    assert [report.letter for report in reports] == ["", "M", "M2", "L", "L2"]
    assert [r.source and r.source.of(CARRYING) for r in reports] == [
        None,
        "A Meridian report said:",
        "Another Meridian report said:",
        "According to the Lantern:",
        "A local media report said:",
    ]
    assert [report.index for report in reports] == [0, 1, 2, 3, 4]


def test_divide_gives_the_crossheads_to_the_outlet():
    passages, _ = told(CARRYING)
    report = {p.span.of(CARRYING): p.report for p in passages}
    assert report["What the mayor says"] == 0
    assert report["Bridge closed after storm"] == 0


def test_divide_lets_a_line_with_the_go_on_with_the_open_report():
    passages, _ = told(CARRYING)
    report = {p.span.of(CARRYING): p.report for p in passages}
    assert report["Boats may still pass under it, the harbour master told the agency."] == 1
    lead = "The harbour bridge was closed on Monday after heavy rain, officials said."
    assert report[lead] == 0


def test_divide_leaves_an_ordinary_article_whole():
    text = "Bridge closed\n\nThe mayor said:\n\n“We had no choice but to close it.”\n\nShe left."
    passages, reports = told(text)
    assert len(reports) == 1
    assert {p.report for p in passages} == {0}


def test_divide_ends_a_carried_report_at_a_rule():
    text = (
        f"{CARRYING}\n***\n\nThe harbour office had not answered our questions by Tuesday night.\n"
    )
    passages, _ = told(text)
    assert passages[-1].report == 0


def test_divide_takes_the_lead_in_of_a_quotation_for_no_report():
    text = (
        f"Bridge closed\n\nA council report said:\n\n“The pillars are weak.”\n\n{'It is old. ' * 3}"
    )
    assert len(told(text)[1]) == 1


@settings(deadline=None)
@given(st.lists(st.sampled_from([*CARRYING.splitlines(), "Here is a translation:"]), max_size=12))
def test_divide_keeps_passages_and_uses_each_letter_once(lines):
    text = "\n\n".join(lines)
    passages = segment(text, clean(text))
    divided, reports = divide(text, passages)
    assert [p.span for p in divided] == [p.span for p in passages]
    assert len({r.letter for r in reports}) == len(reports)
    assert {p.report for p in divided} <= {r.index for r in reports}
    sources = [p for p in divided if p.kind is PassageKind.SOURCE]
    assert all(p.report > 0 for p in sources)
