"""Files of questions that are looked at before they are taken, and drafts of quizzes"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "question_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("losses", DOCUMENT, nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user.id"], name=op.f("fk_question_import_owner_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_import")),
    )
    op.create_index(op.f("ix_question_import_owner_id"), "question_import", ["owner_id"])
    op.create_table(
        "quiz_draft",
        sa.Column("quiz_id", sa.Integer(), nullable=False),
        sa.Column("sheet", DOCUMENT, nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("saved_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["quiz_id"], ["quiz.id"], name=op.f("fk_quiz_draft_quiz_id_quiz"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["user.id"], name=op.f("fk_quiz_draft_saved_by_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("quiz_id", name=op.f("pk_quiz_draft")),
    )


def downgrade() -> None:
    op.drop_table("quiz_draft")
    op.drop_table("question_import")
