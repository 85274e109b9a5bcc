"""Align rows of tokens with CollateX: JSON on standard input → links and CPU seconds as JSON.

Run by bench/speed.py in an interpreter that has CollateX (GPL-3.0), which the app never needs.
Input: a list of rows, a row being a list of token lists. Output: for each row the links
[[cell, token, cell, token], …] of tokens that stand in one column, and the seconds of all rows.
"""

import json
import sys
import time
import warnings

warnings.simplefilter("ignore")

from collatex import collate  # noqa: E402 - it warns while it is imported


def align(row):
    """Return the tokens of a row that CollateX puts into one column, two by two."""
    cells = [(number, cell) for number, cell in enumerate(row) if cell]
    if len(cells) < 2:
        return []
    witnesses = [
        {"id": f"w{number:03}", "tokens": [{"t": word, "n": word.lower()} for word in cell]}
        for number, cell in cells
    ]
    found = collate({"witnesses": witnesses}, output="json", segmentation=False, near_match=True)
    table = json.loads(found)
    columns = {}
    for sigil, line in zip(table["witnesses"], table["table"], strict=True):
        position = 0
        for column, tokens in enumerate(line):
            for _ in tokens or ():
                columns.setdefault(column, []).append((int(sigil[1:]), position))
                position += 1
    return [
        [*a, *b]
        for members in columns.values()
        for place, a in enumerate(members)
        for b in members[place + 1 :]
        if a[0] != b[0]
    ]


def main():
    """Align what comes in."""
    rows = json.load(sys.stdin)
    align([["warm", "up"], ["warm", "up"]])
    start = time.process_time()
    links = [align(row) for row in rows]
    seconds = time.process_time() - start
    json.dump({"links": links, "seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main()
