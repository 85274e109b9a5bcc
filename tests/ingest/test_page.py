"""Pages give up their article and their facts, and nothing else."""

from datetime import date

import pytest

from app.ingest.page import extract

BODY = (
    "<p>Kim Jong Un met Vladimir Putin at a spaceport in the Russian Far East on Wednesday.</p>"
    "<p>The talks lasted about five hours, and no agreement was signed, the Kremlin said.</p>"
)


def page(head: str = "", top: str = "", body: str = BODY) -> bytes:
    article = f"<article>{body}</article>"
    return f"<!doctype html><html><head>{head}</head><body>{top}{article}</body></html>".encode()


def test_extract_finds_body_and_metadata():
    found = extract(
        page(
            "<title>Talks at a spaceport</title>"
            '<meta property="og:site_name" content="Meridian Wire">'
            '<meta property="article:published_time" content="2023-09-13T12:00:00+03:00">'
            '<link rel="canonical" href="https://wire.example/talks">'
        )
    )

    assert found.body.startswith("Kim Jong Un met")
    assert found.text.split("\n\n") == ["Talks at a spaceport", *found.body.split("\n")]
    assert found.title == "Talks at a spaceport"
    assert found.outlet == "Meridian Wire"
    assert found.published == date(2023, 9, 13)
    assert found.url == "https://wire.example/talks"


@pytest.mark.parametrize(
    "title",
    [
        "Talks at a spaceport - Meridian Wire",
        "Talks at a spaceport | Meridian Wire",
        "Meridian Wire: Talks at a spaceport",
        "Talks at a spaceport",
    ],
)
def test_extract_takes_the_outlet_off_the_title(title):
    found = extract(page(f"<title>{title}</title>", "<h1>Talks at a&nbsp;spaceport</h1>"))

    assert found.title == "Talks at a spaceport"


def test_extract_leaves_a_title_whole_that_no_heading_shortens():
    found = extract(page("<title>Talks, then missiles</title>", "<h2>Read more</h2>"))

    assert found.title == "Talks, then missiles"


@pytest.mark.parametrize(
    ("head", "top", "author"),
    [
        ('<meta name="author" content="R.C. Baker">', "", "R.C. Baker"),
        ('<meta name="author" content="View all posts by Ines Calloway">', "", "Ines Calloway"),
        ("", '<a href="/x" rel="author">Ines Calloway</a>', "Ines Calloway"),
        ("", "", None),
    ],
)
def test_extract_finds_the_author(head, top, author):
    assert extract(page(head, top)).author == author


def test_extract_keeps_no_markup_and_no_script():
    body = '<p onclick="x()">Kim &lt;b&gt; met Putin on Wednesday.<script>steal()</script></p>'

    text = extract(page(body=BODY + body)).text

    assert "steal" not in text
    assert "onclick" not in text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01",
        b"<html>",
        b"<html><body></body></html>",
        b"<?xml version='1.0' encoding='utf-8'?><x/>",
        b"<html><body>" + b"<table><tr><td>" * 3000,
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><html><body>&b;</body></html>",
    ],
)
def test_extract_gives_none_where_there_is_no_article(data):
    assert extract(data) is None
