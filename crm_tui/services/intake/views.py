"""What may be read of an import before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from crm_tui.services.core.reading import Reading, view
from crm_tui.services.intake import facts, plan
from crm_tui.services.intake.plan import Preview, Row


@view("intake.run")
def preview(reading: Reading, rows: Sequence[Row]) -> Preview:
    """What each row of a file would become: new, update, duplicate or error; writes nothing."""
    contacts = (plan.contact(row) for row in rows if not row.errors)
    return plan.preview(rows, facts.read(reading.connection, contacts))
