"""Runs the migrations on the connection that is handed over.

It must still run in ten years, so it imports nothing of the program.
"""

from alembic import context
from sqlalchemy import String
from sqlalchemy.types import TypeDecorator

connection = context.config.attributes["connection"]


def stored_type(kind: str, value: object, _autogenerate: object) -> str | bool:
    """Write the type that lies in the store, not the program's own type around it."""
    if kind != "type" or not isinstance(value, TypeDecorator):
        return False
    return "sa.String()" if isinstance(value.impl_instance, String) else f"sa.{value.impl_instance!r}"


context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("metadata"),
    render_as_batch=True,
    render_item=stored_type,
    compare_type=False,
)
with context.begin_transaction():
    context.run_migrations()
