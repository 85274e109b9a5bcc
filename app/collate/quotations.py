"""Find quotations, with who said them and the verb that says so. Source: ours."""

import re
from dataclasses import dataclass
from itertools import groupby

from app.collate.attributions import (
    Attribution,
    Sentence,
    Telling,
    find_attributions,
    main_attribution,
)
from app.collate.marks import Marked, marked_spans
from app.collate.text import Passage, PassageKind, Quotation, Span

__all__ = ["Attribution", "find_attributions", "find_quotations"]

_GOES_ON = re.compile(r"[\s\"'”’»,]*[^\W\d_]")
_NEAR = 12  # words after a quotation in which its verb stands


@dataclass(frozen=True, slots=True)
class _Source:
    """Who says it and by which verb; both may be unknown."""

    speaker: str | None = None
    verb: str | None = None
    verb_span: Span | None = None


_UNKNOWN = _Source()


def find_quotations(text: str, passages: tuple[Passage, ...]) -> tuple[Quotation, ...]:
    """Return the quotations of a text in order, one for each paragraph of a longer speech.

    Quotations inside quotations are part of the outer one. Cost O(length).
    """
    paragraphs = [list(group) for _, group in groupby(passages, key=lambda p: p.paragraph)]
    marked = [_marked(text, group) for group in paragraphs]
    _close_open_ones(text, paragraphs, marked)
    spans = [mark.span for marks in marked for mark in marks]
    telling = Telling(text, passages, spans)
    return tuple(_Reader(telling).read(paragraphs, marked))


def _marked(text: str, group: list[Passage]) -> list[Marked]:
    return marked_spans(text, Span(group[0].span.start, group[-1].span.end))


def _close_open_ones(
    text: str, paragraphs: list[list[Passage]], marked: list[list[Marked]]
) -> None:
    """End a quotation that is never closed with its sentence, unless the speech goes on."""
    for n, marks in enumerate(marked):
        if not marks or marks[-1].closed:
            continue
        last = marks[-1]
        opens = last.span.start == paragraphs[n][0].span.start
        if opens or _opens_with_mark(n + 1, paragraphs, marked):
            continue
        ends = [p.span.end for p in paragraphs[n] if p.span.end > last.span.start]
        marks[-1] = Marked(Span(last.span.start, ends[0]), closed=True, single=last.single)


def _opens_with_mark(n: int, paragraphs: list[list[Passage]], marked: list[list[Marked]]) -> bool:
    return (
        n < len(paragraphs)
        and bool(marked[n])
        and marked[n][0].span.start == paragraphs[n][0].span.start
    )


class _Reader:
    """Goes through the paragraphs with what the ones before leave open."""

    def __init__(self, telling: Telling) -> None:
        self.text = telling.text
        self.sentences = {s.passage.span.start: s for s in telling.sentences}
        self.telling = telling
        self.label: str | None = None
        self.last: str | None = None  # who spoke last in the paragraphs before
        self.cue = False  # the sentence before ends with a colon

    def read(self, paragraphs: list[list[Passage]], marked: list[list[Marked]]) -> list[Quotation]:
        found: list[Quotation] = []
        for n, group in enumerate(paragraphs):
            marks = marked[n]
            if group[0].kind is PassageKind.LABEL:
                self.label = self._named(group[0])
                self.last = self.label
                continue
            if not marks or group[0].kind in {PassageKind.SOURCE, PassageKind.HEADING}:
                self._pass_over(group)
                continue
            opens = marks[0].span.start == group[0].span.start
            if not opens:
                self.label = None
            speaker = self.last if opens else None
            for m, mark in enumerate(marks):
                following = marks[m + 1] if m + 1 < len(marks) else None
                source = self._source(group, mark, following)
                if (
                    source.speaker is None
                    and source.verb is None
                    and not self._is_term(group, mark)
                ):
                    source = _Source(speaker=speaker)
                speaker = source.speaker or speaker
                goes_on = not mark.closed and _opens_with_mark(n + 1, paragraphs, marked)
                found.append(
                    Quotation(mark.span, source.speaker, source.verb, source.verb_span, goes_on)
                )
            self.last = self.label or speaker
        return found

    def _pass_over(self, group: list[Passage]) -> None:
        """A paragraph without marks ends a speech, but may lead in the next: "He said:"."""
        self.label = None
        sentence = self.sentences[group[-1].span.start]
        said = main_attribution(sentence)
        ends = group[-1].span.of(self.text).endswith(":")
        self.last = said.speaker if said and ends else None

    def _named(self, label: Passage) -> str:
        words = label.span.of(self.text).rstrip(": \u00a0")
        person = self.telling.cast.find(words)
        return person.name if person else words

    def _source(self, group: list[Passage], mark: Marked, following: Marked | None) -> _Source:
        """Look in the quotation's own sentence: after it, before it; then at a cue before."""
        first = self._sentence(group, mark.span.start)
        last = self._sentence(group, mark.span.end - 1)
        end = following.span.start if following else last.passage.span.end
        before = [s for s in first.said if s.verb_span.end <= mark.span.start]
        after = [
            s for s in last.said if s.verb_span.start >= mark.span.end and s.verb_span.end <= end
        ]
        after = after if self._near(last, mark, after) else []
        tight = bool(after) and after[0].finite and self._tight(last, mark, after[0])
        if after and (tight or not before) and self._attributes(mark, after[0]):
            return _as_source(after[0])
        if before:
            return _as_source(before[-1])
        return self._led_in(group, first)

    def _near(self, sentence: Sentence, mark: Marked, after: list[Attribution]) -> bool:
        if not after:
            return False
        words = [
            w for w in sentence.words if mark.span.end <= w.span.start < after[0].verb_span.start
        ]
        return len(words) <= _NEAR

    def _attributes(self, mark: Marked, said: Attribution) -> bool:
        """Say whether the text goes on after the mark as part of the same sentence."""
        return bool(_GOES_ON.match(self.text, mark.span.end)) or said.finite

    def _tight(self, sentence: Sentence, mark: Marked, said: Attribution) -> bool:
        """Say whether a comma ends the quotation and subject and verb follow at once."""
        closing = self.text[mark.span.end - 2 : mark.span.end + 1]
        words = [w for w in sentence.words if mark.span.end <= w.span.start < said.verb_span.start]
        return any(c in closing for c in ",!?") and len(words) <= 6

    def _led_in(self, group: list[Passage], first: Sentence) -> _Source:
        """Look at the sentence before, where it ends with a colon."""
        at = group.index(first.passage)
        if at == 0:
            return _UNKNOWN
        before = group[at - 1]
        if not before.span.of(self.text).endswith(":"):
            return _UNKNOWN
        said = main_attribution(self.sentences[before.span.start])
        return _as_source(said) if said else _UNKNOWN

    def _is_term(self, group: list[Passage], mark: Marked) -> bool:
        """Say whether it is a word or two in a sentence that quotes nobody."""
        sentence = self._sentence(group, mark.span.start)
        inside = sentence.passage.span.covers(mark.span)
        words = mark.span.of(self.text).split()
        share = len(mark.span) / max(1, len(sentence.passage.span))
        return inside and share < 0.7 and (mark.single or len(words) <= 3)

    def _sentence(self, group: list[Passage], at: int) -> Sentence:
        holder = next((p for p in group if p.span.start <= at < p.span.end), group[-1])
        return self.sentences[holder.span.start]


def _as_source(said: Attribution) -> _Source:
    return _Source(said.speaker, said.verb, said.verb_span)
