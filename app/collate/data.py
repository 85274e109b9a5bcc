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
    """Return the static vectors of word pieces: piece → row, rows × dimensions (int8, not
    scaled to length), and each row's commonness (0 rare … 1 commonest). Source: weights/vectors.md.
    """
    table = weights("vectors")
    words = bytes(table["words"]).decode("utf-8").split("\n")
    return dict(zip(words, range(len(words)), strict=True)), table["rows"], table["commonness"]


@cache
def meanings() -> tuple[dict[str, int], dict[str, int], NDArray[np.int8]]:
    """Return one vector for each common English word: word → row, stem → row of its commonest
    word, rows × dimensions (int8, not scaled to length). Source: weights/meanings.md.
    """
    words, stems = _common_words()
    by_stem = dict(zip(reversed(stems), reversed(range(len(stems))), strict=True))
    return dict(zip(words, range(len(words)), strict=True)), by_stem, weights("meanings")["rows"]


@cache
def stems() -> dict[str, str]:
    """Return the stems of common English words, so that few have to be made."""
    return dict(zip(*_common_words(), strict=True))


def _common_words() -> tuple[list[str], list[str]]:
    table = weights("meanings")
    words, stems = (bytes(table[k]).decode("utf-8").split("\n") for k in ("words", "stems"))
    return words, stems


def aligner_weights() -> dict[str, NDArray[Any]]:
    """Return the weights of the word aligner. Source: weights/aligner.md."""
    return weights("aligner")
