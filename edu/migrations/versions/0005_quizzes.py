"""Pools, questions in a film, allowances, hints, siblings, every answer kept, clips that were watched"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("quiz") as quiz:
        quiz.add_column(sa.Column("video_id", sa.Integer(), nullable=True))
        quiz.create_foreign_key(
            op.f("fk_quiz_video_id_video"), "video", ["video_id"], ["id"], ondelete="SET NULL"
        )
        quiz.create_index(op.f("ix_quiz_video_id"), ["video_id"])
    with op.batch_alter_table("quiz_slot") as slot:
        slot.alter_column("question_id", existing_type=sa.Integer(), nullable=True)
        slot.add_column(sa.Column("pool", DOCUMENT, nullable=True))
        slot.add_column(sa.Column("at_ms", sa.Integer(), nullable=True))
    with op.batch_alter_table("attempt_slot") as slot:
        slot.add_column(sa.Column("hints", sa.Integer(), nullable=False, server_default="0"))
        slot.add_column(sa.Column("sibling_of", sa.Integer(), nullable=True))
    with op.batch_alter_table("response") as response:
        response.add_column(sa.Column("certainty", sa.Integer(), nullable=True))
    _allowances()
    _events()
    _watches()
    _complete_bodies()


def downgrade() -> None:
    for table in ("clip_watch", "response_event", "quiz_allowance"):
        op.drop_table(table)
    with op.batch_alter_table("response") as response:
        response.drop_column("certainty")
    with op.batch_alter_table("attempt_slot") as slot:
        slot.drop_column("sibling_of")
        slot.drop_column("hints")
    op.execute("DELETE FROM quiz_slot WHERE question_id IS NULL")
    with op.batch_alter_table("quiz_slot") as slot:
        slot.drop_column("at_ms")
        slot.drop_column("pool")
        slot.alter_column("question_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("quiz") as quiz:
        quiz.drop_index(op.f("ix_quiz_video_id"))
        quiz.drop_constraint(op.f("fk_quiz_video_id_video"), type_="foreignkey")
        quiz.drop_column("video_id")


def _complete_bodies() -> None:
    """What may be seen of a question has new names, empty in those there are; their hashes follow."""
    versions = sa.table(
        "question_version",
        sa.column("id", sa.Integer()),
        sa.column("body", DOCUMENT),
        sa.column("secret", DOCUMENT),
        sa.column("content_hash", sa.String()),
    )
    connection = op.get_bind()
    rows = connection.execute(sa.select(versions.c.id, versions.c.body, versions.c.secret)).all()
    for ident, body, secret in rows:
        whole = {"gaps": [], "pins": [], "hint_count": 0, **body}
        text = json.dumps([whole, secret], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(text.encode()).hexdigest()
        connection.execute(
            versions.update().where(versions.c.id == ident).values(body=whole, content_hash=digest)
        )


def _to(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _allowances() -> None:
    op.create_table(
        "quiz_allowance",
        sa.Column("quiz_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("extra_percent", sa.Integer(), nullable=False),
        sa.Column("extra_attempts", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("given_at", TIME, nullable=False),
        _to("quiz_allowance", "quiz_id", "quiz", "CASCADE"),
        _to("quiz_allowance", "user_id", "user", "CASCADE"),
        _to("quiz_allowance", "given_by", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("quiz_id", "user_id", name=op.f("pk_quiz_allowance")),
    )


def _events() -> None:
    op.create_table(
        "response_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("body", DOCUMENT, nullable=False),
        sa.Column("certainty", sa.Integer(), nullable=True),
        sa.Column("saved_at", TIME, nullable=False),
        _to("response_event", "attempt_id", "attempt", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_event")),
    )
    for column in ("attempt_id", "saved_at"):
        op.create_index(op.f(f"ix_response_event_{column}"), "response_event", [column])


def _watches() -> None:
    op.create_table(
        "clip_watch",
        sa.Column("attempt_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("length_ms", sa.Integer(), nullable=False),
        sa.Column("watched_ms", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", TIME, nullable=False),
        sa.Column("last_at", TIME, nullable=False),
        _to("clip_watch", "attempt_id", "attempt", "CASCADE"),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_clip_watch")),
    )
