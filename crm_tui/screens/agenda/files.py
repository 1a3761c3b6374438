"""An appointment as a calendar file: the sheet that asks where to. (T61, X36)"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any

from crm_tui.connectors import calendars, files
from crm_tui.domain.ics import IcsEvent
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import N_, Text, say
from crm_tui.screens.core.path_sheet import PathScreen
from crm_tui.screens.core.shell import Shell
from crm_tui.services.agenda import going_out
from crm_tui.widgets.looks import clean


class ExportAppointment(PathScreen):
    """Write an appointment, its whole series if it is of one, to a new file; never over one that is there."""

    def __init__(self, *, activity: int, **_: Any) -> None:
        super().__init__(say(N_("Export appointment")), "", say(N_("As")))
        self.activity = activity
        self.events: Sequence[IcsEvent] = ()

    def hindrance(self, shell: Shell) -> Refusal | None:
        """What hinders it from opening; it names the file after the appointment."""
        self.events = shell.crm.read(going_out.appointment_file, self.activity)
        if not self.events:
            return Refusal(
                Text(
                    "Only an appointment that you may see, with an hour or for whole days, can be exported."
                ),
                RefusedBy.RULE,
            )
        self.about = self.events[0].summary
        self.line.value = f"~/{calendars.file_name(self.events)}"
        return None

    async def act(self, typed: str) -> None:
        path, now = files.located(typed), self.crm.clock()
        write = partial(calendars.save_one, path, self.events, now, self.crm.store.path)
        try:
            target = await asyncio.to_thread(write)
        except files.FileFault as fault:
            self.refuse(say(fault.reason))
            return
        self.done(say(N_("saved as {path}"), path=clean(str(target))))
