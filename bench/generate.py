"""Make sentences and articles whose other tellings are known: for speed and for recall, seeded.

A happening is a frame of frames.toml with its slots filled; telling it twice means another wording
of the frame, other words for what fills the slots, synonyms, and parts left out or put in. Beside
each there stand happenings that differ from it in one slot or two. The hand-written tellings of
train/stories_*.txt are known other tellings as well, by nobody's rule.
"""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
NEAR = 3
"""Happenings beside each asked one that differ from it in one slot or two."""
DETAILED = 0.5
"""Share of the sentences that say more than their frame does."""
ANY, ASKED, STORED = slice(None), slice(0, 1), slice(1, None)
"""Wordings of a frame: those of queries stand nowhere in the store, as an outlet's own do."""
SHORT = 0.55
"""Share of names, things and numbers that are not told in full."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What is told: the numbers of the frame and of a detail, and what fills their slots."""

    frame: int
    detail: int
    slots: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A sentence and the indices of its other tellings in the store; `by_hand`: no rule made it."""

    text: str
    tellings: frozenset[int]
    by_hand: bool


@cache
def material() -> tuple[list[list[str]], list[list[str]], dict[str, list[str]]]:
    """Return the wordings of each frame and of each detail, and the lists of words."""
    data = tomllib.loads((HERE / "frames.toml").read_text(encoding="utf-8"))
    words = {
        name: text.strip().split("\n") if name in {"asides", "synonyms"} else text.split()
        for name, text in data["words"].items()
    }
    frames, details = (
        [part["told"].strip().split("\n") for part in data[kind]] for kind in ("frame", "detail")
    )
    return frames, details, words


class Teller:
    """Invents happenings and tells them; the same seed gives the same."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - no secret
        self.frames, self.details, self.words = material()
        self.synonyms = dict(line.split("|") for line in self.words["synonyms"])

    def happening(self, cast: dict[str, list[Any]] | None = None) -> Happening:
        """Invent one; `cast` gives for some slots what to choose among."""
        frame = self.rng.randrange(len(self.frames))
        slots = {slot: self.fill(slot) for slot in "abcdpqotunmw"}
        for slot, choices in (cast or {}).items():
            slots[slot] = self.rng.choice(choices)
        return Happening(frame, self.rng.randrange(len(self.details)), tuple(slots.items()))

    def neighbour(self, of: Happening) -> Happening:
        """Return a happening with the same words for all but one slot or two."""
        slots = dict(of.slots)
        for slot in self.rng.sample("acpotn", self.rng.randint(1, 2)):
            slots[slot] = self.fill(slot)
        return replace(of, slots=tuple(slots.items()))

    def tell(self, happening: Happening, wordings: slice = ANY) -> str:
        """Tell it in one of some wordings of the frame, of the detail and of the aside."""
        text = self.rng.choice(self.frames[happening.frame][wordings])
        if self.rng.random() < DETAILED:
            text += f", {self.rng.choice(self.details[happening.detail][wordings])}"
        for slot, value in happening.slots:
            if f"{{{slot}}}" in text:
                text = text.replace(f"{{{slot}}}", self._word(slot, value))
        words = text.split()
        for n, word in enumerate(words):
            bare = word.rstrip(",;:")
            if bare in self.synonyms and self.rng.random() < 0.5:
                words[n] = self.synonyms[bare] + word[len(bare) :]
        text = " ".join(words)
        if self.rng.random() < 0.5:
            aside = self.rng.choice(self.words["asides"]).split("|")[wordings]
            text = f"{text}, {self.rng.choice(aside)}"
        return text[0].upper() + text[1:] + "."

    def fill(self, slot: str) -> Any:
        """Invent what fills a slot."""
        pick, words = self.rng.choice, self.words
        if slot in "ab":
            return pick(words["states"])
        if slot in "cd":
            return pick(words["town_start"]) + pick(words["town_end"])
        if slot in "pq":
            return (pick(words["first"]), pick(words["last_start"]) + pick(words["last_end"]))
        if slot == "o":
            return (pick(words["states"]), pick(words["fields"]), pick(words["bodies"]))
        if slot in "tu":
            return (pick(words["kinds"]), pick(words["makes"]), pick(words["things"]))
        return self.rng.randint(2, 900) if slot in "nm" else pick(words["days"])

    def _word(self, slot: str, value: Any) -> str:
        """Return words for what fills a slot: in full, or what another outlet might say."""
        short = self.rng.random() < SHORT
        if slot in "pq":
            return value[1] if short else " ".join(value)
        if slot == "o":
            return (
                f"the {value[1]} {value[2]}"
                if short
                else f"the {value[2]} of {value[1]} in {value[0]}"
            )
        if slot in "tu":
            noun = self.rng.choice(value[2].split("|"))
            return (
                f"the {self.rng.choice(value[:2])} {noun}"
                if short
                else "the {} {} {}".format(*value[:2], noun)
            )
        if slot in "nm":
            return f"about {round(value, -1)}" if short else str(value)
        if slot == "w":
            return self.rng.choice(["this week", "the other day"]) if short else f"on {value}"
        return value


