"""Find the sentences of a text: full stops that end one, told from those that do not.

Source: ours; the rules follow from script, case, position and lexicon/abbreviations.toml.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from app.collate.data import lexicon
from app.collate.lines import paragraphs, trimmed
from app.collate.text import Span

_CLOSERS = "\"'”’»›)\\]}“"
# A stop, spaced dots after it (". ."), closing marks, and a stop after those (." or .).)
# Bounded, so that a page of dots costs no more than its length.
_STOP = re.compile(
    rf"(?<![.!?…])(?:[.!?…۔؟।॥։።፧\u037e]|(?<=\S)\s(?=\.)|(?<=[\w»])[:;](?=\s|$)){{1,20}}[{_CLOSERS}]{{0,8}}"
    rf"(?:[\u00a0\u202f ][»›])?(?:[.!?…]{{1,8}}[{_CLOSERS}]{{0,8}})?(?=\s|$)"
    r"|(?<=[^\W\dA-ZÀ-Þ_]{3})[.!?][\"”’]?(?=[“‘\"]?[A-ZÀ-Þ][a-zà-ÿ]+[\s,’'])"  # glued: "fell.The"
    r"|[。！？｡။]{1,8}[”’」』）》〉\"]{0,8}"
)
_WORD_BEFORE = re.compile(r"[\w°º.\-/’']*$")
_NEXT = re.compile(r"[\s\-–—•*]*[\"'“”„‟«‹‘‚(\[¿¡「『]*\s?")
_OPENING = "\"'“„‟«‹‘‚([¿¡「『"
_QUOTE_CLOSED = re.compile(r"[!?…][\"”’»]+$")
_INITIALS = re.compile(r"(?:^|[^\w])(?:[^\W\d_]\.)*[^\W\d_]$")
_ADDRESS = re.compile(r"[@/.][^\s]*[.!?]$|www")
_INITIAL = re.compile(r"[^\W\d_]\.")
_ITEM = re.compile(r"(?:(?<=\s)|(?<![^\s]))(?:(\d{1,2})|([a-z]))(\.\)|\)|\.)[ \u00a0\t]+(?=\S)")
_ITEM_ONLY = re.compile(r"[\s•*·\-–(]*(?:\d{1,3}|[a-zA-Z])[.)]+$")
_CJK_SAYS = re.compile(r"[^。！？，、]{0,14}(?:说|說|表示|称|稱|道|と述べ|と語|と話|と言)")
_LONGEST = 1200  # characters; an endless line is cut at white space
_ORDINAL_LANGUAGES = frozenset({"de", "da", "no", "fi", "cs", "hu", "tr", "pl"})


@dataclass(frozen=True, slots=True)
class _Words:
    """The abbreviations of one language, and the words that open its sentences."""

    title: frozenset[str]
    number: frozenset[str]
    other: frozenset[str]
    starters: frozenset[str]


def split_sentences(text: str, language: str = "en") -> tuple[Span, ...]:
    """Return the sentences of a text, trimmed and in order; all that is not white space is in one.

    Sentences inside quotation marks count for themselves. A paragraph always ends one; longer ones
    than 1,200 characters are cut at white space. Cost O(length).

    >>> text = "He met Mr. Kim. “We agreed. All is well,” he said."
    >>> [s.of(text) for s in split_sentences(text)]
    ['He met Mr. Kim.', '“We agreed.', 'All is well,” he said.']
    """
    return tuple(
        sentence
        for paragraph in paragraphs(text)
        for sentence in sentences_of(text, paragraph, language)
    )


def sentences_of(text: str, span: Span, language: str = "en") -> list[Span]:
    """Return the sentences of one paragraph."""
    part = span.of(text)
    items = _items(part)
    numbered = {end for _, end in items}
    cuts = {0, len(part)} | {start for start, _ in items}
    for stop in _STOP.finditer(part):
        if stop.end() not in numbered and _ends(part, stop, language):
            cuts.add(stop.end())
    found = []
    for start, end in pairwise(sorted(cuts)):
        sentence = trimmed(part, Span(start, end))
        found += [Span(s.start + span.start, s.end + span.start) for s in _short(part, sentence)]
    return found


def _short(text: str, span: Span) -> list[Span]:
    """Cut a sentence longer than any sentence is."""
    pieces = []
    start = span.start
    while span.end - start > _LONGEST:
        cut = max(text.rfind(mark, start + _LONGEST // 2, start + _LONGEST) for mark in " ,;，、")
        cut = cut + 1 if cut > 0 else start + _LONGEST
        pieces.append(trimmed(text, Span(start, cut)))
        start = cut
    pieces.append(trimmed(text, Span(start, span.end)))
    return [piece for piece in pieces if len(piece)]


def _items(text: str) -> list[tuple[int, int]]:
    """Return where the numbers of a list inside one line stand: "1. … 2. …", from the first on."""
    last = _ITEM.match(text)
    if not last:
        return []
    found = [(last.start(), last.end(3))]
    for item in _ITEM.finditer(text, last.end()):
        if item[3] == last[3] and _follows(last, item):
            found.append((item.start(), item.end(3)))
            last = item
    return found


def _follows(one: re.Match[str], two: re.Match[str]) -> bool:
    if one[1] and two[1]:
        return int(two[1]) == int(one[1]) + 1
    return bool(one[2] and two[2]) and ord(two[2]) == ord(one[2]) + 1


def _ends(text: str, stop: re.Match[str], language: str) -> bool:
    """Say whether the stop ends a sentence."""
    mark = stop[0]
    rest = stop.end()
    glued = not text[rest : rest + 1].isspace() and rest < len(text)
    if glued and mark[0] in ".!?" and _ADDRESS.search(text, max(0, rest - 40), rest):
        return False
    if mark[0] in "。！？｡။":
        return _ends_unspaced(text, stop)
    if mark[0] in ":;":
        return _colon_ends(text, stop, language)
    if rest >= len(text):
        return True
    opening = _NEXT.match(text, rest)
    after = opening.end() if opening else rest
    following = text[after : after + 1]
    if following == "." and text[after : after + 2] == "..":
        return mark in {".", "!", "?"}
    if not following or _goes_on(text, after):
        return False
    if mark[0] in "!?" or mark.startswith(("..", "…", ". .")) or " " in mark:
        return not (_QUOTE_CLOSED.search(mark) and _says_after(text, rest))
    return _full_stop_ends(text, stop, after, language)


def _goes_on(text: str, after: int) -> bool:
    """Say whether what follows goes on with the sentence: lower case, or no word at all."""
    following = text[after]
    if following.islower():
        return not text[after + 1 : after + 2].isupper()  # iPhone
    return not (following.isalnum() or following in _OPENING or following in "#@$€£_")


def _says_after(text: str, rest: int) -> bool:
    """Say whether a name and a verb of saying follow: “Ready?” Mr. Smith asked."""
    return bool(_SAYS.match(text, rest))


_SAYS = re.compile(
    r"\s+(?:(?:[A-Z][\w’'-]*\.?)\s+){1,4}(?:said|says|asked|asks|replied|told|shouted|wondered|added)\b"
)


def _full_stop_ends(text: str, stop: re.Match[str], after: int, language: str) -> bool:
    if len(stop[0]) > 1 and stop[0][1] in _CLOSERS.replace("\\", ""):
        before = ""  # a full stop inside closing marks belongs to no abbreviation
    else:
        found = _WORD_BEFORE.search(text, max(0, stop.start() - 24), stop.start())
        before = found[0] if found else ""
    if not before:
        return True
    if _ITEM_ONLY.fullmatch(text, 0, stop.start() + 1):
        return False
    known = _words(language)
    word = before.lower().lstrip("-'’")
    nearest = re.split(r"[\s/’']", word)[-1]
    following = _word_at(text, after)
    if nearest in known.title:
        return nearest in known.other and following in known.starters
    if following[:1].isdigit() and (nearest in known.number or nearest in known.other):
        return False
    if nearest in known.other:
        return following in known.starters
    if _INITIALS.search(before):
        return following in known.starters and not _INITIAL.match(text, after)
    if nearest.isdigit() and len(nearest) <= 2 and language in _ORDINAL_LANGUAGES:
        return following in known.starters
    return True


def _word_at(text: str, start: int) -> str:
    found = re.compile(r"[\w’']+").match(text, start)
    return found[0].lower() if found else ""


def _ends_unspaced(text: str, stop: re.Match[str]) -> bool:
    """Chinese and Japanese: not inside a title 《…》, nor before the words that attribute."""
    opened = text.rfind("《", max(0, stop.start() - 60), stop.start())
    if opened >= 0 and "》" not in text[opened : stop.start()]:
        return False
    closed = stop[0][-1] in '”’」』"'
    return not (closed and _CJK_SAYS.match(text, stop.end()))


def _colon_ends(text: str, stop: re.Match[str], language: str) -> bool:
    """A colon is the full stop of Armenian, a semicolon the question mark of Greek; in Arabic a
    colon parts a heading from its sentence.
    """
    if language in {"hy", "el"} or stop[0][0] == ";":
        return (language, stop[0][0]) in {("hy", ":"), ("el", ";")}
    before = text[max(0, stop.start() - 12) : stop.start()].split()
    says = ("قال", "قالت", "يقول", "تقول", "أضاف", "اضاف", "صرح", "وقال", "وأضاف", "كتب")
    return language == "ar" and bool(before) and before[-1] not in says


@cache
def _words(language: str) -> _Words:
    table = lexicon("abbreviations")
    rows = [table["any"], table.get(language, table["en"])]

    def joined(kind: str) -> frozenset[str]:
        return frozenset(word for row in rows for word in row[kind].split())

    return _Words(joined("title"), joined("number"), joined("other"), joined("starters"))
