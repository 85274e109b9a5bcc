"""Read the package data (lexicon/, weights/), each file once: the engine's only file access.

Every reader is cached and gives the same read-only object for the life of the process.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.collate.errors import CollateError

_ROOM = files("app.collate")


@cache
def lexicon(name: str) -> dict[str, Any]:
    """Return the table `lexicon/NAME.toml` as it stands.

    Callers must not change it. Raises CollateError where there is no such table.
    """
    path = _ROOM / "lexicon" / f"{name}.toml"
    if not path.is_file():
        raise CollateError(f"the engine has no lexicon called {name}")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def weights(name: str) -> dict[str, NDArray[Any]]:
    """Return the arrays of `weights/NAME.npz`, read-only.

    Raises CollateError where there is no such file.
    """
    path = _ROOM / "weights" / f"{name}.npz"
    if not path.is_file():
        raise CollateError(f"the engine has no weights called {name}")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
        arrays = {key: archive[key] for key in archive.files}
    for array in arrays.values():
        array.flags.writeable = False
    return arrays


@cache
def vectors() -> tuple[dict[str, int], NDArray[np.int8], NDArray[np.float32]]:
    """Return the static word vectors: word → row, rows × dimensions (int8, not scaled to length),
    and each row's commonness (0 rare … 1 commonest). Source: weights/vectors.md.
    """
    table = weights("vectors")
    words = bytes(table["words"]).decode("utf-8").split("\n")
    return {word: row for row, word in enumerate(words)}, table["rows"], table["commonness"]


def aligner_weights() -> dict[str, NDArray[Any]]:
    """Return the weights of the word aligner. Source: weights/aligner.md."""
    return weights("aligner")
