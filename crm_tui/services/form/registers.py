"""What settings list of forms: the forms, and the questions of each. (B65)"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.form import (
    CHOSEN,
    FORM_KIND_NAMES,
    QUESTION_TYPE_NAMES,
    Condition,
    FormKind,
    Question,
    QuestionType,
)
from crm_tui.domain.form_read import condition_typed
from crm_tui.domain.register import Cell, Register, RegisterRow, Section
from crm_tui.i18n import N_, Text, text_n
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import wall
from crm_tui.store.queries import form as queries
from crm_tui.store.queries.form import question as question_of


@view("card.read")
def form_register(reading: Reading) -> list[RegisterRow]:
    """The forms as settings list them, those out of use last."""
    run, seen = reading.connection.execute, wall(reading.viewer)
    counted: dict[int, int] = {}
    for row in run(queries.EVERY_QUESTION, seen).fetchall():
        counted[row[0]] = counted.get(row[0], 0) + 1
    return [
        RegisterRow(
            i,
            version,
            name,
            (
                name,
                Text(FORM_KIND_NAMES[FormKind(kind)]),
                text_n("{n} question", "{n} questions", counted.get(i, 0)),
                _among(on_card, on_person),
                ", ".join(each for each in (board, case_type) if each),
                Text(N_("revision {n}"), {"n": revision}),
                "" if active else Text(N_("out of use")),
            ),
            {
                "name": name,
                "kind": kind,
                "board": f"#{board_id}" if board_id is not None else "",
                "case_type": f"#{type_id}" if type_id is not None else "",
                "on_card": "1" if on_card else "0",
                "on_person": "1" if on_person else "0",
            },
            {"board": board or "", "case_type": case_type or ""},
            active=bool(active),
            belongs={"form": i},
        )
        for i, name, kind, revision, active, version, board_id, board, on_card, type_id, case_type, on_person in run(
            queries.EVERY, seen
        ).fetchall()
    ]


def _among(on_card: int, on_person: int) -> Cell:
    if on_person:
        return Text(N_("in the person's data"))
    return Text(N_("in the card's data")) if on_card else ""


@view("card.read")
def question_register(reading: Reading) -> list[RegisterRow]:
    """The questions that are asked now, form by form in their order."""
    found = [
        (row[:4], question_of(row[4:]))
        for row in reading.connection.execute(queries.EVERY_QUESTION, wall(reading.viewer)).fetchall()
    ]
    by_key = {(form[0], each.key): each for form, each in found}
    return [_row(form, each, by_key) for form, each in found]


def _row(form: tuple[Any, ...], each: Question, by_key: dict[tuple[Any, str], Question]) -> RegisterRow:
    form_id, name, _, version = form
    on = by_key.get((form_id, each.shown_if.key)) if each.shown_if is not None else None
    only_is = condition_typed(on, each.shown_if) if on is not None and each.shown_if is not None else ""
    kind: Cell = Text(QUESTION_TYPE_NAMES[each.type])
    only: Cell = Text("{question}: {answer}", {"question": on.label, "answer": only_is}) if on else ""
    return RegisterRow(
        each.id,
        version,
        each.label,
        (each.label, kind, Text(N_("required")) if each.required else "", only, name, each.key),
        {
            "label": each.label,
            "type": each.type.value,
            "options": "\n".join(each.options) if each.type in CHOSEN else "",
            "required": "1" if each.required else "0",
            "only_if": f"#{on.id}" if on is not None else "",
            "only_is": only_is,
        },
        {"form": name, "only_if": on.label if on is not None else ""},
        beside={"form": f"#{form_id}"},
        belongs={"form": form_id},
        made={"only_is": _in_a_file(on, each.shown_if, only_is)},
    )


def _in_a_file(on: Question | None, shown_if: Condition | None, typed: str) -> str:
    """A condition as a file of the setup has it: the same in every language."""
    if on is None or shown_if is None or on.type is not QuestionType.BOOL:
        return typed
    return ", ".join("yes" if value else "no" for value in shown_if.values)


REGISTERS = (
    Register(
        "forms",
        "form",
        N_("Forms"),
        N_(
            "Questions that are answered about a card, and that a stage may ask for; a sales script is asked while a "
            "card is opened, and a form in the person's data makes fields of people. o leads to a form's questions "
            "and shows it as it is asked; x takes one out of use, what was answered stays."
        ),
        (N_("Form"), N_("Kind"), N_("Questions"), N_("Shown"), N_("Board"), N_("Revision"), N_("Use")),
        form_register,
        create="add_form",
        edit="edit_form",
        off="deactivate_form",
        on="reactivate_form",
        move="move_form",
        related=((N_("_Questions"), "questions", "form"),),
        opens=((N_("_Preview…"), "form_preview"),),
        section=Section.PROCESS,
        place=5,
    ),
    Register(
        "questions",
        "question",
        N_("Questions"),
        N_(
            "What the forms ask, in this order; J and K move one, x removes it. A question may be asked only after a "
            "certain answer to an earlier one. Of a form that was answered each change is a new revision."
        ),
        (N_("Question"), N_("Answer"), N_("Required"), N_("Only if"), N_("Form"), N_("Key")),
        question_register,
        create="add_question",
        edit="edit_question",
        off="remove_question",
        move="move_question",
        told_off=N_("{name} removed"),
        section=Section.PROCESS,
        place=6,
    ),
)
