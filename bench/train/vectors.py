"""Make app/collate/weights/vectors.npz: a small table of static vectors for word pieces.

usage: vectors.py WORDLLAMA_WHEEL

Reads the weights and the vocabulary straight from the wheel of wordllama 0.4.0.post1 (MIT). Kept
are the pieces of lower-case Latin letters and digits; the mean is removed, PCA keeps DIMENSIONS
axes, each row is scaled to int8 on one common scale. A word's vector is the mean of its pieces
(`app/collate/words.py` cuts words into pieces as byte-pair merging does: the merge whose result
stands first in the vocabulary goes first). Needs numpy alone.
"""

import json
import re
import struct
import sys
import zipfile
from pathlib import Path

import numpy as np

DIMENSIONS = 128
TARGET = Path(__file__).resolve().parents[2] / "app/collate/weights/vectors.npz"
KEPT = re.compile(r"▁?[a-zß-öø-ÿ0-9.'\-]+|▁")


def read(wheel: str) -> tuple[dict[str, int], np.ndarray]:
    with zipfile.ZipFile(wheel) as archive:
        raw = archive.read("wordllama/weights/l2_supercat_256.safetensors")
        config = archive.read("wordllama/tokenizers/l2_supercat_tokenizer_config.json")
    size = struct.unpack("<Q", raw[:8])[0]
    entry = json.loads(raw[8 : 8 + size])["embedding.weight"]
    start, end = (8 + size + offset for offset in entry["data_offsets"])
    rows = np.frombuffer(raw[start:end], np.float16).reshape(entry["shape"]).astype(np.float32)
    return json.loads(config)["model"]["vocab"], rows


def reduce(rows: np.ndarray, words: np.ndarray) -> np.ndarray:
    """PCA by the rows that begin a word: whole words, mostly."""
    mean = rows[words].mean(0)
    _, axes = np.linalg.eigh(np.cov((rows[words] - mean).T))
    small = (rows - mean) @ axes[:, ::-1][:, :DIMENSIONS]
    scale = np.quantile(np.abs(small), 0.9995) / 127
    return np.clip(np.round(small / scale), -127, 127).astype(np.int8)


def main() -> None:
    vocabulary, rows = read(sys.argv[1])
    pieces = sorted((p for p in vocabulary if KEPT.fullmatch(p)), key=vocabulary.__getitem__)
    ids = np.array([vocabulary[p] for p in pieces])
    begins = np.array([p.startswith("▁") and len(p) > 2 for p in pieces])
    small = reduce(rows[ids], begins)
    # The vocabulary is in order of merging, which is close to the order of frequency.
    commonness = 1 - np.log1p(ids.clip(min=259) - 259) / np.log1p(len(vocabulary))
    np.savez(
        TARGET,
        words=np.frombuffer("\n".join(pieces).encode(), np.uint8),
        rows=small,
        commonness=commonness.astype(np.float16),
    )
    print(f"{len(pieces)} pieces x {small.shape[1]}, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
