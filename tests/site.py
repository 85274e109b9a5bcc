"""A walk over the whole site: follows every link and every htmx request of every page, a few of
each shape, and keeps what it saw for the tests to judge.
"""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
from lxml import html

from tests.asgi import HERE, Client

OF_EACH_SHAPE = 3
AT_MOST = 250


@dataclass
class Seen:
    """One answer: how it was asked for and from where."""

    address: str
    target: str  # the id that htmx aims at; empty: a whole page
    found_on: str
    answer: httpx.Response
    tree: html.HtmlElement | None = None

    @property
    def is_page(self) -> bool:
        return self.tree is not None and not self.target

    def __str__(self) -> str:
        return f"{self.address} {'#' + self.target if self.target else ''} from {self.found_on}"


@dataclass
class Walk:
    """All answers of one walk, in order."""

    seen: list[Seen] = field(default_factory=list)
    sent_away: set[str] = field(default_factory=set)  # addresses of other sites

    @property
    def pages(self) -> list[Seen]:
        return [seen for seen in self.seen if seen.is_page]

    @property
    def fragments(self) -> list[Seen]:
        return [seen for seen in self.seen if seen.target]


def shape(address: str, target: str) -> tuple:
    """Addresses of one shape come from one route with the same things chosen."""
    parts = urlsplit(address)
    path = re.sub(r"/(?:\d+|[rd][0-9a-z]{8,}|[^/]*\d[^/]*)(?=/|$)", "/*", parts.path)
    path = re.sub(r"^(.*/events/)[^/]+", r"\1*", path)
    return path, tuple(sorted(name for name, _ in parse_qsl(parts.query))), target


def requests_of(tree: html.HtmlElement) -> list[tuple[str, str]]:
    """What a reader can ask for on this page without writing: (address, htmx target or "")."""
    asked = [(link, "") for link in tree.xpath("//a/@href | //link/@href | //script/@src")]
    asked += [(link, "") for link in tree.xpath("//img/@src")]
    for element in tree.xpath("//*[@hx-get]"):
        asked.append((element.get("hx-get"), element.get("hx-target", "").lstrip("#")))
    for form in tree.xpath("//form[not(@method) or @method='get']"):
        query = httpx.QueryParams([(name, value) for name, value in form.form_values() if value])
        asked.append((f"{form.get('action')}?{query}", ""))
    return asked


def walk(app, starts: list[str], *, of_each_shape: int = OF_EACH_SHAPE) -> Walk:
    """Visit the site from `starts` on, breadth first."""
    client, result = Client(app), Walk()
    waiting = deque((start, "", "the start") for start in starts)
    known, counts = set(), Counter()
    while waiting and len(result.seen) < AT_MOST:
        link, target, found_on = waiting.popleft()
        address = urljoin(HERE + found_on if found_on.startswith("/") else HERE, link)
        address = address.partition("#")[0]
        if not address.startswith(HERE + "/"):
            result.sent_away.add(address)
            continue
        asked, kind = address.removeprefix(HERE), shape(address, target)
        if (asked, target) in known or counts[kind] >= of_each_shape:
            continue
        known.add((asked, target))
        counts[kind] += 1
        headers = {"HX-Request": "true", "HX-Target": target} if target else {}
        answer = client.get(asked, headers=headers, follow_redirects=True)
        seen = Seen(asked, target, found_on, answer)
        result.seen.append(seen)
        if answer.headers.get("content-type", "").startswith("text/html"):
            seen.tree = html.fromstring(answer.text)
            waiting.extend((*request, asked) for request in requests_of(seen.tree))
    return result
