"""The words of lessons in other languages"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "lesson_translation",
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("objectives", JSON, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("source_revision", sa.Integer(), nullable=False),
        sa.Column("details", JSON, nullable=False),
        sa.Column("maker_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        _to("lesson_id", "lesson", "CASCADE"),
        _to("maker_id", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("lesson_id", "language", name=op.f("pk_lesson_translation")),
    )


def downgrade() -> None:
    op.drop_table("lesson_translation")


def _to(column: str, target: str, gone: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_lesson_translation_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=gone)
