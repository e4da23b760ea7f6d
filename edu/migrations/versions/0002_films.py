"""Films with their edits, offers from inside a file, the chosen poster, and a worker's last sign of life"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _films()
    _offers()
    with op.batch_alter_table("video") as video:
        video.add_column(sa.Column("poster", sa.String(length=120), nullable=False, server_default=""))
        video.add_column(sa.Column("poster_ms", sa.Integer(), nullable=True))
        video.add_column(sa.Column("film", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("track_version") as version:
        version.add_column(sa.Column("film", sa.Integer(), nullable=False, server_default="0"))
        version.add_column(sa.Column("aside", DOCUMENT, nullable=False, server_default="[]"))
    with op.batch_alter_table("job") as job:
        job.add_column(sa.Column("beat_at", TIME, nullable=True))


def _films() -> None:
    op.create_table(
        "film",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("video_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("original_key", sa.String(length=200), nullable=False),
        sa.Column("original_name", sa.String(length=255), nullable=False),
        sa.Column("original_bytes", sa.BigInteger(), nullable=False),
        sa.Column("original_sha256", sa.String(length=64), nullable=False),
        sa.Column("edit", DOCUMENT, nullable=False),
        sa.Column("timing", sa.String(32), nullable=False),
        sa.Column("shift_ms", sa.Integer(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("moved", DOCUMENT, nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("shown_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name=op.f("fk_film_author_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["video_id"], ["video.id"], name=op.f("fk_film_video_id_video"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_film")),
        sa.UniqueConstraint("video_id", "number", name=op.f("uq_film_video_id_number")),
    )


def _offers() -> None:
    op.create_table(
        "track_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("video_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["video_id"], ["video.id"], name=op.f("fk_track_offer_video_id_video"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_offer")),
    )
    op.create_index(op.f("ix_track_offer_video_id"), "track_offer", ["video_id"])


def downgrade() -> None:
    with op.batch_alter_table("job") as job:
        job.drop_column("beat_at")
    with op.batch_alter_table("track_version") as version:
        version.drop_column("aside")
        version.drop_column("film")
    with op.batch_alter_table("video") as video:
        video.drop_column("film")
        video.drop_column("poster_ms")
        video.drop_column("poster")
    op.drop_index(op.f("ix_track_offer_video_id"), table_name="track_offer")
    op.drop_table("track_offer")
    op.drop_table("film")
