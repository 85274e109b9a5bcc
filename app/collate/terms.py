"""What is compared of a passage: stems, phrases, numbers, years, speaker. Never shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise

from app.collate.apparatus import Matter
from app.collate.data import lexicon
from app.collate.text import Passage, PassageKind, Quotation, Token, TokenKind, Witness
from app.collate.tokens import is_function_word, stem, tokenize
from app.collate.variants import find_things
from app.collate.variants.naming import posts_in, words_for
from app.collate.variants.thing import About

ALIGNED = frozenset(
    {PassageKind.TITLE, PassageKind.STANDFIRST, PassageKind.HEADING, PassageKind.SENTENCE}
)
"""The kinds of passages that are paired."""

_QUOTED_SHARE = 0.1
"""Share of a passage that its speaker's words take up at least: a term in marks is no utterance."""

_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Unit:
    """One passage to be paired, with what is compared of it.

    `witness` is the index of its witness, `position` its place 0..1 in it. `forms` and `stems` run
    in parallel: normal form, and stem or actor ("@russia" for Moscow). `matter` are the stems that
    are neither grammar nor verbs of saying. `speakers` are the actors quoted, `names` the stems
    written as names.
    """

    witness: int
    passage: Passage
    position: float
    forms: tuple[str, ...]
    stems: tuple[str, ...]
    matter: tuple[str, ...]
    phrases: tuple[str, ...]
    numbers: frozenset[str]
    years: frozenset[str]
    speakers: frozenset[str]
    names: frozenset[str]


def units_of(witnesses: Sequence[Witness]) -> list[Unit]:
    """Return the units of all witnesses, in the order of the witnesses and of their texts."""
    known = about_all([w.text for w in witnesses], [w.published for w in witnesses])
    return [
        unit
        for index, (witness, about) in enumerate(zip(witnesses, known, strict=True))
        for unit in _units(index, witness, about)
    ]


def about_all(texts: Sequence[str], published: Sequence[date | None]) -> list[About]:
    """Return what is known outside the words of each text: its date, the people that any of the
    texts names, and who holds which post by the text itself or, where they agree, by the others.

    Each text hears only of people and posts that its words could mean: what a further text names
    changes nothing for those that do not speak of it.
    """
    read = [posts_in(text) for text in texts]
    people = frozenset(name for _, names in read for name in names)
    holders: dict[tuple[str, str], set[str]] = {}
    for held, _ in read:
        for post, name in held.items():
            holders.setdefault(post, set()).add(name)
    agreed = {post: min(names) for post, names in holders.items() if len(names) == 1}
    return [
        About(
            day,
            {**{k: n for k, n in agreed.items() if n in words or words & words_for(k[1])}, **held},
            people & words,
        )
        for text, day, (held, _) in zip(texts, published, read, strict=True)
        for words in [_vocabulary(text)]
    ]


@lru_cache(maxsize=512)
def _vocabulary(text: str) -> frozenset[str]:
    """Return the normal forms of a text's words, and the parts of those with hyphens."""
    norms = {token.norm for token in tokenize(text)}
    return frozenset(norms.union(*(norm.split("-") for norm in norms)))


def _units(index: int, witness: Witness, about: About) -> list[Unit]:
    passages = [passage for passage in witness.passages if passage.kind in ALIGNED]
    last = max(1, len(passages) - 1)
    return [
        _unit(index, witness, passage, place=number / last, about=about)
        for number, passage in enumerate(passages)
    ]


def _unit(index: int, witness: Witness, passage: Passage, *, place: float, about: About) -> Unit:
    tokens = tokenize(witness.text, passage.span)
    folded = fold(tokens, about)
    stems = tuple(stem for stem, _ in folded)
    capitals = _capitals(tokens)
    return Unit(
        witness=index,
        passage=passage,
        position=place,
        forms=tuple(form for _, form in folded),
        stems=stems,
        matter=tuple(stem for stem, form in folded if not _is_common(stem, form)),
        phrases=tuple(f"{a} {b}" for a, b in pairwise(stems)),
        numbers=frozenset(t.norm for t in tokens if t.kind is TokenKind.NUMBER),
        years=frozenset(t.norm for t in tokens if is_year(t.norm)),
        speakers=_speakers(witness.quotations, passage, about),
        names=frozenset(stem for stem, form in folded if stem[0] == "@" or form in capitals),
    )


