"""What is put on the cards of the demonstration by hand: labels, members, checklists; told as the door would.

All of it comes with the card's opening, but for the ticks, which come with what was said on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_tui.domain.events.label import CardLabelled, MembersChanged, TaskAdded, TaskDone
from crm_tui.domain.label import changes
from crm_tui.store.demo.book import Batch
from crm_tui.store.demo.company import House
from crm_tui.store.demo.files import told
from crm_tui.store.demo.life import Life, changed, inserted
from crm_tui.store.rows import Row
from crm_tui.store.tables import CardLabel, CardMember, ChecklistItem


class Worn:
    """What one card wears and holds; `story` is its key in worn.toml."""

    def __init__(self, life: Life, house: House, story: str) -> None:
        self._life = life
        self._house = house
        self._words: Mapping[str, Any] = told("worn")["cards"].get(story, {})
        self._tasks: list[Row] = []
        self._done = len(self._words.get("done", ()))

    def begin(self, batch: Batch) -> None:
        """Put everything on, with the card's opening."""
        self.label(batch, self._words.get("labels", ()))
        members = self._words.get("members", ())
        if members:
            rows = [self._row(CardMember, user_id=self._house.users[login]) for login in members]
            images = [inserted(CardMember, row) for row in rows]
            self._life.tell(batch, MembersChanged, images, changes=changes(members, ()))
        for position, text in enumerate(
            (*self._words.get("done", ()), *self._words.get("tasks", ())), start=1
        ):
            task = self._life.book.blank(
                ChecklistItem, card_id=self._life.card_id, text=text, position=position
            )
            self._tasks.append(task)
            images = [inserted(ChecklistItem, task)]
            self._life.tell(batch, TaskAdded, images, entity_id=task["id"], task=text)

    def label(self, batch: Batch, names: Sequence[str]) -> None:
        """Put labels on the card."""
        if names:
            labels = [self._house.labels[name] for name in names]
            rows = [self._row(CardLabel, label_id=label.id) for label in labels]
            images = [inserted(CardLabel, row) for row in rows]
            worn = changes([label.name for label in labels], ())
            self._life.tell(batch, CardLabelled, images, changes=worn)

    def tick(self, batch: Batch) -> None:
        """The next of the tasks that are done by now, by whoever acts."""
        task = next((task for task in self._tasks[: self._done] if task["done_at"] is None), None)
        if task is not None and batch.actor_id is not None:
            images = changed(ChecklistItem, task, done_at=batch.stamp, done_by_id=batch.actor_id)
            self._life.tell(batch, TaskDone, images, entity_id=task["id"], task=task["text"])

    def end(self) -> None:
        """Keep the tasks as they stand."""
        for task in self._tasks:
            self._life.book.keep(ChecklistItem, task)

    def _row(self, model: Any, **values: int) -> Row:
        row = self._life.book.blank(model, card_id=self._life.card_id, **values)
        self._life.book.keep(model, row)
        return row
