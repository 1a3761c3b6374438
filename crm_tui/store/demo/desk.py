"""What lies on the operator's desk beside the cards: steps with a person alone, meetings that are over, drafts."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from crm_tui.store import drafts
from crm_tui.store.demo.book import Book
from crm_tui.store.demo.company import House
from crm_tui.store.demo.days import Days
from crm_tui.store.demo.life import Life, Step
from crm_tui.store.demo.parties import Directory
from crm_tui.store.demo.stories import words

_PLANNED_BEFORE = 3
"""Days from the planning of a step to the step."""


class Desk:
    """Tells the steps and parks the drafts of notes.toml."""

    def __init__(self, book: Book, house: House, days: Days, directory: Directory) -> None:
        self._book = book
        self._house = house
        self._days = days
        self._directory = directory
        self._words = words()

    def steps(self) -> None:
        """Plan the steps that belong to no card; those that are over are filed."""
        for told in self._words["steps"]:
            self._step(told)

    def _step(self, told: Mapping[str, Any]) -> None:
        house, days = self._house, self._days
        user_id = house.users[told["who"]]
        over = told["on"] < 0
        planned = days.past(min(told["on"], 0) - _PLANNED_BEFORE, "11:10")
        life = Life(self._book, house, self._directory.party_id(told["party"]))
        action = house.actions[told["action"]]
        when = days.past(told["on"], told["at"]) if over else days.due(told["on"], told.get("at", ""))
        step = Step(when, told["subject"], action, user_id, minutes=told.get("minutes"))
        life.plan(self._book.batch(planned, user_id), step)
        if over:
            ended = days.past(told["on"], told["at"]) + timedelta(minutes=told["minutes"])
            batch = self._book.batch(ended, user_id)
            medium_id = house.mediums[told.get("medium", "Presencial")]
            life.file(batch, told["text"], action, house.results[told["result"]], medium_id)
        life.end()

    def drafts(self, connection: sqlite3.Connection, card_ids: Mapping[str, int]) -> None:
        """Park the forms that ana left a concluir, as the form stores them: chosen records are `#id`."""
        house = self._house
        for told in self._words["drafts"]:
            card_id = card_ids.get(told["card"])
            if card_id is None:
                continue
            body = told["body"].strip()
            payload = {"body": body}
            named = {"action": house.actions, "next_action": house.actions, "result": house.results}
            for field, known in named.items():
                if field in told:
                    payload[field] = f"#{known[told[field]].id}"  # type: ignore[index]
            if "medium" in told:
                payload["medium"] = f"#{house.mediums[told['medium']]}"
            if "stage" in told:
                payload["stage"] = f"#{house.stages['Vendas', told['stage']].id}"
            if "next_when" in told:
                payload["next_when"] = told["next_when"]
            drafts.save(
                connection,
                author_id=house.users["ana"],
                command="file_note",
                subject=f"card:{card_id}",
                payload=payload,
                cursor={"body": told["cursor"]},
                text=body,
                terminal="demo",
                now=self._days.past(told["on"], told["at"]),
            )
