"""`manifest.toml` and `manifest.csv`: what a person states about the files that lie beside it.

TOML: keys at the top hold for every file, each `[[article]]` with `file = "…"` for one. CSV: a
header line with a `file` column, one line a file. Faults name their line; a line with a fault
states nothing, the others still do.
"""

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.ingest import Facts, Refused
from app.ingest.encoding import decode

NAMES = ("manifest.toml", "manifest.csv")
MAX_BYTES = 5_000_000
"""Largest manifest that is read."""
MAX_VALUE = 2_000
"""Longest value of a field, in characters."""

_FIELDS = tuple(part.name for part in fields(Facts))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_KEY = re.compile(r"\s*[\"']?([A-Za-z_-]+)[\"']?\s*=")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder's manifest states: for all its files, and for each by its path from there."""

    folder: Path | None = None
    common: Facts = Facts()
    by_file: Mapping[str, Facts] = field(default_factory=dict)
    faults: tuple[Refused, ...] = ()

    def facts_of(self, path: Path) -> Facts:
        """Return what is stated about a file in the manifest's folder or below."""
        if self.folder is None:
            return self.common
        own = self.by_file.get(path.relative_to(self.folder).as_posix(), Facts())
        return merged(own, self.common)


class _Fault(Exception):
    """A value that cannot be used."""

    def __init__(self, message: str, **values: str | int) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


def merged(first: Facts, second: Facts) -> Facts:
    """Return `first`, filled up from `second` where it states nothing."""
    missing = {name for name in _FIELDS if getattr(first, name) is None}
    return replace(first, **{name: getattr(second, name) for name in missing})


def read_manifest(folder: Path) -> Manifest | None:
    """Read the manifest of a folder; None where there is none. Faults come back in `faults`."""
    path = next((folder / name for name in NAMES if (folder / name).is_file()), None)
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as fault:
        reason = {"fault": fault.strerror or type(fault).__name__}
        return _faulty(path, _Fault("The manifest cannot be read (%(fault)s).", **reason))
    return parse_manifest(data, path, lambda name: _is_file(folder / name))


def parse_manifest(data: bytes, path: Path, is_there: Callable[[str], bool]) -> Manifest:
    """Read the bytes of a manifest at `path`; opens nothing.

    `is_there` says whether a file that it names, by its path from the manifest's folder, is there.
    """
    try:
        if len(data) > MAX_BYTES:
            raise _Fault("The manifest is larger than %(limit)s bytes.", limit=MAX_BYTES)
        rows = list(_rows(decode(data).text, path.suffix))
    except _Fault as fault:
        return _faulty(path, fault)
    return _manifest(path, rows, is_there)


@dataclass(frozen=True, slots=True)
class _Row:
    """One line or table of a manifest; `lines` says where each key stands."""

    values: Mapping[str, Any]
    lines: Mapping[str, int]
    line: int
    common: bool = False


def _faulty(path: Path, fault: _Fault) -> Manifest:
    return Manifest(path.parent, faults=(Refused(str(path), fault.message, fault.values),))


def _manifest(path: Path, rows: list[_Row], is_there: Callable[[str], bool]) -> Manifest:
    common, by_file, faults = Facts(), {}, []
    for row in rows:
        try:
            facts = _facts(row)
            if row.common:
                common = facts
            else:
                by_file[_file(row, is_there)] = facts
        except _Fault as fault:
            faults.append(Refused(str(path), fault.message, fault.values))
    return Manifest(path.parent, common, by_file, tuple(faults))


def _rows(text: str, suffix: str) -> Iterator[_Row]:
    return _toml_rows(text) if suffix == ".toml" else _csv_rows(text)


