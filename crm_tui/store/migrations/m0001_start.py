"""Schema 1: everything that the first release needs."""

from __future__ import annotations

from importlib.resources import files
from typing import Any


def statements() -> list[str]:
    """The frozen statements of this step; later changes to the table classes never alter it."""
    text = files(__package__).joinpath("m0001_start.sql").read_text(encoding="utf-8")
    return [s.strip() for s in text.split(";\n") if s.strip()]


def upgrade(op: Any) -> None:
    """Create every table and index."""
    for statement in statements():
        op.execute(statement)
