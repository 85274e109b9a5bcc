"""Score the rows of the demonstration texts against the links their author meant: bench/gold/."""

import argparse
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DEMO = HERE.parent / "demo"
Place = tuple[str, int]


class UnknownWords(Exception):
    """A gold file names words that do not stand in the text, or stand there twice."""


def texts_of(event: str) -> dict[str, str]:
    """Return the texts of an event by the names of their files, without suffix."""
    paths = sorted((DEMO / event).glob("*.txt"))
    return {path.stem: path.read_bytes().decode("utf-8") for path in paths}


def events() -> list[str]:
    """Return the events that have gold links."""
    return sorted(path.stem for path in (HERE / "gold").glob("*.toml"))


def links_of(rows: Iterable[Mapping[str, list[str]]], texts: Mapping[str, str]) -> set[frozenset]:
    """Return the pairs of places, in different texts, that the gold puts into one row."""
    links = set()
    for row in rows:
        places = [(name, _start(texts, name, words)) for name in row for words in row[name]]
        links |= {frozenset(pair) for pair in combinations(places, 2) if pair[0][0] != pair[1][0]}
    return links


def _start(texts: Mapping[str, str], name: str, words: str) -> int:
    if texts[name].count(words) != 1:
        raise UnknownWords(f"{name}: {words!r} stands there {texts[name].count(words)} times")
    return texts[name].index(words)


def score(found: Mapping[str, dict[str, Any]]) -> dict[str, float]:
    """Compare what was found (event → the object of the task `gold`) with the gold.

    A predicted pair counts if both passages hold the opening words of a gold pair; pairs that are
    only optional count neither way, nor do two passages that each have a partner in the other's
    cell.
    """
    right = predicted = recalled = wanted = 0
    for event, prediction in found.items():
        texts = texts_of(event)
        gold = tomllib.loads((HERE / "gold" / f"{event}.toml").read_text(encoding="utf-8"))
        must, may = links_of(gold["row"], texts), links_of(gold.get("optional", []), texts)
        hit = set()
        for group in prediction["aligned"]:
            for a, b, here in _judged(group, must | may):
                hit |= here
                if here & must:
                    right += 1
                    predicted += 1
                elif not here and not _beside(a, b, group, must | may):
                    predicted += 1
        recalled += len(hit & must)
        wanted += len(must)
    precision, recall = right / (predicted or 1), recalled / (wanted or 1)
    return {
        "links_precision": precision,
        "links_recall": recall,
        "links_f1": 2 * precision * recall / ((precision + recall) or 1),
        "gold_links": wanted,
        "predicted_links": predicted,
    }


def _judged(
    group: Sequence[Mapping[str, Any]], links: set[frozenset[Place]]
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any], set[frozenset[Place]]]]:
    """Yield the pairs of a group in different texts, each with the gold links that it holds."""
    for a, b in combinations(group, 2):
        if a["file"] != b["file"]:
            yield a, b, {link for link in links if _joins(a, b, link)}


def _beside(
    a: Mapping[str, Any],
    b: Mapping[str, Any],
    group: Sequence[Mapping[str, Any]],
    links: set[frozenset[Place]],
) -> bool:
    """Say whether both stand in the row by right, each with another passage of the other's text.

    A cell may hold two sentences; that the first of one outlet meets the second of another is then
    no fault.
    """

    def meets(one: Mapping[str, Any], file: str) -> bool:
        others = [other for other in group if other["file"] == file]
        return any(_joins(one, other, link) for other in others for link in links)

    return meets(a, b["file"]) and meets(b, a["file"])


def _joins(a: Mapping[str, Any], b: Mapping[str, Any], link: frozenset[Place]) -> bool:
    def holds(passage: Mapping[str, Any], place: Place) -> bool:
        return passage["file"] == place[0] and passage["start"] <= place[1] < passage["end"]

    one, other = link
    return (holds(a, one) and holds(b, other)) or (holds(a, other) and holds(b, one))


def write_inputs(folder: Path) -> None:
    """Write the input of the task `gold` for each event that has gold links: EVENT.jsonl."""
    for event in events():
        items = [{"id": name, "text": text} for name, text in texts_of(event).items()]
        lines = [json.dumps(item, ensure_ascii=False) for item in items]
        (folder / f"{event}.jsonl").write_text("\n".join(lines), encoding="utf-8")


def main() -> int:
    """Write the inputs into a folder, or score the predictions there (EVENT.json)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["inputs", "score"])
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    if given.what == "inputs":
        write_inputs(given.folder)
        return 0
    found = {
        event: json.loads((given.folder / f"{event}.json").read_text(encoding="utf-8"))
        for event in events()
    }
    print(json.dumps(score(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
