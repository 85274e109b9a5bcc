"""Words that stand for somebody named elsewhere: he, she, our country, the dictator.

Resolved only where one antecedent is possible; else nothing is said. Source: ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.collate.apparatus import Matter
from app.collate.terms import speaker_keys
from app.collate.text import Span, Token, Witness
from app.collate.tokens import tokenize
from app.collate.variants import find_things
from app.collate.variants.naming import heads, is_post
from app.collate.variants.thing import About, Thing
from app.collate.variants.verbs import words

_HE = frozenset({"he", "she", "him"})
_OWN = frozenset({"our", "my"})
_HIS = frozenset({"his", "her"})
_LAND = frozenset({"country", "nation", "homeland", "motherland", "fatherland"})


@dataclass(frozen=True, slots=True)
class Scene:
    """What a passage is read with: its witness, the people in the passage before it, those of them
    who can be its subject, and the state of each.
    """

    witness: Witness
    about: About
    before: frozenset[str]
    free: frozenset[str]
    states: Mapping[str, str]


def scene_of(witness: Witness, span: Span, about: About) -> Scene:
    """Return what the passage under `span` is read with: the passage before it in its report, if it
    stands in the same paragraph or the one before.
    """
    starts = [passage.span.start for passage in witness.passages]
    before: list[Thing] = []
    tokens: tuple[Token, ...] = ()
    if span.start in starts[1:]:
        number = starts.index(span.start)
        here, there = witness.passages[number], witness.passages[number - 1]
        if here.paragraph - there.paragraph <= 1 and here.kind is there.kind:
            tokens = tokenize(witness.text, there.span)
            before = [thing for thing in find_things(tokens, about) if _is_person(thing, about)]
    free = {thing.value for thing in before if _is_free(thing, tokens)}
    names = frozenset(thing.value for thing in before)
    return Scene(witness, about, names, frozenset(free), _states(about.posts))


def _is_free(thing: Thing, tokens: Sequence[Token]) -> bool:
    """Say whether a name can be a subject: no preposition before it, no possessive after."""
    before = tokens[thing.start - 1].norm if thing.start else ""
    after = tokens[thing.end].norm if thing.end < len(tokens) else ""
    return before not in words("governs") and after != "'s"


def _is_person(thing: Thing, about: About) -> bool:
    return thing.matter is Matter.NAMING and thing.value in about.people


def _states(posts: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Return for each person the state whose post they hold, where it is one state."""
    found: dict[str, set[str]] = {}
    for (state, _), name in posts.items():
        if state:
            found.setdefault(name, set()).add(state)
    return {name: min(states) for name, states in found.items() if len(states) == 1}


def resolve(tokens: Sequence[Token], things: Sequence[Thing], scene: Scene) -> list[Thing]:
    """Return the things of a passage with those that stand-ins mean, in order."""
    known = [_head(thing, things, scene) for thing in things]
    found = []
    for at, token in enumerate(tokens):
        if token.norm in _HE:
            found += _somebody(at, tokens, known, scene)
        elif at + 1 < len(tokens) and tokens[at + 1].norm in _LAND:
            found += _land(at, tokens, known, scene)
    taken = {k for thing in known for k in range(thing.start, thing.end)}
    free = [thing for thing in found if not taken & set(range(thing.start, thing.end))]
    return sorted([*known, *free], key=lambda thing: thing.start)


def _head(thing: Thing, things: Sequence[Thing], scene: Scene) -> Thing:
    """Resolve "the dictator": the one head of a state that the texts name and this passage, which
    speaks of him beside others, does not.
    """
    post = thing.value.removeprefix("? ")
    if not thing.value.startswith("? ") or not is_post(thing.value) or post not in heads():
        return thing
    rulers = {name for (_, held), name in scene.about.posts.items() if held in heads()}
    rulers -= {other.value for other in things}
    return replace(thing, value=min(rulers)) if len(rulers) == 1 else thing


def _somebody(
    at: int, tokens: Sequence[Token], things: Sequence[Thing], scene: Scene
) -> list[Thing]:
    """Resolve a pronoun: the one person named before it in its passage or, where it opens a clause
    and there is none, in the passage before. Words in quotation marks are left alone.
    """
    if _quotation(tokens[at], scene):
        return []
    here = {thing.value for thing in things if thing.end <= at and _is_person(thing, scene.about)}
    candidates = here or (scene.before if len(scene.before) == 1 else scene.free)
    if len(candidates) != 1:
        return []
    return [Thing(Matter.NAMING, at, at + 1, min(candidates))]


def _land(at: int, tokens: Sequence[Token], things: Sequence[Thing], scene: Scene) -> list[Thing]:
    """Resolve "our country" by the speaker of the quotation, "his country" by the one person named
    before.
    """
    norm, people = tokens[at].norm, set[str]()
    if norm in _OWN:
        speaker = _quotation(tokens[at], scene)
        people = set(speaker_keys(speaker, scene.about)) if speaker else set()
    elif norm in _HIS:
        here = {thing.value for thing in things if thing.end <= at}
        people = (here & scene.about.people) or set(
            scene.before if len(scene.before) == 1 else scene.free
        )
    states = {scene.states[person] for person in people if person in scene.states}
    if len(states) != 1 or len(people) != 1:
        return []
    return [Thing(Matter.NAMING, at, at + 2, min(states))]


def _quotation(token: Token, scene: Scene) -> str:
    """Return the speaker of the quotation around a token ("?" where it is not stated), else ""."""
    for quotation in scene.witness.quotations:
        if quotation.span.covers(token.span):
            return quotation.speaker or "?"
    return ""
