"""What may be read of an import before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from crm_tui.services.core.reading import Reading, view
from crm_tui.services.intake import facts, plan
from crm_tui.services.intake.plan import Contact, Preview, Row
from crm_tui.services.intake.ruled import Ruled


@view("intake.run")
def preview(reading: Reading, rows: Sequence[Row]) -> Preview:
    """What each row of a file would become: new, update, duplicate or error, as the rules of duplicates say, too;
    writes nothing."""
    known = [row if row.errors else plan.contact(row) for row in rows]
    contacts = [row for row in known if isinstance(row, Contact)]
    found = facts.read(reading.connection, contacts)
    return plan.preview(known, found, Ruled(reading.connection, reading.viewer, contacts, found))
