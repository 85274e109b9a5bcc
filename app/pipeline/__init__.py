"""THE TABLE OF CONTENTS: what Variorum does with articles, from the door to the page.

The corridor between the rooms `ingest` (in), `collate` (think) and `store` (keep), in the order of
an article's way:

    import_article   Draft → Article, Revision, Passages             imports.py
    find_events      all articles of a collection → Events           events.py
    collate_event    an Event → its Apparatus, stored                comparisons.py
    comparison_of    an Event → what its page shows                  comparisons.py
    find_row_anywhere  an id of any time → where it is now           identities.py
    analyse          texts → the same findings, nothing stored       analysis.py

Each function takes an open session and writes in its transaction; the caller commits. find_events
and collate_event are each two steps, the long one only reading (search_events, compare_event), and
so is a file of a browser import (read_upload_file): the worker holds no write lock while the engine
thinks.
"""

from app.pipeline.analysis import analyse
from app.pipeline.comparisons import (
    Column,
    EventComparison,
    apparatuses_of,
    collate_event,
    compare_event,
    comparison_of,
    save_comparison,
)
from app.pipeline.events import find_events, save_events, search_events
from app.pipeline.identities import RowFound, find_row_anywhere
from app.pipeline.imports import (
    Imported,
    find_stored,
    import_article,
    read_upload_file,
    store_upload_file,
)
from app.pipeline.preparation import cleaned_of, engine_version, prepare_revision, prepare_text

__all__ = [
    "Column",
    "EventComparison",
    "Imported",
    "RowFound",
    "analyse",
    "apparatuses_of",
    "cleaned_of",
    "collate_event",
    "compare_event",
    "comparison_of",
    "engine_version",
    "find_events",
    "find_row_anywhere",
    "find_stored",
    "import_article",
    "prepare_revision",
    "prepare_text",
    "read_upload_file",
    "save_comparison",
    "save_events",
    "search_events",
    "store_upload_file",
]
