"""Every file of weights ships with a card that says what it is and proves it is that file."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

WEIGHTS = Path(__file__).resolve().parents[2] / "app" / "collate" / "weights"
FILES = sorted(WEIGHTS.glob("*.npz"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_card_names_data_licence_and_hash(path):
    card = path.with_suffix(".md").read_text(encoding="utf-8")
    for word in ("Data", "Licence"):
        assert f"**{word}" in card, word
    named = re.findall(r"\b[0-9a-f]{64}\b", card)
    assert sha256(path.read_bytes()).hexdigest() in named, "run bench/train/cards.py"
