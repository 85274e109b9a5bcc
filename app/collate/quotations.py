"""Find quotations, with who said them and the verb that says so. Source: ours."""

from itertools import groupby

from app.collate.marks import marked_spans
from app.collate.text import Passage, Quotation, Span

__all__ = ["find_quotations"]


def find_quotations(text: str, passages: tuple[Passage, ...]) -> tuple[Quotation, ...]:
    """Return the quotations of a text in order, one for each paragraph of a longer speech.

    Quotations inside quotations are part of the outer one. Cost O(length).
    """
    found: list[Quotation] = []
    for _, group in groupby(passages, key=lambda passage: passage.paragraph):
        run = list(group)
        paragraph = Span(run[0].span.start, run[-1].span.end)
        found += [Quotation(marked.span) for marked in marked_spans(text, paragraph)]
    return tuple(found)
