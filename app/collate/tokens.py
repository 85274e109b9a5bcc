"""Cut text into words, numbers and marks, each with the normal form that is compared.

Positions stay those of the full text; normal forms stand beside it, never instead of it.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

from app.collate.text import Span, Token, TokenKind

_APOSTROPHES = "'\u2018\u2019\u02bc\u2032\u00b4`"
_HYPHENS = "-\u2010\u2011"
_DASHES = "\u2012\u2013\u2014\u2015\u2212"
# Scripts written without spaces between words: each character is a token of its own.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f\U00020000-\U0003134f"

_TOKEN = re.compile(
    rf"""
      (?P<abbreviation> (?<!\w) (?:[^\W\d_]\.){{2,}} )                       # U.S., e.g.
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

_UNITS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = {
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "sixth": "6th",
    "seventh": "7th",
    "eighth": "8th",
    "ninth": "9th",
    "tenth": "10th",
    "twentieth": "20th",
    "thirtieth": "30th",
    "fiftieth": "50th",
    "sixtieth": "60th",
    "seventieth": "70th",
    "eightieth": "80th",
}
# "one" and "second" mostly stand for other things than 1 and 2nd ("one of", "a second").
_NUMBER_WORDS = (
    {word: str(value) for value, word in enumerate(_UNITS, 2)}
    | {word: str(value * 10) for value, word in enumerate(_TENS, 2)}
    | {
        f"{ten}-{unit}": str(tens * 10 + units)
        for tens, ten in enumerate(_TENS, 2)
        for units, unit in enumerate(("one", *_UNITS[:8]), 1)
    }
    | _ORDINALS
)
# Told apart from the words "us" and "un" by their capitals.
_CAPITALS = {"US": "u.s.", "USA": "u.s.", "UN": "u.n.", "UK": "u.k.", "EU": "e.u."}

FUNCTION_WORDS = frozenset(
    """
    a an the this that these those such some any each every all both either neither no
    and or but nor so yet if because although though while as than when where whether since until
    of in on at by for with from to into onto upon about against between among through during
    before after above below over under within without toward towards across along around behind
    beyond near off out up down per via amid
    i me my we us our you your he him his she her it its they them their who whom whose which what
    myself ourselves yourself himself herself itself themselves one
    be is are was were been being am have has had having do does did doing done
    will would shall should can could may might must ought
    not n't n't 's 're 've 'll 'd 'm there here then also too very just only own same other
    """.split()
)
"""Words that carry grammar rather than matter, in their normal form."""


def tokenize(text: str, span: Span | None = None) -> tuple[Token, ...]:
    """Cut `text`, or the part of it under `span`, into tokens.

    Spans are absolute positions in `text`; white space belongs to no token. A possessive ’s is a
    token of its own. Cost: O(length), about 1 µs a character.

    >>> [t.norm for t in tokenize("Kim Jong-un’s “fifty-two” U.S. guests")]
    ['kim', 'jong-un', "'s", '"', '52', '"', 'u.s.', 'guests']
    """
    start, end = (span.start, span.end) if span else (0, len(text))
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
    if len(norm) < 4 or any(char.isdigit() for char in norm):
        return norm
    plain = norm.replace("-", "").replace(".", "").replace("'", "")
    return str(_STEMMER.stemWord(plain)) if plain else norm


def is_function_word(norm: str) -> bool:
    """Say whether a normal form is a word of grammar (the, of, has), not of matter."""
    return norm in FUNCTION_WORDS
