"""Pages outside courses, messages of readers, the library's own words, ways through the gate, API tokens"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)
TABLES = ("api_token", "admission", "invitation_code", "message", "page_version", "page")


def upgrade() -> None:
    with op.batch_alter_table("reference") as reference:
        reference.add_column(sa.Column("details", DOCUMENT, nullable=False, server_default="{}"))
    with op.batch_alter_table("term") as term:
        term.add_column(sa.Column("slug", sa.String(length=120), nullable=False, server_default=""))
        term.add_column(sa.Column("details", DOCUMENT, nullable=False, server_default="{}"))
    _pages()
    _messages()
    _gate()
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        _to("api_token", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_index(op.f("ix_api_token_user_id"), "api_token", ["user_id"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    with op.batch_alter_table("term") as term:
        term.drop_column("details")
        term.drop_column("slug")
    with op.batch_alter_table("reference") as reference:
        reference.drop_column("details")


def _to(table: str, column: str, target: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _pages() -> None:
    op.create_table(
        "page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("source_revision", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("details", DOCUMENT, nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("published_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        _to("page", "course_id", "course"),
        _to("page", "owner_id", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
        sa.UniqueConstraint("kind", "slug", "language", name=op.f("uq_page_kind_slug_language")),
    )
    op.create_index(op.f("ix_page_course_id"), "page", ["course_id"])
    op.create_table(
        "page_version",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("details", DOCUMENT, nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("maker_id", sa.Integer(), nullable=True),
        sa.Column("made_at", TIME, nullable=False),
        _to("page_version", "page_id", "page"),
        _to("page_version", "maker_id", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("page_id", "revision", name=op.f("pk_page_version")),
    )


def _messages() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("path", sa.String(length=250), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("consent", DOCUMENT, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        _to("message", "user_id", "user", "SET NULL"),
        _to("message", "answered_by", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_message_token_hash")),
    )
    op.create_index(op.f("ix_message_user_id"), "message", ["user_id"])
    op.create_index("ix_message_kind_state", "message", ["kind", "state"])


def _gate() -> None:
    op.create_table(
        "invitation_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.Column("expires_at", TIME, nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("maker_id", sa.Integer(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        _to("invitation_code", "maker_id", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitation_code_code_hash")),
    )
    op.create_table(
        "admission",
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=32), nullable=False),
        sa.Column("stated", sa.Text(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=True),
        sa.Column("admitted_at", TIME, nullable=True),
        sa.Column("admitted_by", sa.Integer(), nullable=True),
        _to("admission", "declaration_id", "declaration"),
        _to("admission", "code_id", "invitation_code", "SET NULL"),
        _to("admission", "admitted_by", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("declaration_id", name=op.f("pk_admission")),
    )
