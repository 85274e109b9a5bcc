"""Train the word aligner and try it on folds it never saw.

usage: PYTHONPATH=. python bench/train/aligner.py cv DEV.jsonl [--out FOLDER]
       PYTHONPATH=. python bench/train/aligner.py final DEV.jsonl

`cv` trains one net a fold on the other folds and scores it on the fold itself; with --out the fold
nets and the predictions are kept there. `final` trains on everything and writes
app/collate/weights/aligner.npz. Needs torch besides what the app needs.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from bench.train.model import Grid
from bench.train.pairs import Example, Pair, example, folds, read
from bench.train.score import best_threshold, links_of, score
from bench.train.synthetic import negatives, rewritten

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "app/collate/weights/aligner.npz"


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["cv", "final"])
    parser.add_argument("dev", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--channels", type=int, default=24)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--drop", type=float, default=0.3)
    parser.add_argument("--decay", type=float, default=1e-3)
    parser.add_argument("--possible", type=float, default=0.3)
    parser.add_argument("--negatives", type=float, default=0.15)
    parser.add_argument("--rewritten", type=float, default=0.3)
    parser.add_argument("--folds", type=int, default=5, help="how many of the folds to run")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


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
    n, m = (max(x.grid.shape[k] for x in items) for k in (0, 1))
    grid = np.zeros((len(items), n, m, items[0].grid.shape[2]), np.float32)
    label, weight = np.zeros((2, len(items), n, m), np.float32)
    mask = np.zeros((len(items), n, m), bool)
    for k, x in enumerate(items):
        a, b = x.label.shape
        grid[k, :a, :b], label[k, :a, :b], weight[k, :a, :b] = x.grid, x.label, x.weight
        mask[k, :a, :b] = True
    return tuple(map(torch.from_numpy, (grid, label, weight, mask)))


def train(items: list[Example], o: argparse.Namespace) -> Grid:
    """AdamW, one cycle, clipped gradients; the weights given back are a running mean."""
    torch.manual_seed(o.seed)
    rng = np.random.default_rng(o.seed)
    net = Grid(items[0].grid.shape[2], o.channels, o.layers, o.drop)
    steps = o.epochs * (len(items) // 16 + 2)
    optimizer = torch.optim.AdamW(net.parameters(), o.rate, weight_decay=o.decay)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, o.rate, total_steps=steps, pct_start=0.15)
    mean = {k: v.detach().clone() for k, v in net.state_dict().items()}
    net.train()
    done = 0
    for _ in range(o.epochs):
        for grid, label, weight, mask in batches(items, rng):
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                net(grid, mask), label, weight * mask, reduction="sum"
            ) / len(grid)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5)
            optimizer.step()
            done += 1
            if done < steps:
                plan.step()
            for k, v in net.state_dict().items():
                mean[k].lerp_(v, 1 - min(0.99, done / (done + 10)))
    net.load_state_dict(mean)
    return net.eval()


def training_set(pairs: list[Pair], o: argparse.Namespace) -> list[Example]:
    rng = np.random.default_rng(o.seed)
    items = [example(p, o.possible) for p in pairs]
    items += [example(p) for p in rewritten(pairs, int(o.rewritten * len(pairs)), rng)]
    items += [example(p) for p in negatives(pairs, int(o.negatives * len(pairs)), rng)]
    return items


def predict(net: Grid, pairs: list[Pair]) -> list[np.ndarray]:
    found = []
    with torch.no_grad():
        for pair in pairs:
            grid, _, _, mask = collate([example(pair)])
            found.append(torch.sigmoid(net(grid, mask))[0].numpy())
    return found


def cross_validate(pairs: list[Pair], o: argparse.Namespace) -> dict:
    parts = folds(pairs)
    grids: dict[int, np.ndarray] = {}
    for k, part in enumerate(parts[: o.folds]):
        start = time.process_time()
        seen = [pairs[i] for j, other in enumerate(parts) if j != k for i in other]
        net = train(training_set(seen, o), o)
        grids |= dict(zip(part, predict(net, [pairs[i] for i in part]), strict=True))
        fold = [(pairs[i], links_of(grids[i], 0.5)) for i in part]
        print(f"fold {k}: {score(fold)} ({time.process_time() - start:.0f} s CPU)", flush=True)
        if o.out:
            o.out.mkdir(parents=True, exist_ok=True)
            np.savez_compressed(o.out / f"fold{k}.npz", **net.arrays())
    # Each fold's threshold is chosen on the other folds.
    tried = list(grids)
    links: dict[int, set[tuple[int, int]]] = {}
    for part in parts[: o.folds]:
        inside = set(part)
        limit = best_threshold(
            [(pairs[i], grids[i]) for i in tried if i not in inside]
            or [(pairs[i], grids[i]) for i in part]
        )
        links |= {i: links_of(grids[i], limit) for i in part}
    by_fold = [score([(pairs[i], links[i]) for i in part]) for part in parts[: o.folds]]
    report = {
        "all": score([(pairs[i], links[i]) for i in tried]),
        "fold_mean": {k: round(float(np.mean([f[k] for f in by_fold])), 4) for k in by_fold[0]},
        "threshold": best_threshold([(pairs[i], grids[i]) for i in tried]),
        "at": {
            str(t): score([(pairs[i], links_of(grids[i], t)) for i in tried])
            for t in (0.3, 0.4, 0.5, 0.6, 0.7)
        },
        "genres": {
            g: score([(pairs[i], links[i]) for i in tried if pairs[i].genre == g])
            for g in sorted({p.genre for p in pairs})
        },
    }
    if o.out:
        lines = [json.dumps({"id": pairs[i].id, "pairs": sorted(links[i])}) for i in tried]
        (o.out / "predictions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return report


def main() -> None:
    torch.set_num_threads(1)
    o = parse()
    pairs = read(o.dev)
    settings = {k: v for k, v in vars(o).items() if k not in ("what", "dev", "out")}
    if o.what == "cv":
        report = {"settings": settings, **cross_validate(pairs, o)}
        print(json.dumps({k: v for k, v in report.items() if k != "settings"}, indent=1))
        if o.out:
            (o.out / "report.json").write_text(
                json.dumps(report, indent=1) + "\n", encoding="utf-8"
            )
        return
    net = train(training_set(pairs, o), o)
    np.savez_compressed(TARGET, **net.arrays())
    print(f"{sum(p.numel() for p in net.parameters())} weights, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
