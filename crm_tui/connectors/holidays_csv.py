"""Holidays of cities from a CSV file, `UF;cidade;dia;nome`: its lines, with what is wrong with each. (X20)

Judges nothing but whether a line can be taken apart; writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from crm_tui.connectors import files
from crm_tui.connectors.delimited import Row, encoding_of, rows
from crm_tui.domain.holidays_file import CityLine
from crm_tui.domain.note import ATTACHMENT_LIMIT
from crm_tui.domain.text import fold
from crm_tui.i18n import Text

_HEADS = frozenset(("uf", "estado", "state"))


def read(path: Path, database: Path) -> list[CityLine]:
    """The lines of the file without its heading; raises `files.FileFault` for one that cannot be read."""
    said = {"path": str(path)}
    held = files.read(path, database)  # refuses the live database, and what is no file
    if len(held) > ATTACHMENT_LIMIT:
        raise files.FileFault(Text("{path} is too large for a list of holidays: split it.", said))
    try:
        return list(_lines(path, _delimiter(held)))
    except OSError as error:
        why = error.strerror or str(error)
        raise files.FileFault(Text("{path} cannot be read: {why}.", {**said, "why": why})) from None


def _lines(path: Path, delimiter: str) -> Iterator[CityLine]:
    for n, row in enumerate(rows(path, encoding_of(path), delimiter)):
        if n == 0 and _is_heading(row):
            continue
        yield CityLine(row.line, row.cells, row.fault)


def _delimiter(held: bytes) -> str:
    head = held[:4096].partition(b"\n")[0]
    return max(";,\t", key=lambda sign: head.count(sign.encode()))


def _is_heading(row: Row) -> bool:
    return bool(row.cells) and fold(row.cells[0].strip()) in _HEADS
