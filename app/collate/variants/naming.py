"""Names: the same actor under another label (Moscow, the Kremlin; the minister, Lavrov)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from app.collate.apparatus import Matter
from app.collate.data import lexicon
from app.collate.text import Token, TokenKind
from app.collate.tokens import is_function_word, normal, stem, tokenize
from app.collate.variants.thing import About, Thing
from app.collate.variants.units import SUMS
from app.collate.variants.verbs import is_reporting, words

_Key = tuple[str, ...]


def find_names(tokens: Sequence[Token], about: About) -> list[Thing]:
    """Return the actors among the tokens, none overlapping, in order: states and bodies of the
    lexicon, people with their posts, other names. Capitals count as their states here; `places`
    looks first at those that stand after "in".
    """
    found: list[Thing] = []
    at = 0
    while at < len(tokens):
        thing = _person(tokens, at, about) or _known(tokens, at) or _other(tokens, at)
        if thing:
            found.append(thing)
        at = thing.end if thing else at + 1
    return found


@lru_cache(maxsize=500)
def posts_in(text: str) -> tuple[Mapping[tuple[str, str], str], frozenset[str]]:
    """Return what a text says of who holds which post, from words that stand side by side
    ("North Korean leader Kim Jong-un"), and the surnames of all people it names so.

    A post that the text gives to two people is left out.
    """
    tokens = tokenize(text)
    held: dict[tuple[str, str], set[str]] = {}
    people = set()
    for at in range(len(tokens)):
        state, post, end = _post(tokens, at)
        name = _given_name(tokens, end)[0] if post else ""
        if name:
            people.add(name)
            held.setdefault((state, post), set()).add(name)
    return {key: min(names) for key, names in held.items() if len(names) == 1}, frozenset(people)


def _person(tokens: Sequence[Token], at: int, about: About) -> Thing | None:
    """Read a post with or without a name, or a name known as a person's."""
    state, post, end = _post(tokens, at)
    if post:
        name, given, stop = _given_name(tokens, end)
        if name:
            return Thing(Matter.NAMING, at, stop, name, given=given)
        before = _norm(tokens, at - 1)
        if state or before in _DEFINITE:
            held = "" if before in words("another") else holder(about.posts, state, post)
            return Thing(Matter.NAMING, at, end, held or f"?{state} {post}")
        return None
    name, given, stop = _given_name(tokens, at)
    if name and any(_norm(tokens, k) in about.people for k in range(at, stop)):
        known = next(_norm(tokens, k) for k in range(at, stop) if _norm(tokens, k) in about.people)
        return Thing(Matter.NAMING, at, stop, known, given=given if known == name else "")
    return None


_DEFINITE = frozenset({"the", "its", "their", "his", "her"})


def holder(posts: Mapping[tuple[str, str], str], state: str, post: str) -> str:
    """Return who holds a post, "" where the texts do not say or name several. A head of state goes
    by many words: the leader, the dictator.
    """
    alike = _same_posts().get(post, frozenset({post}))
    if post in heads():
        alike = heads() if post in _VAGUE else alike | _VAGUE
    holders = {n for (of, held), n in posts.items() if held in alike and state in {"", of}}
    exact = posts.get((state, post), "")
    return exact or (min(holders) if len(holders) == 1 else "")


_VAGUE = frozenset(
    {"leader", "ruler", "dictator", "strongman", "autocrat", "head of state", "supreme leader"}
)


@cache
def words_for(post: str) -> frozenset[str]:
    """Return the words of all names that a post goes by."""
    names = _same_posts().get(post, frozenset({post})) | (_VAGUE if post in heads() else set())
    return frozenset(word for name in names for word in name.split())


@cache
def heads() -> frozenset[str]:
    """Return the posts of those who lead a state."""
    return _VAGUE | frozenset(normal(post) for post in lexicon("actors")["heads"])


@cache
def _same_posts() -> Mapping[str, frozenset[str]]:
    """Return each post → all names of that post."""
    rows = [frozenset(row) for row in lexicon("actors")["same_posts"]]
    return {post: row for row in rows for post in row}