def store(size: int, asked: int, seed: int = 7) -> tuple[list[str], list[Query]]:
    """Return `size` sentences in no order, and queries, about `asked` of them made by rule."""
    teller = Teller(seed)
    sentences: list[str] = []
    queries: list[Query] = []
    for tellings in own_tellings():
        first, *others = tellings
        places = frozenset(range(len(sentences), len(sentences) + len(others)))
        sentences += others
        if others:
            queries.append(Query(first, places, by_hand=True))
    for _ in range(asked):
        happening = teller.happening()
        place = frozenset({len(sentences)})
        queries.append(Query(teller.tell(happening, ASKED), place, by_hand=False))
        near = [teller.neighbour(happening) for _ in range(NEAR)]
        sentences += [teller.tell(h, STORED) for h in (happening, *near)]
    while len(sentences) < size:
        sentences.append(teller.tell(teller.happening(), STORED))
    order = list(range(len(sentences)))
    teller.rng.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    moved = [replace(q, tellings=frozenset(place[n] for n in q.tellings)) for q in queries]
    return [sentences[n] for n in order], moved


def own_tellings() -> Iterator[list[str]]:
    """Yield the sentences of our labelled stories that tell one thing each, and only that one."""
    for path in sorted((HERE / "train").glob("stories_*.txt")):
        by_label: dict[tuple[str, str], list[str]] = {}
        topic = ""
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.startswith("@"):
                topic = line
            labels, bar, text = line.partition("| ")
            if bar and labels.isdigit() and labels != "0":
                by_label.setdefault((topic, labels), []).append(text)
        yield from by_label.values()


def event(articles: int, seed: int = 7) -> Iterator[str]:
    """Yield the texts of articles about one event, some twenty sentences each.

    What opens it nearly all of them tell, the further things fewer and fewer, each in own words;
    sixty of a hundred sentences nobody else has, as in the five articles the engine was built on.
    Two states, people and bodies are in all that is shared.
    """
    teller = Teller(seed)
    cast = {slot: [teller.fill(slot) for _ in range(2)] for slot in "abcpqo"}
    frames = teller.rng.sample(range(len(teller.frames)), len(teller.frames))
    happenings = [replace(teller.happening(cast), frame=frame) for frame in frames]
    shares = [0.9 * 0.86**place for place in range(len(frames))]
    for number in range(articles):
        rng = teller.rng = random.Random(f"{seed}/{number}")  # noqa: S311 - no secret
        mine = [h for h, share in zip(happenings, shares, strict=True) if rng.random() < share]
        for _ in range(len(mine) * 3 // 2):
            mine.insert(rng.randint(1, len(mine)), teller.happening())
        told = [teller.tell(happening) for happening in mine]
        paragraphs = [" ".join(told[n : n + 2]) for n in range(0, len(told), 2)]
        yield "\n\n".join([teller.tell(happenings[0]).rstrip("."), *paragraphs])
