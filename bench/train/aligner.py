"""Train the word aligner and try it on folds it never saw.

usage: PYTHONPATH=. python bench/train/aligner.py cv DEV.jsonl --taught TAUGHT --out FOLDER
       PYTHONPATH=. python bench/train/aligner.py report DEV.jsonl --taught TAUGHT --out FOLDER
       PYTHONPATH=. python bench/train/aligner.py final DEV.jsonl --taught TAUGHT

`cv` trains one net a fold on the other folds and keeps it in FOLDER; `report` scores each of them
on its own fold and writes FOLDER/report.json; `final` trains on everything and writes
app/collate/weights/aligner.npz. TAUGHT is the folder that teacher.py made; without it, the net
learns from DEV.jsonl alone. Needs torch besides what the app needs.
"""

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from app.collate.words import features, rows, run
from bench.train.model import Grid
from bench.train.pairs import (
    FOLDS,
    Example,
    Pair,
    example,
    folds,
    labelled,
    read,
)
from bench.train.score import best_threshold, links_of, score
from bench.train.synthetic import negatives, rewritten

EQUAL = 2
"""The feature that says that two words are equal."""
HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "app/collate/weights/aligner.npz"


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["cv", "report", "blend", "final"])
    parser.add_argument("dev", type=Path)
    parser.add_argument("--out", type=Path, help="the folder of the fold nets")
    parser.add_argument("--taught", type=Path, help="the folder of teacher.py")
    parser.add_argument("--folds", type=int, nargs="*", default=list(range(FOLDS)))
    parser.add_argument("--part", type=float, default=1.0, help="share of the pairs to learn from")
    for name, default in SETTINGS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(default), default=default)
    return parser.parse_args()


SETTINGS = {
    "epochs": 22, "channels": 24, "layers": 2, "heads": 6, "width": 16,
    "rate": 4e-3, "decay": 3e-3, "drop": 0.3, "word_drop": 0.3,
    "possible": 0.3, "also_possible": 0.2, "negatives": 0.3, "rewritten": 0.3,
    "taught_an_epoch": 800, "taught_unlike": 0.7, "taught_equal": 0.5,
    "seed": 1,
}  # fmt: skip


def batches(items: list[Example], rng: np.random.Generator, size: int = 16):
    """Batches of like length: shuffled, sorted inside blocks of 20 batches, shuffled again."""
    order = rng.permutation(len(items))
    found = []
    for start in range(0, len(order), size * 20):
        block = sorted(order[start : start + size * 20], key=lambda i: items[i].grid.shape)
        found += [block[k : k + size] for k in range(0, len(block), size)]
    rng.shuffle(found)
    for batch in found:
        yield collate([items[i] for i in batch])


def collate(items: list[Example]) -> tuple[torch.Tensor, ...]:
    """grid, a, b, mask (true inside the sentences), label and the weight of each cell."""
    n, m = (max(x.grid.shape[k] for x in items) for k in (0, 1))
    first = items[0]
    grid = np.zeros((len(items), n, m, first.grid.shape[2]), np.float32)
    label = np.zeros((len(items), n, m, 2), np.float32)
    weight = np.zeros((len(items), n, m), np.float32)
    mask = np.zeros((len(items), n, m), bool)
    a, b = (np.zeros((len(items), k, first.a.shape[1]), np.float32) for k in (n, m))
    for k, x in enumerate(items):
        i, j = x.grid.shape[:2]
        grid[k, :i, :j], label[k, :i, :j] = x.grid, x.label
        weight[k, :i, :j], mask[k, :i, :j] = x.weight, True
        a[k, :i], b[k, :j] = x.a, x.b
    return tuple(map(torch.from_numpy, (grid, a, b, mask, label, weight)))


def train(items: list[Example], taught: list[Example], o: argparse.Namespace) -> Grid:
    """AdamW, one cycle, clipped gradients; the weights given back are a running mean. Each epoch
    sees all `items` and a part of what the teacher labelled.
    """
    torch.manual_seed(o.seed)
    rng = np.random.default_rng(o.seed)
    net = Grid(items[0].grid.shape[2], items[0].a.shape[1], o)
    extra = min(len(taught), o.taught_an_epoch)
    steps = o.epochs * ((len(items) + extra) // 16 + 8)
    optimizer = torch.optim.AdamW(net.parameters(), o.rate, weight_decay=o.decay)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, o.rate, total_steps=steps, pct_start=0.15)
    mean = {k: v.detach().clone() for k, v in net.state_dict().items()}
    net.train()
    done = 0
    for _ in range(o.epochs):
        chosen = rng.choice(len(taught), extra, replace=False) if extra else []
        for *inputs, label, weight in batches([*items, *(taught[k] for k in chosen)], rng):
            optimizer.zero_grad()
            loss_of(net(*inputs), label, weight, o.also_possible).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5)
            optimizer.step()
            done += 1
            plan.step()
            for k, v in net.state_dict().items():
                mean[k].lerp_(v, 1 - min(0.99, done / (done + 10)))
    net.load_state_dict(mean)
    return net.eval()


def loss_of(
    logits: torch.Tensor, label: torch.Tensor, weight: torch.Tensor, also_possible: float
) -> torch.Tensor:
    """Cross entropy, summed over the cells of a pair, of the sure links and, for so much of it, of
    the sure or possible ones.
    """
    loss = functional.binary_cross_entropy_with_logits(logits, label, reduction="none")
    return ((loss[..., 0] + also_possible * loss[..., 1]) * weight).sum() / len(loss)