def _capitals(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the normal forms that begin with a capital though no sentence begins there; none in a
    headline that gives most of its words one.
    """
    words = [token for token in tokens if token.text[0].isalpha()]
    capitals = [token.norm for token in words if token.text[0].isupper()]
    if 2 * len(capitals) > len(words):
        return frozenset()
    return frozenset(token.norm for token in words[1:] if token.text[0].isupper())


def fold(tokens: Sequence[Token], about: About) -> list[tuple[str, str]]:
    """Return the stems of words and numbers, each with the normal form it begins with.

    The words for one actor or place become one stem: "@kim" for "the North Korean leader" where
    the texts say who that is, "@russia" for Moscow, "@vostochny" for the Vostochny Cosmodrome.
    """
    named = {thing.start: thing for thing in find_things(tokens, about) if thing.matter in _NAMED}
    found = []
    at = 0
    while at < len(tokens):
        thing = named.get(at)
        value = actor_of(thing.value) if thing else ""
        pair = [part for part in tokens[at].norm.split("-") if part in about.people]
        if len(pair) == 2:
            found += [(f"@{part}", part) for part in pair]
            at += 1
            continue
        if thing and value:
            found.append((f"@{value}", tokens[thing.end - 1].norm))
            at = thing.end
            continue
        if tokens[at].norm[0].isalnum():
            norm = tokens[at].norm
            found.append((_synonyms().get(norm) or stem(norm), norm))
        at += 1
    return found


_NAMED = frozenset({Matter.NAMING, Matter.PLACE})


def actor_of(value: str) -> str:
    """Return what the labels of one actor or place share: of people whose post no text tells the
    last word, "" where only a post is known.

    >>> actor_of("?vladimir putin"), actor_of("?russia foreign minister"), actor_of("norway")
    ('putin', '', 'norway')
    """
    if not value.startswith("?"):
        return value
    last = value.strip("?").rsplit(" ", 1)[-1]
    return "" if last in _posts() else last


def is_year(norm: str) -> bool:
    """Say whether a normal form is a year of our time.

    >>> is_year("2006"), is_year("1920s"), is_year("20000")
    (True, False, False)
    """
    return norm.isdigit() and int(norm) in _YEARS


def _is_common(word: str, form: str) -> bool:
    return word[0] != "@" and (is_function_word(form) or word in _said())


def _speakers(quotations: Sequence[Quotation], passage: Passage, about: About) -> frozenset[str]:
    return frozenset(
        key
        for q in quotations
        if q.speaker and q.span.overlap(passage.span) >= _QUOTED_SHARE * len(passage.span)
        for key in speaker_keys(q.speaker, about)
    )


def speaker_keys(speaker: str, about: About) -> frozenset[str]:
    """Return the actors that a label of a speaker names, none where it only names a post that the
    texts give to nobody.

    >>> sorted(speaker_keys("Sergey Lavrov", About()))
    ['lavrov']
    >>> sorted(speaker_keys("the president", About()))
    []
    """
    # A word before it: the first word of a passage is no name for its capital alone.
    things = find_things(tokenize(f"said {speaker}"), about)
    return frozenset(
        key for t in things if t.matter is Matter.NAMING and (key := actor_of(t.value))
    )


@cache
def _said() -> frozenset[str]:
    """Return the stems of plain verbs of saying."""
    rows = [row for row in lexicon("reporting_verbs")["verbs"] if row["force"] == "neutral"]
    return frozenset(stem(form) for row in rows for form in row["forms"].split())


@cache
def _synonyms() -> dict[str, str]:
    """Return words that stand for one another → the stem of the first of them."""
    table: dict[str, str] = {}
    for row in lexicon("synonyms")["synonyms"]:
        for line in row["lines"].strip().splitlines():
            words = line.split()
            table |= dict.fromkeys(words, stem(words[0]))
    return table


@cache
def _posts() -> frozenset[str]:
    """Return the last words of posts and titles."""
    return frozenset(title.rsplit(" ", 1)[-1] for title in lexicon("actors")["titles"])
