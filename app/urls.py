"""Every link is made here: it knows the sub-path that the installation lives under."""

from urllib.parse import quote, urlencode, urlsplit

_base = {"address": "http://127.0.0.1:8000"}


def configure(address: str) -> None:
    """Set the whole address of the installation, with its sub-path. Called once at start."""
    _base["address"] = address.rstrip("/")


def url(path: str, fragment: str = "", **query: object) -> str:
    """Return the link to `path` ("/events/x"): sub-path, path, query without None and "", fragment.

    >>> url("/search", q="a b", page=None)
    '/search?q=a+b'
    """
    pairs = [(key, value) for key, value in query.items() if value not in (None, "")]
    link = urlsplit(_base["address"]).path + quote(path, safe="/~@:+.-_")
    return (
        link
        + (f"?{urlencode(pairs, doseq=True, safe=',')}" if pairs else "")
        + (f"#{fragment}" if fragment else "")
    )


def absolute(path: str, fragment: str = "", **query: object) -> str:
    """Return the same link with scheme and host, for print, mail and exports."""
    parts = urlsplit(_base["address"])
    return f"{parts.scheme}://{parts.netloc}{url(path, fragment, **query)}"
