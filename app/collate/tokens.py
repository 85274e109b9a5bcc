"""Cut text into words, numbers and marks, each with the normal form that is compared.

Positions stay those of the full text; normal forms stand beside it, never instead of it.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

from app.collate.data import lexicon, stems
from app.collate.text import Span, Token, TokenKind

_APOSTROPHES = "'\u2018\u2019\u02bc\u2032\u00b4`"
_HYPHENS = "-\u2010\u2011"
_DASHES = "\u2012\u2013\u2014\u2015\u2212"
# Scripts written without spaces between words: each character is a token of its own.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f\U00020000-\U0003134f"

_TOKEN = re.compile(
    rf"""
      (?P<abbreviation> (?<!\w) (?:[^\W\d_]\.){{2,}} (?:-\w+)* )                       # U.S., e.g.
    | (?P<number> \d+ (?:[.,:]\d+)* (?:st|nd|rd|th|s|k|m|bn)?+ (?!\w) | \d+ (?:[.,:]\d+)* )
    | (?P<unspaced> [{_UNSPACED}] )
    | (?P<possessive> (?<=\w) [{_APOSTROPHES}]s (?!\w) )                      # Russia | ’s
    | (?P<word> (?:(?![{_UNSPACED}])[\w\u0300-\u036f])+
        (?: (?:[{_HYPHENS}] | [{_APOSTROPHES}](?!s(?!\w)))
            (?:(?![{_UNSPACED}])[\w\u0300-\u036f])+ )* )                      # Jong-un, don’t
    | (?P<mark> '' | `` | \.\.\. | [^\w\s] )
    """,
    re.VERBOSE,
)


def _words(kind: str) -> list[str]:
    """Return the words of one kind in lexicon/grammar.toml."""
    return [
        word
        for row in lexicon("grammar")["words"]
        if row["kind"] == kind
        for word in row["list"].split()
    ]


def _number_words() -> dict[str, str]:
    """Return number words → digits. "one" and "second" mostly stand for other things than 1 and
    2nd ("one of", "a second"), so they stay words.
    """
    units, tens = _words("number"), _words("ten")
    found = {word: str(value) for value, word in enumerate(units, 2)}
    for ten, word in enumerate(tens, 2):
        found[word] = str(ten * 10)
        for unit, name in enumerate(("one", *units[:8]), 1):
            found[f"{word}-{name}"] = str(ten * 10 + unit)
    return found | dict(pair.split(":") for pair in _words("ordinal"))


_NUMBER_WORDS = _number_words()
# Told apart from the words "us" and "un" by their capitals.
_CAPITALS = {"US": "u.s.", "USA": "u.s.", "UN": "u.n.", "UK": "u.k.", "EU": "e.u."}

FUNCTION_WORDS = frozenset(_words("function"))
"""Words that carry grammar rather than matter, in their normal form."""


@lru_cache(maxsize=4096)  # passages, about 8 kB each
def tokenize(text: str, span: Span | None = None) -> tuple[Token, ...]:
    """Cut `text`, or the part of it under `span`, into tokens.

    Spans are absolute positions in `text`; white space belongs to no token. A possessive ’s is a
    token of its own. Cost: O(length), about 1 µs a character.

    >>> [t.norm for t in tokenize("Kim Jong-un’s “fifty-two” U.S. guests")]
    ['kim', 'jong-un', "'s", '"', '52', '"', 'u.s.', 'guests']
    """
    start, end = (span.start, span.end) if span is not None else (0, len(text))
    return tuple(
        _token(found.group(), found.start(), found.lastgroup)
        for found in _TOKEN.finditer(text, start, end)
    )


def _token(text: str, start: int, group: str | None) -> Token:
    norm = normal(text)
    kind = TokenKind.WORD
    if group == "mark":
        kind = TokenKind.PUNCTUATION
    elif group == "number" or norm[0].isdigit():
        kind = TokenKind.NUMBER
    return Token(Span(start, start + len(text)), text, norm, kind)


@lru_cache(maxsize=100_000)
def normal(word: str) -> str:
    """Return the form of one token that is compared: lower case, straight quotes and hyphens,
    number words as digits, digits without thousands marks.

    >>> normal("Forty"), normal("50,000"), normal("’s"), normal("US"), normal("us")
    ('40', '50000', "'s", 'u.s.', 'us')
    """
    if word in _CAPITALS:
        return _CAPITALS[word]
    norm = unicodedata.normalize("NFKC", word).lower()
    norm = re.sub(f"[{_APOSTROPHES}]", "'", norm)
    norm = re.sub(f"[{_HYPHENS}]", "-", norm)
    norm = re.sub(f"[{_DASHES}]", "\u2013", norm)
    norm = re.sub("''|``|[\u201c\u201d\u201e\u201f\u00ab\u00bb]", '"', norm)
    norm = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", norm)
    norm = _NUMBER_WORDS.get(norm, norm)
    return norm or word


_STEMMER = snowballstemmer.stemmer("english")


@lru_cache(maxsize=100_000)
def stem(norm: str) -> str:
    """Return the stem of a normal form; tokens with digits and short words stay whole.

    >>> stem("sanctions"), stem("adopted"), stem("2006")
    ('sanction', 'adopt', '2006')
    """
    known = stems().get(norm)
    if known and norm not in _NUMBER_WORDS:
        return known
    if len(norm) < 4 or "." in norm or any(char.isdigit() for char in norm):
        return norm
    plain = norm.replace("-", "").replace("'", "")
    return str(_STEMMER.stemWord(plain)) if plain else norm


def is_function_word(norm: str) -> bool:
    """Say whether a normal form is a word of grammar (the, of, has), not of matter."""
    return norm in FUNCTION_WORDS
