"""How bench/speed.py judges and draws; what it measures is asserted nowhere."""

import xml.etree.ElementTree as ET

from bench import growth, measures, peers, speed
from tests.test_golden import witnesses_of_demo

LIMITS = {
    "cold.after_imports": ["<=", 0.5, 0.3],
    "candidates.recall": [">=", 0.8, 0.8],
    "gone": ["<=", 1, 1],
}


def test_judge_holds_each_figure_against_its_limit(capsys):
    right = {"cold": {"after_imports": 0.4}, "candidates": {"recall": 0.9}}
    wrong = {"cold": {"after_imports": 0.6}, "candidates": {"recall": 0.9}}

    assert speed.judge(right, LIMITS)
    assert "short of the goal" in capsys.readouterr().out
    assert not speed.judge(wrong, LIMITS)
    assert "MISSED" in capsys.readouterr().out


def test_growth_is_drawn_with_a_point_for_each_number_of_articles():
    points = [{"articles": n, "seconds": n * n / 100, "compare": n / 100} for n in (2, 5, 10)]

    root = ET.fromstring(growth.draw(points))

    assert len(root.findall("{*}circle")) == 6
    assert {"2", "5", "10"} <= {text.text for text in root.findall("{*}text")}


def test_rows_hold_the_words_of_each_cell():
    witnesses = witnesses_of_demo("vostochny-summit")
    rows = measures.tokens_of(measures.collate(witnesses), witnesses)

    assert len(rows) >= 10
    assert all(len(row) >= 2 and all(cell for cell in row) for row in rows)


def test_figures_are_rounded_wherever_they_stand():
    assert speed.rounded({"a": [1.23456, {"b": 7}]}) == {"a": [1.235, {"b": 7}]}
    assert peers.rounded({"a": {"b": 1234.56, "c": 0.12345}}) == {"a": {"b": 1235, "c": 0.123}}
