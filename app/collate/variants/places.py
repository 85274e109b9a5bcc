"""Places, each with what contains it; a state counts as one after a word such as "in"."""

from collections.abc import Mapping, Sequence
from functools import cache

from app.collate.apparatus import Matter, Relation
from app.collate.data import lexicon
from app.collate.text import Token
from app.collate.variants.naming import key_of
from app.collate.variants.thing import About, Thing

_LOCAL = {"in", "at", "near", "inside", "outside", "across", "throughout"}
_LONGEST = 5


def find_places(tokens: Sequence[Token], about: About) -> list[Thing]:
    """Return the places among the tokens, none overlapping, in order."""
    found: list[Thing] = []
    at = 0
    while at < len(tokens):
        thing = _place(tokens, at)
        if thing:
            found.append(thing)
        at = thing.end if thing else at + 1
    return found


def relate_places(a: Thing, b: Thing) -> Relation:
    """Return how two places stand: one inside the other is coarser, two apart conflict."""
    if not a.value or not b.value:
        return Relation.UNKNOWN
    if a.value == b.value:
        return Relation.SAME
    if a.value in b.within or b.value in a.within:
        return Relation.COARSER
    if not (a.within and b.within):
        return Relation.UNKNOWN
    return Relation.CONFLICTING


def _place(tokens: Sequence[Token], at: int) -> Thing | None:
    if not tokens[at].text[0].isupper() and tokens[at].norm != "far":
        return None
    local = at > 0 and _after_local(tokens, at)
    for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
        key = _key(tokens, at, size)
        name = _places().get(key) or (_seats().get(key) if local else None)
        if name:
            end = after_heads(tokens, at + size)
            return Thing(Matter.PLACE, at, end, name, within=_containers(name))
    return None


def after_heads(tokens: Sequence[Token], end: int) -> int:
    """Return where a name ends that goes on with words such as "region" or "space center"."""
    while size := next((n for n in (2, 1) if _key(tokens, end, n) in _heads()), 0):
        end = min(end + size, len(tokens))
    return end


def _key(tokens: Sequence[Token], at: int, size: int) -> tuple[str, ...]:
    return tuple(token.norm for token in tokens[at : at + size])


def is_local(norm: str) -> bool:
    """Say whether a place follows a word: in, near."""
    return norm in _LOCAL


def is_head(norm: str) -> bool:
    """Say whether a word ends names of places: region, cosmodrome."""
    return (norm,) in _heads()


@cache
def _heads() -> frozenset[tuple[str, ...]]:
    return frozenset(key_of(head) for head in lexicon("places")["heads"])


def _after_local(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word such as "in" stands before, an article between them or not. A name with a
    possessive ("in Russia's far east") still says where.
    """
    back = at - 1 - (tokens[at - 1].norm in {"the", "a"})
    return back >= 0 and tokens[back].norm in _LOCAL


@cache
def _places() -> Mapping[tuple[str, ...], str]:
    table = {}
    for row in lexicon("places")["places"]:
        for label in (row["name"], *row["also"]):
            table[key_of(label)] = row["name"].lower()
    return table


@cache
def _seats() -> Mapping[tuple[str, ...], str]:
    """Return the words for states and capitals that can also name a place → the place."""
    table = {}
    for row in lexicon("actors")["states"]:
        for label in (row["name"], *row["also"]):
            table[key_of(label)] = row["name"].lower()
        for label in row["capitals"]:
            table[key_of(label)] = label.lower()
    return table


@cache
def _parents() -> Mapping[str, str]:
    table = {r["name"].lower(): r["within"].lower() for r in lexicon("places")["places"]}
    for row in lexicon("actors")["states"]:
        table |= {label.lower(): row["name"].lower() for label in row["capitals"]}
    return table


@cache
def _containers(name: str) -> tuple[str, ...]:
    """Return what contains a place, nearest first; a state contains itself for this purpose, so
    that two states are known to lie apart.
    """
    found = [name] if name not in _parents() else []
    while name := _parents().get(name, ""):
        found.append(name)
    return tuple(found)
