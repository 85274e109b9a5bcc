"""Find who is mentioned in a text, and which mentions mean the same person. Source: ours.

Made for telling speakers, so it is careful with people and coarse with all else.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from app.collate.data import lexicon
from app.collate.text import Span

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]\w*(?:[-’'][^\W_]\w*)*")
_POSSESSIVE = re.compile(r"(?:[’']s|s[’'])$", re.IGNORECASE)
_INVERTED = re.compile(r"^\w+-t?-?(?=(?:il|elle|ils)$)")  # a-t-il
_JOINS = re.compile(r"\s+|\.\s?|-")
_MOST = 100  # people looked at for one mention
_LINKS = frozenset({"of", "for"})


class MentionKind(StrEnum):
    """What sort of words mention somebody."""

    NAME = "name"
    ROLE = "role"
    BODY = "body"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands, in lower case too."""

    span: Span
    text: str
    low: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that mean somebody: a name with the roles before it, a role, a body, a pronoun.

    `free`: it can be a subject, not a possessive nor governed by a preposition.
    """

    span: Span
    kind: MentionKind
    words: str
    name: str
    roles: frozenset[str]
    definite: bool
    free: bool


@dataclass(slots=True, eq=False)
class Person:
    """One person (or body with a name) of a text: the fullest name, roles, how often."""

    name: str
    roles: set[str] = field(default_factory=set)
    count: int = 0
    last: int = -1
    speaks: bool = False

    def is_one(self) -> bool:
        """Say whether it is one person, not "reporters"."""
        return not any(role.endswith("s") for role in self.roles & words_of("roles"))

    def parts(self) -> list[str]:
        """Return the words of the name in lower case, hyphens parted."""
        return name_parts(self.name)

    def is_human(self) -> bool:
        """Say whether the text treats the name as a person's."""
        known = words_of("roles")
        if self.roles & known:
            return True
        parts = self.parts()
        return (len(parts) >= 2 or self.speaks) and not any(
            p in words_of("no_person") for p in parts
        )


def name_parts(name: str) -> list[str]:
    """Return the words of a name in lower case: "Kim Jong-un" → kim, jong, un."""
    return re.findall(r"[^\W\d_]+", name.lower())


@cache
def words_of(table: str) -> frozenset[str]:
    """Return one word list of lexicon/speakers.toml."""
    row = lexicon("speakers")[table]
    return frozenset((row["list"]).split())


def starters_of(language: str | None) -> frozenset[str]:
    """Return the small words that open sentences in a language."""
    row = lexicon("abbreviations").get(language or "en", {"starters": ""})
    return frozenset(row["starters"].split())


def words_in(text: str, span: Span, hidden: list[Span]) -> list[Word]:
    """Return the words of a sentence that stand outside the hidden spans (its quotations)."""
    found = []
    for match in _WORD.finditer(text, span.start, span.end):
        at = Span(match.start(), match.end())
        if not any(at.overlap(quoted) for quoted in hidden):
            found.append(Word(at, match[0], match[0].lower()))
    return found


def mentions_in(
    text: str, words: list[Word], starters: frozenset[str] = frozenset()
) -> list[Mention]:
    """Return the mentions in one sentence, in order. Its first word is none if it is one of
    `starters`, whatever its capital.
    """
    found: list[Mention] = []
    at = 1 if words and words[0].low in starters - words_of("pronouns") else 0
    while at < len(words):
        end = _run_end(text, words, at)
        if end == at:
            pronoun = _INVERTED.sub("", words[at].low)
            if pronoun in words_of("pronouns") or pronoun != words[at].low:
                found.append(_pronoun(words[at], pronoun))
            at += 1
            continue
        mention = _mention(text, words, at, end)
        if mention:
            found.append(mention)
        at = end
    return found


def _pronoun(word: Word, low: str) -> Mention:
    return Mention(word.span, MentionKind.PRONOUN, low, "", frozenset(), True, True)


def _run_end(text: str, words: list[Word], start: int) -> int:
    """Return the end of the run of name and role words that starts here."""
    at = start
    while at < len(words) and _belongs(words[at]):
        if at > start and not _joined(text, words[at - 1], words[at]):
            break
        at += 1
        if _POSSESSIVE.search(words[at - 1].text):
            break
    return at


def _belongs(word: Word) -> bool:
    if word.text[0].isupper():
        return word.low not in words_of("plain") and not (len(word.text) == 1 and word.low in "ai")
    low = word.low.split("’")[0].split("'")[0]
    return low in words_of("roles") or low in words_of("bodies") or low in words_of("modifiers")


def _joined(text: str, one: Word, two: Word) -> bool:
    gap = text[one.span.end : two.span.start]
    if not _JOINS.fullmatch(gap):
        return False
    return "." not in gap or one.low in words_of("roles") or len(one.text) == 1