def _post(tokens: Sequence[Token], at: int) -> tuple[str, str, int]:
    """Return state, post and end for words like "Russian Foreign Minister", "Russia's president",
    "President of Russia"; the post is "" where there is none.
    """
    end, state = _match(tokens, at, _states())
    if state and _norm(tokens, end) == "'s":
        end += 1
    start = end if state else at
    stop, post = _match(tokens, start, _titles())
    while post:  # "President and leader" is left alone; "Deputy Prime Minister" is one post
        further, more = _match(tokens, stop, _titles())
        if not more:
            break
        stop, post = further, f"{post} {more}"
    if not post:
        return "", "", at
    if not state and _norm(tokens, stop) == "of":
        end, state = _match(tokens, stop + 1 + (_norm(tokens, stop + 1) == "the"), _states())
        stop = end if state else stop
    return state, post, stop


def _given_name(tokens: Sequence[Token], at: int) -> tuple[str, str, int]:
    """Return the surname, the given names and the end of a run of capitalised words. The first word
    stands for Korean, Chinese and Vietnamese names (three short parts or a hyphen), the last one
    else.
    """
    end = at
    while end < len(tokens) and end < at + 4 and _goes_on(tokens, at, end):
        if _match(tokens, end, _states())[1] or _match(tokens, end, _titles())[1]:
            break
        end += 1
    if end == at:
        return "", "", at
    return *_family_and_given([tokens[k].norm for k in range(at, end)]), end


def _family_and_given(words: Sequence[str]) -> tuple[str, str]:
    if (len(words) == 3 and all(len(w) < 6 for w in words)) or "-" in words[-1]:
        return words[0], " ".join(words[1:]).replace("-", " ")
    return words[-1], " ".join(words[:-1])


