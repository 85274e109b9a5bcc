"""Read one label of an actor: a name, a state, a body, a role; its head, number and gender.

Source: ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from app.collate.data import lexicon
from app.collate.mentions import words_of
from app.collate.text import Token, TokenKind
from app.collate.tokens import is_function_word, stem, tokenize


@dataclass(frozen=True, slots=True)
class Label:
    """Words that name an actor, as a text has them. `context` is their sentence, where known, and
    `start` their place in it in code points; `text_id` tells the texts apart.
    """

    words: str
    text_id: str = ""
    context: str = ""
    start: int = 0

    def before(self) -> str:
        """Return what stands before the label in its sentence."""
        return self.context[: self.start]

    def after(self) -> str:
        """Return what stands behind the label in its sentence."""
        return self.context[self.start + len(self.words) :]


class Kind(IntEnum):
    """What sort of words a label is."""

    PERSON = 0  # a name with nothing that speaks against a person
    BODY = 1  # a name with a word such as "party", letters, a body of the lexicon
    STATE = 2  # a state, its capital or people, by themselves
    ROLE = 3  # a common noun for one person: the leader
    GROUP = 4  # a noun in the plural, or a number: officials, the two
    COMMON = 5  # another common noun: the company, the caravan
    PHRASE = 6  # no noun phrase: planning to meet


@dataclass(frozen=True, slots=True)
class Reading:
    """What is compared of a label.

    `plain` are its words in normal form without articles and quantities; `name` the words of its
    name, of a state or body as the lexicon calls it; `noun` the head noun, "" in names; `stems`
    those of the words of matter; `roles` those of its nouns for people; `states` the states it
    names, by themselves or by their bodies; `owners` the words of names in the possessive or
    behind a preposition; `number` a quantity or "".
    """

    kind: Kind
    plain: tuple[str, ...]
    name: tuple[str, ...]
    noun: str
    stems: frozenset[str]
    roles: frozenset[str]
    states: frozenset[str]
    owners: frozenset[str]
    plural: bool
    gender: str
    number: str

    @property
    def head(self) -> str:
        """The stem of the head noun."""
        return stem(self.noun) if self.noun else ""


def read_label(words: str, commons: frozenset[str]) -> Reading:
    """Read a label; `commons` are words known to be written in lower case somewhere.

    >>> read = read_label("the North Korean leader Kim Jong-un", frozenset())
    >>> read.kind.name, read.name, sorted(read.states)
    ('PERSON', ('kim', 'jong-un'), ['north korea'])
    """
    tokens = [t for t in tokenize(words) if t.kind is not TokenKind.PUNCTUATION or t.norm in ",-"]
    while tokens and tokens[-1].norm in {"'s", ","}:
        tokens.pop()
    core, tail = _core(tokens)
    while len(core) > 1 and core[0].norm in nouns_of("leading"):
        core.pop(0)
    core = [t for t in core if t.kind is not TokenKind.PUNCTUATION]
    low = tuple(t.norm for t in core)
    state, body = _states().get(low, ""), _bodies().get(low, "")
    name = (state or body,) if state or body else _name(core, commons)
    named = set(low) if state or body else set(low[len(low) - len(name) :])
    plain = tuple(t.norm for t in tokens if t.norm not in nouns_of("leading"))
    noun = "" if name or not low else _noun(low)
    kind = _kind(core, name, state, body) if core else Kind.PHRASE
    return Reading(
        kind=kind,
        plain=plain or tuple(t.norm for t in tokens),
        name=name,
        noun=noun,
        stems=frozenset(stem(norm) for norm in plain if not is_function_word(norm)),
        roles=frozenset(stem(t.norm) for t in tokens if t.norm in _human() - named),
        states=frozenset(_states_in(tokens)),
        owners=frozenset(_owners(tokens, [*tail, *(core[:-1] if noun else [])])),
        plural=kind is Kind.GROUP or is_plural(noun),
        gender=_gender(name, set(low) - named),
        number=next((t.norm for t in tokens if t.kind is TokenKind.NUMBER), ""),
    )


def _core(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Part a phrase before its first preposition, relative pronoun or comma. Of "the lawyer, Ana
    Ruiz" the core is the name.
    """
    for n, token in enumerate(tokens[1:], 1):
        if token.norm in nouns_of("cuts"):
            return list(tokens[:n]), list(tokens[n:])
        if token.norm == ",":
            rest = list(tokens[n + 1 :])
            if rest and tokens[n - 1].text[0].islower() and rest[-1].text[0].isupper():
                return _core(rest)[0], list(tokens[:n])
            return list(tokens[:n]), rest
    return list(tokens), []


def _name(core: Sequence[Token], commons: frozenset[str]) -> tuple[str, ...]:
    """Return the words of the name that ends a phrase, () where it ends in a common noun."""
    start = len(core)
    while start and _is_name_word(core[start - 1]):
        start -= 1
    run = [t.norm for t in core[start:]]
    if (
        len(core) == 1
        and run
        and run[0] in commons
        and (not core[0].text[1:].isupper() or run[0] in _human() | groups() | nouns_of("plurals"))
    ):
        return ()
    before = _human() | words_of("modifiers") | _peoples()
    while len(run) > 1 and run[0] in before:
        run.pop(0)
    while len(run) > 1 and run[-1].strip(".") in nouns_of("suffixes"):
        run.pop()
    return tuple(run)


