"""gettext for every string of ours.

English is the msgid; the language is that of the current request.
"""

import gettext as _gettext
from contextvars import ContextVar
from functools import cache
from pathlib import Path

PSEUDO = "en-XA"
LOCALE = Path(__file__).resolve().parent.parent / "locale"
language: ContextVar[str] = ContextVar("language", default="en")


class _Brackets(_gettext.NullTranslations):
    """The pseudo-language: every string of ours in ⟦brackets⟧, so that a forgotten one is seen."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


@cache
def _translations(code: str) -> _gettext.NullTranslations:
    if code == PSEUDO:
        return _Brackets()
    return _gettext.translation("variorum", LOCALE, languages=[code], fallback=True)


def gettext(message: str) -> str:
    """Return `message` in the language of this request."""
    return _translations(language.get()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form for `n` in the language of this request."""
    return _translations(language.get()).ngettext(singular, plural, n)


_ = gettext
