"""Analysis: the findings of the engine on some texts, with nothing stored."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app import collate
from app.collate import Cleaned, FoundEvent, PassageKind, Prepared
from app.pipeline.embeddings import embed_unstored
from app.pipeline.preparation import CONFIG, number_of, telling_of

SENTENCES = {
    PassageKind.SENTENCE,
    PassageKind.STANDFIRST,
    PassageKind.SOURCE,
    PassageKind.LABEL,
}


def analyse(
    texts: Mapping[str, str], cleaned: Mapping[str, Cleaned] | None = None
) -> dict[str, Any]:
    """Return what the engine makes of texts (name → text), as one object ready for JSON.

    `articles`: by name, `body` (spans kept), `sentences`, `quotes`; `aligned`: groups of places
    that say the same; `events`: names of the articles that tell mainly of one event;
    `event_passages`: the places of each event. Order of `texts` changes nothing but the order of
    the answer. `cleaned`: texts that were cleaned already. Nothing is stored.
    """
    known = cleaned or {}
    prepared = {name: collate.prepare(text, known.get(name)) for name, text in texts.items()}
    names = list(texts)
    tellings = [
        telling_of(number, texts[name], _stated_date(prepared[name]), prepared[name])
        for number, name in enumerate(names)
    ]
    found = collate.cluster(tellings, CONFIG) if tellings else ()
    return {
        "articles": {name: _article(prepared[name]) for name in names},
        "aligned": _aligned(texts, prepared),
        "events": _by_event(found, names),
        "event_passages": [
            [_place(names[number_of(m.telling)], m.start, m.end) for m in event.members]
            for event in found
        ],
    }


def _stated_date(prepared: Prepared) -> date | None:
    """Return the date that the text itself states, if any."""
    clue = prepared.cleaned.published
    return date.fromisoformat(clue.value) if clue else None


def _article(prepared: Prepared) -> dict[str, Any]:
    return {
        # Credits stay in the article, but are no part of its body.
        "body": [
            [p.span.start, p.span.end]
            for p in prepared.passages
            if p.kind is not PassageKind.CREDIT
        ],
        "sentences": [[p.span.start, p.span.end] for p in prepared.passages if p.kind in SENTENCES],
        "quotes": [
            {"start": q.span.start, "end": q.span.end, "speaker": q.speaker, "verb": q.verb}
            for q in prepared.quotations
        ],
    }


def _aligned(
    texts: Mapping[str, str], prepared: Mapping[str, Prepared]
) -> list[list[dict[str, Any]]]:
    names = list(texts)
    witnesses = [
        witness
        for number, name in enumerate(names)
        for witness in collate.witnesses_of(
            prepared[name],
            text=texts[name],
            revision=number,
            siglum=f"W{number}",
            published=_stated_date(prepared[name]),
        )
    ]
    apparatus = collate.collate(embed_unstored(witnesses), CONFIG)
    revisions = {witness.id: witness.revision for witness in witnesses}
    return [
        [
            _place(names[revisions[cell.witness]], span.start, span.end)
            for cell in row.cells
            for span in cell.spans
        ]
        for row in apparatus.rows
        if len(row.cells) > 1
    ]


def _by_event(found: Iterable[FoundEvent], names: list[str]) -> list[list[str]]:
    """Group the articles by the outermost event that each tells mainly of."""
    events = list(found)
    groups: dict[int, list[str]] = {}
    placed: set[int] = set()
    for index, event in enumerate(events):
        top = index
        while (above := events[top].parent) is not None:
            top = above
        for number in map(number_of, event.main_tellings):
            if number not in placed:
                placed.add(number)
                groups.setdefault(top, []).append(names[number])
    alone = [[name] for number, name in enumerate(names) if number not in placed]
    return [*groups.values(), *alone]


def _place(name: str, start: int, end: int) -> dict[str, Any]:
    return {"file": name, "start": start, "end": end}
