"""Alembic's entry: migrations run over the connection that `qawl.record.database.Database.upgrade` gives."""

from alembic import context

from qawl.record.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