def training_set(pairs: list[Pair], o: argparse.Namespace) -> list[Example]:
    rng = np.random.default_rng(o.seed)
    pairs = [pairs[i] for i in rng.permutation(len(pairs))[: round(o.part * len(pairs))]]
    more = rewritten(pairs, int(o.rewritten * len(pairs)), rng)
    more += negatives(pairs, int(o.negatives * len(pairs)), rng)
    return [example(p, o.possible) for p in [*pairs, *more]]


def taught(o: argparse.Namespace, unseen: int | None) -> list[Example]:
    """The pairs with the labels of a teacher that never saw fold `unseen`, or of all teachers."""
    if o.taught is None:
        return []
    files = [np.load(path) for path in label_files(o.taught, unseen)]
    found = []
    for k, (s, t) in enumerate(json.loads((o.taught / "pairs.json").read_text(encoding="utf-8"))):
        x = labelled(s, t, np.mean([f[str(k)] for f in files], 0, np.float32))
        weight = np.where(x.grid[:, :, EQUAL] == 1, o.taught_equal, o.taught_unlike)
        found.append(replace(x, weight=weight))
    return found


def label_files(folder: Path, unseen: int | None) -> list[Path]:
    return [folder / f"fold{k}.npz" for k in range(FOLDS) if unseen in (None, k)]


def blend(o: argparse.Namespace) -> None:
    """Label the pairs of `--taught` anew, for each fold by the mean of its teacher and its net in
    `--out`: they err on other words.
    """
    sides = json.loads((o.taught / "pairs.json").read_text(encoding="utf-8"))
    for k in o.folds:
        path = o.taught / f"fold{k}.npz"
        with np.load(path) as file, np.load(o.out / f"fold{k}.npz") as net:
            labels, weights = dict(file), dict(net)
        for number, (s, t) in enumerate(sides):
            cells = labels[str(number)].astype(np.float32)
            mine = run(features(s, t), rows(s), rows(t), weights)
            odds = [
                np.log(p / (1 - p)) for p in (x.clip(1e-4, 1 - 1e-4) for x in (mine, cells[..., 0]))
            ]
            cells[..., 0] = 1 / (1 + np.exp(-np.mean(odds, 0)))
            labels[str(number)] = cells.astype(np.float16)
        np.savez_compressed(path, **labels)


def grids(net: dict[str, np.ndarray], pairs: list[Pair]) -> list[np.ndarray]:
    """The probabilities of the cells of each pair."""
    return [run(features(p.s, p.t), rows(p.s), rows(p.t), net) for p in pairs]


def cross_validate(pairs: list[Pair], o: argparse.Namespace) -> None:
    """Train one net for each of the folds asked for and keep it in the folder `--out`."""
    parts = folds(pairs)
    o.out.mkdir(parents=True, exist_ok=True)
    for k in o.folds:
        start = time.process_time()
        known = [pairs[i] for j, other in enumerate(parts) if j != k for i in other]
        net = train(training_set(known, o), taught(o, k), o).arrays()
        np.savez_compressed(o.out / f"fold{k}.npz", **net)
        fold = [pairs[i] for i in parts[k]]
        found = [(p, links_of(g, 0.4)) for p, g in zip(fold, grids(net, fold), strict=True)]
        print(f"fold {k}: {score(found)} ({time.process_time() - start:.0f} s CPU)", flush=True)


def report(pairs: list[Pair], o: argparse.Namespace) -> dict:
    """Score each fold by the net in `--out` that never saw it. The threshold of a fold is chosen on
    the others.
    """
    parts = [(k, part) for k, part in enumerate(folds(pairs)) if k in o.folds]
    found: dict[int, np.ndarray] = {}
    for k, part in parts:
        with np.load(o.out / f"fold{k}.npz") as net:
            found |= zip(part, grids(dict(net), [pairs[i] for i in part]), strict=True)
    links: dict[int, set[tuple[int, int]]] = {}
    for _, part in parts:
        others = [(pairs[i], g) for i, g in found.items() if i not in set(part)]
        limit = best_threshold(others or [(pairs[i], found[i]) for i in part])
        links |= {i: links_of(found[i], limit) for i in part}
    by_fold = [score([(pairs[i], links[i]) for i in part]) for _, part in parts]
    everything = [(pairs[i], g) for i, g in found.items()]
    return {
        "all": score([(pairs[i], links[i]) for i in found]),
        "folds": by_fold,
        "threshold": best_threshold(everything),
        "at": {
            str(t): score([(p, links_of(g, t)) for p, g in everything])
            for t in (0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9)
        },
        "genres": {
            genre: score([(pairs[i], links[i]) for i in found if pairs[i].genre == genre])
            for genre in sorted({p.genre for p in pairs})
        },
    }


def main() -> None:
    torch.set_num_threads(1)
    o = parse()
    pairs = read(o.dev)
    if o.what == "cv":
        cross_validate(pairs, o)
    elif o.what == "blend":
        blend(o)
    elif o.what == "report":
        settings = {name: getattr(o, name) for name in SETTINGS} | {"taught": o.taught is not None}
        found = {"settings": settings, **report(pairs, o)}
        (o.out / "report.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        print(json.dumps(found, indent=1))
    else:
        net = train(training_set(pairs, o), taught(o, None), o)
        np.savez_compressed(TARGET, **net.arrays())
        print(
            f"{sum(a.size for a in net.arrays().values())} weights, {TARGET.stat().st_size} bytes"
        )


if __name__ == "__main__":
    main()
