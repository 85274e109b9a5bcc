"""Pages of our own as a scraper leaves them, for the tests of cleaning."""

from app.collate.cleaning import clean
from app.collate.text import Cleaned

BODY = [
    "The harbour bridge was closed on Monday after two days of heavy rain in the north.",
    "Engineers found that its pillars had moved by several centimetres since the last visit.",
    "The mayor promised repairs by May and asked drivers to take the road along the coast.",
    "Shopkeepers on the quay fear for their trade, which lives from the visitors in spring.",
    "Nobody was hurt when the first of the pillars sank, because the bridge was empty then.",
]


def page(*before: str, body: list[str] | None = None, after: tuple[str, ...] = ()) -> str:
    return "\n\n".join([*before, *(body or BODY), *after])


def kept(text: str, cleaned: Cleaned) -> str:
    return "".join(span.of(text) for span in cleaned.kept)


def reasons(text: str) -> dict[str, str]:
    return {d.span.of(text).strip(): d.reason for d in clean(text).dropped}


TITLE = "Storm shuts harbour bridge for weeks"
