"""What was watched, notes, recordings handed in, lesson packs, films in sign language"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)
TABLES = ("watching", "note", "hand_in_remark", "hand_in", "pack_return", "pack", "sign_film")


def upgrade() -> None:
    with op.batch_alter_table("video") as video:
        # a plain "0" both databases know; an expression would make SQLite's table anew, without AUTOINCREMENT
        video.add_column(sa.Column("may_download", sa.Boolean(), nullable=False, server_default="0"))
    with op.batch_alter_table("step") as step:
        step.add_column(sa.Column("is_mirrored", sa.Boolean(), nullable=False, server_default="0"))
    _watching()
    _notes()
    _hand_ins()
    _packs()
    op.create_table(
        "sign_film",
        sa.Column("video_id", sa.Integer(), nullable=False),
        sa.Column("shown_id", sa.Integer(), nullable=False),
        _to("sign_film", "video_id", "video"),
        _to("sign_film", "shown_id", "video"),
        sa.PrimaryKeyConstraint("video_id", name=op.f("pk_sign_film")),
    )
    op.create_index(op.f("ix_sign_film_shown_id"), "sign_film", ["shown_id"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    with op.batch_alter_table("step") as step:
        step.drop_column("is_mirrored")
    op.drop_column("video", "may_download")


def _to(table: str, column: str, target: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _watching() -> None:
    op.create_table(
        "watching",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("video_id", sa.Integer(), nullable=False),
        sa.Column("film", sa.Integer(), nullable=False),
        sa.Column("spans", DOCUMENT, nullable=False),
        sa.Column("played_ms", sa.Integer(), nullable=False),
        sa.Column("place_ms", sa.Integer(), nullable=False),
        sa.Column("placed_at", TIME, nullable=False),
        sa.Column("allowed_ms", sa.Integer(), nullable=False),
        sa.Column("told_at", TIME, nullable=False),
        sa.Column("begun_at", TIME, nullable=False),
        sa.Column("completed_at", TIME, nullable=True),
        _to("watching", "user_id", "user"),
        _to("watching", "video_id", "video"),
        sa.PrimaryKeyConstraint("user_id", "video_id", name=op.f("pk_watching")),
    )
    op.create_index(op.f("ix_watching_video_id"), "watching", ["video_id"])


def _notes() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("video_id", sa.Integer(), nullable=False),
        sa.Column("film", sa.Integer(), nullable=False),
        sa.Column("at_ms", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        _to("note", "user_id", "user"),
        _to("note", "video_id", "video"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("user_id", "uid", name=op.f("uq_note_user_id_uid")),
    )
    op.create_index(op.f("ix_note_video_id"), "note", ["video_id"])


def _hand_ins() -> None:
    op.create_table(
        "hand_in",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("video_id", sa.Integer(), nullable=False),
        sa.Column("film", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("problem", DOCUMENT, nullable=False),
        sa.Column("original_key", sa.String(length=200), nullable=False),
        sa.Column("file_key", sa.String(length=200), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("own_ms", sa.Integer(), nullable=False),
        sa.Column("film_ms", sa.Integer(), nullable=False),
        sa.Column("consent", DOCUMENT, nullable=False),
        sa.Column("performance_id", sa.String(length=32), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        _to("hand_in", "user_id", "user"),
        _to("hand_in", "video_id", "video"),
        _to("hand_in", "performance_id", "checklist_performance", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_in")),
    )
    for column in ("user_id", "video_id", "performance_id"):
        op.create_index(op.f(f"ix_hand_in_{column}"), "hand_in", [column])
    op.create_table(
        "hand_in_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hand_in_id", sa.String(length=32), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at_ms", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        _to("hand_in_remark", "hand_in_id", "hand_in"),
        _to("hand_in_remark", "author_id", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_in_remark")),
    )
    op.create_index(op.f("ix_hand_in_remark_hand_in_id"), "hand_in_remark", ["hand_in_id"])


def _packs() -> None:
    op.create_table(
        "pack",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("slots", DOCUMENT, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        _to("pack", "lesson_id", "lesson"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
    )
    op.create_index(op.f("ix_pack_lesson_id"), "pack", ["lesson_id"])
    op.create_table(
        "pack_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pack_id", sa.String(length=32), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("attempt_id", sa.String(length=32), nullable=False),
        sa.Column("returned_at", TIME, nullable=False),
        _to("pack_return", "pack_id", "pack"),
        _to("pack_return", "attempt_id", "attempt"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_return")),
        sa.UniqueConstraint("pack_id", "uid", name=op.f("uq_pack_return_pack_id_uid")),
    )
    op.create_index(op.f("ix_pack_return_attempt_id"), "pack_return", ["attempt_id"])
