"""When an account was in a course and at its lessons"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _visits("course", sa.Column("since_at", TIME, nullable=True))
    _visits("lesson", sa.Column("begun_at", TIME, nullable=False))


def downgrade() -> None:
    op.drop_table("lesson_visit")
    op.drop_table("course_visit")


def _visits(thing: str, first: sa.Column[datetime]) -> None:
    table = f"{thing}_visit"
    op.create_table(
        table,
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(f"{thing}_id", sa.Integer(), nullable=False),
        first,
        sa.Column("seen_at", TIME, nullable=False),
        _to(table, "user_id", "user"),
        _to(table, f"{thing}_id", thing),
        sa.PrimaryKeyConstraint("user_id", f"{thing}_id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_{thing}_id"), table, [f"{thing}_id"])


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")
