"""What the peers make of a task: JSON on standard input → their answers and CPU seconds as JSON.

Run by bench/peers.py in an interpreter of its own that has them (the extra `bench`), which the app
never needs: CollateX is GPL-3.0. Input: `{"align": [[s, t], …], "rows": [[cell, …], …],
"segment": [[language, text], …], "pair": [[text, …], …]}`, tokens as lists of strings; a part may
be left out. Output: part → peer → `{"seconds", "answers"}`.
"""

import difflib
import json
import sys
import time
import warnings
from itertools import combinations

warnings.simplefilter("ignore")

import pysbd  # noqa: E402 - some of them warn while they are imported
from collatex import collate  # noqa: E402
from diff_match_patch import diff_match_patch  # noqa: E402
from rapidfuzz import fuzz, process  # noqa: E402

LEAST_RATIO = 75  # of 100, for RapidFuzz on words


def by_difflib(s, t):
    """Link the equal words of difflib's matching blocks."""
    one, two = [w.lower() for w in s], [w.lower() for w in t]
    blocks = difflib.SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    return [[b.a + k, b.b + k] for b in blocks for k in range(b.size)]


def by_diff_match_patch(s, t):
    """Link the words that diff-match-patch leaves equal, each word as one character."""
    codes = {}
    one, two = (
        "".join(chr(codes.setdefault(w.lower(), 0xE000 + len(codes))) for w in x) for x in (s, t)
    )
    i = j = 0
    found = []
    for operation, text in diff_match_patch().diff_main(one, two, False):
        if operation == 0:
            found += [[i + k, j + k] for k in range(len(text))]
        i += len(text) * (operation <= 0)
        j += len(text) * (operation >= 0)
    return found


def by_rapidfuzz(s, t):
    """Link words that are each other's most alike by RapidFuzz' ratio."""
    one, two = [w.lower() for w in s], [w.lower() for w in t]
    table = process.cdist(one, two, scorer=fuzz.ratio)
    if not table.size:
        return []
    right, left = table.argmax(1), table.argmax(0)
    return [[i, int(j)] for i, j in enumerate(right) if left[j] == i and table[i, j] >= LEAST_RATIO]


def columns(row, near_match):
    """Return the tokens of a row that CollateX puts into one column, two by two."""
    cells = [(number, cell) for number, cell in enumerate(row) if cell]
    if len(cells) < 2:
        return []
    witnesses = [
        {"id": f"w{number:03}", "tokens": [{"t": word, "n": word.lower()} for word in cell]}
        for number, cell in cells
    ]
    answer = collate(
        {"witnesses": witnesses}, output="json", segmentation=False, near_match=near_match
    )
    table = json.loads(answer)
    found = {}
    for sigil, line in zip(table["witnesses"], table["table"], strict=True):
        position = 0
        for column, tokens in enumerate(line):
            for _ in tokens or ():
                found.setdefault(column, []).append((int(sigil[1:]), position))
                position += 1
    return [[*a, *b] for group in found.values() for a, b in combinations(group, 2) if a[0] != b[0]]


def by_collatex(near_match):
    """Return the aligner of two token lists by CollateX."""
    return lambda s, t: [[i, j] for _, i, _, j in columns([s, t], near_match)]


def all_pairs(aligner):
    """Return the aligner of a row that takes two cells at a time."""
    return lambda row: [
        [a, i, b, j]
        for (a, one), (b, two) in combinations(enumerate(row), 2)
        for i, j in aligner(one, two)
    ]


def by_pysbd(language, text):
    """Cut a text with pySBD, as English where it does not know the language."""
    try:
        segmenter = pysbd.Segmenter(language=language, clean=False)
    except ValueError:
        segmenter = pysbd.Segmenter(language="en", clean=False)
    return segmenter.segment(text)


def by_token_set_ratio(texts):
    """Return RapidFuzz' token_set_ratio, 0..1, of every two texts."""
    table = process.cdist(texts, texts, scorer=fuzz.token_set_ratio) / 100
    return [[round(float(x), 3) for x in row] for row in table]


ALIGNERS = {
    "difflib": by_difflib,
    "diff-match-patch": by_diff_match_patch,
    "RapidFuzz ratio": by_rapidfuzz,
    "CollateX": by_collatex(False),
    "CollateX near_match": by_collatex(True),
}
PEERS = {
    "align": {name: lambda item, f=f: f(*item) for name, f in ALIGNERS.items()},
    "rows": {
        **{name: all_pairs(f) for name, f in ALIGNERS.items() if "CollateX" not in name},
        "CollateX": lambda row: columns(row, False),
        "CollateX near_match": lambda row: columns(row, True),
    },
    "segment": {"pySBD": lambda item: by_pysbd(*item)},
    "pair": {"RapidFuzz token_set_ratio": by_token_set_ratio},
}


def main():
    """Answer what comes in; the first item warms up."""
    asked = json.load(sys.stdin)
    answers = {}
    for part, items in asked.items():
        for name, answer in PEERS[part].items():
            answer(items[0])
            start = time.process_time()
            found = [answer(item) for item in items]
            seconds = time.process_time() - start
            answers.setdefault(part, {})[name] = {"seconds": seconds, "answers": found}
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
