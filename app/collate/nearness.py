"""What sentence embeddings say of pairs of passages, where there are any: words of two languages
cannot match, and within a language one thing is said in other words.
"""

import itertools
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.collate.data import weights
from app.collate.languages import language_of
from app.collate.scoring import Scores, score
from app.collate.signals import Matrix
from app.collate.terms import Unit
from app.collate.text import Witness

_COSINE, _MARGIN, _BIAS = 15.4, 13.7, -5.3
"""The log-odds that two passages say the same: _COSINE · cosine + _MARGIN · margin + _BIAS. Set by
bench/semantic.py on bench/languages.txt."""
_LEAST = 0.02
"""Probability below which a pair is no candidate."""
_RIVALS = 4
"""How many of the likest foreign passages of each side make up what the pair must surpass."""
_PULL = 3.0
"""How many passages the common centre counts for where that of one language is taken."""
_WORLD = 10.0
"""How many passages the model's own centre counts for: so a few passages keep their likeness."""
_LETTERS = 400


def score_by_vectors(units: Sequence[Unit], witnesses: Sequence[Witness]) -> Scores:
    """Return the scores of all pairs, with what the vectors of the witnesses say.

    Within a language they are one more input; of pairs across languages they alone decide. Where a
    passage has no vector, the words alone are scored. Cost: O(N²) for N units, one matrix product
    more.
    """
    homes = [witnesses[unit.witness] for unit in units]
    given = [w.vectors.get(u.passage.span.start) for w, u in zip(homes, units, strict=True)]
    vectors = [vector for vector in given if vector is not None]
    if len(vectors) < len(units):
        return score(units)
    names = [tongue(witness.text) for witness in homes]
    cosine = cosines(np.stack(vectors), names)
    return _with_foreign(_with_near(score(units), cosine), cosine, apart(names))


def cosines(table: Matrix, names: Sequence[str]) -> Matrix:
    """Return the cosine of each two rows about the centre of their language, which all its passages
    share whatever they say. `names`: language of each row.
    """
    world = weights("near")["centre"]
    if world.shape != table.shape[1:]:  # of another model
        world = np.zeros_like(table[0])
    common = (table.sum(axis=0) + _WORLD * world) / (len(table) + _WORLD)
    table = table.copy()
    for name in sorted(set(names)):
        mine = np.array([one == name for one in names])
        table[mine] -= (table[mine].sum(axis=0) + _PULL * common) / (mine.sum() + _PULL)
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    found: Matrix = table @ table.T
    return found


def margins(cosine: Matrix, foreign: NDArray[np.bool_]) -> Matrix:
    """Return by how much each two units are more alike than they are to their rivals, the likest
    `foreign` units. Without them some passages are near everything (hubs).
    """
    likest = -np.sort(-np.where(foreign, cosine, -np.inf), axis=1)[:, :_RIVALS]
    real = np.isfinite(likest)
    rivals = np.where(real, likest, 0).sum(axis=1) / np.maximum(real.sum(axis=1), 1)
    margin: Matrix = cosine - (rivals[:, None] + rivals) / 2
    return margin


def _with_near(scores: Scores, cosine: Matrix) -> Scores:
    """Return the scores by words and by vectors, two inputs of one logistic regression; a veto
    stands. Source: weights/near.md.
    """
    words, near, bias = weights("near")["near"]
    here = cosine[scores.left, scores.right].astype(np.float64)
    chance = np.clip(scores.probability, 1e-6, 1 - 1e-6)
    logit = words * np.log(chance / (1 - chance)) + near * here + bias
    return replace(
        scores,
        probability=np.where(scores.probability > 0, 1 / (1 + np.exp(-logit)), 0),
        weighed=np.column_stack([words * scores.weighed, near * here]),
    )


def _with_foreign(scores: Scores, cosine: Matrix, foreign: NDArray[np.bool_]) -> Scores:
    """Return the scores with those of pairs across languages in place of what words said."""
    logit = _COSINE * cosine + _MARGIN * margins(cosine, foreign) + _BIAS
    probability = 1 / (1 + np.exp(-logit.astype(np.float64)))
    left, right = np.nonzero(np.triu(foreign) & (probability >= _LEAST))
    weighed = np.zeros((len(left), scores.weighed.shape[1]))
    weighed[:, -1] = logit[left, right] - _BIAS
    here = probability[left, right]
    stay = ~foreign[scores.left, scores.right]
    return replace(
        scores,
        left=np.concatenate([scores.left[stay], left]),
        right=np.concatenate([scores.right[stay], right]),
        probability=np.concatenate([scores.probability[stay], here]),
        happening=np.concatenate([scores.happening[stay], here]),
        weighed=np.concatenate([scores.weighed[stay], weighed]),
    )


def apart(names: Sequence[str]) -> NDArray[np.bool_]:
    """Say of each two names that `tongue` gives whether they are two languages."""
    pairs = {(a, b): differ(a, b) for a in set(names) for b in set(names)}
    return np.array([[pairs[a, b] for b in names] for a in names], dtype=bool)


def differ(a: str, b: str) -> bool:
    """Say whether two names that `tongue` gives are two languages: two that are known, or two
    scripts where one is not, since a short text may be of any language of its script.
    """
    (language, script), (other, writing) = a.split("/"), b.split("/")
    return language != other if language and other else script != writing


@lru_cache(maxsize=1024)
def tongue(text: str) -> str:
    """Return language, "" where it is not clear, and script of a text.

    >>> tongue("Die Fähre lief auf ein Riff, und die Gäste wurden an Land gebracht."), tongue("Да")
    ('de/LATIN', '/CYRILLIC')
    """
    letters = itertools.islice(filter(str.isalpha, text), _LETTERS)
    scripts = Counter(unicodedata.name(char, "").split(" ")[0] for char in letters)
    script = max(scripts, key=lambda name: (scripts[name], name), default="")
    return f"{language_of(text) or ''}/{script}"
