"""Rows of any words, cut into passages anywhere: nothing breaks and all spans keep their place."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate.comparison import compare
from app.collate.config import Config
from app.collate.marking import agreement, mark
from app.collate.text import Span
from tests.collate.rows import make_row, make_witnesses

ODD = (
    "the a Russia Moscow Kim said not could refused to May 13 2022 more than 1,000 people “ ” ( )"
    " [ ] . , : ' ’s Mr President of an hour last year Monday in on - – 北 🚀 5% $ did was will"
    " U.S.-backed"
)
WORDS = st.sampled_from(ODD.split(" "))
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=4)), max_size=20).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_spans_lie_inside_the_passages_of_their_cell(texts, random):
    cells = []
    for witness in make_witnesses(*texts):
        size = len(witness.text)
        cut = random.randint(0, size)
        cells.append((witness, (Span(0, cut), Span(cut, size))))
    spans = {witness.id: passages for witness, passages in cells}
    for entry in compare(cells, Config()):
        for reading in entry.readings:
            assert reading.text
            for place in reading.places:
                for span in place.spans:
                    assert any(passage.covers(span) for passage in spans[place.witness])


@settings(max_examples=15, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_every_witness_can_be_the_base(texts):
    witnesses = make_witnesses(*texts)
    row, by_id = make_row(witnesses), {w.id: w for w in witnesses}
    for witness in witnesses:
        marked = mark(row, by_id, witness.outlet)
        assert marked.base == witness.id
        for cell in marked.cells:
            ends = [0, *(m.span.end for m in cell.marks)]
            assert all(e <= m.span.start for e, m in zip(ends, cell.marks, strict=False))
    assert set(agreement(row, by_id)) == set(by_id)
