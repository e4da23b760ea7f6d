"""Spaced review: cards, their history, and each person's plan"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "review_card",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("reviewed_at", TIME, nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("lesson", sa.String(length=40), nullable=False),
        sa.Column("is_critical", sa.Boolean(), nullable=False),
        sa.Column("is_misled", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        _to("review_card", "user"),
        _to("review_card", "question"),
        sa.PrimaryKeyConstraint("user_id", "question_id", name=op.f("pk_review_card")),
    )
    op.create_index(op.f("ix_review_card_question_id"), "review_card", ["question_id"])
    op.create_index("ix_review_card_user_id_due_at", "review_card", ["user_id", "due_at"])
    op.create_table(
        "review_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rating", sa.String(length=32), nullable=False),
        sa.Column("fraction", sa.Double(), nullable=False),
        sa.Column("certainty", sa.Integer(), nullable=True),
        sa.Column("used_hint", sa.Boolean(), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("answered_at", TIME, nullable=False),
        _to("review_log", "user"),
        _to("review_log", "question"),
        _to("review_log", "attempt"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_log")),
        sa.UniqueConstraint("attempt_id", "position", name=op.f("uq_review_log_attempt_id_position")),
    )
    op.create_index(op.f("ix_review_log_question_id"), "review_log", ["question_id"])
    op.create_index("ix_review_log_user_id_answered_at", "review_log", ["user_id", "answered_at"])
    op.create_table(
        "review_plan",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("exam_on", sa.Date(), nullable=True),
        sa.Column("per_day", sa.Integer(), nullable=False),
        sa.Column("asks_certainty", sa.Boolean(), nullable=False),
        sa.Column("feed_hash", sa.String(length=64), nullable=True),
        sa.Column("feed_made_at", TIME, nullable=True),
        sa.Column("changed_at", TIME, nullable=False),
        _to("review_plan", "user"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_review_plan")),
        sa.UniqueConstraint("feed_hash", name=op.f("uq_review_plan_feed_hash")),
    )


def _to(table: str, target: str) -> sa.ForeignKeyConstraint:
    column = f"{target}_id"
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    for table in ("review_plan", "review_log", "review_card"):
        op.drop_table(table)
