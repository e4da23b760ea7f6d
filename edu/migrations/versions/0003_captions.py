"""Working copies of tracks, caption files looked at before they are taken, hearings, terms, checklists"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _drafts()
    _imports()
    _hearings()
    _terms()
    _checklists()
    with op.batch_alter_table("video") as video:
        # a plain "0" both databases know; an expression would make SQLite's table anew, without AUTOINCREMENT
        video.add_column(sa.Column("is_wordless", sa.Boolean(), nullable=False, server_default="0"))


def _to(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _drafts() -> None:
    op.create_table(
        "track_draft",
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("film", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=32), nullable=False),
        sa.Column("rows", DOCUMENT, nullable=False),
        sa.Column("gone", DOCUMENT, nullable=False),
        sa.Column("report", DOCUMENT, nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("updated_at", TIME, nullable=False),
        _to("track_draft", "author_id", "user", "SET NULL"),
        _to("track_draft", "track_id", "track", "CASCADE"),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_track_draft")),
    )


def _imports() -> None:
    op.create_table(
        "track_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("video_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        _to("track_import", "author_id", "user", "SET NULL"),
        _to("track_import", "video_id", "video", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_import")),
    )
    op.create_index(op.f("ix_track_import_video_id"), "track_import", ["video_id"])


def _hearings() -> None:
    op.create_table(
        "hearing",
        sa.Column("video_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("speech", DOCUMENT, nullable=False),
        sa.Column("cuts", DOCUMENT, nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        _to("hearing", "video_id", "video", "CASCADE"),
        sa.PrimaryKeyConstraint("video_id", name=op.f("pk_hearing")),
    )


def _terms() -> None:
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column("misheard", DOCUMENT, nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        _to("term", "course_id", "course", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("course_id", "language", "text", name=op.f("uq_term_course_id_language_text")),
    )


def _checklists() -> None:
    op.create_table(
        "checklist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("video_id", sa.Integer(), nullable=True),
        sa.Column("document", DOCUMENT, nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        _to("checklist", "owner_id", "user", "SET NULL"),
        _to("checklist", "video_id", "video", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist")),
        sa.UniqueConstraint("slug", name=op.f("uq_checklist_slug")),
    )
    op.create_index(op.f("ix_checklist_video_id"), "checklist", ["video_id"])


def downgrade() -> None:
    with op.batch_alter_table("video") as video:
        video.drop_column("is_wordless")
    for table in ("checklist", "term", "hearing", "track_import", "track_draft"):
        op.drop_table(table)