def _goes_on(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Say whether a word can belong to a name that began at `first`; a verb of a headline ends it
    ("Sergei Lavrov Condemns").
    """
    verb = at > first and tokens[at].norm.endswith(("s", "ed")) and is_reporting(tokens[at].norm)
    particle = at > first and tokens[at].norm in words("particle") and at + 1 < len(tokens)
    if particle:
        return _is_capitalised(tokens[at + 1])
    return _is_capitalised(tokens[at]) and not verb


def _is_capitalised(token: Token) -> bool:
    text = token.text
    return (
        token.kind is TokenKind.WORD
        and text[0].isupper()
        and not is_function_word(token.norm)
        and token.norm not in words("calendar")
        and (len(text) == 1 or not text.isupper())
        and not _JOINED_ADJECTIVE.search(token.norm)
    )


_JOINED_ADJECTIVE = re.compile(r"-(?:\w+ed|\w+ing|led|born|made|run|style|era|wide|only)$")
"""U.S.-drafted, Russian-made: words about an actor, not names."""


def _known(tokens: Sequence[Token], at: int) -> Thing | None:
    """Read a state, its people or capital, or a body of the lexicon."""
    end, name = _match(tokens, at, _actors())
    return Thing(Matter.NAMING, at, end, name) if name and tokens[at].text[0].isupper() else None


def _other(tokens: Sequence[Token], at: int) -> Thing | None:
    """Read a run of capitalised words as a name of something unknown. The first word of a sentence
    is one only with another beside it; in a title with capitals throughout they say nothing.
    """
    if not _is_capitalised(tokens[at]) or _in_title(tokens, at):
        return None
    end = at
    while end < len(tokens) and _goes_on(tokens, at, end):
        if _match(tokens, end, _actors())[1]:
            break
        end += 1
    if _opens(tokens, at) and (end - at < _SURE_NAME or not tokens[at].norm.isalpha()):
        return None
    end = _of_place(tokens, at, end)
    words = [stem(tokens[k].norm) for k in range(at, end)]
    given = _family_and_given(words)[1]
    return Thing(Matter.NAMING, at, end, f"?{' '.join(words)}", given=given) if words else None


_SURE_NAME = 2  # capitalised words in a row


def _of_place(tokens: Sequence[Token], at: int, end: int) -> int:
    """Return where a body's name ends that goes on with "of": the Bank of England."""
    if _norm(tokens, end) != "of" or tokens[end - 1].norm not in lexicon("actors")["houses"]:
        return end
    stop = end + 1 + (_norm(tokens, end + 1) == "the")
    known, name = _match(tokens, stop, _actors())
    if name:
        return known
    while stop < len(tokens) and _is_capitalised(tokens[stop]):
        stop += 1
    return stop if stop > end + 1 else end


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a token opens a sentence or a quotation, where capitals say nothing."""
    return at == 0 or tokens[at - 1].norm in {".", "!", "?", ":", '"', "\u2026"}


def _in_title(tokens: Sequence[Token], at: int) -> bool:
    """Say whether the words of matter around a token are capitalised, four of five or more."""
    first, last = at, at
    while first and tokens[first - 1].norm not in _ENDS:
        first -= 1
    while last + 1 < len(tokens) and tokens[last].norm not in _ENDS:
        last += 1
    words = [
        token.text[0].isupper()
        for token in tokens[first : last + 1]
        if token.kind is TokenKind.WORD and len(token.norm) > 3
    ]
    return len(words) > 1 and sum(words) >= 0.8 * len(words)


_ENDS = frozenset({".", "!", "?", "\u2026"})


def _norm(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].norm if 0 <= at < len(tokens) else ""


@dataclass(frozen=True, slots=True)
class _Labels:
    """Labels by their words → what they stand for; `first` holds the first words."""

    table: Mapping[_Key, str]
    first: frozenset[str]


def _labels(table: Mapping[_Key, str]) -> _Labels:
    return _Labels(table, frozenset(key[0] for key in table))


def _match(tokens: Sequence[Token], at: int, labels: _Labels) -> tuple[int, str]:
    """Return the end and the value of the longest label that begins at `at`, (at, "") for none."""
    if at >= len(tokens) or tokens[at].norm not in labels.first:
        return at, ""
    for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
        value = labels.table.get(tuple(tokens[k].norm for k in range(at, at + size)))
        if value:
            return at + size, value
    return at, ""


_LONGEST = 6


@lru_cache(maxsize=20_000)
def key_of(label: str) -> _Key:
    """Return the normal forms of a label's words, without a leading article."""
    key = tuple(token.norm for token in tokenize(label))
    return key[1:] if key[0] == "the" and len(key) > 1 else key


@cache
def is_people(*norms: str) -> bool:
    """Say whether words name the people of a state or are its adjective (Russian, Russians)."""
    return norms in _peoples()


@cache
def _peoples() -> frozenset[_Key]:
    return frozenset(key_of(p) for row in lexicon("actors")["states"] for p in row["people"])


@cache
def is_own_name(*norms: str) -> bool:
    """Say whether words are a state's or body's own name (North Korea, DPRK), and not what only
    stands for it: its people, its capital.
    """
    return norms in _own_names()


@cache
def _own_names() -> frozenset[_Key]:
    states = lexicon("actors")["states"]
    rows = [*states, *lexicon("actors")["bodies"]]
    others = {key_of(label) for row in states for label in (*row["people"], *row["capitals"])}
    return frozenset(key_of(n) for row in rows for n in (row["name"], *row["also"])) - others


@cache
def is_post(value: str) -> bool:
    """Say whether a normalised name only tells of a post that somebody unknown holds."""
    words = value.removeprefix("?").split()
    return value.startswith("?") and (not words or (words[-1],) in _titles().table)


@cache
def is_body(value: str) -> bool:
    """Say whether a normalised name is that of a body of the lexicon."""
    return any(row["name"].lower() == value for row in lexicon("actors")["bodies"])


@cache
def is_role(norm: str) -> bool:
    """Say whether a common noun can stand for a name: the guest, the country, the site."""
    return norm in lexicon("actors")["roles"] or (norm,) in _titles().table


@cache
def _states() -> _Labels:
    """Return every word for a state → its name in lower case."""
    table = {}
    for row in lexicon("actors")["states"]:
        for label in (row["name"], *row["people"], *row["capitals"], *row["also"]):
            table[key_of(label)] = row["name"].lower()
    return _labels(table)


@cache
def _actors() -> _Labels:
    """Return every label of a state or a body → its name in lower case."""
    table = dict(_states().table)
    for row in lexicon("actors")["bodies"]:
        for label in (row["name"], *row["also"]):
            table[key_of(label)] = row["name"].lower()
    return _labels(table)


@cache
def _titles() -> _Labels:
    return _labels({key_of(title): normal(title) for title in lexicon("actors")["titles"]})


def is_same_spelling(a: str, b: str) -> bool:
    """Say whether two labels differ only by hyphens, spaces, marks or a possessive."""
    one, two = ("".join(c for c in s.lower() if c.isalnum() or c in SUMS) for s in (a, b))
    return one == two
