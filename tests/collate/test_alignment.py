"""Rows of passages: what is paired, what never is, and the fast grouping against a slow one."""

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.collate import Config, align, prepare, witnesses_of
from app.collate.grouping import Edge, group
from app.collate.ordering import ordered
from app.collate.scoring import score
from app.collate.terms import units_of

DEMO = Path(__file__).resolve().parents[2] / "demo"
ONE = """Dockers close the port of Kelmouth

About 1,200 dock workers at the port of Kelmouth stopped work on Sunday over robot cranes.

"They are lying to us, as they lied in 2014," said Maureen Tate, who leads the union.

Fourteen ships were waiting outside the harbour on Monday, the coastguard said.
"""
TWO = """Nothing moves in Kelmouth

Over robot cranes 1,200 dockers have stopped work at the port of Kelmouth.

The fruit importer Okoro fears for his bananas.

"They lied to us in 2014 and they are lying to us today," Maureen Tate told her union.
"""


def witness(text, revision, siglum):
    (one,) = witnesses_of(prepare(text), text=text, revision=revision, siglum=siglum)
    return one


def spans_of(rows):
    return {frozenset((c.witness, s) for c in row.cells for s in c.spans) for row in rows}


def test_align_pairs_what_is_said_twice_and_leaves_the_rest_alone():
    a, b = witness(ONE, 1, "A"), witness(TWO, 2, "B")
    texts = {w.id: w.text for w in (a, b)}
    rows = [
        {c.witness: " ".join(s.of(texts[c.witness]) for s in c.spans) for c in row.cells}
        for row in align([a, b], Config())
    ]
    assert any("1,200" in row["1"] and "1,200" in row["2"] for row in rows)
    assert any("lied in 2014" in row["1"] and "lied to us" in row["2"] for row in rows)
    assert not any("bananas" in words for row in rows for words in row.values())


def test_align_says_why_two_passages_stand_together():
    rows = align([witness(ONE, 1, "A"), witness(TWO, 2, "B")], Config())
    for row in rows:
        assert {p.a for p in row.pairings} | {p.b for p in row.pairings} == {"1", "2"}
        assert all(0 < p.score <= 1 and p.reasons for p in row.pairings)
        assert row.score <= max(p.score for p in row.pairings)


def test_align_does_not_depend_on_the_order_of_witnesses():
    three = [witness(ONE, 1, "A"), witness(TWO, 2, "B"), witness(ONE + TWO, 3, "C")]
    first = align(three, Config())
    assert spans_of(first) == spans_of(align(three[::-1], Config()))


def test_align_gives_nothing_for_one_witness_or_none():
    assert align([], Config()) == ()
    assert align([witness(ONE, 1, "A")], Config()) == ()


def test_score_vetoes_the_words_of_two_speakers():
    a = 'Rain.\n\n"We shall rebuild the old bridge of Osterfeld," said Mayor Ute Hansel.\n'
    b = 'Rain.\n\n"We shall rebuild the old bridge of Osterfeld," said Minister Paul Reimer.\n'
    units = units_of([witness(a, 1, "A"), witness(b, 2, "B")])
    scores = score(units)
    spoken = [
        p
        for x, y, p in zip(scores.left, scores.right, scores.probability, strict=True)
        if "hansel" in units[x].speakers and "reimer" in units[y].speakers
    ]
    assert spoken
    assert max(spoken) == 0


edges = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(1, 99)), max_size=25)


@settings(deadline=None, max_examples=60)
@given(edges, st.lists(st.integers(0, 3), min_size=9, max_size=9), st.integers(1, 3))
def test_group_agrees_with_the_slow_obvious_way(triples, reports, cap):
    unique = {}
    for n, (a, b, p) in enumerate(triples):
        if a != b:
            unique[min(a, b), max(a, b)] = Edge(min(a, b), max(a, b), p / 100 + n / 10_000)
    found = group(list(unique.values()), reports, least=0.3, cap=cap)
    assert found == slow_group(list(unique.values()), reports, least=0.3, cap=cap)


