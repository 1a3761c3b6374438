"""Schema 9: profiles that are out of use."""

from __future__ import annotations

from typing import Any


def upgrade(op: Any) -> None:
    """Every profile is in use."""
    op.execute("ALTER TABLE profile ADD COLUMN active BOOLEAN DEFAULT 1 NOT NULL")
