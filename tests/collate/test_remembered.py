"""What the engine remembers of an earlier run changes nothing but the time it takes."""

import functools
import gc
import random
from collections.abc import Sequence

import pytest

from app.collate import Apparatus, FoundEvent, Telling, cluster, collate, prepare, witnesses_of
from bench.generate import event
from tests.test_golden import EVENTS, ROOT


def forget() -> None:
    """Empty every memory of the engine."""
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper) and thing.__module__.startswith(
            "app.collate"
        ):
            thing.cache_clear()


def compared(texts: Sequence[tuple[int, str]]) -> tuple[Apparatus, tuple[FoundEvent, ...]]:
    """Compare numbered texts and find their events."""
    read = [(number, text, prepare(text)) for number, text in texts]
    witnesses = [
        witness
        for number, text, p in read
        for witness in witnesses_of(p, text=text, revision=number, siglum=f"W{number}")
    ]
    tellings = [
        Telling(str(number), text, p.passages, p.quotations, None, p.cleaned.title)
        for number, text, p in read
    ]
    return collate(witnesses), cluster(tellings)


def texts_of(name: str) -> list[tuple[int, str]]:
    """Return the numbered texts of a demonstration event, or of a made one."""
    if name in EVENTS:
        found = [
            p.read_text(encoding="utf-8") for p in sorted((ROOT / "demo" / name).glob("*.txt"))
        ]
    else:
        found = list(event(5, seed=len(name)))
    return list(enumerate(found, start=1))


@pytest.mark.parametrize("name", [*EVENTS, "made", "made too"])
def test_article_that_joins_gives_what_a_fresh_run_gives(name):
    texts = texts_of(name)
    forget()
    fresh = compared(texts)

    for turn in range(3):
        order = random.Random(turn).sample(texts, len(texts))
        forget()
        for size in range(2, len(order)):
            compared(order[:size])

        assert compared(texts) == fresh


def test_changed_word_is_not_mistaken_for_what_was_compared_before():
    texts = texts_of("march-2024-veto")
    forget()
    before = compared(texts)
    number, text = texts[0]
    changed = [(number, text.replace("April", "May")), *texts[1:]]

    after = compared(changed)
    forget()

    assert after != before
    assert after == compared(changed)
