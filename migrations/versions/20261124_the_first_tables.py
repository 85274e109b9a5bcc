"""the first tables

Revision: 0001. After: nothing. Made: 2026-11-24.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("found_hash", sa.Text(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__collection")),
        sa.UniqueConstraint("slug", name=op.f("uq__collection__slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("input_hash", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__failure")),
        sa.UniqueConstraint("unit", "key", name=op.f("uq__failure__unit")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("parent_by", sa.Text(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("merged_by", sa.Text(), nullable=True),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("label_by", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collection.id"], name=op.f("fk__event__collection_id__collection")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["event.id"], name=op.f("fk__event__merged_into_id__event")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["event.id"], name=op.f("fk__event__parent_id__event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__event")),
        sa.UniqueConstraint("slug", name=op.f("uq__event__slug")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix__event_collection_id"), ["collection_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix__event_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix__event_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "outlet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("siglum", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collection.id"], name=op.f("fk__outlet__collection_id__collection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__outlet")),
        sa.UniqueConstraint("collection_id", "siglum", name=op.f("uq__outlet__collection_id")),
    )
    with op.batch_alter_table("outlet", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix__outlet_collection_id"), ["collection_id"], unique=False
        )

    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collection.id"], name=op.f("fk__upload__collection_id__collection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__upload")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix__upload_collection_id"), ["collection_id"], unique=False
        )

    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_basis", sa.Text(), nullable=True),
        sa.Column("outlet_basis", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("rights", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collection.id"],
            name=op.f("fk__article__collection_id__collection"),
        ),
        sa.ForeignKeyConstraint(
            ["outlet_id"], ["outlet.id"], name=op.f("fk__article__outlet_id__outlet")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__article")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix__article_collection_id"), ["collection_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix__article_outlet_id"), ["outlet_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__article_url"), ["url"], unique=False)

    op.create_table(
        "collation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("apparatus", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("input_hash", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk__collation__event_id__event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__collation")),
        sa.UniqueConstraint("event_id", name=op.f("uq__collation__event_id")),
    )
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("leads_to", sa.JSON(), nullable=False),
        sa.Column("stood", sa.JSON(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk__identity__event_id__event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__identity")),
        sa.UniqueConstraint("event_id", "name", name=op.f("uq__identity__event_id")),
    )
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__identity_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__identity_name"), ["name"], unique=False)

    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("raw_hash", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("layout", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk__revision__article_id__article")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__revision")),
        sa.UniqueConstraint("article_id", "number", name=op.f("uq__revision__article_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__revision_article_id"), ["article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__revision_raw_hash"), ["raw_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix__revision_text_hash"), ["text_hash"], unique=False)

    op.create_table(
        "upload_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk__upload_file__article_id__article")
        ),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["upload.id"], name=op.f("fk__upload_file__upload_id__upload")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__upload_file")),
    )
    with op.batch_alter_table("upload_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix__upload_file_article_id"), ["article_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix__upload_file_upload_id"), ["upload_id"], unique=False)

    op.create_table(
        "event_passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end_", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk__event_passage__event_id__event")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk__event_passage__revision_id__revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__event_passage")),
        sa.UniqueConstraint(
            "event_id", "revision_id", "start", name=op.f("uq__event_passage__event_id")
        ),
    )
    with op.batch_alter_table("event_passage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__event_passage_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix__event_passage_revision_id"), ["revision_id"], unique=False
        )

    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end_", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk__passage__revision_id__revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__passage")),
        sa.UniqueConstraint("revision_id", "start", name=op.f("uq__passage__revision_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__passage_revision_id"), ["revision_id"], unique=False)



def downgrade() -> None:
    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__passage_revision_id"))

    op.drop_table("passage")
    with op.batch_alter_table("event_passage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__event_passage_revision_id"))
        batch_op.drop_index(batch_op.f("ix__event_passage_event_id"))

    op.drop_table("event_passage")
    with op.batch_alter_table("upload_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__upload_file_upload_id"))
        batch_op.drop_index(batch_op.f("ix__upload_file_article_id"))

    op.drop_table("upload_file")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__revision_text_hash"))
        batch_op.drop_index(batch_op.f("ix__revision_raw_hash"))
        batch_op.drop_index(batch_op.f("ix__revision_article_id"))

    op.drop_table("revision")
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__identity_name"))
        batch_op.drop_index(batch_op.f("ix__identity_event_id"))

    op.drop_table("identity")
    op.drop_table("collation")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__article_url"))
        batch_op.drop_index(batch_op.f("ix__article_outlet_id"))
        batch_op.drop_index(batch_op.f("ix__article_collection_id"))

    op.drop_table("article")
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__upload_collection_id"))

    op.drop_table("upload")
    with op.batch_alter_table("outlet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__outlet_collection_id"))

    op.drop_table("outlet")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__event_parent_id"))
        batch_op.drop_index(batch_op.f("ix__event_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix__event_collection_id"))

    op.drop_table("event")
    op.drop_table("failure")
    op.drop_table("collection")
