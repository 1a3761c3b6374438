"""A file that another program writes into this one: `curl … | crm-tui import - --yes`. (FEATURES.md M96)"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from crm_tui.cli.failures import Failure, Status
from crm_tui.i18n import Text

INPUT: Final = "-"
_NAME: Final = "input"
_PIECE: Final = 1 << 20


@contextmanager
def piped(file: Path) -> Iterator[Path]:
    """The file itself; for `-` what stands on the standard input, kept until the end because it is read more than
    once. Only its owner reads it. Raises `Failure` (usage) at a terminal, and for more than a file may have."""
    from crm_tui.connectors.delimited import MAX_BYTES

    if str(file) != INPUT:
        yield file
        return
    if sys.stdin is None or sys.stdin.isatty():
        raise Failure(
            Status.USAGE, Text("There is no input: name a file, or let another program write into this one.")
        )
    with tempfile.TemporaryDirectory() as folder:
        path, count = Path(folder) / _NAME, 0
        with path.open("wb") as kept:
            while count <= MAX_BYTES and (piece := sys.stdin.buffer.read(_PIECE)):
                count += kept.write(piece)
        yield path
