"""Files, pasted text and folders become Drafts or clear refusals, never an exception."""

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.collate import clean
from app.ingest import GIVEN, METADATA, Draft, Facts, Refused
from app.ingest.files import MAX_CHARACTERS, Item, encode_pasted, read, read_item, walk

DEMO = Path(__file__).resolve().parents[2] / "demo"
ARTICLE = (
    "Putin receives Kim at a spaceport\n\nBy Ines Calloway\n\nSeptember 13, 2023\n\n"
    "The two leaders talked for five hours on Wednesday. No agreement was signed.\n"
)
PAGE = """<!DOCTYPE html><html lang="de"><head><title>Kim in Russland</title>
<meta property="og:site_name" content="Der Bote"><meta name="author" content="Ina Kraus">
<meta property="article:published_time" content="2023-09-13T10:00:00Z">
<script>alert("stolen")</script><style>p {color: red}</style></head>
<body><nav><a href="/">Start</a></nav><article><h1>Kim in Russland</h1>
<p onclick="steal()">Kim Jong Un traf am Mittwoch den russischen Präsidenten zu Gesprächen.</p>
<p>Die Unterredung auf dem Kosmodrom dauerte rund fünf Stunden, teilte der Kreml mit.</p>
<script>document.write("more")</script></article></body></html>"""


def reason_of(result) -> str:
    assert isinstance(result, Refused), result
    assert result.reason.endswith((".", "!"))
    return result.reason


def test_read_gives_a_draft_with_what_the_text_states():
    draft = read(ARTICLE.encode(), "kim.txt", clean=clean)

    assert isinstance(draft, Draft)
    assert draft.raw == ARTICLE.encode()
    assert draft.text == ARTICLE
    assert draft.media_type == "text/plain"
    assert draft.headline == "Putin receives Kim at a spaceport"
    assert draft.author == "Ines Calloway"
    assert draft.published == date(2023, 9, 13)
    assert draft.published_basis in ARTICLE
    assert draft.outlet is None
    assert draft.outlet_basis is None


def test_read_lets_stated_facts_win():
    stated = Facts("Wire", "https://wire.example/", date(2024, 1, 2), "fr", "A", "Ours", "H")

    draft = read(ARTICLE.encode(), "kim.txt", clean=clean, given=stated)

    assert (draft.outlet, draft.outlet_basis) == ("Wire", GIVEN)
    assert (draft.published, draft.published_basis) == (date(2024, 1, 2), GIVEN)
    assert (draft.url, draft.language, draft.author) == ("https://wire.example/", "fr", "A")
    assert (draft.rights, draft.headline) == ("Ours", "H")


def test_read_takes_line_ends_as_they_are():
    data = ARTICLE.replace("\n", "\r\n").encode()

    assert read(data, "kim.txt", clean=clean).text.encode() == data


@pytest.mark.parametrize("name", ["kim.html", "kim.HTM", "kim.txt"])
def test_read_finds_the_article_of_a_page(name):
    draft = read(PAGE.encode(), name, clean=clean)

    assert isinstance(draft, Draft)
    assert draft.media_type == "text/html"
    assert draft.text.startswith("Kim in Russland\n\nKim Jong Un traf")
    assert draft.headline == "Kim in Russland"
    assert (draft.outlet, draft.outlet_basis) == ("Der Bote", METADATA)
    assert (draft.published, draft.published_basis) == (date(2023, 9, 13), METADATA)
    assert (draft.author, draft.language) == ("Ina Kraus", "de")


def test_read_lets_no_script_survive():
    text = read(PAGE.encode(), "kim.html", clean=clean).text

    assert not any(word in text for word in ("alert", "steal", "write", "color", "<", ">"))


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "a.txt", "empty"),
        (b" \r\n\t ", "a.txt", "empty"),
        (b"\xef\xbb\xbf", "a.txt", "no sentence"),
        (b"%PDF-1.7 ...", "a.txt", "PDF"),
        (b"PK\x03\x04....", "a.txt", "ZIP, Word"),
        (b"\x89PNG\r\n\x1a\n", "a.html", "PNG"),
        (bytes(range(256)) * 40, "a.txt", "binary"),
        (b"Kim met Putin on Wednesday.\x00" * 9, "a.txt", "binary"),
        (b"Kim met Putin", "a.txt", "no sentence"),
        (b"1. 2. 3. 4. 5.", "a.txt", "no sentence"),
        (b"QUJD" * 10_000 + b". Kim met Putin again.", "a.txt", "without a space"),
        (b"word " * (MAX_CHARACTERS // 5 + 1), "a.txt", "characters, more than"),
        (b"<html><body><script>x()</script></body></html>", "a.html", "No article"),
        (b"<html>" + b"<div>" * 100_000, "a.html", "No article"),
        (b"<html>" + b"<p>a b c." * 700_000, "a.html", "page is larger"),
        (b"<!doctype html>\x00\x01\x02", "a.html", "binary"),
    ],
)
def test_read_refuses_and_says_why(data, name, expected):
    assert expected in reason_of(read(data, name, clean=clean))