def _mention(text: str, words: list[Word], start: int, end: int) -> Mention | None:
    """Read a run of words: roles first, then the name."""
    run = words[start:end]
    plain = [_POSSESSIVE.sub("", word.low) for word in run]
    roles_at = [n for n, low in enumerate(plain) if low in words_of("roles")]
    bodies_at = [n for n, low in enumerate(plain) if low in words_of("bodies")]
    last = max([*roles_at, *bodies_at], default=-1)
    name_words = [word for word in run[last + 1 :] if word.text[0].isupper()]
    if not name_words and last < 0:
        return None
    possessive = bool(_POSSESSIVE.search(run[-1].text))
    before = words[start - 1].low if start else ""
    definite = before in words_of("determiners") or bool(_POSSESSIVE.search(before))
    anchor = (
        words[start - 2].low
        if before in words_of("determiners") | words_of("indefinite") and start > 1
        else before
    )
    free = not possessive and anchor not in words_of("prepositions")
    roles = set(plain[: last + 1])
    if start and _POSSESSIVE.search(words[start - 1].text):
        roles.add(_POSSESSIVE.sub("", before))
    if name_words:
        name = _POSSESSIVE.sub("", text[name_words[0].span.start : name_words[-1].span.end])
        span = Span(run[0].span.start, run[-1].span.end)
        return Mention(
            span, MentionKind.NAME, span.of(text), name, frozenset(roles), definite, free
        )
    extended = _extended(text, words, end) if not possessive else end
    roles |= {word.low for word in words[end:extended]} - {"of", "for", "the"}
    span = Span(run[0].span.start, words[extended - 1].span.end)
    kind = MentionKind.ROLE if roles_at else MentionKind.BODY
    indefinite = before in words_of("indefinite") or (not definite and plain[last].endswith("s"))
    phrase = _POSSESSIVE.sub("", span.of(text))
    return Mention(span, kind, phrase, "", frozenset(roles), not indefinite, free)


def _extended(text: str, words: list[Word], end: int) -> int:
    """Take in what belongs to a role: "head | of Russian diplomacy", "leader | of the DPRK"."""
    at = end
    if at >= len(words) or words[at].low not in _LINKS or not _spaced(text, words, at):
        return end
    at += 1
    if at < len(words) and words[at].low in words_of("determiners"):
        at += 1
    first = at
    while at < len(words) and at < first + 4 and _spaced(text, words, at) and _belongs(words[at]):
        at += 1
    noun = (
        at < len(words)
        and _spaced(text, words, at)
        and (
            words[at].low in words_of("offices_nouns")
            or (at == first and words[at - 1].low in words_of("determiners"))
        )
    )
    at += noun
    return at if at > first else end


def _spaced(text: str, words: list[Word], at: int) -> bool:
    return text[words[at - 1].span.end : words[at].span.start].isspace()


class Cast:
    """Everybody a text names, with the fullest name and the roles it gives each.

    Names are met in order; `resolve` may then be asked for any mention.
    """

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._by_part: dict[str, list[Person]] = {}
        self._focus: Person | None = None

    def meet(self, mention: Mention, at: int) -> Person | None:
        """Take note of a name and return whom it means."""
        if mention.kind is not MentionKind.NAME:
            return None
        person = self.find(mention.name)
        if person is None:
            person = Person(mention.name)
            self.people.append(person)
        elif len(name_parts(mention.name)) > len(person.parts()):
            person.name = mention.name
        for part in set(name_parts(mention.name)):
            known = self._by_part.setdefault(part, [])
            if person not in known[-_MOST:]:
                known.append(person)
        person.roles |= mention.roles
        person.count += 1
        person.last = at
        self._focus = None
        return person

    def find(self, name: str) -> Person | None:
        """Return the person a name means: the same words, or its first or last part; the one met
        last where several fit.
        """
        parts = name_parts(name)
        near = (p for part in parts for p in self._by_part.get(part, ())[-_MOST:])
        fitting = [person for person in near if _same_name(parts, person.parts())]
        return max(fitting, key=lambda person: (person.parts() == parts, person.last), default=None)

    def by_role(self, roles: frozenset[str]) -> Person | None:
        """Return the person whose roles fit best a description such as "Russian | minister"."""
        best: tuple[float, int] = (0.0, -1)
        found = None
        for person in self.people[-_MOST:]:
            fit = _fit(roles, person.roles)
            if fit > 0 and (fit, person.last) > best:
                best, found = (fit, person.last), person
        return found

    def focus(self) -> Person | None:
        """Return the person the text speaks of most."""
        if self._focus is None:
            people = (person for person in self.people if person.is_human())
            self._focus = max(people, key=lambda person: person.count, default=None)
        return self._focus


def _same_name(one: list[str], two: list[str]) -> bool:
    shorter, longer = sorted((one, two), key=len)
    if shorter == longer:
        return True
    if len(shorter) == 1:
        known = words_of("no_person")
        return shorter[0] in {longer[0], longer[-1]} and not known & set(longer)
    return set(shorter) <= set(longer)


def _fit(asked: frozenset[str], roles: set[str]) -> float:
    """Say how well a description fits known roles; 0 = not at all."""
    nouns = asked & words_of("roles")
    offices = _offices(frozenset(asked)) & _offices(frozenset(roles))
    if not (nouns & roles) and not offices:
        return 0.0
    adjectives = asked - words_of("roles") - words_of("modifiers")
    shared = len(adjectives & roles)
    missing = len(adjectives - roles)
    return 1.0 + shared - 0.6 * missing + 0.5 * bool(nouns & roles) + 0.25 * bool(offices)


@cache
def _offices(roles: frozenset[str]) -> frozenset[str]:
    """Return the offices these role words name, whatever they are called."""
    found = set()
    for line in lexicon("speakers")["offices"]["list"].strip().splitlines():
        office, _, names = line.partition("=")
        if any(set(name.split()) <= roles for name in names.split("|")):
            found.add(office)
    return frozenset(found)


def gender_of(words: frozenset[str] | set[str]) -> str:
    """Return "f" or "m" where a role says so, else ""."""
    if words & words_of("female"):
        return "f"
    return "m" if words & words_of("male") else ""
