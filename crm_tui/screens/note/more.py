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
from crm_tui.screens.core.strip import ShowsDays
from crm_tui.screens.note.attaching import NEXT_FILES, NoteFiles
from crm_tui.screens.note.cycle import NoteCycle
from crm_tui.services.label import views as labels
from crm_tui.widgets.looks import clean

NUMBERED = 9
"""Tasks that are ticked by their number; the others by the cursor."""


class NoteMore(ShowsDays, NoteCycle, NoteFiles):
    """What `NoteEditor` can do beside the text."""

    STRIP_GROUND = "background"

    def action_ed_agenda(self) -> None:
        """`f5`: in *Quando* the first free slot, elsewhere Dias livres."""
        field = self.date_field()
        if field is not None:
            self.first_slot(field)
        else:
            about = {"card": self.card_id} if self.card_id is not None else {"party": self.party_id}
            self.go("free", about=about)

    def action_ed_more(self) -> None:
        """`ctrl+g`: more fields; a closed card opened again; its tasks and sales script; data of the person, the
        contact, the card."""
        card = self.card
        items = [
            Item(
                say(N_("_More fields")),
                say(N_("campaign, hours, who and where")),
                lambda: self.run_worker(self.call_for_more()),
            )
        ]
        items += [*self._reopen_items(), self._file_item(), self._agenda_item()]
        if card is not None:
            tasks = self._tasks()
            told = say(N_("{done} of {n} done"), done=sum(t.done for t in tasks), n=len(tasks))
            none = say(N_("this card has none"))
            items.append(Item(say(N_("_Tasks…")), told if tasks else none, self._tick if tasks else None))
            items.append(self._cycle_item())
        if self.party_id is not None:
            edit = partial(self.go, "edit_party", party=self.party_id)
            items.append(Item(say(N_("_Person's data…")), self._who(), edit))
        if card is not None and card.contact_id not in (None, self.party_id):
            edit = partial(self.go, "edit_party", party=card.contact_id)
            items.append(Item(say(N_("_Contact's data…")), card.contact or "", edit))
        if card is not None:
            items.append(
                Item(say(N_("Car_d's data…")), card.number, partial(self.go, "edit_card", card=card.id))
            )
        self.app.push_screen(MenuScreen(say(N_("Without leaving the note")), items, self._who()))

    def _file_item(self) -> Item:
        """A file that is kept with the next step. (T52)"""
        ask = partial(self.ask_file, NEXT_FILES)
        return Item(say(N_("_File of the next step…")), say(N_("kept with it")), ask)

    def _agenda_item(self) -> Item:
        """What is booked with them, what was, what was deleted. (B32)"""
        look = partial(self.go, "of_record", card=self.card_id, party=self.party_id, name=self._who())
        return Item(say(N_("_Appointments…")), say(N_("coming, earlier and deleted ones")), look)

    def _tasks(self) -> list[Task]:
        found: list[Task] = self.crm.read(labels.tasks, self.card_id) if self.card_id is not None else []
        return found

    def _tick(self, at: int = 0) -> None:
        """The checklist; a number, or enter on the cursor's, ticks one or opens it again, and it is shown anew."""
        sign = self.shell.look.glyph("closed")
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
        sheet = MenuScreen(say(N_("Tasks")), items, self._who())
        sheet.rows.at = at
        self.app.push_screen(sheet)

    def _tick_one(self, at: int, task: Task) -> None:
        self.run_worker(self._ticked(at, task))

    async def _ticked(self, at: int, task: Task) -> None:
        from crm_tui.services.label.commands import TickTask

        outcome = await self.write(TickTask(task=task.id, done=not task.done))
        if isinstance(outcome, Refusal):
            self.sentence.show(say(outcome.reason), "overdue")
        else:
            self._tick(at)
