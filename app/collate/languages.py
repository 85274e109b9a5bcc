"""Guess the language of a text from its script and its commonest words. Source: ours."""

import re
from collections import Counter

from app.collate.data import lexicon

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000  # characters read
_FEWEST = 3  # stop words that must be there
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
)


def language_of(text: str) -> str | None:
    """Return the language as a two-letter code, or None where it is not clear.

    >>> language_of("The minister said that the talks with the delegation were of no use.")
    'en'
    """
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    for code, script in _SCRIPTS:
        if letters and 4 * len(script.findall(sample)) >= letters:
            return code
    words = Counter(word.lower() for word in _WORD.findall(sample))
    scores = sorted(
        ((sum(words[w] for w in profile.split()), code) for code, profile in _profiles().items()),
        reverse=True,
    )
    (best, code), (second, _) = scores[0], scores[1]
    clear = best >= _FEWEST and best >= 1.25 * second and 12 * best >= words.total()
    return code if clear else None


def _profiles() -> dict[str, str]:
    profiles: dict[str, str] = lexicon("stopwords")["words"]
    return profiles
