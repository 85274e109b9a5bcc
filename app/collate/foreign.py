"""Pairs of passages in two languages: their words cannot match, their sentence embeddings can."""

import itertools
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.collate.evidence import EVIDENCE, Floats
from app.collate.languages import language_of
from app.collate.scoring import Scores
from app.collate.signals import Matrix
from app.collate.terms import Unit
from app.collate.text import Witness

_COSINE, _MARGIN, _BIAS = 15.0, 14.0, -5.2
"""The log-odds that two passages say the same: _COSINE · cosine + _MARGIN · margin + _BIAS. Set by
bench/semantic.py on bench/languages.txt."""
_LEAST = 0.02
"""Probability below which a pair is no candidate."""
_RIVALS = 4
"""How many of the likest foreign passages of each side make up what the pair must surpass."""
_PULL = 3.0
"""How many passages the common centre counts for where that of one language is taken."""
_LETTERS = 400


def add_foreign(scores: Scores, units: Sequence[Unit], witnesses: Sequence[Witness]) -> Scores:
    """Return the scores with those of pairs across languages, by the vectors of the witnesses.

    They take the place of what words said of such pairs. Nothing changes where a passage has no
    vector or all texts are of one language. Cost: O(N²) for N units, one matrix product.
    """
    homes = [witnesses[unit.witness] for unit in units]
    given = [w.vectors.get(u.passage.span.start) for w, u in zip(homes, units, strict=True)]
    vectors = [vector for vector in given if vector is not None]
    if len(vectors) < len(units):
        return scores
    names = [tongue(witness.text) for witness in homes]
    foreign = apart(names)
    if not foreign.any():
        return scores
    logit = measure(np.stack(vectors), foreign, names) @ (_COSINE, _MARGIN) + _BIAS
    probability = 1 / (1 + np.exp(-logit))
    left, right = np.nonzero(np.triu(foreign) & (probability >= _LEAST))
    weighed = np.zeros((len(left), len(EVIDENCE)))
    weighed[:, EVIDENCE.index("words of like meaning")] = logit[left, right] - _BIAS
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


def measure(table: Matrix, foreign: NDArray[np.bool_], names: Sequence[str]) -> Floats:
    """Return units × units × 2: the cosine of each two units, and its margin over their rivals.

    Cosines are taken about the centre of each language, which all its passages share whatever they
    say. The rivals of a unit are the likest `foreign` ones; without them some passages are
    near everything (hubs).
    """
    table = table.copy()
    common = table.mean(axis=0)
    for name in sorted(set(names)):
        mine = np.array([one == name for one in names])
        table[mine] -= (table[mine].sum(axis=0) + _PULL * common) / (mine.sum() + _PULL)
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    cosine: Matrix = table @ table.T
    likest = -np.sort(-np.where(foreign, cosine, -np.inf), axis=1)[:, :_RIVALS]
    real = np.isfinite(likest)
    rivals = np.where(real, likest, 0).sum(axis=1) / np.maximum(real.sum(axis=1), 1)
    margin = cosine - (rivals[:, None] + rivals) / 2
    return np.stack([cosine, margin], axis=2).astype(np.float64)


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
