"""The rows of a sheet that could not be taken in, as a new CSV file: mended there, it is imported as the first was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from crm_tui.connectors import csv_out, files
from crm_tui.connectors.delimited import Row
from crm_tui.connectors.files import FileFault
from crm_tui.connectors.sheets import Headed, unreadable
from crm_tui.domain.text import inert
from crm_tui.i18n import N_, Text, say

_NUMBER = re.compile(r"[+-][\d\s().-]+")


def save(opened: Any, errors: Mapping[int, str], target: Path, database: Path) -> Path:
    """Write the header and the rows of these lines, each with its reason in a last column; where the file lies.

    `opened`: what `open_contacts`, `open_deals` or `open_acts` gave. Raises `FileFault`, for what is no sheet, too.
    """
    found = getattr(opened, "found", None)
    if not isinstance(found, Headed):
        raise FileFault(Text("Only the rows of a sheet can be written to be mended: mend the file itself."))
    return files.save_pieces(target, say(N_("errors.csv")), _pieces(found, errors), database)


def beside(path: Path) -> Path:
    """The first name beside a file that is free: `contacts-errors.csv`, `contacts-errors-2.csv`."""
    stem = f"{path.stem}-{say(N_('errors'))}"
    names = (f"{stem}.csv", *(f"{stem}-{n}.csv" for n in range(2, 100)))
    return next((path.with_name(name) for name in names if not path.with_name(name).exists()), path)


def _pieces(found: Headed[Any], errors: Mapping[int, str]) -> Iterator[bytes]:
    heads = [*map(_safe, found.header.cells), say(N_("Error of the import"))]
    width = len(found.header.cells)
    wrong = (row for row in _below(found) if row.line in errors)
    return csv_out.pieces(
        heads,
        ([*map(_safe, [*row.cells, *[""] * (width - len(row.cells))]), errors[row.line]] for row in wrong),
    )


def _below(found: Headed[Any]) -> Iterator[Row]:
    """The rows; whoever writes them must not take the file that is read for the one that is written."""
    try:
        yield from found.below()
    except OSError as error:
        raise unreadable(Path(Path(error.filename or "").name), error) from None  # one line holds it


def _safe(cell: str) -> str:
    """No formula; a telephone with its country stays as it is, so that it is read again."""
    return cell if _NUMBER.fullmatch(cell) else inert(cell)
