"""Somebody who looks at one card, on which notes appear from elsewhere: how soon, and how large the log grows."""

from __future__ import annotations

import re
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.tools.term import Term, Unmet

BEACONS = 0.5
"""Seconds between two notes."""
PATIENCE = 60.0


@dataclass
class Onlooker:
    """`took`: seconds from a note's commit in this process to the screen; `log`: the most bytes of the log."""

    database: Path
    card: str
    took: list[float] = field(default_factory=list)
    log: int = 0
    faults: list[str] = field(default_factory=list)

    def look(self, opened: Term, until: float) -> None:
        """Open the card, write notes on it from elsewhere until the time is over, and time each."""
        from crm_tui.bootstrap import open_crm
        from crm_tui.services.core.refs import resolve
        from crm_tui.services.note.commands import AddComment

        log = self.database.with_name(f"{self.database.name}-wal")
        crm = open_crm(self.database, "admin")
        try:
            with opened as term, closing(crm.store):
                found = resolve(crm.reading(), self.card)
                assert found is not None
                term.wait("1 Hoje", PATIENCE)
                term.send("ctrl+k")
                term.wait("enter escolher", PATIENCE)
                term.type(self.card)
                term.wait(rf"{self.card}(?s:.+){self.card}", PATIENCE)
                term.send("enter")
                term.wait("e editar", PATIENCE)
                while time.monotonic() < until or not self.took:
                    term.send("home")  # the cursor's row stays where it is, and what is new stands above it
                    term.next_change(BEACONS)
                    mark = f"sinal {len(self.took):05d}."
                    crm.run(AddComment(card=found.id, body=mark))
                    began = time.monotonic()
                    term.wait(re.escape(mark), PATIENCE)
                    self.took.append(time.monotonic() - began)
                    self.log = max(self.log, log.stat().st_size)
                    term.next_change(BEACONS)
        except Unmet as unmet:
            self.faults.append(f"whoever looks on: {unmet}")
