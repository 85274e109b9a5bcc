"""Measure the engine on all development sets: `quality.py [--quick] [--only NAME]`.

Runs bench/predict.py and the scorers of ../shared as a reader would, prints one table beside the
floors of bench/quality.json, and keeps the figures of a whole run in bench/results.json. Exit
status 1 where a figure is below its floor, 2 where something could not be measured. Where ../shared
is missing its sets are SKIPPED.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SHARED = ROOT.parent / "shared"
BENCHMARKS = SHARED / "benchmarks"
GOLD = SHARED / "gold"
FLOORS = HERE / "quality.json"
RESULTS = HERE / "results.json"


class NotMeasured(Exception):
    """A predictor or a scorer failed; the message is its own."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one set, None where it was skipped, and why."""

    spec: dict[str, Any]
    figures: dict[str, float | None] | None
    seconds: float = 0.0
    note: str = ""

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield (figure, value, floor, verdict) for each figure."""
        for name, floor in self.spec["figures"].items():
            value = (self.figures or {}).get(name)
            shown = (
                "–" if value is None else f"{value:.3f}" if value != int(value) else f"{value:g}"
            )
            yield name, shown, "" if floor is None else f"{floor:.2f}", self.verdict(name)

    def verdict(self, name: str) -> str:
        """Say how one figure stands: ok, BELOW, SKIPPED, MISSING, or nothing without a floor."""
        floor, value = self.spec["figures"][name], (self.figures or {}).get(name)
        if self.figures is None:
            return self.note
        if floor is None:
            return ""
        if value is None:
            return "MISSING"
        return "ok" if value >= floor else "BELOW"


@dataclass(slots=True)
class Run:
    """The sets measured so far, in order."""

    measured: list[Measured] = field(default_factory=list)

    @property
    def verdicts(self) -> set[str]:
        """All verdicts that were given."""
        return {m.verdict(name) for m in self.measured for name in m.spec["figures"]}


def call(*command: str | Path, to: Path | None = None) -> str:
    """Run a command from the root of the checkout; its standard output goes `to` a file or back."""
    words = [sys.executable, *map(str, command)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        tail = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        raise NotMeasured(f"{Path(words[1]).name} ended with {done.returncode}: {tail}")
    if to:
        to.write_bytes(done.stdout)
    return done.stdout.decode("utf-8")


def measure(spec: dict[str, Any], folder: Path) -> Measured:
    """Measure one set; `folder` is a temporary one."""
    start = time.perf_counter()
    try:
        if "report" in spec:
            figures, note = _reported(ROOT / spec["report"])
        elif spec["task"] == "demo":
            figures, note = _demo(folder), ""
        elif not SHARED.is_dir():
            figures, note = None, "SKIPPED (no ../shared)"
        elif spec["task"] == "gold":
            figures, note = _gold(folder), ""
        elif spec["task"] == "differences":
            figures, note = json.loads(call(HERE / "word_differences.py", "--json")), ""
        else:
            figures, note = _benchmark(spec, folder), ""
    except NotMeasured as fault:
        figures, note = None, f"FAILED: {fault}"
    return Measured(spec, figures, time.perf_counter() - start, note)


def _gold(folder: Path) -> dict[str, float | None]:
    texts, prediction = folder / "gold.jsonl", folder / "gold.json"
    call(GOLD / "score_gold.py", "--make-input", to=texts)
    call(HERE / "predict.py", "gold", texts, to=prediction)
    return json.loads(call(GOLD / "score_gold.py", prediction, "--json"))


def _demo(folder: Path) -> dict[str, float | None]:
    """Measure on the demonstration texts: an own folder, since the names of events are files."""
    place = folder / "demo"
    place.mkdir()
    call(HERE / "demo_links.py", "inputs", place)
    for texts in sorted(place.glob("*.jsonl")):
        call(HERE / "predict.py", "gold", texts, to=texts.with_suffix(".json"))
    return json.loads(call(HERE / "demo_links.py", "score", place))


def _benchmark(spec: dict[str, Any], folder: Path) -> dict[str, float | None]:
    name = spec.get("folder", spec["name"])
    dev, prediction = BENCHMARKS / name / "dev.jsonl", folder / f"{name}.jsonl"
    if not prediction.exists():
        call(HERE / "predict.py", spec["task"], dev, to=prediction)
    options = spec.get("options", [])
    return json.loads(call(BENCHMARKS / "score.py", name, dev, prediction, "--json", *options))


def _reported(path: Path) -> tuple[dict[str, float | None] | None, str]:
    """Read figures that a training run left; {"a": {"b": 1}} gives "a.b"."""
    if not path.is_file():
        return None, f"MISSING: no {path.relative_to(ROOT)}"
    report = json.loads(path.read_text(encoding="utf-8"))
    return {
        f"{outer}.{inner}": value
        for outer, part in report.items()
        if isinstance(part, dict)
        for inner, value in part.items()
        if isinstance(value, int | float)
    }, ""


def print_header() -> None:
    """Print the names of the columns."""
    print(f"{'set':<30} {'figure':<26} {'value':>7} {'floor':>6}  verdict")
    print("-" * 84)


def print_measured(measured: Measured) -> None:
    """Print the rows of one set, and how far the engine has seen its data."""
    name = measured.spec["name"]
    for figure, value, floor, verdict in measured.rows():
        print(f"{name:<30} {figure:<26} {value:>7} {floor:>6}  {verdict}")
        name = ""
    print(f"{'':<30} · {measured.spec['seen']}; {measured.seconds:.0f} s", flush=True)


def keep(run: Run, path: Path) -> None:
    """Write the figures of a whole run."""
    data = {
        m.spec["name"]: {
            "seen": m.spec["seen"],
            **{name: _rounded(m.figures.get(name)) for name in m.spec["figures"]},
        }
        for m in run.measured
        if m.figures is not None
    }
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _rounded(value: float | None) -> float | None:
    return value if value is None else round(value, 4)


def main() -> int:
    """Measure and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only the sets marked quick (CI)")
    parser.add_argument("--only", metavar="NAME", help="only sets whose name holds NAME")
    given = parser.parse_args()
    specs = json.loads(FLOORS.read_text(encoding="utf-8"))["sets"]
    chosen = [
        spec
        for spec in specs
        if (not given.quick or spec.get("quick")) and (given.only or "") in spec["name"]
    ]
    run = Run()
    print_header()
    with tempfile.TemporaryDirectory() as folder:
        for spec in chosen:
            run.measured.append(measure(spec, Path(folder)))
            print_measured(run.measured[-1])
    if len(chosen) == len(specs) and SHARED.is_dir():
        keep(run, RESULTS)
    if "BELOW" in run.verdicts:
        print("A figure is below its floor.")
        return 1
    if any(verdict.startswith(("FAILED", "MISSING")) for verdict in run.verdicts):
        print("Something could not be measured.")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
