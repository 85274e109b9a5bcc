"""Every threshold of the engine, with its unit, what raising it does, and the run that set it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Config:
    """The engine's settings.

    One object is passed through a whole run; its fields are part of the input hash.
    """

    link_threshold: float = 0.5
    """Probability 0..1 above which two words are linked. Higher: fewer, surer links."""
    pair_threshold: float = 0.5
    """Probability 0..1 above which two passages may share a row.

    Higher: fewer rows, fewer wrong ones.
    """
    loose_below: float = 0.65
    """Probability 0..1 below which a row says "loose match"."""
    passages_per_cell: int = 3
    """Most passages of one witness in one row.

    Higher: longer cells, more found, more of it wrong.
    """
