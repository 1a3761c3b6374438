"""What lies on the operator's desk beside the cards: steps with a person alone, meetings that are over, drafts."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from crm_tui.domain.subject import subject_of
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
        for line in self._words["drafts"]:
            card_id = card_ids.get(line["card"])
            if card_id is None:
                continue
            body = line["body"].strip()
            rows = body.split("\n")
            drafts.save(
                connection,
                author_id=self._house.users["ana"],
                command="file_note",
                subject=subject_of(card_id),
                payload={"body": body, **self._fields(line)},
                cursor={"field": "body", "at": [len(rows) - 1, len(rows[-1])]},
                text=body,
                terminal="demo",
                now=self._days.past(line["on"], line["at"]),
            )

    def _fields(self, line: Mapping[str, Any]) -> dict[str, str]:
        """The fields beside the text: a chosen record as `#id`, with what it is called."""
        house = self._house
        chosen: dict[str, tuple[int, str]] = {}
        for field in ("action", "next_action"):
            if field in line:
                action = house.actions[line[field]]
                chosen[field] = (action.id, action.name)
        if "result" in line:
            result = house.results[line["result"]]
            chosen["result"] = (result.id, result.name)
        if "medium" in line:
            chosen["medium"] = (house.mediums[line["medium"]], line["medium"])
        if "stage" in line:
            stage = house.stages["Vendas", line["stage"]]
            chosen["stage"] = (stage.id, stage.name)
        found = {field: f"#{row_id}" for field, (row_id, _) in chosen.items()}
        found |= {f"{field}:label": name for field, (_, name) in chosen.items()}
        return found | ({"next_when": line["next_when"]} if "next_when" in line else {})
