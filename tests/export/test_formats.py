"""Every format: it says what the rows say, and can be read back."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from xml.etree import ElementTree as ET

import pytest

from app.collate import collate, prepare, witnesses_of
from app.export import CITATIONS, FORMATS, Edition, Source, cite_difference, cite_event, cite_row
from tests.factories import FIRST, SECOND

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
HOME = "https://compare.example/events/bridge"


def make_source(number, text, siglum, **over):
    source = Source(
        revision=number,
        siglum=siglum,
        outlet=f"{siglum} Daily",
        headline=text.splitlines()[0],
        address=f"https://compare.example/articles/{number}",
        text_hash=sha256(text.encode()).hexdigest(),
        captured=datetime(2024, 3, 2, 9, 30, tzinfo=UTC),
        published=date(2024, 3, number),
    )
    return replace(source, **over)


def make_edition(first=FIRST, second=SECOND, **over):
    texts = {"MG": first, "EP": second}
    witnesses = {
        witness.id: witness
        for number, (siglum, text) in enumerate(texts.items(), 1)
        for witness in witnesses_of(prepare(text), text=text, revision=number, siglum=siglum)
    }
    rows = collate(list(witnesses.values())).rows
    sources = tuple(make_source(n, text, s, **over) for n, (s, text) in enumerate(texts.items(), 1))
    return Edition(
        slug="bridge",
        label="Bridge closes",
        address=f"{HOME}?base=MG",
        permanent=HOME,
        engine="1",
        sources=sources,
        witnesses=witnesses,
        rows=rows,
        numbers={row.id: number for number, row in enumerate(rows, 1)},
    )


@pytest.fixture(scope="module")
def edition():
    made = make_edition()
    assert any(row.entries for row in made.rows)
    return made


def written(edition, ending):
    return FORMATS[ending].write(edition)


def said_of(edition):
    """(row, witness) → what its cell says, without white space."""
    return {
        (row.id, cell.witness): "".join(edition.words(cell).split())
        for row in edition.rows
        for cell in row.cells
    }


def test_csv_has_a_line_for_each_row_and_a_column_for_each_reading(edition):
    lines = list(csv.DictReader(io.StringIO(written(edition, "csv"))))
    assert [line["id"] for line in lines] == [row.id for row in edition.rows]
    said = {
        (line["id"], witness.id): "".join(line[witness.siglum].split())
        for line in lines
        for witness in edition.witnesses.values()
        if line[witness.siglum]
    }
    assert said == said_of(edition)


@pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "+1", "-1", "@sum"])
def test_csv_gives_a_spreadsheet_no_formula(formula):
    gist = f"{formula} is what the bridge over the harbour costs on Monday"
    lines = written(make_edition(f"{gist}.\n", f"{gist}.\n"), "csv").splitlines()
    fields = [field for line in csv.reader(lines) for field in line]
    assert f"'{gist}." in fields
    assert not [field for field in fields if field.startswith(formula)]


def test_json_has_positions_that_lead_to_the_words(edition):
    data = json.loads(written(edition, "json"))
    assert (data["format"], data["version"]) == ("variorum-event", 1)
    revisions = {witness["id"]: str(witness["revision"]) for witness in data["witnesses"]}
    for row in data["rows"]:
        for cell in row["cells"]:
            text = data["texts"][revisions[cell["witness"]]]
            words = " ".join(text[s["start"] : s["end"]] for s in cell["spans"])
            assert words.split() == [word for word in cell["words"].split() if word != "…"]
    assert data["sources"][0]["text_hash"] == sha256(FIRST.encode()).hexdigest()


def test_tei_holds_every_reading_whole_and_every_difference(edition):
    root = ET.fromstring(written(edition, "tei"))
    said = {}
    for block in root.iter(f"{TEI}ab"):
        for reading in block.iter(f"{TEI}rdg"):
            key = (block.get(ID)[1:], reading.get("wit")[2:])
            said[key] = "".join("".join(reading.itertext()).split())
    assert said == {key: words.replace("…", "") for key, words in said_of(edition).items()}
    ids = [element.get(ID) for element in root.iter() if element.get(ID)]
    assert len(ids) == len(set(ids))
    pointed = {element.get("corresp")[1:] for element in root.iter() if element.get("corresp")}
    entries = {f"v{entry.id}" for row in edition.rows for entry in row.entries}
    assert pointed
    assert pointed <= entries <= set(ids)


def test_tei_survives_what_xml_cannot_hold():
    odd = "The bridge \x0b over the harbour <b>closes</b> & opens on Monday."
    root = ET.fromstring(written(make_edition(odd, odd, author="A \x01 & B"), "tei"))
    assert "<b>closes</b> & opens" in "".join(root.itertext())


def test_collatex_tokens_join_to_the_cells(edition):
    data = json.loads(written(edition, "collatex"))
    assert data["witnesses"] == ["MG", "EP"]
    said = {
        (row.id, witness): "".join("".join(token["t"] for token in cell).split())
        for witness, line in zip(edition.witnesses, data["table"], strict=True)
        for row, cell in zip(edition.rows, line, strict=True)
        if cell is not None
    }
    assert said == said_of(edition)


def test_markdown_prints_the_apparatus_and_escapes_the_articles(edition):
    text = written(edition, "md")
    assert text.startswith("# Bridge closes\n")
    for row in edition.rows:
        assert f"{HOME}/rows/{row.id}" in text
    assert "12 days] MG; 14 days] EP" in text.replace("\\", "")
    marked = written(make_edition("# *The* bridge [closes](x) on Monday.\n"), "md")
    assert "[closes](x)" not in marked


@pytest.mark.parametrize("name", CITATIONS)
def test_citation_names_address_articles_and_hash(edition, name):
    row = next(row for row in edition.rows if row.entries)
    for citation, address in (
        (cite_event(edition), edition.address),
        (cite_row(edition, row), edition.row_address(row)),
        (
            cite_difference(edition, row, row.entries[0]),
            edition.entry_address(row.entries[0].id),
        ),
    ):
        text = CITATIONS[name](citation).replace("\\", "")
        assert address in text
        for source in edition.sources:
            assert source.headline in text
            assert source.text_hash[:16] in text


def test_citation_leaves_out_what_is_not_known():
    undated = make_edition(published=None, author=None, url=None)
    items = json.loads(CITATIONS["csl"](cite_event(undated)))
    assert not [item for item in items if "issued" in item or "author" in item]
    assert "None" not in CITATIONS["text"](cite_event(undated))


def test_bibtex_takes_no_markup_from_an_article():
    edition = make_edition("50% of {bridges} & $ferries_close on Monday.\n")
    text = CITATIONS["bibtex"](cite_event(edition))
    assert r"50\% of \{bridges\} \& \$ferries\_close" in text
