"""What is asked of the trail when data leaves: that it is said, before the file is there."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.export import KEY, NAMES, What
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, choices


class NoteExport(Command):
    """Write into the trail that records were exported: how many, to which file, by which filter. Whoever writes such a
    file asks this first, and without it there is no file. (LGPD)"""

    permission: ClassVar[str] = KEY
    title: ClassVar[str] = N_("Note an export")
    undoable: ClassVar[bool] = False

    what: What = ask(N_("Records"), choices=choices(NAMES))
    file: str = ask(N_("File"), max_length=400)
    rows: int = ask(N_("Rows"), ge=0)
    filter: str = ask(N_("Filter"), default="", max_length=2_000)
