"""What may be attached to a card, in one place: for the editor that says it and the handler that holds to it. (B43)

One query and the pure rule of `domain.casetype`. Knows no permission.
"""

from __future__ import annotations

import sqlite3

from crm_tui.domain.casetype import ANY_FILE, FileRule
from crm_tui.store.queries.casetype import FILE_RULE


def rule_of(connection: sqlite3.Connection, card_id: int | None) -> FileRule:
    """What the service type of a card says of files; of one without a type, or of no card, what holds for all."""
    row = connection.execute(FILE_RULE, {"card_id": card_id}).fetchone()
    return ANY_FILE if row is None else FileRule(row[0], bool(row[1]), row[2])
