"""Embeddings: the vectors of passages, out of the store or, where it lacks them, of the model."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app import semantics
from app.collate import Witness
from app.store import vectors
from app.store.db import Session

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Embedded:
    """`vectors`: words of a passage → its vector by `model`. `fresh`: those that the store lacks,
    as it takes them.
    """

    model: str
    vectors: dict[str, Vector]
    fresh: dict[tuple[int, str], bytes]

    def given(self, witness: Witness) -> Witness:
        """Return the witness with the vectors of its passages."""
        return _given(witness, self.vectors)


def embed(db: Session, witnesses: Iterable[Witness]) -> Embedded | None:
    """Return the vectors of all passages, None where no embedder is chosen; only reads."""
    embedder = semantics.chosen()
    if embedder is None:
        return None
    homes = {p.span.of(w.text): w.revision for w in witnesses for p in w.passages}
    hashes = {words: _hash(words) for words in homes}
    there = vectors.list_vectors(db, embedder.name, hashes.values())
    missing = [words for words, key in hashes.items() if key not in there]
    made = embedder.embed(missing).astype(np.float16)
    fresh = {words: row.tobytes() for words, row in zip(missing, made, strict=True)}
    return Embedded(
        model=embedder.name,
        vectors={
            words: np.frombuffer(fresh.get(words) or there[key], np.float16).astype(np.float32)
            for words, key in hashes.items()
        },
        fresh={(homes[words], hashes[words]): data for words, data in fresh.items()},
    )


def embed_unstored(witnesses: Sequence[Witness]) -> list[Witness]:
    """Return witnesses of texts that are not stored, with vectors where an embedder is chosen."""
    embedder = semantics.chosen()
    if embedder is None:
        return list(witnesses)
    words = sorted({p.span.of(w.text) for w in witnesses for p in w.passages})
    vectors = dict(zip(words, embedder.embed(words), strict=True))
    return [_given(witness, vectors) for witness in witnesses]


def save(db: Session, embedded: Embedded) -> None:
    """Store the vectors that were made."""
    vectors.add_vectors(db, embedded.model, embedded.fresh)


def _given(witness: Witness, vectors: Mapping[str, Vector]) -> Witness:
    spans = [passage.span for passage in witness.passages]
    mine = {span.start: vectors[span.of(witness.text)] for span in spans}
    return replace(witness, vectors=mine)


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
