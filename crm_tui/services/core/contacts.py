"""Whom one speaks with about a card, a person or a step: one rule for what is filed and for what is shown. (T37)"""

from __future__ import annotations

import sqlite3

from crm_tui.domain.access import Viewer
from crm_tui.domain.fields import Option
from crm_tui.services.core.scope import sight
from crm_tui.store.queries.party import CONTACT


def main(
    connection: sqlite3.Connection,
    viewer: Viewer,
    *,
    card: int | None,
    party: int | None,
    activity: int | None,
) -> Option | None:
    """The contact that holds while nobody says another: of the planned step, else of the card, else of the
    organisation; None where it is the person itself, or nobody whom the viewer may see."""
    asked = {"card_id": card, "party_id": party, "activity_id": activity, **sight(viewer)}
    row = connection.execute(CONTACT, asked).fetchone()
    return None if row is None else Option(int(row[0]), str(row[1]))
