"""The forms of the demonstration's company, and what was answered about its cards; told as the door would.

Read by the domain's own reader, so that nothing stands there that nobody could have typed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from crm_tui.domain.events.form import FormAnswered
from crm_tui.domain.form import (
    Condition,
    Question,
    QuestionType,
    dump_condition,
    dump_options,
    key_of,
)
from crm_tui.domain.form_read import condition, judge
from crm_tui.store.demo.book import Batch
from crm_tui.store.demo.files import told
from crm_tui.store.demo.life import Life, inserted
from crm_tui.store.rows import Rows
from crm_tui.store.tables import FieldDef, FieldValue, Form, FormResponse


@dataclass(frozen=True, slots=True)
class FormOf:
    """A form by its id and name, with its questions."""

    id: int
    name: str
    questions: tuple[Question, ...]


def draw_up(rows: Rows) -> dict[str, FormOf]:
    """Make the company's forms, by name."""
    found = {}
    for place, form in enumerate(told("forms")["forms"], start=1):
        form_id = rows.insert(Form, name=form["name"], kind=form["kind"], position=place)
        questions: dict[str, Question] = {}
        for position, asked in enumerate(form["questions"], start=1):
            question = _question(rows, form_id, position, asked, questions)
            questions[question.key] = question
        found[form["name"]] = FormOf(form_id, form["name"], tuple(questions.values()))
    return found


def _question(
    rows: Rows, form_id: int, position: int, asked: Mapping[str, Any], before: Mapping[str, Question]
) -> Question:
    key, options = key_of(asked["label"], before), tuple(asked.get("options", ()))
    only: Condition | None = None
    if "only" in asked:
        on, answers = asked["only"]
        read = condition(before[on], answers, date.fromisoformat)
        assert isinstance(read, Condition), read
        only = read
    required = asked.get("required", False)
    question_id = rows.insert(
        FieldDef,
        form_id=form_id,
        key=key,
        label=asked["label"],
        type=asked["type"],
        options=dump_options(options),
        required=required,
        position=position,
        visible_if=dump_condition(only),
    )
    return Question(question_id, key, asked["label"], QuestionType(asked["type"]), options, required, only)


class Answered:
    """What was answered about one card; `story` is its key in forms.toml."""

    def __init__(self, life: Life, forms: Mapping[str, FormOf], story: str) -> None:
        self._life = life
        self._forms = forms
        self._given = [each for each in told("forms")["answers"] if each["card"] == story]

    def tell(self, at: datetime, actor_id: int | None) -> None:
        """Answer every form of the card, each an action of its own."""
        for each in self._given:
            batch = self._life.book.batch(at, actor_id)
            self._answer(batch, self._forms[each["form"]], each["given"])

    def _answer(self, batch: Batch, form: FormOf, given: Mapping[str, str]) -> None:
        judged = judge(form.questions, given, date.fromisoformat)
        assert judged.refusal(form.name) is None, judged
        ids = {question.key: question.id for question in form.questions}
        book = self._life.book
        response = book.blank(
            FormResponse,
            form_id=form.id,
            form_revision=1,
            card_id=self._life.card_id,
            party_id=self._life.party_id,
            submitted_at=batch.stamp,
            submitted_by_id=batch.actor_id,
        )
        book.keep(FormResponse, response)
        images = [inserted(FormResponse, response)]
        for key, value in judged.values.items():
            told_value = json.dumps(value, ensure_ascii=False)
            row = book.blank(FieldValue, response_id=response["id"], field_def_id=ids[key], value=told_value)
            book.keep(FieldValue, row)
            images.append(inserted(FieldValue, row))
        self._life.tell(batch, FormAnswered, images, entity_id=response["id"], form=form.name)
