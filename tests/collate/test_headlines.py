"""Titles, standfirsts, bylines, dates and outlets of raw scraped texts."""

import pytest

from app.collate.cleaning import clean
from app.collate.segmentation import segment
from app.collate.text import PassageKind
from tests.collate.pages import BODY, TITLE, kept, page, reasons


def test_clean_sorts_a_page_with_bare_credits_and_a_byline_of_its_own():
    text = "\n".join(
        [
            *("Home", TITLE, "4 March 2024", "Share", "Ana Ruiz", "Transport correspondent"),
            *("Getty Images", "The bridge on Monday morning", *BODY[:2], "What we know so far"),
            *("Image caption, Cars queue on the coast road", *BODY[2:], "More on this story"),
            *("Ten bridges that fell", "3 days ago", "Top stories", "Minister to resign in May"),
        ]
    )
    cleaned = clean(text)
    assert cleaned.author is not None
    assert cleaned.author.value == "Ana Ruiz"
    assert [span.of(text) for span in cleaned.headings] == ["What we know so far"]
    article = [TITLE, "4 March 2024", "Ana Ruiz", *BODY[:2], "What we know so far", *BODY[2:]]
    assert kept(text, cleaned).split() == " ".join(article).split()


def test_clean_keeps_the_points_a_page_lists_over_its_text():
    text = page(TITLE, "Bridge closed until May", "Pillars moved by a hand", "Nobody was hurt")
    assert clean(text).dropped == ()


def test_clean_finds_title_byline_date_and_crosshead():
    text = page(TITLE, "By Ana Ruiz", "4 March 2024", *BODY[:2], "What comes next", body=BODY[2:])
    cleaned = clean(text)
    assert cleaned.title is not None
    assert cleaned.title.of(text) == TITLE
    assert cleaned.author is not None
    assert cleaned.author.value == "Ana Ruiz"
    assert cleaned.author.span.of(text) == "Ana Ruiz"
    assert cleaned.published is not None
    assert cleaned.published.value == "2024-03-04"
    assert cleaned.published.span.of(text) == "4 March 2024"
    assert [span.of(text) for span in cleaned.credits] == ["By Ana Ruiz", "4 March 2024"]
    assert [span.of(text) for span in cleaned.headings] == ["What comes next"]
    assert cleaned.outlet is None
    assert cleaned.language == "en"


@pytest.mark.parametrize(
    ("line", "author", "published", "outlet"),
    [
        ("September 13, 2023 by Harbour News", "Harbour News", "2023-09-13", "Harbour News"),
        ("Published: Mon 4 Mar 2024 10.15 GMT", None, "2024-03-04", None),
        ("2024-03-04", None, "2024-03-04", None),
        ("Von Karl Huber, 4. März 2024", "Karl Huber", "2024-03-04", None),
        ("Par Luc Petit | Publié le 4 mars 2024", "Luc Petit", "2024-03-04", None),
        ("Por Luz Prado, 4 de marzo de 2024", "Luz Prado", "2024-03-04", None),
        ("Автор: Иван Петров, 4 марта 2024", "Иван Петров", "2024-03-04", None),
        ("Author: Ana Ruiz", "Ana Ruiz", None, None),
        ("By Ana Ruiz and Tom Bell", "Ana Ruiz and Tom Bell", None, None),
    ],
)
def test_clean_reads_credit_lines(line, author, published, outlet):
    text = page(TITLE, line)
    cleaned = clean(text)
    assert (cleaned.author and cleaned.author.value) == author
    assert (cleaned.published and cleaned.published.value) == published
    assert (cleaned.outlet and cleaned.outlet.value) == outlet
    assert [span.of(text) for span in cleaned.credits] == [line]


@pytest.mark.parametrize(
    "line",
    ["By Monday the water had gone.", "By order of the mayor", "31 February 2024 was no day"],
)
def test_clean_takes_no_sentence_for_a_credit(line):
    cleaned = clean(page(TITLE, body=[*BODY[:2], line, *BODY[2:]]))
    assert cleaned.author is None
    assert cleaned.published is None


def test_clean_cuts_off_the_dateline_of_a_wire():
    text = page(TITLE, "PORTO ALTO, March 4, 2024 (Meridian) - " + BODY[0], body=BODY[1:])
    cleaned = clean(text)
    assert [span.of(text) for span in cleaned.credits] == ["PORTO ALTO, March 4, 2024 (Meridian) -"]
    assert cleaned.outlet is not None
    assert cleaned.outlet.value == "Meridian"
    assert cleaned.published is not None
    assert cleaned.published.value == "2024-03-04"


