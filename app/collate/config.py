"""Every threshold of the engine, with its unit, what raising it does, and the run that set it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Config:
    """The engine's settings.

    One object is passed through a whole run; its fields are part of the input hash.
    """

    link_threshold: float = 0.5
    """Probability 0..1 above which two words are linked. Higher: fewer, surer links.

    Set by bench/train/report.json: at 0.5 the F1 on sure links is within .001 of its best, at 0.6,
    and more links between unlike words are found. There, precision on unseen pairs goes from .84
    at 0.3 to .95 at 0.8, recall from .88 to .78.
    """
    pair_threshold: float = 0.25
    """Likeness 0..1 above which two groups of passages share a row.

    Higher: fewer rows, fewer wrong ones. Set by the calibration on our stories
    (bench.train.passages); links F1 on the five articles is flat from .2 to .4.
    """
    loose_below: float = 0.5
    """Probability 0..1 of a row's weakest telling below which the row says "loose match"."""
    loose_heads_below: float = 0.9
    """The same for a row whose surest pair are headlines or standfirsts.

    Each sums up the whole event, so that they share its names whatever they say of it. Set by eye
    on the five articles and the demonstration: headlines that say one thing reach .94 and more, the
    others .87 and less.
    """
    passages_per_cell: int = 2
    """Most passages of one witness in one row.

    Higher: longer cells, more found, more of it wrong.
    """
    event_threshold: float = 0.75
    """Probability 0..1 that two halves of a group of tellings tell one event, below which they are
    two. Higher: more, smaller events.

    Above the middle, for whole articles about the same actors name the same people whatever they
    tell; looked at on the five articles, whose 003 parts from .65 on. Texts of a few sentences do
    best at .4 (cluster_ecb, bench.train.events).
    """
    actor_threshold: float = 0.35
    """Mean probability 0..1 above which two groups of labels mean one actor, where their sentences
    are known. Higher: more, purer actors.

    Set by bench.train.actors on actors_ecb dev; B-cubed F1 is flat from .35 to .45.
    """
    bare_actor_threshold: float = 0.16
    """The same where only the labels are known. Set by bench.train.actors on actors_newswcl dev."""
