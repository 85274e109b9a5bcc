"""Score the links of the five articles with two of them held out in turn: `gold_rotations.py`.

For each two articles the row threshold is chosen on the links among the other three, then the links
that touch the two are scored. Needs ../shared; prints one line a rotation and their mean.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Collection
from itertools import combinations
from pathlib import Path
from typing import Any

from app.collate import Config, collate, prepare, witnesses_of

SHARED = Path(__file__).resolve().parents[2] / "shared"
SCORER = SHARED / "gold" / "score_gold.py"
THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
COUNTS = ("right", "predicted", "found", "gold")

Groups = list[list[dict[str, Any]]]


def main() -> int:
    if not SCORER.is_file():
        print("SKIPPED: no ../shared")
        return 0
    items = [json.loads(line) for line in _score("--make-input").splitlines()]
    texts = {item["id"]: item["text"] for item in items}
    seeds = json.loads((SCORER.parent / "seeds.json").read_text(encoding="utf-8"))
    made = {least: _groups(texts, least) for least in THRESHOLDS}
    whole = {least: _counts(seeds, made[least], texts) for least in THRESHOLDS}
    scores = []
    for held in combinations(sorted(texts), 2):
        rest = set(texts) - set(held)
        seen = {least: _counts(seeds, made[least], rest) for least in THRESHOLDS}
        best = max(THRESHOLDS, key=lambda least: _f1(seen[least]))
        unseen = {name: whole[best][name] - seen[best][name] for name in COUNTS}
        scores.append(_f1(unseen))
        names = " ".join(name[:3] for name in held)
        print(f"held out {names}: threshold {best:.2f}, lenient F1 {scores[-1]:.3f}", end="")
        print(f" ({unseen['gold']:.0f} links)")
    print(f"mean {sum(scores) / len(scores):.3f}")
    return 0


def _groups(texts: dict[str, str], least: float) -> Groups:
    """Return the rows of all texts as the scorer wants them."""
    witnesses, names = [], {}
    for number, (name, text) in enumerate(sorted(texts.items())):
        for witness in witnesses_of(prepare(text), text=text, revision=number, siglum=name):
            witnesses.append(witness)
            names[witness.id] = name
    return [
        [
            {"file": names[cell.witness], "start": span.start, "end": span.end}
            for cell in row.cells
            for span in cell.spans
        ]
        for row in collate(witnesses, Config(pair_threshold=least)).rows
    ]


def _counts(seeds: dict[str, Any], groups: Groups, files: Collection[str]) -> dict[str, float]:
    """Return the counts of the lenient links among some files; doubtful groups count as others."""
    kept = []
    for group in seeds["aligned_groups"]:
        members = [member for member in group["members"] if member["file"] in files]
        keys = {member["key"] for member in members}
        pairs = [pair for pair in group["pairs"] if {pair["a"], pair["b"]} <= keys]
        kept.append({**group, "members": members, "pairs": pairs})
    articles = {article["file"]: {} for article in seeds["articles"]}
    aligned = [[place for place in group if place["file"] in files] for group in groups]
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder, "gold.json"), Path(folder, "predicted.json")
        gold.write_text(
            json.dumps({**seeds, "aligned_groups": kept, "weak_groups": []}), encoding="utf-8"
        )
        predicted.write_text(
            json.dumps({"articles": articles, "aligned": aligned}), encoding="utf-8"
        )
        scores = json.loads(_score(str(predicted), "--gold", str(gold), "--json"))
    number, links = scores["predicted_links"], scores["gold_links"]
    right = (scores["links_lenient_precision"] or 0) * number
    found = (scores["links_lenient_recall"] or 0) * links
    return dict(zip(COUNTS, (right, number, found, links), strict=True))


def _f1(counts: dict[str, float]) -> float:
    precision = counts["right"] / max(1, counts["predicted"])
    recall = counts["found"] / max(1, counts["gold"])
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def _score(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - the scorer of ../shared, run as a reader would
        [sys.executable, str(SCORER), *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
