"""The only door for articles: everything leaves it as a Draft or a Refused.

The door does not think: how a text is sorted into article and furniture is the engine's business,
so the caller hands `collate.clean` in (`read(data, name, clean=collate.clean)`) and gets back
`Draft[collate.Cleaned]`, with `draft.cleaned` typed as the engine types it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from app.i18n import gettext


class _Stretch(Protocol):
    """A range of code points."""

    @property
    def start(self) -> int: ...  # noqa: D102 - says itself

    @property
    def end(self) -> int: ...  # noqa: D102 - says itself


class _Clue(Protocol):
    """A fact that the text gives, and the words it rests on."""

    @property
    def value(self) -> str: ...  # noqa: D102 - says itself

    @property
    def span(self) -> _Stretch: ...  # noqa: D102 - says itself


class Sorted(Protocol):
    """What the door reads of a cleaned text; `collate.Cleaned` is one."""

    @property
    def kept(self) -> tuple[Any, ...]: ...  # noqa: D102 - spans of the article's own text

    @property
    def title(self) -> _Stretch | None: ...  # noqa: D102 - says itself

    @property
    def author(self) -> _Clue | None: ...  # noqa: D102 - says itself

    @property
    def outlet(self) -> _Clue | None: ...  # noqa: D102 - says itself

    @property
    def published(self) -> _Clue | None: ...  # noqa: D102 - says itself

    @property
    def language(self) -> str | None: ...  # noqa: D102 - says itself


GIVEN = "given"
"""Basis of a fact that a person or a manifest stated."""
METADATA = "page metadata"
"""Basis of a fact that a page's metadata state."""

C = TypeVar("C", bound=Sorted)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person or a manifest states about an article; None = not stated."""

    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    language: str | None = None
    author: str | None = None
    rights: str | None = None
    headline: str | None = None


@dataclass(frozen=True, slots=True)
class Draft(Generic[C]):
    """An article that is ready to be looked at and stored.

    `raw` is what came in, byte for byte; `text` its characters (of a page: the article's text),
    to which every span refers. What nobody states is None, `headline` is never empty. The bases
    are the words a fact rests on: of the text, "page metadata", or "given".
    """

    raw: bytes = field(repr=False)
    media_type: str
    text: str = field(repr=False)
    cleaned: C = field(repr=False)
    headline: str
    author: str | None = None
    outlet: str | None = None
    outlet_basis: str | None = None
    published: date | None = None
    published_basis: str | None = None
    language: str | None = None
    url: str | None = None
    rights: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that is not taken in: what is wrong and what the reader can do.

    `message` is the English msgid with `%(value)s` places; `reason` is the sentence in the
    language of this request.
    """

    name: str
    message: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """The whole sentence, in the language of this request."""
        return gettext(self.message) % self.values
