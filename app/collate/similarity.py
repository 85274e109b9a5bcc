"""How much two short texts, such as headlines, say the same."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.collate.data import weights
from app.collate.terms import fold
from app.collate.text import TokenKind
from app.collate.tokens import is_function_word, tokenize
from app.collate.variants.thing import About
from app.collate.words import word

TRAITS = (
    "words that find a like one",
    "mean meaning of the words",
    "same stems",
    "same pairs of words",
    "same characters",
    "numbers of one side",
    "actors of one side",
    "length",
)
"""What a pair of texts is described by, in the order of `traits`."""

_GRAMMAR = 0.1
"""Weight of a word of grammar; other words weigh this and their rarity 0..1 to the power 1.5."""

Floats = NDArray[np.float64]
Bag = Counter[Hashable]


def liken(a: str, b: str, cosine: float | None = None) -> float:
    """Return how much two short texts say the same: 0 nothing, .5 one topic, 1 the same.

    `cosine` is that of their sentence embeddings by the model named in weights/similarity.md, where
    the caller has them. The order of the texts does not matter. A linear model over TRAITS, trained
    on headlines. Cost: O(len(a) · len(b)), about .5 ms for two headlines.

    >>> liken("Four killed in train crash", "Train crash kills four") > 0.7
    True
    """
    left, right = _side(a), _side(b)
    if not left.stems or not right.stems:
        return 0.0
    if left.stems == right.stems:
        return 1.0
    table, model = traits(a, b), "plain"
    if cosine is not None:
        table, model = np.append(table, cosine), "embedded"
    arrays = weights("similarity")
    return float(np.clip(table @ arrays[model] + arrays[f"{model}_bias"], 0, 1))


def traits(a: str, b: str) -> Floats:
    """Return the numbers that describe two texts that have words, one for each of TRAITS."""
    left, right = _side(a), _side(b)
    return np.array(
        [
            _partnered(left, right),
            float(left.meaning @ right.meaning),
            _cosine(left.content, right.content),
            _dice(left.couples, right.couples),
            _dice(left.characters, right.characters),
            len(left.numbers ^ right.numbers),
            len(left.actors ^ right.actors),
            math.log(1 + left.content.total() + right.content.total()),
        ]
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """One text. `vectors` has a row and `weight` a number for each stem."""

    stems: tuple[str, ...]
    weight: Floats
    vectors: NDArray[np.float32]
    meaning: NDArray[np.float32]
    content: Bag
    couples: Bag
    characters: Bag
    numbers: frozenset[str]
    actors: frozenset[str]


@lru_cache(maxsize=4096)
def _side(text: str) -> _Side:
    tokens = tokenize(text)
    folded = fold(tokens, About())
    stems = tuple(stem for stem, _ in folded)
    known = [word(form) for _, form in folded]
    grammar = [is_function_word(form) for _, form in folded]
    weight = np.array([w.rarity**1.5 for w in known]) * ~np.array(grammar, bool) + _GRAMMAR
    width = len(word("a").vector), len(word("a").meaning)
    mean = sum((w.meaning * g for w, g in zip(known, weight, strict=True)), np.zeros(width[1]))
    line = f" {' '.join(t.norm for t in tokens if t.norm[0].isalnum())} "
    return _Side(
        stems=stems,
        weight=weight,
        vectors=np.array([w.vector for w in known]).reshape(len(known), width[0]),
        meaning=mean / (np.linalg.norm(mean) + 1e-9),
        content=Counter(stem for stem, g in zip(stems, grammar, strict=True) if not g),
        couples=Counter(pairwise(stems)),
        characters=Counter(zip(line, line[1:], line[2:], strict=False)),
        numbers=frozenset(t.norm for t in tokens if t.kind is TokenKind.NUMBER),
        actors=frozenset(stem for stem in stems if stem[0] == "@"),
    )


def _partnered(left: _Side, right: _Side) -> float:
    """Return how like the nearest word of the other side is, weighted, mean of both directions.

    Equal stems are wholly alike, two numbers that differ not at all.
    """
    same = np.equal.outer(np.array(left.stems), np.array(right.stems))
    alike = np.where(same, 1.0, np.clip(left.vectors @ right.vectors.T, 0, 1))
    numbers = [np.array([s[0].isdigit() for s in side.stems]) for side in (left, right)]
    alike[np.logical_and.outer(*numbers) & ~same] = 0.0
    forth = alike.max(axis=1) @ left.weight / left.weight.sum()
    back = alike.max(axis=0) @ right.weight / right.weight.sum()
    return float(forth + back) / 2


def _cosine(left: Bag, right: Bag) -> float:
    size = math.sqrt(_squares(left.values()) * _squares(right.values()))
    return sum(count * right[key] for key, count in left.items()) / size if size else 0.0


def _squares(counts: Iterable[int]) -> int:
    return sum(count * count for count in counts)


def _dice(left: Bag, right: Bag) -> float:
    return 2 * (left & right).total() / ((left.total() + right.total()) or 1)
