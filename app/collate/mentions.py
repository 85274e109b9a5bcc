"""Find who is mentioned in a text, and which mentions mean the same person. Source: ours.

Made for telling speakers, so it is careful with people and coarse with all else.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from app.collate.data import lexicon
from app.collate.text import Span

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]\w*(?:[-’'][^\W_]\w*)*")
_POSSESSIVE = re.compile(r"(?:[’']s|s[’'])$", re.IGNORECASE)
_LEADS_TO = re.compile(r"\s(?:(?:to|of|at|for)\s(?:the\s)?)?")
EXPLAINS = re.compile(r",\s(?:(?:the|a|an|its|their|his|her)\s|[\w’'-]+[’']s?\s)?")
_INVERTED = re.compile(r"^\w+-t?-?(?=(?:il|elle|ils)$)")  # a-t-il
_JOINS = re.compile(r"\s+|\.\s?|-")
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


def name_parts(name: str) -> list[str]:
    """Return the words of a name in lower case: "Kim Jong-un" → kim, jong, un."""
    return re.findall(r"[^\W\d_]+", name.lower())


@cache
def words_of(table: str) -> frozenset[str]:
    """Return one word list of lexicon/speakers.toml."""
    row = lexicon("speakers")[table]
    return frozenset((row["list"]).split())


@cache
def states() -> frozenset[str]:
    """Return the names of states, capitals, peoples and bodies in lower case."""
    actors = lexicon("actors")
    names = {name for row in actors["bodies"] for name in (row["name"], *row["also"])}
    for row in actors["states"]:
        names |= {row["name"], *row["capitals"], *row["also"], *row["people"]}
    return frozenset(name.lower() for name in names)


@cache
def _peoples() -> frozenset[str]:
    return frozenset(p.lower() for row in lexicon("actors")["states"] for p in row["people"])


def is_acronym(name: str) -> bool:
    """Say whether a name is letters only: UN, NATO, U.S."""
    return len(name) <= 6 and name.isupper() and " " not in name


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
        if mention and not _is_adjective(mention):
            found.append(mention)
        at = end
        while mention and at < len(words) and words[at].span.start < mention.span.end:
            at += 1
    return _joined_up(text, found)


def _is_full_name(name: str) -> bool:
    parts = name_parts(name)
    return len(parts) >= 2 and not words_of("no_person") & set(parts)


def _is_adjective(mention: Mention) -> bool:
    """Say whether it is a word like "Western" or "Russian" that stands before a common noun."""
    low = mention.name.lower()
    return low in words_of("adjectives") or (low in _peoples() and not low.endswith("s"))


def _joined_up(text: str, mentions: list[Mention]) -> list[Mention]:
    """Put a role and the name it leads to together: "President of Russia | Vladimir Putin"."""
    found: list[Mention] = []
    for mention in mentions:
        role = found[-1] if found else None
        leads = role and role.kind is MentionKind.ROLE and _is_full_name(mention.name)
        if role and len(found) > 1 and found[-2].name:  # "Ana Ruiz, head of Harbour Trust"
            leads = leads and not EXPLAINS.fullmatch(text[found[-2].span.end : role.span.start])
        gap = text[role.span.end : mention.span.start] if role else ""
        if role and leads and _LEADS_TO.fullmatch(gap):
            found[-1] = replace(
                mention,
                span=Span(role.span.start, mention.span.end),
                roles=role.roles | mention.roles,
                definite=role.definite,
                free=role.free and mention.free | bool(gap.strip()),
            )
        else:
            found.append(mention)
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
    office = words_of("roles") | words_of("bodies")
    last = max((n for n, low in enumerate(plain) if low in office), default=-1)
    name_words = [word for word in run[last + 1 :] if word.text[0].isupper()]
    before = words[start - 1].low if start else ""
    definite = before in words_of("determiners") or bool(_POSSESSIVE.search(before))
    owner = _owner(text, words, start)
    roles = frozenset(plain[: last + 1]) | ({owner} if owner else frozenset())
    if name_words:
        place = _leading_place(name_words) or _leading_mood(name_words, opens=start == 0)
        roles |= {word.low for word in name_words[:place]}
        whole = Span(name_words[place].span.start, name_words[-1].span.end)
        name = _POSSESSIVE.sub("", whole.of(text))
        span = Span(run[0].span.start, run[-1].span.end)
        free = _is_free(words, start, end)
        return Mention(span, MentionKind.NAME, span.of(text), name, roles, definite, free)
    articled = definite or before in words_of("indefinite")
    if last < 0 or (run[-1].low in words_of("doubtful") and not articled):
        return None  # "in general", "in chief"
    mention = _office(text, words, start, end)
    any_role = bool(words_of("roles") & set(plain))
    return replace(
        mention,
        kind=MentionKind.ROLE if any_role else MentionKind.BODY,
        roles=roles | mention.roles,
        definite=_is_definite(before, plain[last], owner, definite=definite),
    )


def _office(text: str, words: list[Word], start: int, end: int) -> Mention:
    """Read a role or body without a name, with what belongs to it: "Bell's head of staff"."""
    possessive = bool(_POSSESSIVE.search(words[end - 1].text))
    extended = end if possessive else _extended(text, words, end)
    roles = frozenset(word.low for word in words[end:extended]) - {"of", "for", "the"}
    span = Span(words[start].span.start, words[extended - 1].span.end)
    phrase = _POSSESSIVE.sub("", span.of(text))
    if _owner(text, words, start):
        phrase = text[words[start - 1].span.start : span.end]
    return Mention(span, MentionKind.ROLE, phrase, "", roles, True, _is_free(words, start, end))


def _is_definite(before: str, role: str, owner: str, *, definite: bool) -> bool:
    """Say whether a role means somebody the text has named: not "a spokesman", "officials",
    "Bell's spokesman".
    """
    if before in words_of("indefinite") or (owner and owner not in states()):
        return False
    return definite or not role.endswith("s")


def _is_free(words: list[Word], start: int, end: int) -> bool:
    """Say whether a mention can be a subject: no possessive, not governed by a preposition."""
    before = words[start - 1].low if start else ""
    articled = before in words_of("determiners") | words_of("indefinite") and start > 1
    anchor = words[start - 2].low if articled else before
    counted = anchor == "of" and _counts(words, start)
    possessive = _POSSESSIVE.search(words[end - 1].text) is not None
    return not possessive and (counted or anchor not in words_of("prepositions"))


def _owner(text: str, words: list[Word], start: int) -> str:
    """Return whose office it is, in lower case: "Russia’s | minister"."""
    if not start or not words[start - 1].text[0].isupper():
        return ""
    word = words[start - 1]
    bare = _POSSESSIVE.sub("", word.low)
    joined = text[word.span.end : words[start].span.start].isspace()
    return bare if bare != word.low and joined else ""


def _counts(words: list[Word], start: int) -> bool:
    """Say whether "one of the" and the like stands before."""
    before = [word.low for word in words[max(0, start - 3) : start]]
    quantifiers = {"one", "two", "three", "some", "many", "several", "most", "none", "all"}
    return (
        "of" in before and before.index("of") > 0 and before[before.index("of") - 1] in quantifiers
    )


def _leading_place(words: list[Word]) -> int:
    """Return how many words before a full name are a place or body: "UN | Vassily Nebenzia"."""
    for length in (3, 2, 1):
        low = " ".join(word.low for word in words[:length])
        if len(words) >= length + 2 and low in states():
            return length
    return 0


def _leading_mood(words: list[Word], *, opens: bool) -> int:
    """Return 1 if an adjective opens the sentence before a full name: "Furious | Ana Ruiz"."""
    if not opens or len(words) < 2:
        return 0
    participle = re.fullmatch(r".{3,}ing", words[0].low)  # "Hosting | Cook"
    mood = len(words) >= 3 and re.fullmatch(r".+(?:ous|ful|less|able|ible)", words[0].low)
    return 1 if participle or mood else 0


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
        place = " ".join(word.low for word in words[first:at])
        if (
            place in states()
            and " ".join([place, *(w.low for w in words[at : at + 1])]) not in states()
        ):
            break
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
