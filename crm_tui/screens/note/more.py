"""What else is done from inside the parecer without leaving it: more fields, tasks, the sales script, the people's
data. (B38, B40, B66)

`ctrl+g` opens a menu over the text; one letter does it, and the text stands below as it was.
"""

from __future__ import annotations

from functools import partial

from crm_tui.domain.label import Task
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import N_, say
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.screens.note.attaching import NEXT_FILES, Files
from crm_tui.screens.note.cycle import Script
from crm_tui.screens.note.desk import Desk
from crm_tui.screens.note.following import Following
from crm_tui.services.label import views as labels
from crm_tui.widgets.looks import clean

NUMBERED = 9
"""Tasks that are ticked by their number; the others by the cursor."""


class More:
    """The menu of `ctrl+g`: more fields; a closed card opened again; its tasks and sales script; data of the person,
    the contact, the card."""

    def __init__(self, desk: Desk, following: Following, files: Files, script: Script) -> None:
        self._desk, self._following, self._files, self._script = desk, following, files, script

    def show(self) -> None:
        """Over the text, which stands below as it was."""
        desk, who = self._desk, self._desk.who()
        items = [
            Item(say(N_("_More fields")), say(N_("campaign, hours, who and where")), self._more_fields),
            *self._script.reopen_items(),
            Item(
                say(N_("_File of the next step…")),
                say(N_("kept with it")),
                partial(self._files.ask, NEXT_FILES),
            ),
            self._agenda_item(who),
            *self._card_items(),
            *self._data_items(who),
        ]
        desk.screen.app.push_screen(MenuScreen(say(N_("Without leaving the note")), items, who))

    def _more_fields(self) -> None:
        self._desk.screen.run_worker(self._following.call_for_more())

    def _agenda_item(self, who: str) -> Item:
        """What is booked with them, what was, what was deleted. (B32)"""
        desk = self._desk
        look = partial(desk.screen.go, "of_record", card=desk.card_id, party=desk.party_id, name=who)
        return Item(say(N_("Appoi_ntments…")), say(N_("coming, earlier and deleted ones")), look)

    def _card_items(self) -> list[Item]:
        if self._desk.card is None:
            return []
        tasks = self._tasks()
        told = say(N_("{done} of {n} done"), done=sum(t.done for t in tasks), n=len(tasks))
        none = say(N_("this card has none"))
        return [
            Item(say(N_("_Tasks…")), told if tasks else none, self._tick if tasks else None),
            self._script.item(),
        ]

    def _data_items(self, who: str) -> list[Item]:
        """Forms in which the data of whom and what the note is about are changed."""
        party, card, go = self._desk.party_id, self._desk.card, self._desk.screen.go
        found: list[Item] = []
        if party is not None:
            found.append(Item(say(N_("_Person's data…")), who, partial(go, "edit_party", party=party)))
        if card is not None and card.contact_id not in (None, party):
            edit = partial(go, "edit_party", party=card.contact_id)
            found.append(Item(say(N_("_Contact's data…")), card.contact or "", edit))
        if card is not None:
            found.append(Item(say(N_("Car_d's data…")), card.number, partial(go, "edit_card", card=card.id)))
        return found

    # --- tasks ----------------------------------------------------------------------------------------------

    def _tasks(self) -> list[Task]:
        if self._desk.card_id is None:
            return []
        found: list[Task] = self._desk.crm.read(labels.tasks, self._desk.card_id)
        return found

    def _tick(self, at: int = 0) -> None:
        """The checklist; a number, or enter on the cursor's, ticks one or opens it again, and it is shown anew."""
        sign = self._desk.shell.look.glyph("closed")
        items = [
            Item(
                f"[{sign if task.done else ' '}] {clean(task.text)}",
                task.done_by or "",
                partial(self._tick_one, n, task),
                str(n + 1) if n < NUMBERED else " ",
                muted=task.done,
            )
            for n, task in enumerate(self._tasks())
        ]
        sheet = MenuScreen(say(N_("Tasks")), items, self._desk.who())
        sheet.rows.at = at
        self._desk.screen.app.push_screen(sheet)

    def _tick_one(self, at: int, task: Task) -> None:
        self._desk.shell.gate.hold()  # Esc is meant for the list that comes again, not for the text under it
        self._desk.screen.run_worker(self._ticked(at, task))

    async def _ticked(self, at: int, task: Task) -> None:
        from crm_tui.services.label.commands import TickTask

        try:
            outcome = await self._desk.screen.write(TickTask(task=task.id, done=not task.done))
            if isinstance(outcome, Refusal):
                self._desk.sentence.show(say(outcome.reason), "overdue")
            else:
                self._tick(at)
        finally:
            await self._desk.shell.gate.release()
