"""Read a text for its speakers: every sentence with who is mentioned in it and whom that means.

Source: ours.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import groupby

from app.collate.cast import Cast, Person, gender_of
from app.collate.languages import language_of
from app.collate.marks import marked_spans
from app.collate.mentions import (
    EXPLAINS,
    Mention,
    MentionKind,
    Word,
    mentions_in,
    starters_of,
    words_in,
    words_of,
)
from app.collate.text import Passage, Span

_OPENING_CLAUSE = re.compile(
    r"(?P<clause>(?:Asked|When|After|Before|While|If|As|Although|Though|Once|Since|In|On|At|Speaking"
    r"|Despite|During|Until)\s[^,;:]{3,160}),\s"
)
_LOOKS_BACK = 8  # sentences in which a pronoun's person is sought


@dataclass(slots=True)
class Sentence:
    """One passage with its words outside quotations, its mentions and the person each means.

    `subject`: who the sentence is about, if it is a person.
    """

    passage: Passage
    words: list[Word]
    mentions: list[Mention]
    people: list[Person | None] = field(default_factory=list)
    subject: Person | None = None


class Telling:
    """A text under reading: `resolve` its sentences in order, then ask them."""

    def __init__(self, text: str, passages: tuple[Passage, ...], quoted: list[Span]) -> None:
        self.text = text
        self.cast = Cast()
        self._unnamed: dict[str, Person] = {}
        self._starters = starters_of(language_of(text))
        self._quoted = quoted
        self._quote_starts = [span.start for span in quoted]
        self.sentences = [self._read(passage) for passage in passages]
        self._meet()

    def _read(self, passage: Passage) -> Sentence:
        words = words_in(self.text, passage.span, self._hidden(passage.span))
        return Sentence(passage, words, mentions_in(self.text, words, self._starters))

    def _hidden(self, span: Span) -> list[Span]:
        """Return the quotations that touch a span."""
        last = bisect_right(self._quote_starts, span.end)
        first = last
        while first > 0 and self._quoted[first - 1].end > span.start:
            first -= 1
        return self._quoted[first:last]

    def _meet(self) -> None:
        """Learn all names and roles before asking what "the minister" means."""
        for sentence in self.sentences:
            for n, mention in enumerate(sentence.mentions):
                person = self.cast.meet(mention, mention.span.start)
                neighbour = self._apposed(sentence, n)
                if neighbour is None:
                    continue
                if person:
                    person.roles |= neighbour.roles
                elif named := self.cast.find(neighbour.name):
                    named.roles |= mention.roles

    def _apposed(self, sentence: Sentence, n: int) -> Mention | None:
        """Return the mention before that this one explains, or the other way round: "the minister,
        Ana Ruiz", "Ana Ruiz, Spain's minister".
        """
        mention = sentence.mentions[n]
        for neighbour in reversed(sentence.mentions[max(0, n - 2) : n]):
            gap = self.text[neighbour.span.end : mention.span.start]
            kinds = {neighbour.kind, mention.kind}
            if kinds == {MentionKind.ROLE, MentionKind.NAME} and EXPLAINS.fullmatch(gap):
                return neighbour
        return None

    def resolve(self, number: int) -> Sentence:
        """Say whom the mentions of a sentence mean; those before it must have been resolved."""
        sentence = self.sentences[number]
        for n, mention in enumerate(sentence.mentions):
            sentence.people.append(self._person(sentence, n, mention, number))
        sentence.subject = next(
            (
                person
                for mention, person in zip(sentence.mentions, sentence.people, strict=True)
                if person and mention.free and person.is_human()
            ),
            None,
        )
        return sentence

    def _person(self, sentence: Sentence, n: int, mention: Mention, number: int) -> Person | None:
        """Return whom a mention means, or None where the text does not say."""
        if mention.kind is MentionKind.NAME:
            return self.cast.find(mention.name)
        if mention.kind is MentionKind.PRONOUN:
            return self._of_pronoun(mention, number)
        if mention.kind is not MentionKind.ROLE:
            return None
        known = self._named_beside(sentence, n)
        if known is None and mention.definite:
            known = self.cast.by_role(mention.roles) or self._prominent(mention)
        return known or self._unnamed.setdefault(
            mention.words, Person(mention.words, set(mention.roles))
        )

    def _named_beside(self, sentence: Sentence, n: int) -> Person | None:
        """Return whom a role means that stands beside a name: "the deputy, Jan Holm"."""
        before = self._apposed(sentence, n)
        if before:
            return self.cast.find(before.name)
        after = n + 1 < len(sentence.mentions) and self._apposed(sentence, n + 1)
        if after and after is sentence.mentions[n]:
            return self.cast.find(sentence.mentions[n + 1].name)
        return None

    def _prominent(self, mention: Mention) -> Person | None:
        """Fall back on the main person, if the text gives that one no other role."""
        focus = self.cast.focus()
        single = not any(role.endswith("s") for role in mention.roles & words_of("roles"))
        return focus if focus and single and not focus.roles and focus.count >= 3 else None

    def _of_pronoun(self, mention: Mention, number: int) -> Person | None:
        """Return the subject so far, that of a sentence before, or else anybody named there."""
        wanted = _gender(mention.words)
        if not wanted:
            return None
        here = self.sentences[number]
        if person := self._ahead(here, mention, wanted):
            return person
        for found, person in zip(here.mentions, here.people, strict=False):
            if found.span.start >= mention.span.start:
                break
            if found.free and not _governed(here, found) and _fits(person, wanted):
                return person
        before = self.sentences[max(0, number - _LOOKS_BACK) : number][::-1]
        subjects = [sentence.subject for sentence in before]
        anybody = [person for sentence in before for person in reversed(sentence.people)]
        fitting = [p for p in [*subjects, *anybody] if p and _fits(p, wanted)]
        return next((p for p in fitting if p.is_sure()), next(iter(fitting), None))

    def _ahead(self, here: Sentence, mention: Mention, wanted: str) -> Person | None:
        """Return whom a pronoun in an opening clause points ahead to: "Asked if she knew, Ruiz
        said".
        """
        start = here.passage.span.start
        clause = _OPENING_CLAUSE.match(self.text, start, here.passage.span.end)
        if not clause or not clause.start() <= mention.span.start < clause.end("clause"):
            return None
        for following in here.mentions:
            if following.span.start >= clause.end():
                near = following.span.start <= clause.end() + 5
                named = following.kind is MentionKind.NAME and following.free and near
                person = self.cast.find(following.name) if named else None
                return person if _fits(person, wanted) else None
        return None


def quoted_spans(text: str, passages: tuple[Passage, ...]) -> list[Span]:
    """Return what stands in quotation marks, paragraph by paragraph."""
    quoted: list[Span] = []
    for _, group in groupby(passages, key=lambda passage: passage.paragraph):
        run = list(group)
        paragraph = Span(run[0].span.start, run[-1].span.end)
        quoted += [marked.span for marked in marked_spans(text, paragraph)]
    return quoted


def _gender(pronoun: str) -> str:
    if pronoun in words_of("masculine"):
        return "m"
    return "f" if pronoun in words_of("feminine") else ""


def _fits(person: Person | None, wanted: str) -> bool:
    """Say whether "he" or "she" may mean a person."""
    if person is None or not person.is_human() or not person.is_one():
        return False
    return gender_of(person) in {"", wanted}


def _governed(sentence: Sentence, mention: Mention) -> bool:
    """Say whether a participle stands before it, whose object it is: "meeting Kim"."""
    before = [word for word in sentence.words if word.span.end <= mention.span.start]
    return bool(before) and before[-1].low.endswith("ing")
