"""Versions of lessons and glossary words, reviews asked for, publishing at a time, certificates, terms"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("lesson", sa.Column("publish_at", TIME, nullable=True))
    op.add_column("term", sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("user", sa.Column("language", sa.String(length=35), nullable=False, server_default=""))
    _versions("lesson")
    _versions("term")
    op.create_table(
        "review_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("decision", sa.String(length=32), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.String(length=200), nullable=False),
        sa.Column("interests", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        _to("review_request", "asked_by", "user", "SET NULL"),
        _to("review_request", "decided_by", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_request")),
    )
    op.create_index("ix_review_request_subject", "review_request", ["subject", "subject_id"])
    op.create_index("ix_review_request_decision", "review_request", ["decision"])
    op.create_table(
        "certificate",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("given_at", TIME, nullable=False),
        sa.Column("withdrawn_at", TIME, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        _to("certificate", "user_id", "user", "CASCADE"),
        _to("certificate", "course_id", "course", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint(
            "user_id", "course_id", "path", name=op.f("uq_certificate_user_id_course_id_path")
        ),
    )
    op.create_index(op.f("ix_certificate_user_id"), "certificate", ["user_id"])
    op.create_table(
        "terms_acceptance",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("accepted_at", TIME, nullable=False),
        _to("terms_acceptance", "user_id", "user", "CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "version", name=op.f("pk_terms_acceptance")),
    )


def downgrade() -> None:
    for table in ("terms_acceptance", "certificate", "review_request", "term_version", "lesson_version"):
        op.drop_table(table)
    for table, column in (("user", "language"), ("term", "revision"), ("lesson", "publish_at")):
        op.drop_column(table, column)


def _versions(thing: str) -> None:
    table = f"{thing}_version"
    op.create_table(
        table,
        sa.Column(f"{thing}_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("details", JSON, nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("maker_id", sa.Integer(), nullable=True),
        sa.Column("made_at", TIME, nullable=False),
        _to(table, f"{thing}_id", thing, "CASCADE"),
        _to(table, "maker_id", "user", "SET NULL"),
        sa.PrimaryKeyConstraint(f"{thing}_id", "revision", name=op.f(f"pk_{table}")),
    )


def _to(table: str, column: str, target: str, gone: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=gone)
