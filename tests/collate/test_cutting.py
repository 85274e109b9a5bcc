"""Sentences that say two things: where they may be cut, where they are, where they stay whole."""

from itertools import pairwise, permutations

import pytest

from app.collate import Config, align, prepare, witnesses_of
from app.collate.clauses import seams
from app.collate.tokens import tokenize

BOTH = """Flood in Brodno

The army evacuated the hospital of Brodno by helicopter, and the mayor promised fishermen new boats.

Bread was rationed on Sunday.
"""
HOSPITAL = """Water in the valley

By helicopter the army evacuated the whole hospital of Brodno.

Schools stay shut.
"""
BOATS = """The fishermen wait

The mayor promised the fishermen new boats before spring.

The vineyards were spared.
"""
HOSPITAL_THEN_BOATS = """Brodno under water

By helicopter the army evacuated the whole hospital of Brodno. The mayor promised the fishermen
new boats before spring.
"""


def witness(text, revision):
    (one,) = witnesses_of(prepare(text), text=text, revision=revision, siglum=f"W{revision}")
    return one


def rows_of(*texts):
    """The cells of each row: witness id → spans as text."""
    placed = [witness(text, number) for number, text in enumerate(texts, 1)]
    texts_by_id = {one.id: one.text for one in placed}
    return [
        {c.witness: [s.of(texts_by_id[c.witness]) for s in c.spans] for c in row.cells}
        for row in align(placed, Config())
    ]


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        (
            "Rain fell all night, and the old bridge was closed.",
            ["Rain fell all night,", "and the old bridge was closed."],
        ),
        (
            "The queen went to Arle to open the new harbour.",
            ["The queen went to Arle", "to open the new harbour."],
        ),
        (
            "Ruiz said that the dam which broke in May had cracks.",
            ["Ruiz said that the dam", "which broke in May had cracks."],
        ),
        ("Ana Ruiz, the mayor, wept.", ["Ana Ruiz, the mayor, wept."]),
        (
            "The dam (built when the king was young) broke.",
            ["The dam (built when the king was young) broke."],
        ),
        (
            "He spoke of peace: “We shall never fight again.”",
            ["He spoke of peace:", "“We shall never fight again.”"],
        ),
    ],
)
def test_seams_stand_before_clauses(sentence, parts):
    tokens = tokenize(sentence)
    starts = [0, *(tokens[seam.token].span.start for seam in seams(tokens)), len(sentence)]
    found = [sentence[a:b].strip() for a, b in pairwise(starts)]
    assert found == parts


def test_a_sentence_is_cut_where_its_clauses_answer_different_passages():
    rows = rows_of(BOTH, HOSPITAL, BOATS)
    assert {
        "1": ["The army evacuated the hospital of Brodno by helicopter,"],
        "2": ["By helicopter the army evacuated the whole hospital of Brodno."],
    } in rows
    assert {
        "1": ["and the mayor promised fishermen new boats."],
        "3": ["The mayor promised the fishermen new boats before spring."],
    } in rows


def test_one_sentence_told_in_two_remains_one_row():
    rows = rows_of(BOTH, HOSPITAL_THEN_BOATS)
    (row,) = [row for row in rows if "hospital" in row["1"][0]]
    assert len(row["1"]) == 1
    assert "boats" in row["1"][0]
    assert len(row["2"]) == 2


def test_cuts_do_not_depend_on_the_order_of_witnesses():
    texts = (BOTH, HOSPITAL, BOATS)
    placed = [witness(text, number) for number, text in enumerate(texts, 1)]
    found = {
        frozenset(
            (c.witness, s) for row in align(order, Config()) for c in row.cells for s in c.spans
        )
        for order in permutations(placed)
    }
    assert len(found) == 1


def test_no_character_stands_in_two_rows():
    placed = [witness(text, number) for number, text in enumerate((BOTH, HOSPITAL, BOATS), 1)]
    spans = sorted(
        (c.witness, s) for row in align(placed, Config()) for c in row.cells for s in c.spans
    )
    for (one, first), (other, second) in pairwise(spans):
        assert one != other or first.end <= second.start