@settings(deadline=None, max_examples=60)
@given(edges, st.lists(st.integers(0, 3), min_size=9, max_size=9), st.sets(st.integers(0, 8)))
def test_good_pairs_lead_from_each_member_of_a_group_to_each_other(triples, reports, heads):
    given_edges = [Edge(min(a, b), max(a, b), p / 100) for a, b, p in triples if a != b]
    good = {(e.a, e.b) for e in given_edges if e.score > 0.3 and reports[e.a] != reports[e.b]}
    for members in group(given_edges, reports, least=0.3, cap=2, heads=heads):
        reached = {members[0]}
        for _ in members:
            reached |= {b for a, b in good if a in reached} | {a for a, b in good if b in reached}
        assert set(members) <= reached


def slow_group(edges, reports, *, least, cap):
    """Look at all pairs of groups before each merge."""
    scores = {(e.a, e.b): e.score for e in edges if reports[e.a] != reports[e.b]}
    groups = [[n] for n in range(len(reports))]

    def best(unit, others):
        return max((scores.get((min(unit, o), max(unit, o)), 0.0) for o in others), default=0.0)

    def alike(one, two):
        there = sum(best(u, two) for u in one) / len(one)
        back = sum(best(u, one) for u in two) / len(two)
        return (there + back) / 2

    def fits(one, two):
        return max(Counter(reports[u] for u in one + two).values()) <= cap

    while True:
        options = [
            (-alike(one, two), min(one), min(two), one, two)
            for one, two in combinations(sorted(groups, key=min), 2)
            if fits(one, two) and alike(one, two) > least
        ]
        if not options:
            return tuple(tuple(sorted(g)) for g in sorted(groups, key=min) if len(g) > 1)
        *_, one, two = min(options, key=lambda o: o[:3])
        groups = [g for g in groups if g not in (one, two)] + [one + two]


@pytest.mark.parametrize("cap", [1, 2])
def test_group_never_puts_more_than_the_cap_of_one_report_together(cap):
    edges = [Edge(a, b, 0.9) for a, b in combinations(range(6), 2)]
    for units in group(edges, [0, 0, 0, 1, 1, 1], least=0.2, cap=cap):
        assert max(Counter([0, 0, 0, 1, 1, 1][u] for u in units).values()) <= cap


def test_ordered_keeps_the_order_of_the_witness_with_most_rows():
    rows = [[(0, 0.9), (1, 0.1)], [(0, 0.2)], [(0, 0.5), (1, 0.9)], [(1, 0.3), (2, 0.5)]]
    assert ordered(rows) == [1, 2, 0, 3]


def test_headlines_that_share_only_names_are_a_loose_match():
    outlets = ("aldermoor-review", "central-bulletin-agency")
    paths = [DEMO / "vostochny-summit" / f"{outlet}.txt" for outlet in outlets]
    pair = [witness(path.read_bytes().decode(), n, "AB"[n]) for n, path in enumerate(paths)]
    titles = [w.passages[0].span for w in pair]
    (row,) = (r for r in align(pair, Config()) if [c.spans[0] for c in r.core] == titles)
    assert row.loose
    assert row.score > Config().loose_below


def test_only_headlines_are_held_to_the_higher_threshold():
    strict = Config(loose_below=0.0, loose_heads_below=1.1)
    pair = [witness(ONE, 1, "A"), witness(TWO, 2, "B")]
    assert not any(row.loose for row in align(pair, strict))
    other = (
        "Dockers have closed the port of Kelmouth\n\n"
        "A strike of tailors in Lindau ended in tears this week.\n\n"
        "The fruit importer Okoro fears for his bananas.\n\n"
        "The weather will stay dry until Friday, the forecasters think.\n"
    )
    heads = [witness(ONE, 1, "A"), witness(other, 2, "B")]
    assert [row.loose for row in align(heads, strict)] == [True]
    assert [row.loose for row in align(heads, Config())] == [False]
