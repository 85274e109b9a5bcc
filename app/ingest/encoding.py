"""Bytes → characters: byte order marks, UTF-8, UTF-16 without a mark, what a page declares, then
the likeliest old code page.
"""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import CharsetMatch, from_bytes

LOOKED_AT_BYTES = 65_536
"""Bytes that a guess is made from. Higher: slower, hardly surer."""
BROKEN_SHARE = 0.1
"""Up to this share of broken sequences among the non-ASCII ones a text still counts as UTF-8."""
WESTERN_SHARE = 0.05
"""Below this share of bytes outside ASCII an old text is taken for Western (cp1252)."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_ODD = re.compile(r"(?<=[^\W\d_])(?:[^\w\s.'’&/()*@-]|[²³¹ªº])(?=[^\W\d_])")
_PREFERRED = {"cp1252": 0, "cp1250": 1, "cp1251": 2}
_STATED = re.compile(rb"""<meta[^>]{0,300}charset|<\?xml[^>]{0,100}encoding""", re.I)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters and the encoding they were read with; `broken` counts what could not be read."""

    text: str
    encoding: str
    broken: int = 0


def decode(data: bytes, *, page: bool = False) -> Decoded:
    """Read `data` as text; never fails, `broken` says how well it went.

    `page`: an encoding declared in the markup is believed where the bytes bear it out. A byte
    order mark is not part of the text.

    >>> decode("Kim wrote: “glory”".encode("cp1252")).encoding
    'cp1252'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _read(data[len(mark) :], name)
    wide = _wide(data[:LOOKED_AT_BYTES])
    if wide:
        return _read(data, wide)
    unicode = _unicode(data)
    outside = sum(1 for character in unicode.text if character > "\x7f")
    if unicode.broken <= BROKEN_SHARE * outside:
        return unicode
    stated = _stated(data) if page else None
    return _read(data, stated or _old(data))


def _read(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, text.count("\ufffd"))


def _unicode(data: bytes) -> Decoded:
    """Read UTF-8, also where an old program wrote characters as encoded pairs of surrogates."""
    plain = _read(data, "utf-8")
    if not plain.broken:
        return plain
    try:
        pairs = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return plain
    return Decoded(pairs.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), "utf-8")


def _wide(head: bytes) -> str | None:
    """Recognise UTF-16 without a mark: nearly every second byte of a Latin text is zero."""
    zeros = head.count(0)
    if len(head) < 4 or zeros < 0.2 * len(head):
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) / 2 and even <= 0.02 * zeros:
        return "utf-16-le"
    if even > 0.4 * len(head) / 2 and odd <= 0.02 * zeros:
        return "utf-16-be"
    return None


def _stated(data: bytes) -> str | None:
    """Find the encoding that the markup declares, if Python knows it as a text encoding."""
    place = _STATED.search(data[:LOOKED_AT_BYTES])
    found = place and _DECLARED.search(data, place.start(), place.start() + 500)
    if not found:
        return None
    name = found.group(1).decode("ascii").lower()
    # Browsers read both names as cp1252, and so do the pages that use them.
    name = "cp1252" if name in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"} else name
    try:
        b"a\xff".decode(name, "replace")
    except (LookupError, ValueError, TypeError):
        return None
    return None if name.replace("_", "-").startswith(("utf-16", "utf-32", "utf-8")) else name


def _old(data: bytes) -> str:
    head = data[:LOOKED_AT_BYTES]
    outside = sum(1 for byte in head if byte > 0x7F)
    if outside < WESTERN_SHARE * len(head):
        return "cp1252"
    likely = list(from_bytes(head))
    if not likely:
        return "cp1252"
    # Several code pages read a Western text equally well. Symbols inside words speak against one;
    # of the rest the most used one is the best bet.
    equal = {name for match in likely if match.chaos <= likely[0].chaos for name in _names(match)}
    order = sorted(equal, key=lambda name: (_PREFERRED.get(name, len(_PREFERRED)), name))
    return min(order, key=lambda name: len(_ODD.findall(head.decode(name, "replace"))))


def _names(match: CharsetMatch) -> list[str]:
    return [match.encoding, *match.could_be_from_charset]
