"""What holds of every page in a real browser: axe finds nothing, all is well, it fits a phone.

The aligned view has more tests of its own: test_event_page.py.
"""

import re
from urllib.parse import urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html

PAGES = (
    "library",
    "event edit",
    "article",
    "article edit",
    "search",
    "search nothing",
    "search hits",
    "import",
    "collections",
    "new event",
    "preferences",
    "not found",
)
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def addresses(live):
    """Where each kind of page is found, with the demonstration loaded."""
    library = "/?collection=demo"
    page = html.fromstring(httpx.get(live + library).text)
    paths = [urlsplit(link).path for link in page.xpath("//a/@href")]
    article = next(path for path in paths if re.fullmatch(r"/articles/\d+", path))
    event = next(path for path in paths if re.fullmatch(r"/events/[^/]+", path))
    return {
        "library": library,
        "event edit": f"{event}/edit",
        "article": article,
        "article edit": f"{article}/edit",
        "search": "/search?collection=demo",
        "search nothing": "/search?collection=demo&q=zzzz",
        "search hits": "/search?collection=demo&q=rockets",
        "import": "/articles/new",
        "collections": "/collections",
        "new event": "/new-event?collection=demo",
        "preferences": "/preferences",
        "not found": "/nowhere",
    }


@pytest.fixture
def heard(page):
    """What the browser complains of: script errors, broken policies, missing files."""
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None,
    )
    return complaints


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_fits_and_complains_of_nothing(
    page, heard, addresses, name, scheme, width
):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(addresses[name])
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVELS}})
    assert not [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{wide} px wide on {width} px"
    if name != "not found":
        assert not heard
