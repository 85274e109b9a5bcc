"""gettext for every string of ours.

English is the msgid; the language is that of the current request.
"""

import gettext as _gettext
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"
language: ContextVar[str] = ContextVar("language", default="en")


@cache
def _translations(code: str) -> _gettext.NullTranslations:
    return _gettext.translation("variorum", LOCALE, languages=[code], fallback=True)


def gettext(message: str) -> str:
    """Return `message` in the language of this request."""
    return _translations(language.get()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form for `n` in the language of this request."""
    return _translations(language.get()).ngettext(singular, plural, n)


_ = gettext
