"""Who may do what: the only place that knows roles. Asked before every write."""

from enum import StrEnum


class Role(StrEnum):
    """Who is there. Until accounts come there is one local person and nobody else."""

    LOCAL = "local"
    NOBODY = "nobody"


class Action(StrEnum):
    """What somebody wants to do with a thing."""

    READ = "read"
    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


def can(role: Role, action: Action, thing: object) -> bool:
    """Say whether `role` may do `action` with `thing` (a row of the store, or the class of one).

    The local person may do all; anybody else may only read.

    >>> can(Role.LOCAL, Action.REMOVE, "an article"), can(Role.NOBODY, Action.ADD, "an article")
    (True, False)
    """
    return role is Role.LOCAL or action is Action.READ
