"""CSV as spreadsheets of the language in force open it: UTF-8 with its mark, their sign between the cells.

In pieces, so that a million rows need no memory. What goes into a cell is the caller's: see `domain.text.inert`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from crm_tui.i18n import language

_PIECE = 500
"""Rows in one piece."""


def pieces(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The bytes of a whole file, row after row as they are asked for; half a letter becomes `?`."""
    buffer = io.StringIO("\ufeff", newline="")
    buffer.seek(1)
    writer = csv.writer(buffer, delimiter="," if language() == "en" else ";")
    writer.writerow(heads)
    for n, row in enumerate(rows, start=1):
        writer.writerow(row)
        if n % _PIECE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode(errors="replace")
