"""A real browser and a real server for the few tests that need them.

The browser is looked for in this order: `$CHROMIUM`, the system, Playwright's own. Where none is
found the tests skip and say so; with REQUIRE_BROWSER=1 they fail. Nothing is installed here.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

SYSTEM_BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "brave-browser",
)
BROWSER_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 60


def pytest_collection_modifyitems(items):
    """Browser tests come last: a fault in the code shows before the slow part begins."""
    here = Path(__file__).parent
    items.sort(key=lambda item: here in item.path.parents)


def find_browser(own: str = "") -> str | None:
    """The browser to drive, or None; `own` is where Playwright would keep its own."""
    for name in (os.environ.get("CHROMIUM"), *SYSTEM_BROWSERS):
        found = name and shutil.which(name)
        if found:
            return found
    return own if own and Path(own).is_file() else None


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright):
    executable = find_browser(playwright.chromium.executable_path)
    if executable is None:
        reason = (
            "no browser found: install Chromium (Debian, Ubuntu: apt-get install chromium), "
            "or name one in CHROMIUM"
        )
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    running = playwright.chromium.launch(executable_path=executable, args=BROWSER_OPTIONS)
    yield running
    running.close()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def wait_for_health(address: str, process: subprocess.Popen, log: Path) -> None:
    """Return when the server answers; fail with what it logged when it stops or never does."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{address}/health", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')[-4000:]}")


ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "app.cli"]


def environment_of(folder: Path, port: int) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("VARIORUM_")}
    return {**own, "VARIORUM_DATA": str(folder / "data"), "VARIORUM_PORT": str(port)}


@contextmanager
def serving(folder: Path, port: int) -> Iterator[str]:
    """Run `variorum serve` in its own process on the data in `folder`; give its address."""
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*COMMAND, "serve"],
            env=environment_of(folder, port),
            cwd=ROOT,
            stdout=output,
            stderr=output,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for_health(address, process, log)
        yield address
    finally:
        process.terminate()
        process.wait(15)


@pytest.fixture(scope="session")
def live(browser, tmp_path_factory):
    """The address of a real server with the demonstration loaded."""
    folder, port = tmp_path_factory.mktemp("live"), free_port()
    subprocess.run(
        [*COMMAND, "demo"],
        env=environment_of(folder, port),
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with serving(folder, port) as address:
        yield address


@pytest.fixture(scope="module")
def own_live(browser, tmp_path_factory):
    """The address of a real server without any article, for tests that store some."""
    with serving(tmp_path_factory.mktemp("own"), free_port()) as address:
        yield address


@pytest.fixture
def page(browser: Browser, live: str) -> Page:
    """A fresh page, 1280 × 900, whose relative addresses start at the live server."""
    context = browser.new_context(base_url=live, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    yield opened
    context.close()
