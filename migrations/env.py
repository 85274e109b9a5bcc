"""How Alembic reaches the database: through the connection that `app.store.upgrade` hands over.

`alembic revision --autogenerate -m "…"` works too: it opens the database of the settings.
"""

import sqlalchemy as sa
from alembic import context
from sqlmodel.sql.sqltypes import AutoString

import app.store  # noqa: F401 - every table must be known
from app.settings import Settings
from app.store.db import Table, UTCDateTime, open_engine


def include_name(name, type_, parent_names):
    """Leave the search index alone: app.store.search makes and drops it."""
    return not (type_ == "table" and (name or "").startswith("search_index"))


def render_item(kind, item, autogen_context):
    """Write types that stand alone: a migration must not change when our classes do."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.Text()"
    return False


def compare_type(context, column, own_column, there, own):
    """Take TEXT for what it is: our strings have no length (style rule 19)."""
    return False if isinstance(own, AutoString) and isinstance(there, sa.Text) else None


def run(connection):
    """Run what Alembic was asked to do."""
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        render_as_batch=True,
        compare_type=compare_type,
        include_name=include_name,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = open_engine(Settings().database)
    with engine.begin() as connection:
        run(connection)
    engine.dispose()
