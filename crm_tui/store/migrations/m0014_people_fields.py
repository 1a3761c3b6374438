"""Schema 14: fields of one's own on people are the questions of forms that are answered about a person."""

from __future__ import annotations

from typing import Any

from crm_tui.store.migrations.steps import statements


def upgrade(op: Any) -> None:
    """Every form was about cards before."""
    for statement in statements("m0014_people_fields.sql"):
        op.execute(statement)