def _is_name_word(token: Token) -> bool:
    text, norm = token.text, token.norm
    if token.kind is TokenKind.NUMBER or norm in words_of("plain") or norm in nouns_of("leading"):
        return False
    if not text[0].isupper():
        return text[0].isdigit() and len(text) > 2
    return norm not in _human() or (len(text) > 1 and text.isupper() and len(text) <= 3)


def _noun(low: Sequence[str]) -> str:
    """Return the head noun, of "attorney general" both words."""
    title = " ".join(low[-2:])
    return title if title in lexicon("actors")["titles"] and title != low[-1] else low[-1]


def _kind(core: Sequence[Token], name: tuple[str, ...], state: str, body: str) -> Kind:
    if state or body:
        return Kind.STATE if state else Kind.BODY
    last = core[-1]
    if name:
        letters = last.text.isupper() and len(core) == 1 and len(last.text) > 1
        odd = letters or "." in last.text or any(word[0].isdigit() for word in name)
        return (
            Kind.BODY
            if odd or (words_of("no_person") | words_of("bodies")) & set(name)
            else Kind.PERSON
        )
    if last.norm in groups():
        return Kind.COMMON
    if last.kind is TokenKind.NUMBER or last.norm in nouns_of("plurals"):
        return Kind.GROUP
    if last.norm in _human() and not is_plural(last.norm):
        return Kind.ROLE
    if core[0].norm.endswith(("ing", "ed")) or is_function_word(core[0].norm):
        return Kind.PHRASE
    return Kind.GROUP if is_plural(last.norm) else Kind.COMMON


def is_plural(noun: str) -> bool:
    """Say whether a noun looks like one in the plural."""
    ends = noun.endswith("s") and not noun.endswith(("ss", "us", "is"))
    return noun in nouns_of("plurals") or (len(noun) > 3 and ends)


def _owners(tokens: Sequence[Token], others: Sequence[Token]) -> list[str]:
    owns = [n for n, token in enumerate(tokens[1:]) if token.norm == "'s"]
    owning = [*(tokens[n] for n in owns), *others]
    return [t.norm for t in owning if t.text[0].isupper() and not is_function_word(t.norm)]


def _gender(name: Sequence[str], rest: set[str]) -> str:
    """Return "f" or "m" where the first name or a noun says so, else ""."""
    for words in (set(name[:1]) if len(name) > 1 else set(), rest):
        if words & words_of("female"):
            return "f"
        if words & words_of("male"):
            return "m"
    return ""


@cache
def nouns_of(table: str) -> frozenset[str]:
    """Return one word list of lexicon/nouns.toml."""
    return frozenset(lexicon("nouns")[table]["list"].split())


@cache
def _human() -> frozenset[str]:
    """Return the nouns for people in an office, a task or a relation."""
    titles = {title for title in lexicon("actors")["titles"] if " " not in title}
    return words_of("roles") | titles | nouns_of("persons")


@cache
def groups() -> frozenset[str]:
    """Return common nouns for many people as one."""
    return nouns_of("groups") | words_of("bodies")


@cache
def _states() -> dict[tuple[str, ...], str]:
    """Return every word for a state → its name in lower case."""
    return {
        _key(label): row["name"].lower()
        for row in lexicon("actors")["states"]
        for label in (row["name"], *row["people"], *row["capitals"], *row["also"])
    }


@cache
def _peoples() -> frozenset[str]:
    rows = lexicon("actors")["states"]
    return frozenset(w.lower() for row in rows for label in row["people"] for w in label.split())


@cache
def _bodies() -> dict[tuple[str, ...], str]:
    """Return every label of a body → its name in lower case."""
    rows = lexicon("actors")["bodies"]
    return {_key(name): row["name"].lower() for row in rows for name in (row["name"], *row["also"])}


@cache
def _states_of_bodies() -> dict[str, str]:
    rows = lexicon("actors")["bodies"]
    return {row["name"].lower(): row["of"].lower() for row in rows if "of" in row}


def _key(label: str) -> tuple[str, ...]:
    key = tuple(token.norm for token in tokenize(label))
    return key[1:] if key[0] == "the" and len(key) > 1 else key


_LONGEST = 6


def _states_in(tokens: Sequence[Token]) -> list[str]:
    norms = [token.norm for token in tokens]
    found, at = [], 0
    while at < len(norms):
        step = 1
        for size in range(min(_LONGEST, len(norms) - at), 0, -1):
            key = tuple(norms[at : at + size])
            state = _states().get(key) or _states_of_bodies().get(_bodies().get(key, ""))
            if state and tokens[at].text[0].isupper():
                found.append(state)
                step = size
                break
        at += step
    return found
