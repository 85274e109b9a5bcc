"""Measure what the engine costs: `speed.py [--quick] [--peers PYTHON] [--no-peers] [--keep]`.

Everything runs in fresh processes on one thread, in CPU seconds (bench/measures.py): the whole
comparison of the five articles (of the demo's summit where ../shared is missing), an article that
joins an event of ten, candidates among a hundred thousand sentences, the memory of the web process,
growth with the number of articles, and the peers beside us (bench/peers.py). `--keep` writes
bench/speed.json and docs/img/growth.svg. `--quick` leaves out candidates, growth and peers. Exit
status 1 where a figure misses its limit.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SHARED = ROOT.parent / "shared"
RECORD = HERE / "speed.json"
RUNS = 5
ARTICLES = (2, 5, 10, 20, 30, 40, 50)
Figures = dict[str, Any]


def run(module: str, *arguments: str | Path) -> Figures:
    """Run a module of bench/ in a fresh process on one thread; return what it prints."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    command = [sys.executable, "-m", f"bench.{module}", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"{module} {arguments}: {done.stderr.decode('utf-8', 'replace')}")
    return json.loads(done.stdout)


def texts_to_compare() -> tuple[list[Path], str]:
    """Return the files, and what they are."""
    articles = sorted((SHARED / "articles").glob("*.txt"))
    if articles:
        return articles, "the five articles"
    summit = sorted((ROOT / "demo" / "vostochny-summit").glob("*.txt"))
    return summit, "the demo's summit (no ../shared)"


def cold(files: list[Path]) -> tuple[Figures, list[Any]]:
    """Compare in fresh processes; the quickest of some runs counts, the middle one is told too."""
    runs = [run("measures", "cold", *files) for _ in range(RUNS)]
    best = min(runs, key=lambda found: found["after_imports"])
    rows = best.pop("rows")
    middle = statistics.median(found["after_imports"] for found in runs)
    return {**best, "after_imports_median": middle, "rows": len(rows)}, rows


def joined() -> Figures:
    """Let an article come to an event of ten; fails where a fresh run gives another result."""
    runs = [run("measures", "joined") for _ in range(RUNS)]
    best = min(runs, key=lambda found: found["compare"])
    fresh = run("measures", "event", 11)
    if fresh["digest"] != best.pop("digest"):
        raise SystemExit("an article that joined gives another result than a fresh run")
    best["joins"] = best["read"] + best["find_events"] + best["compare"]
    return {**best, "fresh": fresh["seconds"]}


def growth() -> list[Figures]:
    """Compare made events of more and more articles."""
    points = [run("measures", "event", number) for number in ARTICLES]
    return [{k: v for k, v in point.items() if k != "digest"} for point in points]


def peers(rows: list[Any], interpreter: Path | None) -> Figures:
    """Measure the peers and us on the same input."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(rows, file)
        file.flush()
        chosen = ["--peers", interpreter] if interpreter else []
        return run("peers", *chosen, file.name)


def measure(given: argparse.Namespace) -> Figures:
    """Measure everything once."""
    files, what = texts_to_compare()
    whole, rows = cold(files)
    figures: Figures = {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python "
        f"{platform.python_version()}, load {os.getloadavg()[0]:.1f}",
        "texts": what,
        "cold": whole,
        "joined": joined(),
        "memory": run("measures", "memory", *files),
    }
    if given.quick:
        return figures
    figures["candidates"] = run("measures", "candidates")
    figures["growth"] = growth()
    if not given.no_peers:
        figures["peers"] = peers(rows, given.peers)
    return figures


def judge(figures: Figures, limits: dict[str, list[Any]]) -> bool:
    """Print each figure beside its limit and the goal; return whether all limits are kept."""
    kept = True
    for name, (sign, limit, goal) in limits.items():
        value: Any = figures
        for part in name.split("."):
            value = value.get(part) if value else None
        if value is None:
            print(f"{name:<32} not measured")
            continue
        within, reached = (
            value <= bound if sign == "<=" else value >= bound for bound in (limit, goal)
        )
        kept &= within
        verdict = ("ok" if reached else "short of the goal") if within else "MISSED"
        print(f"{name:<32} {value:9.3f} {sign} {limit:<6} goal {goal:<6} {verdict}")
    return kept


def rounded(value: Any) -> Any:
    """Round the numbers of a nested table to four figures or so."""
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    if isinstance(value, list):
        return [rounded(part) for part in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only cold, joined and memory")
    parser.add_argument("--peers", type=Path, help="an interpreter that has the extra `bench`")
    parser.add_argument("--no-peers", action="store_true", help="leave the peers out")
    parser.add_argument("--keep", action="store_true", help="write bench/speed.json and the plot")
    given = parser.parse_args()
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    figures = rounded(measure(given))
    print(json.dumps(figures, indent=1))
    kept = judge(figures, record["limits"])
    if given.keep:
        measured = {**record["measured"], **figures}
        text = json.dumps({**record, "measured": measured}, indent=1, ensure_ascii=False)
        RECORD.write_text(text + "\n", encoding="utf-8")
        run("growth")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
