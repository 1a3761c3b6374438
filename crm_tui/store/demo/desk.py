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
from crm_tui.store.demo.files import told
from crm_tui.store.demo.life import Life, Step
from crm_tui.store.demo.parties import Directory

_PLANNED_BEFORE = 3
"""Days from the planning of a step to the step."""


class Desk:
    """Tells the steps and parks the drafts of notes.toml."""

    def __init__(self, book: Book, house: House, days: Days, directory: Directory) -> None:
        self._book = book
        self._house = house
        self._days = days
        self._directory = directory
        self._words = told("notes")

    def steps(self) -> None:
        """Plan the steps that belong to no card; those that are over are filed."""
        for step in self._words["steps"]:
            self._step(step)

    def _step(self, line: Mapping[str, Any]) -> None:
        house, days = self._house, self._days
        user_id = house.users[line["who"]]
        over = line["on"] < 0
        planned = days.past(min(line["on"], 0) - _PLANNED_BEFORE, "11:10")
        life = Life(self._book, house, self._directory.party_id(line["party"]))
        action = house.actions[line["action"]]
        when = days.past(line["on"], line["at"]) if over else days.due(line["on"], line.get("at", ""))
        step = Step(when, line["subject"], action, user_id, minutes=line.get("minutes"))
        life.plan(self._book.batch(planned, user_id), step)
        if over:
            ended = days.past(line["on"], line["at"]) + timedelta(minutes=line["minutes"])
            batch = self._book.batch(ended, user_id)
            medium_id = house.mediums[line.get("medium", "Presencial")]
            life.file(batch, line["text"], action, house.results[line["result"]], medium_id)
        life.end()

    def drafts(self, connection: sqlite3.Connection, card_ids: Mapping[str, int]) -> None:
        """Park the forms that ana left a concluir, as the form stores them: chosen records are `#id`."""
        house = self._house
        for line in self._words["drafts"]:
            card_id = card_ids.get(line["card"])
            if card_id is None:
                continue
            body = line["body"].strip()
            payload = {"body": body}
            named = {"action": house.actions, "next_action": house.actions, "result": house.results}
            for field, known in named.items():
                if field in line:
                    payload[field] = f"#{known[line[field]].id}"  # type: ignore[index]
            if "medium" in line:
                payload["medium"] = f"#{house.mediums[line['medium']]}"
            if "stage" in line:
                payload["stage"] = f"#{house.stages['Vendas', line['stage']].id}"
            if "next_when" in line:
                payload["next_when"] = line["next_when"]
            drafts.save(
                connection,
                author_id=house.users["ana"],
                command="file_note",
                subject=f"card:{card_id}",
                payload=payload,
                cursor={"body": line["cursor"]},
                text=body,
                terminal="demo",
                now=self._days.past(line["on"], line["at"]),
            )
