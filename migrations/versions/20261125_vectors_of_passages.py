"""vectors of passages

Revision: 0002. After: 0001. Made: 2026-11-25.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vector",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk__vector__revision_id__revision")
        ),
        sa.PrimaryKeyConstraint("revision_id", "model", "text_hash", name=op.f("pk__vector")),
    )
    with op.batch_alter_table("vector", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__vector_text_hash"), ["text_hash"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("vector", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__vector_text_hash"))

    op.drop_table("vector")
