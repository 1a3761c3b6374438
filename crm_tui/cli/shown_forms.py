"""Forms, their questions and answer sets as the documents that `show` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_tui.domain.form import FormKind, Question, Value
from crm_tui.domain.form_read import told
from crm_tui.i18n import say
from crm_tui.services.core.refs import Ref, typed
from crm_tui.ui import formats

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm

Document = dict[str, Any]


def of_card(crm: Crm, card_id: int) -> Document:
    """What is asked about a card: its further fields, and the forms."""
    return {"fields": _fields(crm, card_id), "forms": _forms(crm, card_id)}


def of_person(crm: Crm, party_id: int) -> Document:
    """A person's fields of one's own, form by form: what is known by the key of each question. (M48)"""
    from crm_tui.services.form import views

    return {
        "fields": [
            {
                "form_ref": typed("form", each.form_id),
                "form": each.form,
                "values": {field.question.key: field.value for field in each.fields},
            }
            for each in crm.read(views.of_person, party_id)
        ]
    }


def _forms(crm: Crm, card_id: int) -> list[Document]:
    """The forms in use, and those that were answered: which stage waits, every answer set, the newest first; of
    a sales script how many questions are asked now, and how many of them have an answer."""
    from crm_tui.services.form import views

    sets = crm.read(views.answers, card_id)
    return [
        {
            "ref": typed("form", each.id),
            "name": each.name,
            "kind": each.kind,
            "wanted_by": each.wanted,
            "questions": each.questions,
            "asked": each.asked if each.kind == FormKind.CYCLE else None,
            "given": each.given if each.kind == FormKind.CYCLE else None,
            "answered_at": each.answered_at,
            "answered_by": each.answered_by,
            "revision": each.answered_revision,
            "answers": [typed("response", found.id) for found in sets if found.form_id == each.id],
        }
        for each in crm.read(views.of_card, card_id)
    ]


def _fields(crm: Crm, card_id: int) -> Document:
    """A card's further fields: what is known by the key of each question, None where nothing is. (B11)"""
    from crm_tui.services.form import views

    return {each.question.key: each.value for each in crm.read(views.fields, card_id)}


def form(crm: Crm, ref: Ref) -> Document | None:
    """A form with its questions as they are asked now."""
    from crm_tui.services.form import registers, views

    row = next((each for each in crm.read(registers.form_register) if each.id == ref.id), None)
    found = crm.read(views.preview, ref.id)
    if row is None or found is None:
        return None
    return {
        "ref": typed("form", ref.id),
        "entity": "form",
        "name": found.name,
        "kind": row.raw["kind"],
        "active": row.active,
        "revision": found.revision,
        "questions": [{"ref": typed("question", each.id), **_asked(each)} for each in found.questions],
        "version": row.version,
    }


def _asked(asked: Any) -> Document:
    only = asked.shown_if
    return {
        "key": asked.key,
        "label": asked.label,
        "type": asked.type.value,
        "options": list(asked.options),
        "required": asked.required,
        "only_if": None if only is None else only.key,
        "only_is": [] if only is None else list(only.values),
    }


def question(crm: Crm, ref: Ref) -> Document | None:
    """One question of a form."""
    from crm_tui.services.form import registers, views

    row = next((each for each in crm.read(registers.question_register) if each.id == ref.id), None)
    of = crm.read(views.preview, row.belongs["form"]) if row is not None else None
    if row is None or of is None:
        return None
    asked = next(each for each in of.questions if each.id == ref.id)
    head = {"ref": typed("question", ref.id), "entity": "question", "form": of.name}
    return {**head, "form_ref": typed("form", of.form_id), **_asked(asked), "version": row.version}


def response(crm: Crm, ref: Ref) -> Document | None:
    """What was answered once: each question as it was then, with its value."""
    from crm_tui.services.form import views

    found = crm.read(views.answer_set, ref.id)
    if found is None:
        return None
    return {
        "ref": typed("response", found.id),
        "entity": "response",
        "card": found.card,
        "form": found.form,
        "form_ref": typed("form", found.form_id),
        "revision": found.revision,
        "answered_at": found.at,
        "answered_by": found.by,
        "answers": [
            {"key": q.key, "question": q.label, "answer": _told(q, value), "raw": value}
            for q in found.questions
            if (value := found.values.get(q.key)) is not None
        ],
    }


def _told(question: Question, value: Value) -> str:
    """An answer in the reader's words."""
    words = told(question, value, formats.money)
    return words if isinstance(words, str) else say(words)
