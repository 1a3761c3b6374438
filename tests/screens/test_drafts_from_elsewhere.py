"""Rows of drafts that other hands, or another version, changed: the list stands, and what can be read is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crm_tui.bootstrap import open_crm
from tests.conftest import Clock
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("pt")

NOTES: list[tuple[Any, Any]] = [
    ({"body": "texto"}, {"at": ["x", "y"]}),
    ({"body": "texto"}, {"at": 3, "field": 7}),
    ({"body": "texto"}, {"at": [0], "field": ["body"]}),
    ({"body": "texto"}, {"at": [-5, -5]}),
    ({"body": "texto"}, [1, 2]),
    ({"body": 5, "result": ["#1"], "next_when": None, "stage": {"a": 1}}, None),
    (["body"], "at"),
    ("not json", "{"),
    ({"body": "texto", "result": "#" + "9" * 40, "files": "attachment:" + "9" * 40}, {}),
    ({"body": "texto", "stage": "#1", "stage:version": "zwei", "stage:gates": "{{"}, {}),
    ({"body": "texto", "stage:gates": '[[["a"], 3]]', "answer": "transition:x,,#"}, {}),
    ({"body": "texto", "stage:gates": "7", "answer-0": "#999999", "next_contact": "#0"}, {}),
]
FORMS: list[tuple[str, str, Any]] = [
    ("new_party", "new", {"name": "texto", "form:": "[]"}),
    ("new_party", "new", {"name": "texto", "form:": '{"fixed": 3, "targets": [7], "heading": 1, "x": 1}'}),
    (
        "edit_card",
        "card:1",
        {"subject": "texto", "form:": '{"raw": {"subject": 4}, "fields": 5, "gates": [[1]]}'},
    ),
    ("new_card", "new", {"subject": "texto", "form:": "nope"}),
    ("new_card", "new", {"subject": "texto", "form:": '{"context": {"board": "x"}, "again": [1]}'}),
    ("answer_form", "card:1/form:1", {"a": "texto", "form:": '{"fixed": {"form": 4}}'}),
    ("answer_form", "card:x", {"a": "texto"}),
    ("file_note", "new", {"body": "texto"}),
    ("file_note", "card:" + "9" * 40, {"body": "texto"}),
    ("of_a_later_version", "card:1", {"body": "texto"}),
]


def put(db: Path, clock: Clock, command: str, subject: str, payload: Any, cursor: Any) -> None:
    crm = open_crm(db, "ana", clock)
    crm.drafts.save(command, subject, {}, {}, "texto guardado")
    said = [each if isinstance(each, str) else json.dumps(each) for each in (payload, cursor)]
    with crm.store.writing() as connection:
        connection.execute("UPDATE draft SET payload = ?, cursor = ?", said)
    crm.store.close()


@pytest.mark.parametrize(
    ("command", "subject", "payload", "cursor"),
    [("file_note", "card:1", *each) for each in NOTES] + [(*each, {"field": 3}) for each in FORMS],
)
async def test_a_draft_is_listed_and_taken_up_whatever_its_row_holds(
    command: str, subject: str, payload: Any, cursor: Any, demo_db: Path, clock: Clock
) -> None:
    put(demo_db, clock, command, subject, payload, cursor)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("d")
        await ana.sees("texto")
        await ana.press("enter")
        await ana.quiet()
        await ana.press("escape")
        assert ana.crm.drafts.list(), "it is kept until it is discarded"
