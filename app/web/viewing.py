"""What a reader looks at in the aligned view, as the address says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.datastructures import QueryParams

from app.urls import absolute, url

MODES = ("base", "agree", "plain")
ORDERS = ("event", "base", "div")
MOST_COLUMNS = 5
"""Outlets shown at first; more columns are too narrow to read, and are chosen by hand."""


@dataclass(frozen=True, slots=True)
class Viewing:
    """One state of the view of one event; what is not in the address has its default.

    `outlets`: the sigla of all columns, in order; `shown`: those to be seen, at least one.
    `default_shown`: all outlets, or where they are many those with most rows. `default_base`: the
    outlet with most rows. `base` is one of the shown. `chosen`: the id of the
    difference in the apparatus, or "".
    """

    slug: str
    outlets: tuple[str, ...]
    default_shown: tuple[str, ...]
    default_base: str
    base: str
    shown: tuple[str, ...]
    mode: str = MODES[0]
    order: str = ORDERS[0]
    changed: bool = False
    quotations: bool = False
    folded: bool = False
    chosen: str = ""

    def query(self) -> dict[str, str]:
        """Return the query of the address, defaults left out, in a fixed order."""
        shown = "" if self.shown == self.default_shown else ",".join(self.shown)
        usual = self.default_base if self.default_base in self.shown else "".join(self.shown[:1])
        pairs = {
            "base": "" if self.base == usual else self.base,
            "mode": "" if self.mode == MODES[0] else self.mode,
            "show": shown,
            "diff": "1" if self.changed else "",
            "quotes": "1" if self.quotations else "",
            "bg": "fold" if self.folded else "",
            "sort": "" if self.order == ORDERS[0] else self.order,
            "d": self.chosen,
        }
        return {name: value for name, value in pairs.items() if value}

    def link(self, fragment: str = "", **changes: Any) -> str:
        """Return the address of this state, or of the one with `changes`."""
        return url(self._path, fragment, **replace(self, **changes).query())

    def below(self, path: str) -> str:
        """Return the address of something that belongs to this view: "/cite", ".csv". No difference
        is chosen there.
        """
        return url(f"{self._path}{path}", **replace(self, chosen="").query())

    def without_filters(self) -> "Viewing":
        """Return the state that shows all rows, with the same way of marking."""
        base = self.base if "base" in self.query() else self.default_base
        whole = replace(self, base=base, shown=self.default_shown, chosen="")
        return replace(whole, changed=False, quotations=False, folded=False)

    def whole_link(self) -> str:
        """Return the address of this state with scheme and host."""
        return absolute(self._path, **self.query())

    @property
    def _path(self) -> str:
        return f"/events/{self.slug}"


def read_viewing(query: QueryParams, *, slug: str, told: Mapping[str, int]) -> Viewing:
    """Read a state from the address; a value that is not known counts as left out.

    `told`: the rows that each outlet has, in column order. Outlets come as one value, "PD,CC", or
    as one value each, as a form sends them.
    """
    outlets = tuple(told)
    most = sorted(outlets, key=lambda outlet: -told[outlet])
    default_shown = tuple(outlet for outlet in outlets if outlet in most[:MOST_COLUMNS])
    default_base = most[0] if most else ""
    named = {part for value in query.getlist("show") for part in value.split(",")}
    shown = tuple(outlet for outlet in outlets if outlet in named) or default_shown
    usual = default_base if default_base in shown else next(iter(shown), "")
    base = query.get("base", "")
    return Viewing(
        slug=slug,
        outlets=outlets,
        default_shown=default_shown,
        default_base=default_base,
        base=base if base in shown else usual,
        shown=shown,
        mode=_one_of(MODES, query.get("mode")),
        order=_one_of(ORDERS, query.get("sort")),
        changed=query.get("diff") == "1",
        quotations=query.get("quotes") == "1",
        folded=query.get("bg") == "fold",
        chosen=query.get("d", "")[:40],
    )


def _one_of(values: Sequence[str], value: str | None) -> str:
    return value if value is not None and value in values else values[0]
