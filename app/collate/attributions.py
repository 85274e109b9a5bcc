"""Who says what: the verbs of saying in a sentence with their subjects. Source: ours.

The order of the rules follows what was measured on news texts: the nearest verb alone is right for
about half of the quotations, subjects and inheritance bring the rest.
"""

import re
from dataclasses import dataclass
from functools import cache

from app.collate.cast import Person
from app.collate.data import lexicon
from app.collate.mentions import Mention, MentionKind, Word, words_of
from app.collate.telling import Sentence, Telling, quoted_spans
from app.collate.text import Passage, PassageKind, Span

_BE = frozenset({"was", "were", "is", "are", "been", "being", "be", "get", "got"})
_TIME = frozenset({"on", "in", "at", "earlier", "this", "last", "late", "early", "yesterday"})
# What may stand between the verb and the name after it: "said the 43-year-old nurse | Ann Lee".
_DESCRIBES = re.compile(r"\s(?:(?:the|a|an|his|her|their|its)\s)?(?:[a-zà-ÿ0-9-]{3,}\s){0,4}")
_UNKNOWN_SUBJECT = re.compile(
    r"(?:^|[\"”’»,]\s?)(?:[Tt]he|[Aa]n?|[Tt]his|[Hh]is|[Hh]er|[Tt]heir|[Oo]ne(?!\sof))\s"
    r"(?P<who>(?:[a-zà-ÿ-]+\s){0,2}[a-zà-ÿ-]+)\s(?:also\s|later\s|then\s|once\s)?$"
)
_NOUN_AFTER = re.compile(
    r"\s(?:the|a|an|his|her|their|its)\s(?P<who>[a-z-]+(?:\s[a-z-]+){0,2})(?=[.,;:]|$)"
)
_NEAR = 5  # words between "according to" and its source
_PARTS = re.compile(r"[^\w\s,.'’-]|(?<!\w)['’]|['’](?!\w)")  # marks that part subject and verb
_ASKED = frozenset({"about", "if", "whether", "what", "how", "why", "for", "when", "who"})
_OFTEN_ELSE = frozenset({"called", "calls", "put", "thought"})  # without a subject no saying
_TELLING = frozenset({PassageKind.SENTENCE, PassageKind.STANDFIRST, PassageKind.TITLE})


@dataclass(frozen=True, slots=True)
class Attribution:
    """One verb of saying: whose (as the fullest name the text states), the verb as it stands.

    `passage_start` is where the passage begins; `source` are the words that name the speaker there
    ("the minister", "he"); `finite` is False for "saying", "adding".
    """

    passage_start: int
    speaker: str | None
    verb: str
    verb_span: Span
    source: Span | None = None
    finite: bool = True


class Reading:
    """A text read for its speakers: its sentences, and what is said in each."""

    def __init__(self, text: str, passages: tuple[Passage, ...], quoted: list[Span]) -> None:
        self.telling = Telling(text, passages, quoted)
        self.by_start: dict[int, tuple[Sentence, list[Attribution]]] = {}
        for number, passage in enumerate(passages):
            sentence = self.telling.resolve(number)
            said = _said(text, sentence) if passage.kind in _TELLING else []
            sentence.subject = _speaking(sentence, said) or sentence.subject
            self.by_start[passage.span.start] = (sentence, said)

    def main(self, passage: Passage) -> Attribution | None:
        """Return the attribution that governs a sentence: the first finite one with a speaker."""
        said = self.by_start[passage.span.start][1]
        finite = [found for found in said if found.finite]
        spoken = [found for found in finite if found.speaker]
        return next(iter([*spoken, *finite, *said]), None)


def find_attributions(text: str, passages: tuple[Passage, ...]) -> tuple[Attribution, ...]:
    """Return the main attribution of each sentence that has one: "Ruiz said that …", also without
    quotation marks. Cost O(length).
    """
    reading = Reading(text, passages, quoted_spans(text, passages))
    mains = (reading.main(passage) for passage in passages)
    return tuple(main for main in mains if main and main.source)


def _speaking(sentence: Sentence, said: list[Attribution]) -> Person | None:
    """Return the first person who says something in the sentence."""
    sources = [found.source for found in said]
    return next(
        (
            person
            for mention, person in zip(sentence.mentions, sentence.people, strict=True)
            if person and mention.span in sources and person.is_human()
        ),
        None,
    )


# ------------------------------------------------------------------ verbs and subjects


def _said(text: str, sentence: Sentence) -> list[Attribution]:
    """Return every verb of saying of the sentence, in order, with its speaker."""
    found: list[Attribution] = []
    skip = -1
    for at, word in enumerate(sentence.words):
        opening = at == 0 and (word.low.endswith("ing") or word.low in _openings())
        if at <= skip or not (word.text[0].islower() or opening):
            continue
        length = _verb_length(sentence.words, at)
        if not length:
            continue
        verb = Span(word.span.start, sentence.words[at + length - 1].span.end)
        said = _Reader(text, sentence, found).attribution(at, verb)
        if said:
            found.append(said)
            skip = at + length - 1
    return found


