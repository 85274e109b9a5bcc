"""The tree of our exceptions. A message says what happened and what the reader can do.

VariorumError
├── NotFound        no such thing, or not to be seen
├── Conflict        somebody else changed it meanwhile
├── Forbidden       permissions.can said no
├── Invalid         input that a person can mend; `errors` by field
└── SetupError      the installation is wrong; `variorum doctor` says how to mend it
"""


class VariorumError(Exception):
    """Base of all our exceptions."""


class NotFound(VariorumError):
    """There is no such thing here."""


class Conflict(VariorumError):
    """The thing was changed meanwhile."""


class Forbidden(VariorumError):
    """The person may not do this."""


class Invalid(VariorumError):
    """What was given cannot be used; `errors` maps fields to messages."""

    def __init__(self, message: str, errors: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.errors = errors or {}


class SetupError(VariorumError):
    """The installation cannot work as it is set up."""
