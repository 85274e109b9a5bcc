"""/api/events: the events of a collection, and one with its whole comparison."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.collate import Row, Witness
from app.pipeline import EventComparison, comparison_of
from app.store.collections import get_collection, get_collection_by_id
from app.store.events import Event, get_event, list_events
from app.urls import absolute
from app.web.deps import Db

router = APIRouter(prefix="/api/events", tags=["events"])


class EventSummary(BaseModel):
    """An event. `facts`: what, value, words, and the place that states them."""

    slug: str
    label: str
    inside: str | None = Field(description="The larger event that it is part of.")
    facts: list[dict[str, Any]]
    link: str = Field(description="Its page here.")


class Telling(BaseModel):
    """One text under comparison: an outlet's own words, or a report that it carries."""

    id: str
    siglum: str
    outlet: str = Field(description="The siglum of the column that it stands in.")
    revision: int


class EventCompared(EventSummary):
    """An event with its comparison; `rows` is null while it is being computed.

    A row has its stable `id`, `kind`, `role`, the `cells` with the words of each telling, and
    `entries`: the places where the wordings differ. Positions are code points.
    """

    collection: str
    demonstration: bool
    tellings: list[Telling]
    rows: list[dict[str, Any]] | None


@router.get("", summary="Events of a collection")
def index(db: Db, collection: str) -> list[EventSummary]:
    """List the events of a collection, in the order they were found."""
    world = get_collection(db, collection)
    assert world.id is not None
    events = list_events(db, world.id)
    slugs = {event.id: event.slug for event in events}
    return [EventSummary(**_fields(event, slugs.get(event.parent_id))) for event in events]


@router.get("/{slug}", summary="One event with its comparison")
def show(db: Db, slug: str) -> EventCompared:
    """Return an event with all its tellings, row by row."""
    event = get_event(db, slug)
    found = comparison_of(db, event)
    above = db.get(Event, event.parent_id) if event.parent_id else None
    return EventCompared(
        **_fields(event, above.slug if above else None),
        collection=get_collection_by_id(db, event.collection_id).slug,
        demonstration=found.demo,
        tellings=[
            Telling(id=one.id, siglum=one.siglum, outlet=one.outlet, revision=one.revision)
            for one in found.witnesses.values()
        ],
        rows=_rows(found),
    )


def _fields(event: Event, inside: str | None) -> dict[str, Any]:
    return {
        "slug": event.slug,
        "label": event.label,
        "inside": inside,
        "facts": event.facts,
        "link": absolute(f"/events/{event.slug}"),
    }


def _rows(found: EventComparison) -> list[dict[str, Any]] | None:
    if found.apparatus is None:
        return None
    return [_row(row, found.witnesses) for row in found.apparatus.rows]


def _row(row: Row, witnesses: dict[str, Witness]) -> dict[str, Any]:
    whole = asdict(row)
    for cell in whole["cells"]:
        text = witnesses[cell["witness"]].text
        for span in cell["spans"]:
            span["text"] = text[span["start"] : span["end"]]
    return whole