def _verb_length(words: list[Word], at: int) -> int:
    """Return how many words the verb of saying has that starts here: 0 = none starts."""
    for length in (5, 4, 3, 2) if words[at].low in _phrase_openings() else ():
        part = words[at : at + length]
        if len(part) == length and " ".join(word.low for word in part) in _phrases():
            return length
    return 1 if words[at].low in _verbs() else 0


@dataclass(frozen=True, slots=True)
class _Reader:
    """Looks for the subject of one verb; `found` are the attributions before it."""

    text: str
    sentence: Sentence
    found: list[Attribution]

    def attribution(self, at: int, verb: Span) -> Attribution | None:
        words, phrase = self.sentence.words, verb.of(self.text)
        low = words[at].low
        if phrase.lower() in _citing():
            return self._cited(at, verb)
        before = words[at - 1].low if at else ""
        after = words[at + 1].low if at + 1 < len(words) else ""
        quoted_as = phrase.lower().endswith("as saying")
        asked = low == "asked" and after in _ASKED and self._before(verb) == ","
        if ((before in _BE or after == "by") and not quoted_as) or asked:
            return None
        adjacent = self._adjacent(at)
        participle = low.endswith("ing") and not quoted_as
        parted = self._before(verb) in {",", "—", "–"}
        following = self._following(at)
        loose = adjacent is None and not quoted_as
        if low in _nouns() and loose and not (participle and parted) and following is None:
            return None
        if _is_base(low) and not self._takes_base(adjacent, before):
            return None
        if participle and adjacent is None:
            subject = _first(self._main(at), self._next(at))
        else:
            subject = _first(adjacent, following, self._main(at))
        if subject is None and (low in _OFTEN_ELSE or participle):
            return None if low in _OFTEN_ELSE else self._made(verb, None, finite=False)
        described = self._described(at) if adjacent is None and not participle else None
        if described:
            return self._told_by(verb, described)
        return self._made(verb, subject, finite=not participle)

    def _before(self, verb: Span) -> str:
        """Return the mark or letter right before the verb."""
        return self.text[max(0, verb.start - 4) : verb.start].rstrip()[-1:]

    def _takes_base(self, adjacent: int | None, before: str) -> bool:
        """Say whether "say" can be a verb here, after "they", a plural or a modal."""
        if before in words_of("modals"):
            return True
        if adjacent is None:
            return False
        mention = self.sentence.mentions[adjacent]
        return mention.words in words_of("plurals") or mention.words.endswith("s")

    def _cited(self, at: int, phrase: Span) -> Attribution | None:
        """Return the source after "according to": a mention, or words with an article."""
        subject = self._next(at)
        if subject is not None:
            gap = self.text[phrase.end : self.sentence.mentions[subject].span.start]
            if "," not in gap and len(gap.split()) <= _NEAR:
                return self._made(phrase, subject, finite=False)
        found = _NOUN_AFTER.match(self.text, phrase.end, self.sentence.passage.span.end)
        if not found:
            return None
        return self._told_by(phrase, Span(found.start("who"), found.end("who")), finite=False)

    def _described(self, at: int) -> Span | None:
        """Return a subject that is no known name or role, where it opens its clause: "…," the
        patient said.
        """
        start = self.sentence.passage.span.start
        verb = self.sentence.words[at].span.start
        found = _UNKNOWN_SUBJECT.search(self.text, max(start, verb - 60), verb)
        return Span(found.start("who"), found.end("who")) if found else None

    def _told_by(self, verb: Span, who: Span, *, finite: bool = True) -> Attribution:
        start = self.sentence.passage.span.start
        return Attribution(start, who.of(self.text), verb.of(self.text), verb, who, finite)

    def _made(self, verb: Span, subject: int | None, *, finite: bool = True) -> Attribution:
        mentions = self.sentence.mentions
        return Attribution(
            self.sentence.passage.span.start,
            self._speaker(subject) if subject is not None else None,
            verb.of(self.text),
            verb,
            mentions[subject].span if subject is not None else None,
            finite,
        )

    def _adjacent(self, at: int) -> int | None:
        """Return the mention right before the verb, but for auxiliaries and asides."""
        verb = self.sentence.words[at]
        for n in range(len(self.sentence.mentions) - 1, -1, -1):
            mention = self.sentence.mentions[n]
            if mention.span.end > verb.span.start:
                continue
            between = [w for w in self.sentence.words[:at] if w.span.start >= mention.span.end]
            if len(between) > 14:
                return None
            gap = self.text[mention.span.end : verb.span.start]
            aside = gap.startswith(",") and self._is_aside(mention)
            if mention.free and not aside and _bridges(gap, between):
                return n
        return None

    def _is_aside(self, mention: Mention) -> bool:
        """Say whether a mention before a comma ends a clause put in: "Fox, who leads it, said"."""
        before = self.text[self.sentence.passage.span.start : mention.span.start]
        clause = re.search(r",\s(?:who|which|whose|whom|where|when)\s[^,]*$", before)
        return mention.kind is MentionKind.PRONOUN or clause is not None or self._explains(mention)

    def _explains(self, mention: Mention) -> bool:
        """Say whether it belongs to an office put in: "Fox, the head of Harbour Trust, said"."""
        comma = self.text.rfind(",", self.sentence.passage.span.start, mention.span.start)
        mentions = self.sentence.mentions
        named = any(m.name and m.span.end == comma for m in mentions)
        office = any(
            m.kind is MentionKind.ROLE and comma < m.span.start < mention.span.start
            for m in mentions
        )
        return named and office

    def _following(self, at: int) -> int | None:
        """Return the mention right after the verb: "said Ruiz", "said the Spanish minister"."""
        words = self.sentence.words
        helped = at and words[at - 1].low in words_of("auxiliaries")
        start = words[at - 1].span.start if helped else words[at].span.start
        before = self.text[self.sentence.passage.span.start : start].rstrip()
        if before and before[-1] not in ",”\"’'»!?—–-":
            return None
        found, owner = None, -1
        for n, mention in enumerate(self.sentence.mentions):
            start = words[at].span.end if found is None else mention.span.start
            if mention.span.start < words[at].span.end:
                continue
            if found is not None:
                start = self.sentence.mentions[found].span.end
            elif n and owner == n - 1:
                start = self.sentence.mentions[owner].span.end
            gap = _DESCRIBES.fullmatch(self.text[start : mention.span.start])
            if not gap or words_of("prepositions") & set(gap[0].split()):
                break
            if mention.words.endswith(("’s", "'s", "s’", "s'")):  # "said Bell's deputy"
                owner = n
                continue
            found = n
            if mention.kind is MentionKind.NAME:
                break
        return found

    def _main(self, at: int) -> int | None:
        """Return the subject of the sentence, or of what stands before the verb."""
        start = self.sentence.words[at].span.start
        mentions = self.sentence.mentions
        free = [n for n, m in enumerate(mentions) if m.span.end <= start and m.free]
        sources = [said.source for said in self.found]
        said = [n for n in free if mentions[n].span in sources]
        return next(iter([*said, *free]), None)

    def _next(self, at: int) -> int | None:
        """Return the first mention after an opening participle or "according to"."""
        end = self.sentence.words[at].span.end
        mentions = self.sentence.mentions
        citing = self.sentence.words[at].low in _openings()
        following = (n for n, m in enumerate(mentions) if m.span.start >= end)
        return next((n for n in following if mentions[n].free or citing), None)

    def _speaker(self, n: int) -> str | None:
        """Return the name of the subject, or its words where the text gives no name."""
        mention, person = self.sentence.mentions[n], self.sentence.people[n]
        if mention.words in {"who", "which"} and n:
            return self._speaker(n - 1)
        if person:
            person.speaks += 1
            return person.name
        return None if mention.kind is MentionKind.PRONOUN else mention.words


