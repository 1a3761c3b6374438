"""What an opened card holds beside its story: the checklist and the files, each a tab with verbs of its own. (K28, K30)

Which tab is open and what is drawn is the card's screen; here keys become commands and places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm_tui.domain.board import CardDetail, StageRow
from crm_tui.domain.followup import Step
from crm_tui.domain.label import Member, Task
from crm_tui.domain.moving import Kin
from crm_tui.domain.note import FileRow
from crm_tui.domain.stays import Stay
from crm_tui.domain.subject import subject_of
from crm_tui.i18n import N_, say
from crm_tui.screens.board import tabs
from crm_tui.screens.core.briefing import Briefing
from crm_tui.screens.core.navigate import Navigates
from crm_tui.screens.core.shape import Sided

STORY, TASKS, STEPS, FILES, DATA = range(5)
HOLDS = frozenset(("new.here", "card.add", "card.tick", "card.up", "card.down", "card.remove"))


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything that the screen says of a card; `steps` the planned ones first."""

    card: CardDetail
    brief: Briefing
    stages: Sequence[StageRow]
    steps: Sequence[Step]
    members: Sequence[Member] = ()
    tasks: Sequence[Task] = ()
    files: Sequence[FileRow] = ()
    kin: Sequence[Kin] = ()
    stays: Sequence[Stay] = ()

    def step(self, step_id: int | None) -> Step | None:
        """One of its steps."""
        return next((step for step in self.steps if step.id == step_id), None)


class Belongings(Navigates, Sided[None]):
    """See the module. `CardScreen` completes it."""

    opened: Opened | None
    tab: int

    def __init__(self) -> None:
        super().__init__()
        self.tasks = tabs.Choices(id="tasks")
        self.files = tabs.Choices(id="files")

    # --- what is meant ------------------------------------------------------------------------------------

    @property
    def task_here(self) -> Task | None:
        """The task under the cursor of its tab."""
        found = self.opened.tasks if self.opened is not None and self.tab == TASKS else ()
        return found[min(self.tasks.chosen or 0, len(found) - 1)] if found else None

    @property
    def file_here(self) -> FileRow | None:
        """The file under the cursor of its tab."""
        found = self.opened.files if self.opened is not None and self.tab == FILES else ()
        return found[min(self.files.chosen or 0, len(found) - 1)] if found else None

    def asks(self, action_id: str) -> str:
        """The tab decides what is added, ordered and removed."""
        if action_id not in HOLDS and not (action_id == "rec.edit" and self.tab == TASKS):
            return super().asks(action_id)
        by_tab = {
            TASKS: {
                "card.add": "add_task",
                "new.here": "add_task",
                "card.tick": "tick_task",
                "card.up": "order_task",
                "card.down": "order_task",
                "card.remove": "delete_task",
                "rec.edit": "edit_task",
            },
            FILES: {"card.add": "attach_file", "new.here": "attach_file", "card.remove": "remove_file"},
        }
        return by_tab.get(self.tab, {}).get(action_id, "")

    @property
    def hinted(self) -> frozenset[str]:
        """Of a tab that holds nothing yet, what can be done there."""
        if (self.tab == TASKS and self.task_here is None) or (self.tab == FILES and self.file_here is None):
            return self.OFFERS - (HOLDS - {"card.add"}) - {"rec.open"}
        return self.OFFERS

    @property
    def footer_name(self) -> str:
        return {TASKS: "card.tasks", FILES: "card.files"}.get(self.tab, self.FOOTER)

    # --- verbs --------------------------------------------------------------------------------------------

    def action_card_add(self) -> None:
        """`+`: one more of what the tab holds."""
        if self.opened is None:
            return
        card = self.opened.card
        if self.tab == TASKS:
            self.go(
                "form",
                command="add_task",
                heading=say(N_("New task")),
                about=card.party or card.title,
                fixed={"card": f"#{card.id}"},
                fields=("text",),
                subject=subject_of(card.id),
                done=say(N_("task added")),
            )
        elif self.tab == FILES:
            self.go("attach", card=card.id, name=card.party or card.title)
        elif self.tab == STEPS:
            self.go("schedule", card=card.id, party=card.party_id, name=card.party or card.title)
        else:
            self.go("comment", card=card.id, party=card.party_id)

    def action_new_here(self) -> None:
        """`n`, as in every place: a new one of what is shown, which here is what the tab holds."""
        self.action_card_add()

    def edit_task(self, task: Task) -> None:
        """Word a task anew."""
        self.go(
            "form",
            command="edit_task",
            heading=say(N_("Edit task")),
            fixed={"task": f"#{task.id}", "version": str(task.version)},
            raw={"text": task.text},
            fields=("text",),
            subject=f"task:{task.id}",
            changes_only=True,
            done=say(N_("task reworded")),
        )

    async def action_card_tick(self) -> None:
        """The task is done, or open again; the cursor goes on to the next."""
        from crm_tui.services.label.commands import TickTask

        task = self.task_here
        if task is None:
            self.tell(say(N_("Space ticks a task: t shows the tasks.")))
            return
        said = say(N_("task open again")) if task.done else say(N_("task done"))
        if self.answer(await self.write(TickTask(task=task.id, done=not task.done)), said):
            self.tasks.choose((self.tasks.chosen or 0) + 1)

    async def action_card_up(self) -> None:
        await self._order(-1)

    async def action_card_down(self) -> None:
        await self._order(1)

    async def _order(self, step: int) -> None:
        from crm_tui.services.label.commands import OrderTask

        task = self.task_here
        if task is None:
            self.tell(say(N_("J and K put a task in order: t shows the tasks.")))
        elif self.answer(await self.write(OrderTask(task=task.id, step=step))):
            self.tasks.choose(max(0, (self.tasks.chosen or 0) + step))

    async def action_card_remove(self) -> None:
        """Take the task or the file under the cursor off the card; `u` brings it back."""
        from crm_tui.services.label.commands import DeleteTask
        from crm_tui.services.note.commands import RemoveFile

        task, file = self.task_here, self.file_here
        if task is not None:
            self.answer(await self.write(DeleteTask(task=task.id)), say(N_("task deleted")))
        elif file is not None:
            removed = say(N_("{name} removed"), name=file.filename)
            self.answer(await self.write(RemoveFile(attachment=file.id)), removed)
        else:
            self.tell(say(N_("There is nothing to delete here: tasks and files are.")))

    def holdings(self) -> dict[str, Any]:
        """The ids of what is under the cursor, by the field of a command that names it."""
        found = {"task": self.task_here, "attachment": self.file_here}
        return {name: each.id for name, each in found.items() if each is not None}
