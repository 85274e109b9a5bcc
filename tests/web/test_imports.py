"""Reports come in through the browser: preview, store, refuse; several files at once."""

import base64

import pytest

from app.store import articles, collections
from app.store.db import session
from app.worker import do_pending
from tests.asgi import form_of, one, parsed, words
from tests.factories import FIRST, SECOND, make_article, make_collection

SCRAPED = """Menu
Search

Harbour bridge closes for repairs
By Ada Munk
3 March 2024

Share this article

The bridge over the harbour closes on Monday for 12 days, the port authority said.

"We have no choice," said the authority's head.

Ferries will carry up to 900 people an hour.

Read also: Ten ferries you must see
Subscribe to our newsletter
"""


def preview(client, status=200, **fields):
    """The page that POST /articles/preview answers with."""
    answer = client.post("/articles/preview", data={"by": "paste", **fields})
    assert answer.status_code == status, answer.text[:300]
    return parsed(answer)


def store(client, page, **changes):
    """Send the form of a preview, as it is but for `changes`."""
    return client.post("/articles", data=form_of(page, "/articles") | changes)


def stored(client):
    """The articles of all collections of one's own."""
    with session(client.app.state.engine) as db:
        return [
            (article, articles.get_revision(db, article.id))
            for world in collections.list_collections(db)
            for article in articles.list_articles(db, world.id)
        ]


def test_pasted_text_is_previewed_then_stored(client):
    page = preview(client, text=FIRST, outlet="Morning Gazette")
    assert stored(client) == []
    answer = store(client, page, published="2024-03-01")
    assert answer.status_code == 303
    [(article, revision)] = stored(client)
    assert answer.headers["Location"] == f"/articles/{article.id}"
    assert (article.headline, str(article.published)) == (
        "Harbour bridge closes for repairs",
        "2024-03-01",
    )
    assert (article.outlet_basis, article.published_basis) == ("given", "given")
    assert revision.raw == FIRST.encode()


def test_preview_shows_what_the_guesses_rest_on(client):
    page = preview(client, text=SCRAPED)
    assert form_of(page, "/articles")["author"] == ["Ada Munk"]
    notes = {
        id_: words(one(page, f"//*[@id='preview-{id_}-note']")) for id_ in ("author", "outlet")
    }
    assert "Ada Munk" in notes["author"]
    assert notes["outlet"] == "not stated in the text"


def test_furniture_is_struck_through_and_can_be_put_back(client):
    page = preview(client, text=SCRAPED)
    pieces = page.xpath("//ul[@class='pieces']/li")
    aside = [piece for piece in pieces if not piece.xpath(".//input[@checked]")]
    assert any("Subscribe" in words(piece) for piece in aside)
    assert all("set aside:" in words(piece) for piece in aside)
    kept = form_of(page, "/articles")["keep"]
    newsletter = next(piece for piece in aside if "Subscribe" in words(piece))
    store(client, page, keep=[*kept, newsletter.xpath(".//input/@value")[0]])
    [(_article, revision)] = stored(client)
    spans = [(span["start"], span["end"]) for span in revision.layout["kept"]]
    assert "Subscribe" in "".join(revision.text[a:b] for a, b in spans)


def test_more_can_be_taken_out(client):
    page = preview(client, text=FIRST)
    kept = form_of(page, "/articles")["keep"]
    store(client, page, keep=kept[:-1])
    [(_article, revision)] = stored(client)
    last = revision.layout["dropped"][-1]
    assert last["reason"] == "set aside by hand"
    assert "Shops on the quay" in revision.text[last["span"]["start"] : last["span"]["end"]]


def test_second_post_stores_nothing(client):
    page = preview(client, text=FIRST)
    first, second = store(client, page), store(client, page)
    assert second.headers["Location"] == first.headers["Location"] + "?known=1"
    assert len(stored(client)) == 1
    shown = client.page(second.headers["Location"])
    assert "stored already" in words(one(shown, "//main//*[@role='status']"))


def test_preview_says_that_a_text_is_stored_already(client):
    store(client, preview(client, text=FIRST))
    page = preview(client, text=FIRST)
    assert page.xpath("//*[@id='preview']//a[@href='/articles/1']")


