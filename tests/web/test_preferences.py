"""Theme, density and single keys are kept in cookies and written on <html> by the server."""

import pytest

from tests.asgi import one


@pytest.mark.parametrize(
    ("name", "value"),
    [("theme", "dark"), ("theme", "light"), ("density", "dense"), ("keys", "off")],
)
def test_choice_is_kept(client, name, value):
    answer = client.post("/preferences", data={name: value, "back": "/preferences?back=/"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/preferences?back=/")
    assert one(client.page("/preferences"), "/html").get(f"data-{name}") == value


def test_unknown_choice_changes_nothing(client):
    answer = client.post("/preferences", data={"theme": "<script>", "density": "huge"})
    assert "Set-Cookie" not in answer.headers
    client.cookies.set("theme", '"><script>')
    assert one(client.page("/preferences"), "/html").get("data-theme") == "auto"


def test_page_shows_what_is_chosen(client):
    client.post("/preferences", data={"theme": "dark", "density": "dense"})
    page = client.page("/preferences")
    (form,) = [form for form in page.forms if form.get("class") == "form"]
    chosen = dict(form.form_values())
    assert (chosen["theme"], chosen["density"], chosen["keys"]) == ("dark", "dense", "on")


def test_health_is_plain_and_asks_the_database(client):
    answer = client.get("/health")
    assert (answer.status_code, answer.text) == (200, "ok\n")
