"""The engine's one exception."""


class CollateError(Exception):
    """The input breaks a rule of the engine (spans outside the text, two witnesses with one id)."""
