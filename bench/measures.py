"""Single measurements, each in a process of its own: `python -m bench.measures NAME [ARGUMENT …]`.

cold FILE …: the whole comparison; joined: an article comes to an event of ten; candidates: other
tellings among a hundred thousand; memory FILE …: the web process; event NUMBER: an event of so many
articles. Each prints one JSON object; times are CPU seconds of one thread.
"""

import time

BEGUN = time.process_time()

import hashlib  # noqa: E402 - what the imports cost is measured as well
import json  # noqa: E402
import resource  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
from collections.abc import Callable, Sequence  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from app.collate import (  # noqa: E402
    Apparatus,
    Config,
    Index,
    Prepared,
    Telling,
    Witness,
    cluster,
    collate,
    prepare,
    tokenize,
    witnesses_of,
)

IMPORTED = time.process_time()

from bench import generate  # noqa: E402

CONFIG = Config()
Read = list[tuple[str, Prepared]]


def read(texts: Sequence[str]) -> Read:
    """Read texts as the import does."""
    return [(text, prepare(text)) for text in texts]


def find(texts: Read) -> None:
    """Find the events of read texts."""
    tellings = [
        Telling(str(n), text, p.passages, p.quotations, None, p.cleaned.title)
        for n, (text, p) in enumerate(texts, start=1)
    ]
    cluster(tellings, CONFIG)


def witnesses(texts: Read) -> list[Witness]:
    """Return the witnesses of read texts."""
    return [
        witness
        for n, (text, p) in enumerate(texts, start=1)
        for witness in witnesses_of(p, text=text, revision=n, siglum=f"W{n}")
    ]


def tokens_of(apparatus: Apparatus, compared: Sequence[Witness]) -> list[list[list[str]]]:
    """Return the tokens of each cell of each row."""
    text_of = {witness.id: witness.text for witness in compared}
    return [
        [
            [token.text for span in cell.spans for token in tokenize(text_of[cell.witness], span)]
            for cell in row.cells
        ]
        for row in apparatus.rows
    ]


def digest(apparatus: Apparatus) -> str:
    """Return what is equal for equal results only."""
    text = json.dumps(apparatus.to_dict(), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def timed(do: Callable[[], Any]) -> tuple[float, Any]:
    """Do something; return the CPU seconds and the result."""
    start = time.process_time()
    done = do()
    return time.process_time() - start, done


def cold(*paths: str) -> dict[str, Any]:
    """Read, find events, align and compare, first thing in a fresh process."""
    texts = [Path(path).read_bytes().decode("utf-8") for path in paths]
    reading, prepared = timed(lambda: read(texts))
    finding, _ = timed(lambda: find(prepared))
    compared = witnesses(prepared)
    comparing, apparatus = timed(lambda: collate(compared, CONFIG))
    return {
        "imports": IMPORTED - BEGUN,
        "read": reading,
        "find_events": finding,
        "compare": comparing,
        "after_imports": reading + finding + comparing,
        "rows": tokens_of(apparatus, compared),
    }


def joined() -> dict[str, Any]:
    """Let an article come to an event of ten: what it costs after the ten, and in a fresh run.

    `same`: both give the same rows and differences.
    """
    texts = list(generate.event(11))
    before = read(texts[:10])
    find(before)
    ten, _ = timed(lambda: collate(witnesses(before), CONFIG))
    reading, one = timed(lambda: read(texts[10:]))
    finding, _ = timed(lambda: find(before + one))
    comparing, apparatus = timed(lambda: collate(witnesses(before + one), CONFIG))
    return {
        "ten": ten,
        "read": reading,
        "find_events": finding,
        "compare": comparing,
        "digest": digest(apparatus),
    }


def event(number: str) -> dict[str, Any]:
    """Read, find and compare an event of so many made articles in a fresh process."""
    texts = list(generate.event(int(number)))
    reading, prepared = timed(lambda: read(texts))
    finding, _ = timed(lambda: find(prepared))
    comparing, apparatus = timed(lambda: collate(witnesses(prepared), CONFIG))
    return {
        "articles": len(texts),
        "rows": len(apparatus.rows),
        "seconds": reading + finding + comparing,
        "compare": comparing,
        "megabytes": megabytes(),
        "digest": digest(apparatus),
    }


def candidates(size: str = "100000") -> dict[str, Any]:
    """Ask an index for other tellings that are known to be there; beside it without any limit."""
    sentences, queries = generate.store(int(size), 600)
    building, index = timed(lambda: Index(sentences))
    found: dict[str, Any] = {
        "sentences": len(sentences),
        "queries": len(queries),
        "build_seconds": building,
        "index_megabytes": index.size_bytes / 1e6,
    }
    everything = {"looked_at": 10**12, "reranked": len(sentences)}
    for name, limits in (("index", {}), ("exhaustive", everything)):
        asked = queries if name == "index" else queries[::4]
        index.find(asked[0].text, **limits)
        seconds, answers = timed(
            lambda asked=asked, limits=limits: [index.find(q.text, **limits) for q in asked]
        )
        shares: dict[bool, list[float]] = {True: [], False: []}
        for query, answer in zip(asked, answers, strict=True):
            hits = query.tellings & {candidate.number for candidate in answer}
            shares[query.by_hand].append(len(hits) / len(query.tellings))
        both = [*shares[True], *shares[False]]
        found[name] = {
            "ms_a_query": seconds / len(asked) * 1e3,
            "recall_at_10": sum(both) / len(both),
            "told_by_rule": sum(shares[False]) / len(shares[False]),
            "told_by_hand": sum(shares[True]) / len(shares[True]),
        }
    return found


def memory(*paths: str) -> dict[str, Any]:
    """Start the app as `serve` does, let the engine compare, and return the most memory used."""
    from app import cli  # noqa: PLC0415, F401 - only this process is a web process
    from app.main import create_app  # noqa: PLC0415
    from app.settings import Settings  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        create_app(Settings(data=Path(folder)))
        cold(*paths)
    return {"megabytes": megabytes()}


def megabytes() -> float:
    """Return the most memory this process has used."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


NAMES = {f.__name__: f for f in (cold, joined, event, candidates, memory)}

if __name__ == "__main__":
    json.dump(NAMES[sys.argv[1]](*sys.argv[2:]), sys.stdout)
