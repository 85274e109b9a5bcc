"""The guarded client."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from app.errors import SetupError
from app.network import get_health


@pytest.fixture
def server():
    """A server on this machine that answers /health with `server.status`; gives it started."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.asked.append(self.path)
            self.send_response(self.server.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            """Stay silent."""

    with HTTPServer(("127.0.0.1", 0), Answers) as running:
        running.status, running.asked = 200, []
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def address_of(server):
    return f"http://127.0.0.1:{server.server_port}"


def test_health_is_ready_when_the_installation_answers_200(server):
    assert get_health(address_of(server)).ready
    assert server.asked == ["/health"]


@pytest.mark.parametrize("status", [302, 404, 500, 503])
def test_health_is_not_ready_and_says_why_when_the_answer_is_another(server, status):
    server.status = status
    health = get_health(address_of(server))
    assert not health.ready
    assert str(status) in health.reason
    assert server.asked == ["/health"]


def test_health_is_not_ready_when_nobody_answers(server):
    address = address_of(server)
    server.shutdown()
    server.server_close()
    health = get_health(address, timeout_seconds=1)
    assert not health.ready
    assert "no answer" in health.reason


@pytest.mark.parametrize(
    "address",
    ["http://example.org:8000", "http://10.0.0.1", "https://127.0.0.1", "ftp://localhost", ""],
)
def test_health_asks_no_other_machine(address):
    with pytest.raises(SetupError, match="only with this machine"):
        get_health(address)
