"""which kinds of step a case holds."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What fills it is made by the program, once all tables are there.
    op.create_table(
        "step_kinds",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kinds", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.PrimaryKeyConstraint("case_id"),
    )