def test_wrong_facts_keep_what_was_typed(client):
    page = preview(client, text=FIRST)
    answer = store(
        client,
        page,
        headline="",
        language="English",
        published="yesterday",
        url="x",
        author="Ann B.",
    )
    assert answer.status_code == 422
    again = parsed(answer)
    typed = form_of(again, "/articles")
    assert typed["language"] == ["English"]
    assert typed["author"] == ["Ann B."]
    assert typed["keep"] == form_of(page, "/articles")["keep"]
    for field in ("headline", "language", "published", "url"):
        assert again.xpath(f"//*[@id='preview-{field}'][@aria-invalid='true']"), field
        assert again.xpath(f"//*[@id='preview-{field}-note']//*[@class='field__error']"), field
    assert stored(client) == []


def test_nothing_kept_is_refused(client):
    page = preview(client, text=FIRST)
    answer = store(client, page, keep=[])
    assert answer.status_code == 422
    assert "Keep at least one piece" in words(parsed(answer))
    assert stored(client) == []


def test_damaged_form_is_refused(client):
    page = preview(client, text=FIRST)
    assert store(client, page, raw="%%%").status_code == 422
    assert stored(client) == []


def test_preview_is_a_page_of_its_own_with_its_buttons_before_and_after_the_text(client):
    assert not client.page("/").xpath("//form[@action='/articles/preview']/@hx-post")
    page = preview(client, text=FIRST)
    assert words(one(page, "//h1")) == "Preview: nothing is stored yet"
    assert not page.xpath("//section[@id='import']")
    order = page.xpath("//main//*[@type='submit' or contains(@class, 'pieces__text')]")
    assert [order[0].tag, order[-1].tag] == ["button", "button"]
    assert {words(button) for button in (order[0], order[-1])} == {"Store the article"}


def test_refused_text_can_be_put_right_where_it_stands(client):
    page = preview(client, status=422, text="one two three")
    assert one(page, "//textarea[@name='text']").text == "one two three"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\t\n"),
        ("image.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("nul.txt", b"\0" * 4000),
        ("line.txt", b"x" * 400_000),
        ("words.txt", b"one two three four"),
        ("page.html", b"<html><script>alert(1)</script></html>"),
        ("letter.docx", b"PK\x03\x04" + b"\0" * 100),
    ],
)
def test_bad_file_is_refused_with_a_reason(client, name, data):
    answer = client.post(
        "/articles/preview", data={"by": "file"}, files={"files": (name, data, "text/plain")}
    )
    assert answer.status_code == 422
    box = one(parsed(answer), "//*[@id='import']//*[@role='alert']")
    assert words(box).startswith("Not stored.")
    assert len(words(box)) > 40
    assert stored(client) == []


HOSTILE = (
    "<script>alert('title')</script> & Sons\n\n"
    "The <img src=x onerror=alert(1)> bridge closes on Monday for 12 days, the authority said.\n"
    "{{ 7 * 7 }} {% raw %} people cross it, \u202eas the mayor\u202c of the town says.\n"
)


def test_hostile_text_is_shown_as_text(client):
    page = preview(client, text=HOSTILE, outlet='"><script>alert(2)</script>')
    answer = store(client, page)
    assert answer.status_code == 303
    link = answer.headers["Location"]
    for path in (link, "/", "/search?q=bridge", "/articles/new"):
        shown = client.page(path)
        assert not shown.xpath("//script[not(@src)] | //img | //*[@onerror]"), path
    assert "<img src=x onerror=alert(1)>" in client.page(link).text_content()
    assert "{{ 7 * 7 }}" in client.page(link).text_content()
    [(_article, revision)] = stored(client)
    assert revision.text == HOSTILE


def test_hostile_file_name_is_shown_as_text(client):
    name = '"><img src=x onerror=alert(1)>.txt'
    files = [("files", (name, FIRST.encode())), ("files", ("../../b.txt", SECOND.encode()))]
    answer = client.post("/articles/preview", data={"by": "file"}, files=files)
    page = client.page(answer.headers["Location"])
    assert not page.xpath("//img")
    assert "onerror" in words(page)


