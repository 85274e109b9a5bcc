"""Manifests state facts about files; faults name their line."""

from datetime import date
from pathlib import Path

import pytest

from app.ingest import Facts
from app.ingest.manifests import merged, parse_fact, read_manifest

GOOD_TOML = """
rights = "Ours"
language = "en"

[[article]]
file = "a.txt"
outlet = "Meridian Wire"
published = 2023-09-13
url = "https://wire.example/a"

[[article]]
file = "below/b.txt"
outlet = "Daily Lantern"
published = "2023-09-14"
language = "de"
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "below").mkdir()
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "below" / "b.txt").write_text("B.")
    return tmp_path


def faults_of(folder: Path, name: str, text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    (folder / name).write_bytes(data)
    manifest = read_manifest(folder)
    assert manifest is not None
    return [fault.reason for fault in manifest.faults]


def test_manifest_states_facts_for_all_and_for_one(folder):
    assert faults_of(folder, "manifest.toml", GOOD_TOML) == []
    manifest = read_manifest(folder)

    assert manifest.facts_of(folder / "a.txt") == Facts(
        outlet="Meridian Wire",
        url="https://wire.example/a",
        published=date(2023, 9, 13),
        language="en",
        rights="Ours",
    )
    assert manifest.facts_of(folder / "below" / "b.txt").language == "de"
    assert manifest.facts_of(folder / "below" / "b.txt").published == date(2023, 9, 14)
    assert manifest.facts_of(folder / "c.txt") == Facts(language="en", rights="Ours")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_manifest_may_be_a_table(folder, delimiter, encoding):
    rows = [
        ["file", "outlet", "published"],
        ["a.txt", '"Wire, the"', "2023-09-13"],
        ["", "", ""],
        ["below/b.txt", "Lantern", ""],
    ]
    text = "\r\n".join(delimiter.join(row) for row in rows)

    assert faults_of(folder, "manifest.csv", text.encode(encoding)) == []
    manifest = read_manifest(folder)
    assert manifest.facts_of(folder / "a.txt") == Facts(
        outlet="Wire, the", published=date(2023, 9, 13)
    )
    assert manifest.facts_of(folder / "below" / "b.txt") == Facts(outlet="Lantern")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[[article]]\nfile = "a.txt"\npublished = "soon"', "Line 3 of the manifest: “soon”"),
        ('[[article]]\nfile = "a.txt"\n\nurl = "ftp://x/"', "Line 4 of the manifest: “ftp://x/”"),
        ('[[article]]\nfile = "a.txt"\nlanguage = "English!"', "Line 3 of the manifest"),
        ('[[article]]\nfile = "a.txt"\noutlett = "W"', "Line 3 of the manifest: “outlett” is no"),
        ('[[article]]\nfile = "a.txt"\noutlet = 7', "Line 3 of the manifest: “outlet” must be"),
        ('\n[[article]]\noutlet = "W"', "Line 2 of the manifest names no file"),
        ('[[article]]\nfile = "gone.txt"', "Line 2 of the manifest: there is no file “gone.txt”"),
        ('[[article]]\nfile = "../a.txt"', "Line 2 of the manifest: “../a.txt” lies outside"),
        ('[[article]]\nfile = "/etc/passwd"', "lies outside its folder"),
        ('language = "!"', "Line 1 of the manifest: “!” is no language"),
        ('article = "x"', "Write one [[article]] table"),
        ("a = = b", "not valid TOML"),
    ],
)
def test_manifest_names_the_line_of_a_fault(folder, text, expected):
    (fault,) = faults_of(folder, "manifest.toml", text)

    assert expected in fault


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("outlet,url\nW,", "Line 1 of the manifest must name the columns"),
        ("file,published\na.txt,\nbelow/b.txt,13.9.", "Line 3 of the manifest: “13.9.” is no date"),
        ("file,outlet\na.txt,W,x", "Line 2 of the manifest has more cells"),
        ("file,shoe\na.txt,7", "Line 2 of the manifest: “shoe” is no field"),
        ("", "Line 1 of the manifest must name the columns"),
    ],
)
def test_manifest_table_names_the_line_of_a_fault(folder, text, expected):
    (fault,) = faults_of(folder, "manifest.csv", text)

    assert expected in fault


def test_manifest_with_one_fault_still_states_the_rest(folder):
    text = GOOD_TOML.replace('published = "2023-09-14"', 'published = "?"')

    assert len(faults_of(folder, "manifest.toml", text)) == 1
    assert read_manifest(folder).facts_of(folder / "a.txt").outlet == "Meridian Wire"


def test_manifest_absent_is_none(tmp_path):
    assert read_manifest(tmp_path) is None


def test_merged_prefers_the_first():
    first, second = Facts(outlet="A"), Facts(outlet="B", language="en")

    assert merged(first, second) == Facts(outlet="A", language="en")


@pytest.mark.parametrize(
    ("name", "text"),
    [("published", "31 May"), ("language", "x"), ("url", "wire.example"), ("url", "http://[")],
)
def test_parse_fact_refuses(name, text):
    with pytest.raises(ValueError, match=r".*"):
        parse_fact(name, text)
