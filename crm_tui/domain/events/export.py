"""What happens when data leaves the base as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class DataExported(Happened):
    """So many rows were written to a file of this name; its reason is the filter that said which. Nothing to put back:
    what has left has left."""

    kind: ClassVar[str] = "data.exported"
    entity: ClassVar[str] = "user"
    sentence: ClassVar[str] = N_("Exported to {file}: {records_word} ({rows})")
    touches: ClassVar[bool] = False
    undoable: ClassVar[bool] = False
    records_word: str
    file: str
    rows: int
