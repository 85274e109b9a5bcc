"""The whole engine on any text: it never breaks, loses nothing, and answers the same both ways."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate import (
    Apparatus,
    Operation,
    Telling,
    agreement,
    cluster,
    collate,
    mark,
    prepare,
    tile,
    unpaired,
    witnesses_of,
)
from app.collate.config import Config
from tests.collate.odd_texts import ODD_TEXTS

DEMO = sorted((Path(__file__).resolve().parents[2] / "demo").glob("*/*.txt"))
PLAIN = DEMO[0].read_text(encoding="utf-8")

pieces = st.sampled_from(
    [word for text in ODD_TEXTS.values() for word in text[:400].split(" ")][:900]
)
texts = st.lists(st.one_of(pieces, st.text(max_size=12)), max_size=60).map(" ".join)


def witnesses(*found):
    return [
        witness
        for n, text in enumerate(found, 1)
        for witness in witnesses_of(prepare(text), text=text, revision=n, siglum=f"O{n}")
    ]


def compared(*found):
    """Compare texts and check what must hold for any."""
    read = witnesses(*found)
    by_id = {witness.id: witness for witness in read}
    apparatus = collate(read)
    assert Apparatus.from_dict(apparatus.to_dict()) == apparatus
    for witness in read:
        taken = sorted(
            span
            for row in apparatus.rows
            for cell in row.cells
            if cell.witness == witness.id
            for span in cell.spans
        )
        alone = [passage.span for passage in unpaired(witness, apparatus)]
        together = sorted([*taken, *alone])
        letters = "".join(span.of(witness.text) for span in together)
        whole = "".join(passage.span.of(witness.text) for passage in witness.passages)
        assert "".join(letters.split()) == "".join(whole.split())
        assert all(a.end <= b.start for a, b in zip(together, together[1:], strict=False))
    for row in apparatus.rows:
        check_row(row, by_id)
    return apparatus


def check_row(row, by_id):
    cells = {cell.witness: cell.spans for cell in row.cells}
    assert len(cells) == len(row.cells) >= 2
    for entry in row.entries:
        for reading in entry.readings:
            for place in reading.places:
                assert all(any(c.covers(s) for c in cells[place.witness]) for s in place.spans)
            first = reading.places[0]
            said = " ".join(span.of(by_id[first.witness].text) for span in first.spans)
            assert "".join(said.split()) in "".join(reading.text.split()) or "…" in reading.text
    for outlet in {by_id[witness].outlet for witness in cells}:
        marked = mark(row, by_id, outlet)
        assert by_id[marked.base].outlet == outlet
    assert set(agreement(row, by_id)) <= set(by_id)


@pytest.mark.parametrize("name", ODD_TEXTS)
def test_an_odd_text_is_read_and_compared(name):
    text = ODD_TEXTS[name]
    prepared = prepare(text)
    tiles = tile(prepared.cleaned, [passage.span for passage in prepared.passages])
    kept = "".join(span.of(text) for span in prepared.cleaned.kept)
    assert "".join(span.of(text) for span in tiles) == kept
    compared(text, PLAIN)
    same = compared(text, text)
    assert not any(row.entries for row in same.rows)


@settings(deadline=None, max_examples=40)
@given(st.lists(texts, min_size=2, max_size=3))
def test_any_texts_are_compared(found):
    compared(*found)


@settings(deadline=None, max_examples=25)
@given(st.lists(texts, min_size=1, max_size=4))
def test_any_texts_are_put_into_events_once_each(found):
    tellings = []
    for number, text in enumerate(found):
        p = prepare(text)
        tellings.append(Telling(str(number), text, p.passages, p.quotations, None, p.cleaned.title))
    events = cluster(tellings, Config())
    mains = [telling for event in events for telling in event.main_tellings]
    assert len(mains) == len(set(mains))
    for event in events:
        for member in event.members:
            passages = tellings[int(member.telling)].passages
            assert (member.start, member.end) in {(p.span.start, p.span.end) for p in passages}


@cache
def demo_rows():
    read = witnesses(*(path.read_text(encoding="utf-8") for path in DEMO))
    return {witness.id: witness for witness in read}, collate(read).rows


def test_two_tellings_mirror_each_other():
    """What one adds the other leaves out; what is worded otherwise is so from either side."""
    by_id, rows = demo_rows()
    seen = 0
    for row in rows:
        one, two = (cell.witness for cell in row.cells[:2])
        if len(row.cells) == 2 and by_id[one].outlet != by_id[two].outlet:
            there, back = departures(row, by_id, one, two), departures(row, by_id, two, one)
            assert there == {**back, "added": back["left out"], "left out": back["added"]}
            seen += 1
    assert seen > 5


def departures(row, by_id, base, other):
    """What `other` adds, leaves out and words otherwise when `base` is the base."""
    marked = mark(row, by_id, by_id[base].outlet)
    cell = next(cell for cell in marked.cells if cell.witness == other)
    text = by_id[other].text
    found = {"added": Counter(), "left out": Counter(), "otherwise": set()}
    for m in cell.marks:
        if m.operation is Operation.ADDITION:
            found["added"].update(m.span.of(text).split())
        elif m.operation:
            found["otherwise"].add((m.entry, m.operation, m.matter, m.relation))
    for omission in cell.omissions:
        found["left out"].update(omission.text.replace("…", " ").split())
    return found