def test_file_keeps_its_bytes(client):
    raw = FIRST.replace("\n", "\r\n").encode("utf-16")
    answer = client.post(
        "/articles/preview", data={"by": "file"}, files={"files": ("a.txt", raw, "text/plain")}
    )
    page = parsed(answer)
    assert base64.b64decode(form_of(page, "/articles")["raw"][0]) == raw
    store(client, page)
    [(_article, revision)] = stored(client)
    assert revision.raw == raw
    assert "\r\n" in revision.text


def test_several_files_are_stored_in_the_background(client):
    files = [
        ("files", ("a.txt", FIRST.encode(), "text/plain")),
        ("files", ("again.txt", FIRST.encode(), "text/plain")),
        ("files", ("empty.txt", b"", "text/plain")),
        ("files", ("b.txt", SECOND.encode(), "text/plain")),
    ]
    answer = client.post("/articles/preview", data={"by": "file"}, files=files)
    assert answer.status_code == 303
    link = answer.headers["Location"]
    waiting = client.page(link)
    assert waiting.xpath("//*[@id='progress'][@aria-busy='true']//*[@hx-get]")
    assert words(one(waiting, "//*[@id='progress-title']")) == "0 of 4 files are done"
    do_pending(client.app.state.engine)
    done = client.page(link)
    assert not done.xpath("//*[@hx-get]")
    rows = {
        words(row[0]): (row.get("data-state"), words(row[1])) for row in done.xpath("//tbody/tr")
    }
    assert rows["a.txt"][0] == rows["b.txt"][0] == "stored"
    assert rows["again.txt"][0] == "known"
    assert rows["empty.txt"][0] == "refused"
    assert "empty" in rows["empty.txt"][1]
    assert len(stored(client)) == 2


def test_one_file_with_its_manifest_is_previewed(client):
    manifest = b'[[article]]\nfile = "a.txt"\noutlet = "Harbour News"\npublished = 2024-03-01\n'
    files = [("files", ("x/manifest.toml", manifest)), ("files", ("x/a.txt", FIRST.encode()))]
    answer = client.post("/articles/preview", data={"by": "file"}, files=files)
    sent = form_of(parsed(answer), "/articles")
    assert (sent["outlet"], sent["published"]) == (["Harbour News"], ["2024-03-01"])


def test_folder_without_a_text_is_refused(client):
    files = [("files", ("x/photo.jpg", b"x")), ("files", ("x/y.png", b"y"))]
    answer = client.post("/articles/preview", data={"by": "file"}, files=files)
    assert answer.status_code == 422
    assert "no text among these files" in words(parsed(answer))


@pytest.mark.parametrize("data", [{}, {"by": "paste", "text": " "}, {"by": "file"}])
def test_nothing_sent_says_what_is_missing(client, data):
    page = preview(client, status=422, **data)
    assert page.xpath("//*[@id='import']//*[@role='alert']")


def test_reports_do_not_go_into_the_demonstration(client):
    with session(client.app.state.engine) as db:
        make_collection(db, "demo", "Demonstration", demo=True)
    assert (
        client.post("/articles/preview", data={"text": FIRST, "collection": "demo"}).status_code
        == 422
    )
    assert client.page("/?collection=demo").xpath("//input[@name='collection'][@value='articles']")


def test_unknown_collection_is_not_found(client):
    answer = client.post("/articles/preview", data={"text": FIRST, "collection": "nowhere"})
    assert answer.status_code == 404


def test_report_goes_into_the_collection_that_is_shown(client):
    with session(client.app.state.engine) as db:
        make_article(db, make_collection(db, "desk", "Desk"))
    page = preview(client, text=SECOND, collection="desk")
    store(client, page)
    assert len(client.page("/?collection=desk").xpath("//ul[@class='articles']/li")) == 2


def test_writing_from_another_name_is_not_allowed(settings, make_client):
    client = make_client(settings.model_copy(update={"allowed_hosts": "desk.example"}))
    headers = {"Host": "desk.example", "Origin": "http://desk.example"}
    answer = client.post("/articles/preview", data={"text": FIRST}, headers=headers)
    assert answer.status_code == 403
    page = client.page("/", headers={"Host": "desk.example"})
    assert not page.xpath("//*[@id='import']")
