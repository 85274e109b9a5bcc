"""Exceptions become pages that say what happened; no stack trace leaves the server."""

import pytest

from app.errors import Conflict, Forbidden, Invalid, NotFound
from tests.asgi import one, parsed, words


@pytest.fixture
def failing(client):
    """The application with one route more, which raises what is put into `client.error`."""

    def fail() -> None:
        raise client.error

    client.app.get("/fails")(fail)
    client.app.get("/api/fails")(fail)
    return client


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("There is no such event."), 404),
        (Conflict("Somebody else renamed it meanwhile."), 409),
        (Forbidden("Only editors may do this."), 403),
        (Invalid("The date cannot be read."), 422),
    ],
)
def test_our_errors_have_their_status_and_say_what_happened(failing, error, status):
    failing.error = error
    page = failing.page("/fails", status=status)
    assert str(error) in words(one(page, "//main"))
    answer = failing.get("/api/fails")
    assert answer.status_code == status
    assert answer.json()["message"] == str(error)


def test_surprise_is_a_page_without_a_trace(failing):
    failing.error = RuntimeError("secret detail")
    answer = failing.get("/fails")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["X-Request-Id"] in words(parsed(answer))
    assert "Content-Security-Policy" in answer.headers
    assert failing.get("/api/fails").json()["status"] == 500


def test_unknown_address_is_not_found(client):
    page = client.page("/nowhere", status=404)
    assert words(one(page, "//h1")) == "Nothing here"
    assert one(page, "//main//a[@href='/']") is not None
    assert client.get("/api/nowhere").json()["status"] == 404


def test_wrong_method_says_so(client):
    answer = client.post("/health")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"


def test_htmx_gets_a_note_for_its_own_place(failing):
    failing.error = Conflict("Somebody else renamed it meanwhile.")
    headers = {
        "HX-Request": "true",
        "HX-Target": "view",
        "HX-Current-URL": "http://127.0.0.1:8000/events/x?base=PD",
    }
    answer = failing.get("/fails", headers=headers)
    assert answer.status_code == 409
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("#problem", "outerHTML")
    note = parsed(answer)
    assert (note.tag, note.get("id"), note.get("role")) == ("div", "problem", "alert")
    assert "renamed it meanwhile" in words(note)
    assert one(note, ".//a").get("href") == "/events/x?base=PD"


def test_note_does_not_lead_away(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "https://evil.example//evil.example/x"}
    note = client.page("/nowhere", status=404, headers=headers)
    assert one(note, ".//a").get("href") == "/"


@pytest.mark.parametrize(
    "path",
    [
        "/articles/{n}",
        "/articles/{n}/edit",
        "/articles/1/revisions/{n}",
        "/progress/{n}",
        "/api/articles/{n}",
    ],
)
def test_number_too_large_for_the_database_is_not_found(client, path):
    assert client.get(path.format(n=10**20)).status_code == 404
