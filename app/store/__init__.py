"""The only SQL: a noun a file, tables on top, queries below.

Imports every noun, so that `Table.metadata` is whole.
"""

import app.store.articles
import app.store.collations
import app.store.collections
import app.store.events
import app.store.identities
import app.store.outlets
import app.store.passages
import app.store.search
import app.store.vectors
import app.store.work  # noqa: F401 - all of them for their tables