def test_clean_tells_the_title_from_its_copy_glued_to_navigation():
    text = page(f"HomeRegion{TITLE}", TITLE)
    cleaned = clean(text)
    assert cleaned.title is not None
    assert cleaned.title.start == text.index(TITLE, 20)
    assert reasons(text) == {f"HomeRegion{TITLE}": "headline repeated"}


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        (f"HomeWorld{TITLE}", {"HomeWorld": "navigation"}),
        (f"Home > World > {TITLE}", {"Home > World >": "navigation"}),
        (f"{TITLE} | The Lantern", {"| The Lantern": "outlet"}),
        (f"{TITLE} - Harbour News", {"- Harbour News": "outlet"}),
        (f"{TITLE} – report", {}),
    ],
)
def test_clean_cuts_off_what_is_glued_to_the_title(line, cut):
    text = page(line)
    cleaned = clean(text)
    assert reasons(text) == cut
    assert cleaned.title is not None
    assert cleaned.title.of(text) == (TITLE if cut else line)


@pytest.mark.parametrize(
    ("before", "after", "outlet"),
    [
        ((f"{TITLE} | The Lantern",), (), "The Lantern"),
        ((TITLE,), ("© 2019-2024 Harbour Gazette. All rights reserved.",), "Harbour Gazette"),
        ((TITLE,), ("Support Meridian Wire", "Join the Meridian Wire newsletter"), "Meridian Wire"),
        ((TITLE,), ("Support Journalism", "Join Our Newsletter"), None),
        ((TITLE,), ("© 2024 All rights reserved.",), None),
    ],
)
def test_clean_names_the_outlet_only_where_the_text_does(before, after, outlet):
    text = page(*before, after=after)
    found = clean(text).outlet
    assert (found and found.value) == outlet
    assert not found or found.span.of(text) == outlet


def test_clean_reads_a_dateline_between_slashes():
    text = page(TITLE, "PORTO ALTO, March 4, 2024. /Meridian/. " + BODY[0], body=BODY[1:])
    cleaned = clean(text)
    assert [span.of(text) for span in cleaned.credits] == ["PORTO ALTO, March 4, 2024. /Meridian/."]
    assert cleaned.outlet is not None
    assert cleaned.outlet.value == "Meridian"


def test_clean_takes_a_line_right_under_the_title_for_its_standfirst():
    text = page(
        TITLE, "Six hours of rain, a sinking pillar and a mayor in rubber boots", "By Ana Ruiz"
    )
    cleaned = clean(text)
    assert [span.of(text)[:9] for span in cleaned.standfirst] == ["Six hours"]
    assert cleaned.headings == ()


def test_clean_drops_the_headline_said_again_under_a_kicker():
    text = page(TITLE, BODY[0], f"Weather - {TITLE}", body=BODY[1:])
    assert reasons(text) == {f"Weather - {TITLE}": "headline repeated"}


def test_clean_finds_the_standfirst_that_a_byline_parts_off():
    text = page(TITLE, BODY[0], "By Ana Ruiz", body=BODY[1:])
    assert [span.of(text) for span in clean(text).standfirst] == [BODY[0]]


@pytest.mark.parametrize(
    ("title", "byline"),
    [
        (f"# {TITLE}", "*By Ana Ruiz*"),
        (f"## **{TITLE}** ##", "_By Ana Ruiz, 4 March 2024_"),
        (f"**{TITLE}**", "By **Ana Ruiz**"),
        (TITLE, "__By Ana Ruiz__"),
    ],
)
def test_marks_of_markdown_are_no_part_of_title_and_author(title, byline):
    text = page(title, byline)
    cleaned = clean(text)
    assert cleaned.title is not None
    assert cleaned.title.of(text) == TITLE
    assert cleaned.author is not None
    assert (cleaned.author.value, cleaned.author.span.of(text)) == ("Ana Ruiz", "Ana Ruiz")
    assert kept(text, cleaned) == text
    first, *_ = segment(text, cleaned)
    assert (first.kind, first.span.of(text)) == (PassageKind.TITLE, title)


def test_a_mark_that_is_not_paired_belongs_to_the_title():
    text = page("#Storm shuts harbour bridge* for weeks")
    title = clean(text).title
    assert title is not None
    assert title.of(text) == "#Storm shuts harbour bridge* for weeks"
