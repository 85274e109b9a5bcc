"""One telling of a row, read into units: words, and things that are named by several words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.collate.apparatus import Matter
from app.collate.comparison.stand_ins import resolve, scene_of
from app.collate.terms import about_all, speaker_keys
from app.collate.text import Span, Token, TokenKind, Witness
from app.collate.tokens import is_function_word, stem, tokenize
from app.collate.variants import find_things
from app.collate.variants.naming import is_people
from app.collate.variants.thing import About, Thing
from app.collate.variants.units import SUMS
from app.collate.variants.verbs import DOUBTS, is_reporting, lemma, words

BREAKS = frozenset('.;:!?"()[]\u2026\u2013')
"""Marks over which no phrase reaches."""

STOPS = frozenset(".;:!?\u2026")
"""Marks over which nothing stands in one slot; quotations may begin or end inside one."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Tokens `start` to `end` of a telling that are compared as one. `key` is equal for equal
    wordings; `content` is False for words of grammar.
    """

    start: int
    end: int
    key: str
    content: bool
    thing: Thing | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """What one witness says in a row. `quoted` and `passage` (its number) run along the tokens.

    Each is made once and known by identity, so that what two of them share is remembered as well.
    """

    witness: Witness
    tokens: tuple[Token, ...]
    units: tuple[Unit, ...]
    quoted: tuple[bool, ...]
    passage: tuple[int, ...]
    spans: tuple[Span, ...]
    about: About

    def has_several_passages(self) -> bool:
        """Say whether the row takes up more than one passage of the telling."""
        return len(set(self.passage)) > 1

    def parts(self) -> list["Telling"]:
        """Return its passages as tellings of their own, in order."""
        return [_telling(self.witness, (span,), self.about) for span in sorted(self.spans)]

    def norms(self, unit: int) -> list[str]:
        """Return the normal forms of a unit's tokens."""
        found = self.units[unit]
        return [token.norm for token in self.tokens[found.start : found.end]]

    def is_broken(self, first: int, second: int, marks: frozenset[str] = BREAKS) -> bool:
        """Say whether a mark that ends a phrase, or the end of a passage, parts two units."""
        one, two = self.units[first].end - 1, self.units[second].start
        if self.passage[one] != self.passage[two]:
            return True
        between = self.tokens[self.units[first].end : self.units[second].start]
        return any(token.norm in marks for token in between)

    def speakers(self) -> frozenset[str]:
        """Return the actors it quotes, none where one of them is not stated."""
        quoted = [q for q in self.witness.quotations if any(map(q.span.overlap, self.spans))]
        keys = [speaker_keys(q.speaker or "", self.about) for q in quoted]
        return frozenset().union(*keys) if all(keys) else frozenset()

    def weight(self) -> int:
        """Return how many units of matter it has."""
        return sum(unit.content for unit in self.units)

    def is_saying(self, unit: int) -> bool:
        """Say whether a unit is a verb of saying: not "the claim", "his report", "a state"."""
        found = self.units[unit]
        norm = self.tokens[found.start].norm
        if not found.content or found.thing or not is_reporting(norm):
            return False
        before = self.tokens[found.start - 1].norm if found.start else ""
        noun = before in words("join") - {"and"} or is_people(before)
        return not noun or norm.endswith(("ed", "ing"))

    def is_quoted(self, unit: int) -> bool:
        """Say whether a unit lies in quotation marks."""
        return self.quoted[self.units[unit].start]


def read(cells: Sequence[tuple[Witness, tuple[Span, ...]]]) -> list[Telling]:
    """Return the tellings in an order that does not depend on that of the cells."""
    ordered = sorted(cells, key=lambda cell: (cell[0].revision, cell[0].id))
    witnesses = [witness for witness, _ in ordered]
    known = about_all([w.text for w in witnesses], [w.published for w in witnesses])
    return [
        _telling(w, tuple(sorted(spans)), about)
        for (w, spans), about in zip(ordered, known, strict=True)
    ]


@lru_cache(maxsize=2048)  # about 20 kB each
def _telling(witness: Witness, spans: tuple[Span, ...], about: About) -> Telling:
    parts = [tokenize(witness.text, span) for span in spans]
    tokens = tuple(token for part in parts for token in part)
    passage = tuple(number for number, part in enumerate(parts) for _ in part)
    quotations = [q.span for q in witness.quotations]
    quoted = tuple(any(q.covers(token.span) for q in quotations) for token in tokens)
    units: list[Unit] = []
    first = 0
    for span, part in zip(spans, parts, strict=True):
        things = resolve(part, find_things(part, about), scene_of(witness, span, about))
        units += _units(part, things, first)
        first += len(part)
    return Telling(witness, tokens, tuple(units), quoted, passage, spans, about)


def _units(tokens: Sequence[Token], things: Sequence[Thing], first: int) -> list[Unit]:
    units: list[Unit] = []
    by_start = {thing.start: thing for thing in things}
    at = 0
    while at < len(tokens):
        thing = by_start.get(at)
        end = thing.end if thing else at + 1
        if thing:
            named = thing.matter is not Matter.NAMING  # a pronoun is still a word of grammar
            content = named or any(is_content(token.norm) for token in tokens[at:end])
            key = _key(tokens[at:end], thing)
            units.append(Unit(first + at, first + end, key, content, thing))
        elif tokens[at].kind is not TokenKind.PUNCTUATION:
            norm = tokens[at].norm
            units.append(Unit(first + at, first + end, stem(lemma(norm)), is_content(norm)))
        at = end
    return units


def _key(tokens: Sequence[Token], thing: Thing) -> str:
    """Return the wording of a thing without hyphens, spaces, marks: Jong-un is Jong Un."""
    if thing.matter is Matter.NAMING:
        if is_people(*(token.norm for token in tokens)):
            return thing.value.replace(" ", "")  # Russian, Russians: no other name than Russia
        words = (stem(t.norm) if t.text.islower() else t.norm for t in tokens)
        return "".join(c for word in words for c in word if c.isalnum())
    kept = [t for t in tokens if t.kind is not TokenKind.PUNCTUATION or t.text in SUMS]
    count = thing.matter is Matter.NUMBER  # a ten-year term, ten years
    return "".join(stem(token.norm) if count else token.norm for token in kept)


def is_content(norm: str) -> bool:
    """Say whether a word carries matter: not grammar, not a small word beside a verb."""
    if norm in words("scope"):
        return True
    return not is_function_word(norm) and norm not in _BESIDE_VERBS


_BESIDE_VERBS = frozenset().union(*(words(kind) for kind in ("negation", *DOUBTS)))
