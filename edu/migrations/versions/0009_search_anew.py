"""Transcripts have shorter lines and chapters are found by their own title: the next start reads all anew"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.text("DELETE FROM search_entry"))


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM search_entry"))
