"""Files of one upload: manifests speak for the texts beside and below them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from app.ingest import Facts
from app.ingest.files import SUFFIXES
from app.ingest.manifests import NAMES, Manifest, merged, parse_manifest


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a form; `name` is its path in the folder that was sent, or its own name."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Text:
    """A text of an upload, with what the form and a manifest state about it."""

    name: str
    data: bytes
    facts: Facts


@dataclass(frozen=True, slots=True)
class Batch:
    """The texts of an upload, and (name, reason) of what its manifests say wrongly."""

    texts: tuple[Text, ...]
    refused: tuple[tuple[str, str], ...]


def sort_uploads(uploads: Sequence[Upload], given: Facts) -> Batch:
    """Part manifests from texts; what `given` states wins over a manifest.

    Of a folder only texts and pages are taken, hidden files left out, as `variorum import` does; a
    file that was chosen by itself is always taken, so that its refusal can be read.
    """
    names = {upload.name for upload in uploads}
    manifests: dict[PurePosixPath, Manifest] = {}
    texts = []
    for upload in uploads:
        path = PurePosixPath(upload.name)
        if path.name in NAMES:
            is_there = _beside(path.parent, names)
            manifests[path.parent] = parse_manifest(upload.data, Path(path), is_there)
        elif _is_wanted(path):
            texts.append((path, upload))
    faults = [fault for manifest in manifests.values() for fault in manifest.faults]
    return Batch(
        texts=tuple(
            Text(upload.name, upload.data, merged(given, _stated(path, manifests)))
            for path, upload in texts
        ),
        refused=tuple((fault.name, fault.reason) for fault in faults),
    )


def _beside(folder: PurePosixPath, names: set[str]) -> Callable[[str], bool]:
    return lambda name: str(folder / name) in names


def _is_wanted(path: PurePosixPath) -> bool:
    if len(path.parts) == 1:
        return True
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and path.suffix.lower() in SUFFIXES


def _stated(path: PurePosixPath, manifests: dict[PurePosixPath, Manifest]) -> Facts:
    """What the nearest manifest above a file states about it."""
    for folder in path.parents:
        if folder in manifests:
            return manifests[folder].facts_of(Path(path))
    return Facts()