def test_read_refuses_what_is_too_large():
    assert "larger than 1000 bytes" in reason_of(
        read(b"a b c. " * 200, "a.txt", clean=clean, limit=1000)
    )


def test_read_takes_one_long_line():
    text = "Kim met Putin at the spaceport on Wednesday. " * 2000

    draft = read(text.encode(), "a.txt", clean=clean)

    assert isinstance(draft, Draft)
    assert draft.text == text
    assert len(draft.headline) <= 300


@pytest.mark.parametrize(
    "text", ["金正恩在东方航天发射场会见了普京总统。", "Ким встретился с Путиным в среду."]
)
def test_read_takes_other_scripts(text):
    assert isinstance(read(text.encode(), "a.txt", clean=clean), Draft)


def test_encode_pasted_replaces_what_is_no_character():
    draft = read(encode_pasted("Kim met Putin\ud800 on Wednesday."), "pasted text", clean=clean)

    assert isinstance(draft, Draft)
    assert draft.text == "Kim met Putin\ufffd on Wednesday."


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=600),
        st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.text("Kim met. <p>&\n“”\t-:", max_size=300).map(str.encode),
        st.text("<>/!ahtml body=p\"' .KP\x00", max_size=300).map(lambda t: f"<html>{t}".encode()),
    ),
    st.sampled_from(["a.txt", "a.md", "a.html", "", "\0", "../../x", "a" * 300]),
)
@example(b"<html><body><p>" + b"Kim met Putin on Wednesday. " * 9 + b"\xff\xfe", "a.html")
def test_read_gives_a_draft_or_a_refusal_for_any_bytes(data, name):
    result = read(data, name, clean=clean)

    if isinstance(result, Refused):
        assert result.reason
        return
    result.text.encode("utf-8")
    assert result.headline.strip()
    assert "\0" not in result.text
    spans = sorted([*result.cleaned.kept, *(d.span for d in result.cleaned.dropped)])
    assert "".join(span.of(result.text) for span in spans) == result.text


def test_walk_takes_texts_and_their_manifest():
    items = list(walk([DEMO]))

    assert len(items) == 8
    assert all(isinstance(item, Item) for item in items)
    assert all("(demonstration)" in (item.given.outlet or "") for item in items)
    assert items[0].name == "march-2024-veto/aldermoor-review.txt"


def test_walk_uses_the_manifest_beside_a_single_file():
    (item,) = walk([DEMO / "vostochny-summit" / "meridian-wire.txt"], Facts(language="de"))

    assert item.given.outlet == "Meridian Wire (demonstration)"
    assert item.given.language == "de"


def test_walk_follows_no_link_and_takes_no_hidden_file(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "secret.txt").write_text("Nobody may read this sentence.")
    (inside / "link.txt").symlink_to(tmp_path / "secret.txt")
    (inside / "loop").symlink_to(inside)
    (inside / ".hidden.txt").write_text("Hidden.")
    (inside / "picture.png").write_bytes(b"x")
    (inside / "a.txt").write_text(ARTICLE)

    assert [item.name for item in walk([inside])] == ["a.txt"]


def test_walk_refuses_what_cannot_be_used(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"PK")
    os.mkfifo(tmp_path / "pipe.txt")

    results = list(
        walk([tmp_path / "gone", tmp_path / "a.docx", tmp_path / "pipe.txt", Path("a\0b")])
    )

    expected = ["no such file", "Only ", "neither a file nor", "no such file"]
    assert all(words in reason_of(result) for words, result in zip(expected, results, strict=True))


def test_walk_takes_hostile_names(tmp_path):
    name = b"a\xff\n\x1b[31m$(id).txt"
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))).write_text(ARTICLE)

    (item,) = walk([tmp_path])

    item.name.encode("utf-8")
    assert not set(item.name) & set("\n\x1b")
    assert isinstance(read_item(item, clean=clean), Draft)


def test_walk_goes_through_deep_folders(tmp_path):
    deep = tmp_path
    for _ in range(400):
        deep /= "d"
    try:
        deep.mkdir(parents=True)
        (deep / "a.txt").write_text(ARTICLE)
    except OSError:
        pytest.skip("this file system allows no path so long")

    assert len(list(walk([tmp_path]))) == 1


def test_walk_tells_the_faults_of_a_manifest(tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "manifest.toml").write_text('[[article]]\nfile = "a.txt"\nurl = "x"\n')

    fault, item = walk([tmp_path])

    assert "Line 3" in reason_of(fault)
    assert isinstance(item, Item)


def test_read_item_refuses_a_file_that_has_gone(tmp_path):
    gone = Item(tmp_path / "gone.txt", "gone.txt")

    assert "cannot be read" in reason_of(read_item(gone, clean=clean))


def test_read_item_reads_no_more_than_the_limit(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Kim met Putin again. " * 100)

    item = Item(tmp_path / "a.txt", "a.txt")

    assert "larger than" in reason_of(read_item(item, clean=clean, limit=100))