def _toml_rows(text: str) -> Iterator[_Row]:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise _Fault("The manifest is not valid TOML: %(fault)s.", fault=str(fault)) from None
    tables = data.pop("article", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise _Fault("Write one [[article]] table for each file in the manifest.")
    places = _toml_lines(text)
    yield _Row(data, places.get(0, {}), 1, common=True)
    for number, table in enumerate(tables, start=1):
        lines = places.get(number, {})
        yield _Row(table, lines, lines.get("", 1))


def _toml_lines(text: str) -> dict[int, dict[str, int]]:
    """Find the line of each key: table 0 is the top, table n the n-th [[article]]."""
    table, lines = 0, dict[int, dict[str, int]]()
    for number, line in enumerate(text.split("\n"), start=1):
        if line.replace(" ", "").startswith("[[article]]"):
            table += 1
            lines.setdefault(table, {})[""] = number
        elif found := _KEY.match(line):
            lines.setdefault(table, {}).setdefault(found.group(1), number)
    return lines


def _csv_rows(text: str) -> Iterator[_Row]:
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        if "file" not in names:
            raise _Fault("Line 1 of the manifest must name the columns, one of them “file”.")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(names):
                message = "Line %(line)s of the manifest has more cells than line 1 has names."
                raise _Fault(message, line=reader.line_num)
            values = dict(zip(names, cells, strict=False))
            yield _Row(values, {}, reader.line_num)
    except csv.Error as fault:
        message = "Line %(line)s of the manifest is not valid CSV: %(fault)s."
        raise _Fault(message, line=reader.line_num, fault=str(fault)) from None


def _facts(row: _Row) -> Facts:
    known = {name: _value(name, value, row) for name, value in row.values.items() if name != "file"}
    return Facts(**known)


def _value(name: str, value: Any, row: _Row) -> Any:
    line = row.lines.get(name, row.line)
    if name not in _FIELDS:
        message = "Line %(line)s of the manifest: “%(name)s” is no field; known are %(known)s."
        raise _Fault(message, line=line, name=name[:60], known=", ".join(("file", *_FIELDS)))
    if name == "published" and isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if not isinstance(value, str) or len(value) > MAX_VALUE:
        message = "Line %(line)s of the manifest: “%(name)s” must be a short text in quotes."
        raise _Fault(message, line=line, name=name)
    text = " ".join(value.split())
    if not text:
        return None
    try:
        return parse_fact(name, text)
    except ValueError:
        message = _WANTED.get(name, "Line %(line)s of the manifest: “%(value)s” cannot be used.")
        raise _Fault(message, line=line, value=text[:60]) from None


_WANTED = {
    "published": "Line %(line)s of the manifest: “%(value)s” is no date; write it as 2023-09-13.",
    "language": "Line %(line)s of the manifest: “%(value)s” is no language code, such as en.",
    "url": "Line %(line)s of the manifest: “%(value)s” is no web address (https://…).",
}


def parse_fact(name: str, text: str) -> str | date:
    """Read one stated fact from the words a person typed. Raises ValueError where they are none.

    >>> parse_fact("published", "2023-09-13")
    datetime.date(2023, 9, 13)
    """
    if name == "published":
        return datetime.fromisoformat(text).date()
    if name == "language" and not _LANGUAGE.fullmatch(text):
        raise ValueError(text)
    if name == "url":
        parts = urlsplit(text)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(text)
    return text


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _file(row: _Row, is_there: Callable[[str], bool]) -> str:
    """Check the file that a row names: below the manifest, there, and no link out of it."""
    line, value = row.lines.get("file", row.line), row.values.get("file")
    if not isinstance(value, str) or not value.strip():
        raise _Fault("Line %(line)s of the manifest names no file.", line=line)
    name = value.strip().replace("\\", "/")
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or "\0" in name:
        message = "Line %(line)s of the manifest: “%(value)s” lies outside its folder."
        raise _Fault(message, line=line, value=name[:200])
    name = "/".join(part for part in parts if part not in {"", "."})
    if not is_there(name):
        message = "Line %(line)s of the manifest: there is no file “%(value)s” beside it."
        raise _Fault(message, line=line, value=name[:200])
    return name
