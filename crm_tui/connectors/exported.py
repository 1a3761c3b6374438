"""The history of actions as a CSV file that any spreadsheet opens, and takes nothing in it for a formula. (T13)

Written as it is read, page by page: a million actions need no memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from pathlib import Path

from crm_tui.connectors import csv_out, files
from crm_tui.domain.action_history import ActionRow
from crm_tui.domain.text import inert
from crm_tui.i18n import N_, say, say_n

HEADS = (
    *(
        N_("When"),
        N_("Who"),
        N_("Contact"),
        N_("Number"),
        N_("Action"),
        N_("Campaign"),
        N_("Medium"),
        N_("Result"),
    ),
    *(N_("Detail"), N_("By"), N_("Description")),
)
NAME = N_("actions.csv")


def actions(path: Path, rows: Iterable[ActionRow], zone: tzinfo, database: Path) -> tuple[Path, int]:
    """Write the actions to a new file: where it lies, and how many there are. `FileFault` if it cannot be made."""
    counted = _Counted(rows)
    target = files.save_pieces(path, say(NAME), _pieces(counted, zone), database)
    return target, counted.n


def told(path: Path, written: int) -> str:
    """What was written, in a sentence."""
    return say_n("{n} action in {path}", "{n} actions in {path}", written, path=str(path))


class _Counted:
    def __init__(self, rows: Iterable[ActionRow]) -> None:
        self._rows = rows
        self.n = 0

    def __iter__(self) -> Iterator[ActionRow]:
        for row in self._rows:
            self.n += 1
            yield row


def _pieces(rows: Iterable[ActionRow], zone: tzinfo) -> Iterator[bytes]:
    return csv_out.pieces([say(head) for head in HEADS], (_cells(row, zone) for row in rows))


def _cells(row: ActionRow, zone: tzinfo) -> list[str]:
    told_at = row.done_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    cells = (row.party, row.contact, row.number, row.action, row.campaign, row.medium, row.result)
    return [inert(cell or "") for cell in (told_at, *cells, row.detail, row.by, row.body)]
