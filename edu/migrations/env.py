"""Alembic's entrance: runs the revisions on the connection that edu.schema hands over."""

from alembic import context

from edu.db import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
