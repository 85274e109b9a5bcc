"""Measure the engine beside its peers, quality and time in one run: `peers.py [--peers PYTHON]`.

Peers: difflib, diff-match-patch, CollateX with and without near_match, RapidFuzz, pySBD, run by
peer_child.py in an interpreter that has the extra `bench`; without `--peers` one is made in a
temporary folder. Scores are those of ../shared/benchmarks/score.py. Prints one JSON object.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
import venv
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from app.collate import Config, link_words
from bench.predict import cut_sentences, linked_passages

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BENCHMARKS = ROOT.parent / "shared" / "benchmarks"
CONFIG = Config()
TOPICS = slice(None, None, 3)
"""Of passages_ecb: every third topic, for the time it takes."""
Item = dict[str, Any]
Answers = dict[str, Any]  # {"seconds": CPU, "answers": one for each item}


def interpreter_with_peers(folder: Path) -> Path:
    """Make an environment that has the extra `bench`; raises CalledProcessError without a net."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = settings["project"]["optional-dependencies"]["bench"]
    venv.EnvBuilder(with_pip=True).create(folder)
    python = folder / "bin" / "python"
    command = [python, "-m", "pip", "install", "--quiet", *wanted]
    subprocess.run(command, check=True, capture_output=True)
    return python


def ask(interpreter: Path, questions: dict[str, list[Any]]) -> dict[str, dict[str, Answers]]:
    """Return the peers' answers: part → peer → answers."""
    command = [interpreter, HERE / "peer_child.py"]
    text = json.dumps(questions).encode()
    done = subprocess.run(command, input=text, capture_output=True, check=True)
    return json.loads(done.stdout)


def timed(answer: Callable[[Any], Any], items: Sequence[Any]) -> Answers:
    """Answer with our engine; the first item warms up."""
    answer(items[0])
    start = time.process_time()
    answers = [answer(item) for item in items]
    return {"seconds": time.process_time() - start, "answers": answers}


def scored(task: str, items: Sequence[Item], predictions: Iterable[Item]) -> dict[str, float]:
    """Score predictions on some items of a development set."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("gold.jsonl", "predictions.jsonl")]
        for path, lines in zip(paths, (items, predictions), strict=True):
            path.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
        command = [sys.executable, BENCHMARKS / "score.py", task, *paths, "--json"]
        done = subprocess.run(command, capture_output=True, check=True)
    return json.loads(done.stdout)


def read(task: str) -> list[Item]:
    """Read a development set."""
    text = (BENCHMARKS / task / "dev.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def words(interpreter: Path) -> dict[str, dict[str, float]]:
    """Word alignment on align_edinburgh: F1 on sure links, exact pairs, F1 on unlike words."""
    items = read("align_edinburgh")
    pairs = [[item["s"], item["t"]] for item in items]
    found = ask(interpreter, {"align": pairs})["align"]
    ours = timed(lambda p: [[i, j] for i, j, _ in link_words(*p, CONFIG)], pairs)
    found["Variorum (in-sample)"] = ours
    report = json.loads((HERE / "train" / "report.json").read_text(encoding="utf-8"))["all"]
    table = {
        "Variorum, unseen folds": {
            "sure_f1": report["sure_f1"],
            "exact_match": report["exact"],
            "non_identical_f1": report["unlike_f1"],
        }
    }
    for name, answers in found.items():
        lines = [
            {"id": item["id"], "pairs": links}
            for item, links in zip(items, answers["answers"], strict=True)
        ]
        figures = scored("align_edinburgh", items, lines)
        table[name] = {
            key: figures[key] for key in ("sure_f1", "exact_match", "non_identical_f1")
        } | {"cpu_us_a_pair": answers["seconds"] / len(items) * 1e6}
    return table


def sentences(interpreter: Path) -> dict[str, dict[str, float]]:
    """Sentence boundaries on segmentation_golden: share of cases without a fault."""
    items = read("segmentation_golden")
    asked = [[item["lang"], item["text"]] for item in items]
    found = ask(interpreter, {"segment": asked})["segment"]
    found["Variorum"] = timed(lambda item: cut_sentences(item)["sents"], items)
    table = {}
    for name, answers in found.items():
        lines = [
            {"id": item["id"], "sents": cut}
            for item, cut in zip(items, answers["answers"], strict=True)
        ]
        figures = scored("segmentation_golden", items, lines)
        rate = figures["pass_rate"]
        table[name] = {
            "pass_rate": rate,
            "cpu_us_a_case": answers["seconds"] / len(items) * 1e6,
        }
    return table


def passages(interpreter: Path) -> dict[str, dict[str, float]]:
    """Passages of passages_ecb that tell of one happening: F1 of links. The peer has the threshold
    that is best on these very topics, ours is that of bench/predict.py.
    """
    items = read("passages_ecb")[TOPICS]
    texts = [[text for doc in item["docs"] for text in doc["sents"]] for item in items]
    ((name, ratios),) = ask(interpreter, {"pair": texts})["pair"].items()
    ours = timed(linked_passages, items)
    best = max(
        (
            scored("passages_ecb", items, _links(items, ratios["answers"], n / 20))
            for n in range(9, 15)
        ),
        key=lambda figures: figures["link_f1"],
    )
    lines = [
        {**found, "id": item["id"]} for item, found in zip(items, ours["answers"], strict=True)
    ]
    table = {name: (best, ratios), "Variorum": (scored("passages_ecb", items, lines), ours)}
    return {
        name: {
            "link_f1": figures["link_f1"],
            "strict_f1": figures["strict_f1"],
            "cpu_ms_a_topic": answers["seconds"] / len(items) * 1e3,
        }
        for name, (figures, answers) in table.items()
    }


def _links(items: Sequence[Item], ratios: Sequence[Any], least: float) -> Iterable[Item]:
    """Yield the links of sentences of different texts whose ratio reaches `least`."""
    for item, ratio in zip(items, ratios, strict=True):
        places = [(d, n) for d, doc in enumerate(item["docs"]) for n in range(len(doc["sents"]))]
        yield {
            "id": item["id"],
            "links": [
                [*a, *b]
                for (m, a), (n, b) in combinations(enumerate(places), 2)
                if a[0] != b[0] and ratio[m][n] >= least
            ],
        }


def rows(interpreter: Path, table: list[list[list[str]]]) -> dict[str, dict[str, float]]:
    """Rows of several tellings: the CPU time of linking their words."""
    found = ask(interpreter, {"rows": table})["rows"]
    found["Variorum"] = timed(
        lambda row: [link_words(a, b, CONFIG) for a, b in combinations(row, 2)], table
    )
    return {
        name: {"cpu_ms_a_row": answers["seconds"] / len(table) * 1e3}
        for name, answers in found.items()
    }


def measure(interpreter: Path, table: list[list[list[str]]]) -> dict[str, Any]:
    """Measure all that can be measured here."""
    found: dict[str, Any] = {"rows of the five articles": rows(interpreter, table)}
    if not BENCHMARKS.is_dir():
        return found
    found["align_edinburgh"] = words(interpreter)
    found["segmentation_golden"] = sentences(interpreter)
    found["passages_ecb, every third topic"] = passages(interpreter)
    return found


def rounded(value: Any) -> Any:
    """Round every number of a nested table to what can be read."""
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    return round(value, 3 if value < 10 else 0)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, help="an interpreter that has the extra `bench`")
    parser.add_argument("rows", type=Path, help="a file with rows of token lists, as JSON")
    given = parser.parse_args()
    table = json.loads(given.rows.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        interpreter = given.peers or interpreter_with_peers(Path(folder))
        print(json.dumps(rounded(measure(interpreter, table))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
