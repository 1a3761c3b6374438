"""`i` in settings: what happened to one record of a register, newest first, in a sheet."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.trail import Entry
from crm_tui.i18n import N_, say
from crm_tui.screens.core.menus import TextScreen
from crm_tui.screens.core.shell import Shell
from crm_tui.services.core.reading import Denied
from crm_tui.services.trail import views
from crm_tui.ui import formats
from crm_tui.ui.sentences import sentence

MOST = 100


def record_history(shell: Shell, entity: str, entity_id: int, name: str) -> TextScreen:
    """The sentences of the last events of one record."""
    now, zone = shell.crm.clock(), shell.crm.viewer.zone
    try:
        entries: list[Entry] = shell.crm.read(views.of_entity, entity, entity_id, MOST)
    except Denied as error:
        return TextScreen(name, say(error.reason))

    def line(entry: Entry) -> str:
        told: Any = sentence(entry.kind, entry.params, now, zone, ascii=shell.look.ascii)
        return f"{formats.stamp(entry.at, now, zone)}  {entry.actor or '—'}  {told}"

    lines = [line(entry) for entry in entries]
    return TextScreen(name, "\n".join(lines) or say(N_("Nothing happened to it since it was made.")))
