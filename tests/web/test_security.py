"""Who may ask and write, how large a body may be, and the headers on every answer."""

import asyncio

import httpx
import pytest

from app.main import create_app
from app.web.security import CONTENT_SECURITY_POLICY, host_name, safe_back
from tests.asgi import HERE, parsed, words

OWN = {"Origin": HERE}


def test_every_answer_carries_the_policy(client):
    for path in ("/health", "/static/css/tokens.css", "/nowhere", "/preferences"):
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY, path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
    assert "unsafe" not in CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("path", ["/", "/health", "/static/css/tokens.css", "/nowhere"])
def test_head_answers_as_get_without_the_body(client, path):
    whole, head = client.get(path), client.request("HEAD", path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["Content-Type"] == whole.headers["Content-Type"]


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "a@localhost"])
def test_host_that_is_not_ours_is_refused(client, host):
    answer = client.get("/preferences", headers={"Host": host})
    assert answer.status_code == 400
    assert "VARIORUM_ALLOWED_HOSTS" in words(parsed(answer))


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:1", "[::1]:8000", "LOCALHOST"])
def test_host_on_this_machine_is_answered(client, host):
    assert client.get("/health", headers={"Host": host}).status_code == 200


def test_host_that_is_allowed_is_answered(settings, make_client):
    client = make_client(settings.model_copy(update={"allowed_hosts": "desk.example, b.example"}))
    assert client.get("/health", headers={"Host": "desk.example"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9"},
        {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
        {"Origin": HERE, "Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://[", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_write_from_elsewhere_changes_nothing(client, headers):
    answer = client.request("POST", "/preferences", data={"theme": "dark"}, headers=headers)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers", [OWN, {"Sec-Fetch-Site": "same-origin"}, OWN | {"Sec-Fetch-Site": "same-origin"}]
)
def test_write_from_our_page_is_taken(client, headers):
    answer = client.request("POST", "/preferences", data={"theme": "dark"}, headers=headers)
    assert answer.status_code == 303


def test_write_behind_a_proxy_agrees_with_the_base_address(settings, make_client):
    client = make_client(settings.model_copy(update={"base_url": "https://news.example/desk"}))
    headers = {"Origin": "https://news.example", "Host": "news.example"}
    for path in ("/desk/preferences", "/preferences"):  # the proxy may take the sub-path off
        answer = client.request("POST", path, data={"theme": "dark"}, headers=headers)
        assert answer.status_code == 303
        assert answer.headers["Location"] == "/desk/"
        cookie = answer.headers["Set-Cookie"]
        assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=lax", "Path=/desk"))
        assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_body_over_the_cap_is_refused(settings, make_client):
    client = make_client(settings.model_copy(update={"max_upload_bytes": 5000}))
    answer = client.post("/preferences", content=b"x" * 6000)
    assert answer.status_code == 413
    assert "0.005 MB" in words(parsed(answer))


def test_chunked_body_over_the_cap_is_refused(settings):
    """A body without Content-Length is counted as it comes."""
    app = create_app(settings.model_copy(update={"max_upload_bytes": 5000}))

    async def pieces():
        yield b"theme="
        for _ in range(100):
            yield b"d" * 1000

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
            headers = OWN | {"Content-Type": "application/x-www-form-urlencoded"}
            return await client.post("/preferences", content=pieces(), headers=headers)

    answer = asyncio.run(send())
    assert answer.status_code == 413
    assert "nothing was stored" in words(parsed(answer))


@pytest.mark.parametrize(
    "address",
    ["https://evil.example", "//evil.example", "/\\evil", "/x\nSet-Cookie: a=b", "evil", "", "/é"],
)
def test_back_never_leaves_the_server(settings, address):
    assert safe_back(address, settings) == "/"


def test_back_keeps_the_query(settings):
    assert safe_back("/events/x?base=PD&d=d1", settings) == "/events/x?base=PD&d=d1"


@pytest.mark.parametrize("host", ["[::1", "a b", "a/b", "a?b", "a#b", "a\\b"])
def test_odd_host_has_no_name(host):
    assert host_name(host) == ""
