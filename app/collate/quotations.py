"""Find quotations, with who said them and the verb that says so. Source: ours."""

from dataclasses import dataclass
from itertools import groupby

from app.collate.attributions import Attribution, Reading, find_attributions
from app.collate.marks import Marked, marked_spans
from app.collate.text import Passage, PassageKind, Quotation, Span

__all__ = ["Attribution", "find_attributions", "find_quotations"]

_NEAR = 12  # words after a quotation in which its verb stands
_NEAR_ENOUGH = 20  # the same where a comma ends the quotation
_PASSES_ON = frozenset({"reported", "reports", "reporting"})  # what an agency does
_AT_ONCE = 6  # words between a quotation and the verb that follows it at once
_SHARE = 0.7  # of its sentence that a quotation fills which stands for itself


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
    _close_open_ones(paragraphs, marked)
    spans = [mark.span for marks in marked for mark in marks]
    reading = Reading(text, passages, spans)
    return tuple(_Speakers(text, reading).read(paragraphs, marked))


def _marked(text: str, group: list[Passage]) -> list[Marked]:
    return marked_spans(text, Span(group[0].span.start, group[-1].span.end))


def _close_open_ones(paragraphs: list[list[Passage]], marked: list[list[Marked]]) -> None:
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


class _Speakers:
    """Goes through the paragraphs with what the ones before leave open."""

    def __init__(self, text: str, reading: Reading) -> None:
        self.text = text
        self.reading = reading
        self.label: str | None = None
        self.last: str | None = None  # who spoke last in the paragraphs before

    def read(self, paragraphs: list[list[Passage]], marked: list[list[Marked]]) -> list[Quotation]:
        found: list[Quotation] = []
        for n, group in enumerate(paragraphs):
            if group[0].kind is PassageKind.LABEL:
                self.label = self.last = self._named(group[0])
            elif not marked[n] or group[0].kind in {PassageKind.SOURCE, PassageKind.HEADING}:
                self._pass_over(group)
            else:
                goes_on = _opens_with_mark(n + 1, paragraphs, marked)
                found += self._paragraph(group, marked[n], goes_on=goes_on)
        return found

    def _paragraph(
        self, group: list[Passage], marks: list[Marked], *, goes_on: bool
    ) -> list[Quotation]:
        """Read one paragraph; a quotation without a source of its own takes the last speaker."""
        opens = marks[0].span.start == group[0].span.start
        if not opens:
            self.label = None
        speaker = self.last if opens else None
        found: list[Quotation] = []
        for mark, following in zip(marks, [*marks[1:], None], strict=True):
            source = self._source(group, mark, following)
            if source == _UNKNOWN and not self._is_term(group, mark):
                source = _Source(speaker=speaker)
            speaker = source.speaker or speaker
            continues = goes_on and not mark.closed
            found.append(
                Quotation(mark.span, source.speaker, source.verb, source.verb_span, continues)
            )
        self.last = self.label or speaker
        return found

    def _pass_over(self, group: list[Passage]) -> None:
        """A paragraph without marks ends a speech, but may lead in the next: "He said:"."""
        self.label = None
        said = self.reading.main(group[-1])
        ends = group[-1].span.of(self.text).endswith(":")
        self.last = said.speaker if said and ends else None

    def _named(self, label: Passage) -> str:
        words = label.span.of(self.text).rstrip(": \u00a0")
        person = self.reading.telling.cast.find(words)
        return person.name if person else words

    def _source(self, group: list[Passage], mark: Marked, following: Marked | None) -> _Source:
        """Look in the quotation's own sentence: after it, before it; then at a cue before."""
        first = _holding(group, mark.span.start)
        last = _holding(group, mark.span.end - 1)
        end = following.span.start if following else last.span.end
        before = [s for s in self._said(first) if s.verb_span.end <= mark.span.start]
        after = next((s for s in self._said(last) if s.verb_span.start >= mark.span.end), None)
        if after and after.verb_span.end <= end:
            words = self._words_between(last, mark, after)
            tight = after.finite and words <= _AT_ONCE and self._runs_on(mark)
            tight = tight and after.verb.lower() not in _PASSES_ON
            near = words <= (_NEAR_ENOUGH if self._runs_on(mark) else _NEAR)
            if near and (tight or not before):
                return _as_source(after)
        return _as_source(before[-1]) if before else self._led_in(group, first)

    def _said(self, passage: Passage) -> list[Attribution]:
        return self.reading.by_start[passage.span.start][1]

    def _words_between(self, passage: Passage, mark: Marked, said: Attribution) -> int:
        words = self.reading.by_start[passage.span.start][0].words
        return sum(mark.span.end <= w.span.start < said.verb_span.start for w in words)

    def _runs_on(self, mark: Marked) -> bool:
        """Say whether a comma (or ! or ?) ends the quotation, as before "he said"."""
        closing = self.text[mark.span.end - 2 : mark.span.end + 1]
        return any(char in closing for char in ",!?")

    def _led_in(self, group: list[Passage], first: Passage) -> _Source:
        """Look at the sentence before, where it ends with a colon."""
        at = group.index(first)
        if at == 0 or not group[at - 1].span.of(self.text).endswith(":"):
            return _UNKNOWN
        said = self.reading.main(group[at - 1])
        return _as_source(said) if said else _UNKNOWN

    def _is_term(self, group: list[Passage], mark: Marked) -> bool:
        """Say whether it is a part of a sentence that quotes nobody."""
        sentence = _holding(group, mark.span.start).span
        return sentence.covers(mark.span) and len(mark.span) < _SHARE * len(sentence)


def _holding(group: list[Passage], at: int) -> Passage:
    return next((p for p in group if p.span.start <= at < p.span.end), group[-1])


def _as_source(said: Attribution) -> _Source:
    return _Source(said.speaker, said.verb, said.verb_span)