def _first(*found: int | None) -> int | None:
    return next((n for n in found if n is not None), None)


def _bridges(gap: str, between: list[Word]) -> bool:
    """Say whether the words between subject and verb leave them together."""
    if all(w.low in words_of("between") or w.low in _BE or w.low.endswith("ly") for w in between):
        return not _PARTS.search(gap)
    if re.fullmatch(r",\s.*,\s?", gap, re.DOTALL):
        return True
    if re.fullmatch(r",?\s(?:who|which)\s", gap):
        return True
    return len(between) <= 3 and between[0].low in _TIME and "," not in gap


@cache
def _verbs() -> frozenset[str]:
    rows = lexicon("reporting_verbs")["verbs"]
    return frozenset(form for row in rows for form in row["forms"].split())


def _is_base(form: str) -> bool:
    return not form.endswith(("s", "d", "ing")) and form in _bases()


@cache
def _bases() -> frozenset[str]:
    """Return the English forms such as "say": those that with "s" or "ing" are forms as well."""
    forms = _verbs()
    return frozenset(f for f in forms if f"{f}s" in forms or f"{f}ing" in forms)


@cache
def _nouns() -> frozenset[str]:
    return frozenset(lexicon("reporting_verbs")["nouns"]["words"].split())


@cache
def _citing() -> frozenset[str]:
    """Return the phrases that name a source without a verb: "according to"."""
    return _listed("citing")


@cache
def _openings() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in _citing())


@cache
def _phrases() -> frozenset[str]:
    return _listed("phrases") | _citing()


@cache
def _phrase_openings() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in _phrases())


def _listed(table: str) -> frozenset[str]:
    lines = lexicon("reporting_verbs")[table]["list"].splitlines()
    return frozenset(entry.strip() for line in lines for entry in line.split("|") if entry.strip())
