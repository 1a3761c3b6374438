"""The history of actions as a CSV file that any spreadsheet opens, and takes nothing in it for a formula. (T13)

Written as it is read, page by page: a million actions need no memory. UTF-8 with its mark; the sign between cells is
what spreadsheets of the language in force expect.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import tzinfo
from pathlib import Path

from crm_tui.connectors import files
from crm_tui.domain.action_history import ActionRow
from crm_tui.domain.text import inert
from crm_tui.i18n import N_, language, say, say_n

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
_PIECE = 500
"""Rows written at once."""


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
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter="," if language() == "en" else ";")
    writer.writerow([say(head) for head in HEADS])
    yield b"\xef\xbb\xbf"
    for n, row in enumerate(rows, start=1):
        told_at = row.done_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        cells = (row.party, row.contact, row.number, row.action, row.campaign, row.medium, row.result)
        writer.writerow([inert(cell or "") for cell in (told_at, *cells, row.detail, row.by, row.body)])
        if n % _PIECE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()
