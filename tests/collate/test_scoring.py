"""Probabilities of pairs of passages, and what the other passages say for a pair."""

from itertools import combinations

import numpy as np
import pytest

from app.collate import pair_passages, prepare, witnesses_of
from app.collate.evidence import EVIDENCE, collect
from app.collate.scoring import score
from app.collate.support import SUPPORT, support
from app.collate.terms import units_of

FIRE = (
    "Firefighters fought a blaze at the Marlow cannery in Port Ellis on Friday.",
    "A blaze gutted the Marlow cannery in Port Ellis on Friday, firefighters said.",
    "On Friday firefighters battled a blaze at a cannery in Port Ellis, the Marlow works.",
)
OTHER = (
    "Firefighters fought a blaze at the Dunmore brewery in Castle Vane in March.",
    "A blaze gutted the Dunmore brewery in Castle Vane in March, firefighters said.",
    "In March firefighters battled a blaze at a brewery in Castle Vane, the Dunmore works.",
)


def witness(text, revision):
    (one,) = witnesses_of(prepare(text), text=text, revision=revision, siglum=f"W{revision}")
    return one


@pytest.fixture(scope="module")
def fires():
    return [witness(f"{text}\n", number) for number, text in enumerate(FIRE + OTHER, 1)]


def test_score_gives_probabilities_and_inputs_for_each_candidate(fires):
    scores = score(units_of(fires))
    assert len(scores.left)
    assert (scores.left < scores.right).all()
    for chances in (scores.probability, scores.happening):
        assert ((chances >= 0) & (chances <= 1)).all()
    assert scores.weighed.shape == (len(scores.left), len(EVIDENCE))


def test_score_tells_one_happening_from_its_look_alike(fires):
    found = {(int(p.a), int(p.b)): p.happening for p in pair_passages(fires)}
    inside = [found[pair] for pair in combinations((1, 2, 3), 2)]
    inside += [found[pair] for pair in combinations((4, 5, 6), 2)]
    across = [found.get((a, b), 0.0) for a in (1, 2, 3) for b in (4, 5, 6)]
    assert min(inside) > max(across)


def test_score_knows_names_by_their_capitals_but_not_in_a_headline_full_of_them():
    text = "Blaze Guts Cannery In Town\n\nA blaze gutted the Marlow cannery on Friday.\n"
    title, sentence = units_of([witness(text, 1)])
    assert title.names == frozenset()
    assert {"@marlow", "friday"} == sentence.names


def test_score_keeps_texts_apart_that_name_others(fires):
    pairs = collect(units_of(fires))
    alike = pairs.table[:, EVIDENCE.index("texts of the same names")]
    of = dict(zip(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True), alike, strict=True))
    assert of[0, 1] > 0.3 > of[0, 3] == 0


def test_support_finds_what_two_passages_match_in_common():
    # Three texts of one passage and one of two: 0, 1 and 2 match; so do 0 and 3, not 3 and 1.
    owner = np.array([0, 1, 2, 3, 3])
    left, right = np.array([0, 0, 1, 0, 1]), np.array([1, 2, 2, 3, 3])
    table = support(owner, left, right, np.array([0.9, 0.9, 0.9, 0.9, 0.1]))
    assert table.shape == (5, len(SUPPORT))
    common = dict(zip(zip(left, right, strict=True), table[:, 0], strict=True))
    assert common[0, 1] > common[0, 3]
    texts = dict(zip(zip(left, right, strict=True), table[:, 2], strict=True))
    assert texts[0, 1] == pytest.approx(0.9)
    assert texts[1, 3] == pytest.approx(0.1)


def test_support_takes_no_pairs():
    nothing = np.zeros(0, dtype=np.int64)
    assert support(np.array([0, 1]), nothing, nothing, np.zeros(0)).shape == (0, len(SUPPORT))
