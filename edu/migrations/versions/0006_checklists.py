"""Practical checklists: performances, the runs of their raters with their marks, invitations to rate"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("checklist") as checklist:
        # SQLite makes the table anew for the key to a course; nothing points to it before this revision
        course = sa.ForeignKey("course.id", name=op.f("fk_checklist_course_id_course"), ondelete="SET NULL")
        checklist.add_column(sa.Column("course_id", sa.Integer(), course, nullable=True))
        checklist.add_column(sa.Column("is_published", sa.Boolean(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_checklist_course_id"), "checklist", ["course_id"])
    _performances()
    _runs()
    _marks()
    _invites()


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")


def _performances() -> None:
    op.create_table(
        "checklist_performance",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("checklist_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("subject_hash", sa.String(length=64), nullable=True),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("document", DOCUMENT, nullable=False),
        sa.Column("print", sa.String(length=64), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("claimable_until", TIME, nullable=True),
        _to("checklist_performance", "checklist_id", "checklist"),
        _to("checklist_performance", "subject_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_performance")),
    )
    for column in ("checklist_id", "subject_id", "subject_hash"):
        op.create_index(op.f(f"ix_checklist_performance_{column}"), "checklist_performance", [column])


def _runs() -> None:
    op.create_table(
        "checklist_run",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("performance_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=True),
        sa.Column("rater_hash", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("elapsed_ms", sa.Integer(), nullable=True),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("finished_at", TIME, nullable=True),
        sa.CheckConstraint(
            "rater_id IS NOT NULL OR rater_hash IS NOT NULL", name=op.f("ck_checklist_run_has_rater")
        ),
        _to("checklist_run", "performance_id", "checklist_performance"),
        _to("checklist_run", "rater_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_run")),
        sa.UniqueConstraint(
            "performance_id", "rater_id", "round", name=op.f("uq_checklist_run_performance_id_rater_id_round")
        ),
        sa.UniqueConstraint(
            "performance_id",
            "rater_hash",
            "round",
            name=op.f("uq_checklist_run_performance_id_rater_hash_round"),
        ),
    )
    for column in ("performance_id", "rater_id", "rater_hash"):
        op.create_index(op.f(f"ix_checklist_run_{column}"), "checklist_run", [column])


def _marks() -> None:
    op.create_table(
        "checklist_mark",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=72), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("at_ms", sa.Integer(), nullable=True),
        sa.Column("recording_ms", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        _to("checklist_mark", "run_id", "checklist_run"),
        sa.PrimaryKeyConstraint("run_id", "name", name=op.f("pk_checklist_mark")),
    )


def _invites() -> None:
    op.create_table(
        "checklist_invite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("performance_id", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        _to("checklist_invite", "performance_id", "checklist_performance"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_invite")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_checklist_invite_token_hash")),
    )
    op.create_index(op.f("ix_checklist_invite_performance_id"), "checklist_invite", ["performance_id"])


def downgrade() -> None:
    for table in ("checklist_invite", "checklist_mark", "checklist_run", "checklist_performance"):
        op.drop_table(table)
    op.drop_index(op.f("ix_checklist_course_id"), "checklist")
    with op.batch_alter_table("checklist") as checklist:
        checklist.drop_constraint(op.f("fk_checklist_course_id_course"), type_="foreignkey")
        checklist.drop_column("course_id")
        checklist.drop_column("is_published")
