"""Write the SHA-256 of every file of weights into its card: `python bench/train/cards.py`."""

import re
from hashlib import sha256
from pathlib import Path

WEIGHTS = Path(__file__).resolve().parents[2] / "app" / "collate" / "weights"
LINE = re.compile(r"^- \*\*sha256:\*\* .*$", re.MULTILINE)


def main() -> None:
    for path in sorted(WEIGHTS.glob("*.npz")):
        card = path.with_suffix(".md")
        text = card.read_text(encoding="utf-8")
        line = f"- **sha256:** {sha256(path.read_bytes()).hexdigest()}"
        text = LINE.sub(line, text) if LINE.search(text) else f"{text.rstrip()}\n{line}\n"
        card.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
