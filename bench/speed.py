"""Measure what a comparison costs: `speed.py [--collatex PYTHON] [--keep]`.

The whole comparison of the five articles (of the demo's summit where ../shared is missing) in cold
processes, imports included, in CPU seconds; beside it, in the same run and like for like, CollateX
2.3 on the token lists of the same rows, and on align_edinburgh with both F1. CollateX is no
dependency: `--collatex` names an interpreter that has it, else it is installed into a temporary
environment. `--keep` writes the figures to bench/speed.json. Exit status 1 above the limit.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from app.collate import (
    Config,
    Telling,
    cluster,
    collate,
    link_words,
    prepare,
    tokenize,
    witnesses_of,
)

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SHARED = ROOT.parent / "shared"
RECORD = HERE / "speed.json"
PACKAGES = ("collatex==2.3", "python-Levenshtein", "setuptools")  # the second it needs, unsaid
RUNS = 3
CONFIG = Config()
Rows = list[list[list[str]]]
Link = tuple[int, int, int, int]


def compare_texts(texts: Sequence[str]) -> Rows:
    """Do the whole comparison; return the tokens of each cell of each row."""
    prepared = [prepare(text) for text in texts]
    cluster(
        [
            Telling(str(n), text, p.passages, p.quotations, None, p.cleaned.title)
            for n, (text, p) in enumerate(zip(texts, prepared, strict=True))
        ],
        CONFIG,
    )
    witnesses = [
        witness
        for n, (text, p) in enumerate(zip(texts, prepared, strict=True), start=1)
        for witness in witnesses_of(p, text=text, revision=n, siglum=f"W{n}")
    ]
    apparatus = collate(witnesses, CONFIG)
    text_of = {witness.id: witness.text for witness in witnesses}
    return [
        [
            [token.text for span in cell.spans for token in tokenize(text_of[cell.witness], span)]
            for cell in row.cells
        ]
        for row in apparatus.rows
    ]


def texts_to_compare() -> tuple[list[Path], str]:
    """Return the files, and what they are."""
    articles = sorted((SHARED / "articles").glob("*.txt"))
    if articles:
        return articles, "the five articles"
    return sorted(
        (ROOT / "demo/vostochny-summit").glob("*.txt")
    ), "the demo's summit (no ../shared)"


def measure_cold(files: Sequence[Path]) -> tuple[float, Rows]:
    """Run the comparison in fresh processes; return the median CPU seconds, and the rows."""
    seconds, rows = [], []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, __file__, "--child", *map(str, files)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        seconds.append(used)
        rows = json.loads(done.stdout)
    return statistics.median(seconds), rows


def link_rows(rows: Rows) -> tuple[list[set[Link]], float]:
    """Link the words of each row with our aligner, two cells at a time; also the CPU seconds."""
    link_words(["warm"], ["up"], CONFIG)
    start = time.process_time()
    links = [
        {
            (a, i, b, j)
            for (a, left), (b, right) in combinations(enumerate(row), 2)
            for i, j, *_ in link_words(left, right, CONFIG)
        }
        for row in rows
    ]
    return links, time.process_time() - start


def link_rows_by_collatex(rows: Rows, interpreter: Path) -> tuple[list[set[Link]], float]:
    """Link the same rows with CollateX in its own process."""
    done = subprocess.run(
        [interpreter, HERE / "collatex_links.py"],
        input=json.dumps(rows).encode(),
        capture_output=True,
        check=True,
    )
    found = json.loads(done.stdout)
    return [{tuple(link) for link in links} for links in found["links"]], found["seconds"]


def agreement(
    rows: Rows, ours: Sequence[set[Link]], theirs: Sequence[set[Link]]
) -> dict[str, float | int]:
    """Count the links of both and those in common; also of links between the same words alone.

    CollateX puts words that only stand in one place between two matches into one column as well.
    """
    same_ours, same_theirs = _same_words(rows, ours), _same_words(rows, theirs)
    return {
        "our_links": sum(map(len, ours)),
        "collatex_links": sum(map(len, theirs)),
        "in_common": sum(len(a & b) for a, b in zip(ours, theirs, strict=True)),
        "share_in_common": _shared(ours, theirs),
        "our_same_word_links": sum(map(len, same_ours)),
        "collatex_same_word_links": sum(map(len, same_theirs)),
        "same_word_share_in_common": _shared(same_ours, same_theirs),
    }


def _same_words(rows: Rows, links: Sequence[set[Link]]) -> list[set[Link]]:
    return [
        {(a, i, b, j) for a, i, b, j in some if row[a][i].lower() == row[b][j].lower()}
        for row, some in zip(rows, links, strict=True)
    ]


def _shared(ours: Sequence[set[Link]], theirs: Sequence[set[Link]]) -> float:
    common = sum(len(a & b) for a, b in zip(ours, theirs, strict=True))
    either = sum(len(a | b) for a, b in zip(ours, theirs, strict=True))
    return round(common / (either or 1), 3)


def interpreter_with_collatex(given: Path | None, folder: Path) -> Path | None:
    """Return an interpreter that has CollateX; None, saying why, where it cannot be had."""
    if given:
        return given
    builder = venv.EnvBuilder(with_pip=True)
    builder.create(folder)
    python = folder / "bin" / "python"
    done = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", *PACKAGES], capture_output=True, check=False
    )
    if done.returncode:
        print("CollateX: SKIPPED, it cannot be installed:", done.stderr.decode()[-200:].strip())
        return None
    return python


def edinburgh(interpreter: Path) -> dict[str, Any] | None:
    """Both aligners on the same human-aligned pairs; None where they are missing."""
    dev = SHARED / "benchmarks/align_edinburgh/dev.jsonl"
    if not dev.is_file():
        print("align_edinburgh: SKIPPED (no ../shared)")
        return None
    items = [json.loads(line) for line in dev.read_text("utf-8").split("\n") if line.strip()]
    rows = [[item["s"], item["t"]] for item in items]
    ours, our_seconds = link_rows(rows)
    theirs, their_seconds = link_rows_by_collatex(rows, interpreter)
    ids = [item["id"] for item in items]
    return {
        "pairs": len(rows),
        "ours": {"seconds": round(our_seconds, 2), **_scored(dev, ids, ours)},
        "collatex": {"seconds": round(their_seconds, 2), **_scored(dev, ids, theirs)},
        "note": "ours is in-sample here; the figure of unseen folds stands in bench/results.json",
    }


def _scored(dev: Path, ids: Sequence[str], links: Sequence[set[Link]]) -> dict[str, float]:
    lines = [
        json.dumps({"id": name, "pairs": sorted([i, j] for _, i, _, j in some)})
        for name, some in zip(ids, links, strict=True)
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        scorer = SHARED / "benchmarks/score.py"
        command = [sys.executable, scorer, "align_edinburgh", dev, file.name, "--json"]
        done = subprocess.run(command, capture_output=True, check=True)
    found = json.loads(done.stdout)
    return {name: round(found[name], 3) for name in ("sure_f1", "non_identical_f1", "exact_match")}


def measure(collatex: Path | None) -> dict[str, Any]:
    """Measure everything once."""
    files, what = texts_to_compare()
    whole, rows = measure_cold(files)
    ours, our_seconds = link_rows(rows)
    figures: dict[str, Any] = {
        "texts": what,
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python "
        f"{platform.python_version()}",
        "whole_cpu_seconds": round(whole, 2),
        "runs": RUNS,
        "rows": len(rows),
        "words": {"ours_seconds": round(our_seconds, 3)},
    }
    with tempfile.TemporaryDirectory() as folder:
        interpreter = interpreter_with_collatex(collatex, Path(folder))
        if interpreter is None:
            return figures
        theirs, their_seconds = link_rows_by_collatex(rows, interpreter)
        figures["words"] |= {
            "collatex_seconds": round(their_seconds, 3),
            **agreement(rows, ours, theirs),
        }
        figures["align_edinburgh"] = edinburgh(interpreter)
    return figures


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--collatex", type=Path, help="an interpreter that has CollateX")
    parser.add_argument("--keep", action="store_true", help="write bench/speed.json")
    parser.add_argument("--child", nargs="+", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(json.dumps(compare_texts([f.read_bytes().decode("utf-8") for f in given.child])))
        return 0
    record = json.loads(RECORD.read_text("utf-8"))
    figures = measure(given.collatex)
    print(json.dumps(figures, indent=1))
    limit = record["limit_cpu_seconds"]
    within = figures["whole_cpu_seconds"] <= limit
    print(f"whole comparison: {figures['whole_cpu_seconds']} s CPU, limit {limit} s:", end=" ")
    print("ok" if within else "ABOVE")
    if given.keep:
        text = json.dumps({**record, "measured": figures}, indent=1, ensure_ascii=False)
        RECORD.write_text(text + "\n", encoding="utf-8")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
