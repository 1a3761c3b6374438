"""What an opened card holds beside its story: tasks, forms, items and files, each a tab with verbs of its own.
(E36, E41, K28, K30)

Which tab is open and what is drawn is the card's screen; here keys become commands and places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm_tui.domain.board import CardDetail, StageRow
from crm_tui.domain.followup import Step
from crm_tui.domain.form import CardField, FormOfCard
from crm_tui.domain.label import Member, Task, tally
from crm_tui.domain.moving import Kin
from crm_tui.domain.note import FileRow
from crm_tui.domain.offer import CardItemRow
from crm_tui.domain.stays import Stay
from crm_tui.domain.subject import subject_of
from crm_tui.i18n import N_, say
from crm_tui.screens.board import tabs
from crm_tui.screens.board.facts import Datum
from crm_tui.screens.board.forms import amount_typed
from crm_tui.screens.board.items import ItemLines
from crm_tui.screens.core.briefing import Briefing
from crm_tui.screens.core.navigate import Navigates
from crm_tui.screens.core.shape import Sided
from crm_tui.widgets.looks import Run
from crm_tui.widgets.pane import Line

STORY, TASKS, STEPS, FORMS, ITEMS, FILES, DATA = range(7)
NAMES = (N_("Timeline"), N_("Tasks"), N_("Agenda"), N_("Forms"), N_("Items"), N_("Files"), N_("Data"))
FACTS = 39
"""Cells of the facts where they stand beside the tabs."""
NO_ITEM = N_("No item yet: + adds what is sold, and the card is worth what its items come to.")
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
    forms: Sequence[FormOfCard] = ()
    further: Sequence[CardField] = ()
    items: Sequence[CardItemRow] = ()
    kin: Sequence[Kin] = ()
    stays: Sequence[Stay] = ()

    def step(self, step_id: int | None) -> Step | None:
        """One of its steps."""
        return next((step for step in self.steps if step.id == step_id), None)


def tab_names(opened: Opened | None) -> tuple[tuple[str, str], ...]:
    """The tabs of a card, each with how much stands behind it: open steps, and the forms that a stage waits for,
    or how far the sales scripts are answered."""
    counts = [""] * len(NAMES)
    if opened is not None:
        planned = sum(step.state == "planned" for step in opened.steps)
        waiting = sum(form.open for form in opened.forms)
        counts[TASKS], counts[STEPS] = tally(opened.tasks), str(planned or "")
        counts[FORMS] = f"!{waiting}" if waiting else _far(opened.forms)
        counts[ITEMS], counts[FILES] = str(len(opened.items) or ""), str(len(opened.files) or "")
    return tuple((say(name), count) for name, count in zip(NAMES, counts, strict=True))


def _far(forms: Sequence[FormOfCard]) -> str:
    """How many questions of the sales scripts have an answer, as tasks are told: `2/5`."""
    asked = sum(form.asked for form in forms)
    return f"{sum(form.given for form in forms)}/{asked}" if asked else ""


class Belongings(Navigates, Sided[None]):
    """See the module. `CardScreen` completes it."""

    opened: Opened | None
    tab: int
    card_id: int

    def __init__(self) -> None:
        super().__init__()
        self.tasks = tabs.Choices(id="tasks")
        self.items = tabs.Choices(id="items")
        self.item_heads, self.item_sums = tabs.Bar("background"), tabs.Bar("raised")
        self.files = tabs.Choices(id="files")
        self.forms = tabs.Choices(id="forms")
        self.fields = tabs.Choices(id="fields")
        self.data: list[Datum] = []

    # --- the items with their heads and sums --------------------------------------------------------------

    def show_items(self, items: Sequence[CardItemRow]) -> None:
        """Show these, in columns as wide as they need."""
        lines = ItemLines(self.shell.look, items, self.app.size.width - (FACTS if self.wide else 0))
        self.items.set_blocks(lines.rows() or [[Line((Run(say(NO_ITEM), "muted"),))]], keep=True)
        self.item_heads.show(*lines.heads())
        self.item_sums.show(*lines.sums())
        self.frame_items()

    def frame_items(self) -> None:
        """Heads and sums stand round the items where there are any."""
        held = self.tab == ITEMS and self.opened is not None and bool(self.opened.items)
        self.item_heads.display = self.item_sums.display = held

    def action_view_filter(self) -> None:
        """`/`: the story on its own, with the line for what of it is meant."""
        self.go("history", card=self.card_id, filtering=True)

    # --- what is meant ------------------------------------------------------------------------------------

    @property
    def task_here(self) -> Task | None:
        """The task under the cursor of its tab."""
        found = self.opened.tasks if self.opened is not None and self.tab == TASKS else ()
        return found[min(self.tasks.chosen or 0, len(found) - 1)] if found else None

    @property
    def item_here(self) -> CardItemRow | None:
        """The item under the cursor of its tab."""
        found = self.opened.items if self.opened is not None and self.tab == ITEMS else ()
        return found[min(self.items.chosen or 0, len(found) - 1)] if found else None

    @property
    def file_here(self) -> FileRow | None:
        """The file under the cursor of its tab."""
        found = self.opened.files if self.opened is not None and self.tab == FILES else ()
        return found[min(self.files.chosen or 0, len(found) - 1)] if found else None

    @property
    def form_here(self) -> FormOfCard | None:
        """The form under the cursor of its tab, or the one that asks for the field under the cursor of the data."""
        found = self.opened.forms if self.opened is not None else ()
        if self.tab != FORMS:
            asking = self.datum_here.form if self.datum_here is not None else None
            return next((form for form in found if form.id == asking), None)
        return found[min(self.forms.chosen or 0, len(found) - 1)] if found else None

    @property
    def datum_here(self) -> Datum | None:
        """The field under the cursor of the data."""
        at = self.fields.chosen if self.tab == DATA else None
        return self.data[at] if at is not None and at < len(self.data) else None

    def asks(self, action_id: str) -> str:
        """The tab decides what is added, ordered and removed."""
        if action_id not in HOLDS and not (action_id == "rec.edit" and self.tab in (TASKS, ITEMS)):
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
            ITEMS: {
                "card.add": "add_card_item",
                "new.here": "add_card_item",
                "card.remove": "remove_card_item",
                "rec.edit": "edit_card_item",
            },
            FILES: {"card.add": "attach_file", "new.here": "attach_file", "card.remove": "remove_file"},
            FORMS: {"card.add": "answer_form", "new.here": "answer_form", "rec.open": "answer_form"},
        }
        return by_tab.get(self.tab, {}).get(action_id, "")

    @property
    def hinted(self) -> frozenset[str]:
        """Of a tab that holds nothing yet, what can be done there."""
        here = {TASKS: self.task_here, ITEMS: self.item_here, FILES: self.file_here}
        if here.get(self.tab, self) is None:
            return self.OFFERS - (HOLDS - {"card.add"}) - {"rec.open"}
        return self.OFFERS

    @property
    def footer_name(self) -> str:
        own = {TASKS: "card.tasks", FORMS: "card.forms", ITEMS: "card.items", FILES: "card.files"}
        return own.get(self.tab, self.FOOTER)

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
        elif self.tab == ITEMS:
            self._add_item(card)
        elif self.tab == FILES:
            self.go("attach", card=card.id, name=card.party or card.title)
        elif self.tab == FORMS:
            self.go("forms", cards=[(card.id, card.version, card.party or card.title)])
        elif self.tab == STEPS:
            self.go("schedule", card=card.id, party=card.party_id, name=card.party or card.title)
        else:
            self.go("comment", card=card.id, party=card.party_id)

    def action_new_here(self) -> None:
        """`n`, as in every place: a new one of what is shown, which here is what the tab holds."""
        self.action_card_add()

    def answer_form(self, form: FormOfCard) -> None:
        """Answer a form; one out of use can only be read."""
        if form.active:
            self.go("answer", card=self.card_id, form=form.id)
        else:
            self.read_answers(form)

    def read_answers(self, form: FormOfCard) -> None:
        """What was answered so far."""
        if form.answers:
            self.go("answers", card=self.card_id, form=form.id)
        else:
            self.tell(say(N_("This form is not answered yet: enter answers it.")))

    def _add_item(self, card: CardDetail) -> None:
        """What is sold with the card: its offer's items come first, and ctrl+n goes on with the next."""
        self.go(
            "form",
            command="add_card_item",
            heading=say(N_("New item")),
            about=card.party or card.title,
            fixed={"card": f"#{card.id}"},
            fields=("item", "qty", "unit_price", "discount"),
            subject=subject_of(card.id),
            context={"offer": card.offer_id} if card.offer_id is not None else {},
            done=say(N_("item added")),
            again={},
        )

    def edit_held(self) -> bool:
        """Edit the task or the item under the cursor; False where there is none."""
        if self.task_here is not None:
            self.edit_task(self.task_here)
        elif self.item_here is not None:
            self.edit_item(self.item_here)
        else:
            return False
        return True

    def edit_item(self, item: CardItemRow) -> None:
        """How many, at which price, how much less."""
        self.go(
            "form",
            command="edit_card_item",
            heading=say(N_("Edit item")),
            about=item.item,
            fixed={"card_item": f"#{item.id}", "version": str(item.version)},
            raw={
                "qty": str(item.qty),
                "unit_price": amount_typed(item.unit_price),
                "discount": amount_typed(item.discount),
            },
            fields=("qty", "unit_price", "discount"),
            subject=f"card_item:{item.id}",
            changes_only=True,
            done=say(N_("item changed")),
        )

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
        """Take the task, the item or the file under the cursor off the card; `u` brings it back."""
        from crm_tui.services.label.commands import DeleteTask
        from crm_tui.services.note.commands import RemoveFile
        from crm_tui.services.offer.commands import RemoveCardItem

        task, item, file = self.task_here, self.item_here, self.file_here
        if task is not None:
            self.answer(await self.write(DeleteTask(task=task.id)), say(N_("task deleted")))
        elif item is not None:
            gone = say(N_("{name} taken off"), name=item.item)
            self.answer(await self.write(RemoveCardItem(card_item=item.id)), gone)
        elif file is not None:
            removed = say(N_("{name} removed"), name=file.filename)
            self.answer(await self.write(RemoveFile(attachment=file.id)), removed)
        else:
            self.tell(say(N_("There is nothing to delete here: tasks, items and files are.")))

    def holdings(self) -> dict[str, Any]:
        """The ids of what is under the cursor, by the field of a command that names it."""
        found = {"task": self.task_here, "card_item": self.item_here, "attachment": self.file_here}
        return {name: each.id for name, each in found.items() if each is not None}
