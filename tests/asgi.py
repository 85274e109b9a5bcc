"""A small browser without a network: asks the application directly and reads its pages."""

import asyncio
from urllib.parse import urlsplit

import httpx
from lxml import html

HERE = "http://127.0.0.1:8000"


class Client:
    """Sends requests to `app` as a browser on this host would; keeps cookies."""

    def __init__(self, app, *, raising: bool = True) -> None:
        self.app = app
        self.raising = raising
        self.cookies = httpx.Cookies()

    def request(self, method: str, path: str, **options) -> httpx.Response:
        return asyncio.run(self._request(method, path, options))

    async def _request(self, method: str, path: str, options: dict) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=self.raising)
        async with httpx.AsyncClient(
            transport=transport, base_url=HERE, cookies=self.cookies, timeout=60
        ) as client:
            answer = await client.request(method, path, **options)
        self.cookies.update(answer.cookies)
        return answer

    def get(self, path: str, **options) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, **options) -> httpx.Response:
        """Send a form as a page of ours would."""
        headers = {"Origin": HERE, "Sec-Fetch-Site": "same-origin", **options.pop("headers", {})}
        return self.request("POST", path, headers=headers, **options)

    def page(self, path: str, status: int = 200, **options) -> html.HtmlElement:
        """The parsed page at `path`."""
        answer = self.get(path, **options)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:500])
        return parsed(answer)


def parsed(answer: httpx.Response) -> html.HtmlElement:
    return html.fromstring(answer.text)


def words(element) -> str:
    """The text of an element, white space made single."""
    return " ".join(element.text_content().split())


def one(page: html.HtmlElement, path: str) -> html.HtmlElement:
    """The one element at the XPath."""
    found = page.xpath(path)
    assert len(found) == 1, (path, len(found))
    return found[0]


def form_of(page: html.HtmlElement, action: str) -> dict[str, list[str]]:
    """What a browser would send for the form with this action, untouched."""
    forms = [form for form in page.forms if urlsplit(form.get("action", "")).path == action]
    assert len(forms) == 1, (action, len(forms))
    data: dict[str, list[str]] = {}
    for name, value in forms[0].form_values():
        data.setdefault(name, []).append(value)
    return data
