"""Other tellings of one sentence among all that are stored: a hundred thousand and more.

Inside an event every two passages are looked at (`evidence`); across a whole store that is too
much. Here an inverted index over stems finds the sentences that share the rarest words with the
asked one, and the static word vectors put the nearest first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.collate.tokens import is_function_word, tokenize
from app.collate.words import word

_LOOKED_AT = 50_000
"""Lower: faster where common words are asked for. Set on the made store of bench/generate.py."""
_RERANKED = 100
_LIKENESS = 0.4
"""Weight of the word vectors beside the shared words. Set on the made store of bench/generate.py:
recall@10 of the tellings by rule .940 without, .953 with, of those by hand .772 and .798."""
_LENGTH = 0.5

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored sentence, by its number, that may tell the same; a higher score is likelier."""

    number: int
    score: float


class Index:
    """The stored sentences, ready to be asked; they are numbered as they came.

    Memory: about 200 bytes a sentence of 20 words. Cost of building: about .25 ms a sentence.

    >>> index = Index(["Rain fell in Oslo.", "Kim met Putin at Vostochny.", "Prices rose again."])
    >>> [found.number for found in index.find("Putin received Kim at the cosmodrome.")]
    [1]
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        self._size = len(sentences)
        self._column: dict[str, int] = {}
        bags = [_matter(sentence) for sentence in sentences]
        pairs = [
            (self._column.setdefault(stem, len(self._column)), row)
            for row, bag in enumerate(bags)
            for stem in dict.fromkeys(stem for stem, _ in bag)
        ]
        columns, rows = np.array(pairs, np.int32).reshape(-1, 2).T
        order = np.argsort(columns, kind="stable")
        self._rows = rows[order]
        self._often = np.bincount(columns, minlength=len(self._column))
        self._first = np.concatenate([[0], np.cumsum(self._often)])
        self._rarity = np.log((self._size + 1) / (self._often + 0.5)).astype(np.float32)
        mass = np.bincount(rows, self._rarity[columns] ** 2, minlength=self._size)
        self._length = ((mass + 1e-9) ** (_LENGTH / 2)).astype(np.float32)
        vectors = np.zeros((self._size, len(word("a").vector)), np.float32)
        for row, bag in enumerate(bags):
            vectors[row] = self._mean(bag)
        self._middle = vectors.mean(0) if self._size else np.zeros(vectors.shape[1], np.float32)
        self._vectors = _as_bytes(vectors - self._middle)

    def find(
        self,
        sentence: str,
        most: int = 10,
        *,
        looked_at: int = _LOOKED_AT,
        reranked: int = _RERANKED,
    ) -> tuple[Candidate, ...]:
        """Return the stored sentences that share most with `sentence`, the likeliest first; none
        that share no word of matter. Ties: the lower number.

        `looked_at`: most entries of the index that are read, those of the rarest stems first;
        `reranked`: how many of what they give are compared by word vectors. Cost: bench/speed.json.
        """
        bag = _matter(sentence)
        shared = self._shared({self._column[s] for s, _ in bag if s in self._column}, looked_at)
        nearest = _highest(shared, reranked)
        nearest = nearest[shared[nearest] > 0]
        if not len(nearest):
            return ()
        asked = _to_length_one(self._mean(bag) - self._middle)
        like = self._vectors[nearest].astype(np.float32) @ asked / np.float32(_STEPS)
        scores = np.round(shared[nearest] / shared[nearest].max() + _LIKENESS * like, 6)
        best = np.argsort(-scores, kind="stable")[:most]
        return tuple(Candidate(int(nearest[n]), float(scores[n])) for n in best)

    @property
    def size_bytes(self) -> int:
        """Return the memory that its tables take."""
        tables = (self._rows, self._often, self._first, self._rarity, self._length, self._vectors)
        return sum(table.nbytes for table in tables)

    def _shared(self, columns: set[int], looked_at: int) -> NDArray[np.float64]:
        """Return for each sentence the weight of the stems it shares, less for longer ones."""
        entries = 0
        chosen: list[int] = []
        for column in sorted(columns, key=lambda c: (self._often[c], c)):
            entries += int(self._often[column])
            if chosen and entries > looked_at:
                break
            chosen.append(column)
        if not chosen:
            return np.zeros(self._size)
        rows = [self._rows[self._first[c] : self._first[c + 1]] for c in chosen]
        weights = np.repeat(self._rarity[chosen], self._often[chosen])
        total = np.bincount(np.concatenate(rows), weights, minlength=self._size)
        return total / self._length

    def _mean(self, bag: Sequence[tuple[str, str]]) -> Floats:
        """Return the mean vector of some words, the rarer ones counting more, of length 1."""
        unknown = np.log(np.float32(self._size + 1))
        total = np.zeros(len(word("a").vector), np.float32)
        for stem, form in bag:
            column = self._column.get(stem)
            total += word(form).vector * (unknown if column is None else self._rarity[column])
        return _to_length_one(total)


def _matter(sentence: str) -> list[tuple[str, str]]:
    """Return the stems of the words that are not of grammar, each with its normal form."""
    norms = [token.norm for token in tokenize(sentence) if token.norm[0].isalnum()]
    return [(word(norm).stem, norm) for norm in norms if not is_function_word(norm)]


def _highest(scores: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """Return the indices of the highest scores in rising order, so that ties fall the same way."""
    if len(scores) <= most:
        return np.arange(len(scores))
    return np.sort(np.argpartition(-scores, most)[:most])


_STEPS = 127  # of a number kept in one byte


def _as_bytes(rows: Floats) -> NDArray[np.int8]:
    rows /= np.linalg.norm(rows, axis=1, keepdims=True) + np.float32(1e-9)
    return np.round(rows * _STEPS).astype(np.int8)


def _to_length_one(row: Floats) -> Floats:
    return row / np.float32(float(np.linalg.norm(row)) + 1e-9)
