"""What a reader prefers, kept in cookies: theme, density, single-key commands."""

from dataclasses import dataclass

from fastapi import Request

CHOICES = {
    "theme": ("auto", "light", "dark"),
    "density": ("normal", "dense"),
    "keys": ("on", "off"),
}
"""Each preference with its values, the default first. The cookie has the preference's name."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """The reader's choices; what a cookie holds beside the known values counts as the default."""

    theme: str
    density: str
    keys: str


def preferences(request: Request) -> Preferences:
    """Read the preferences that came with the request. A template global as well."""
    chosen = {
        name: value if (value := request.cookies.get(name, "")) in values else values[0]
        for name, values in CHOICES.items()
    }
    return Preferences(**chosen)
