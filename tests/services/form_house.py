"""A form of the small company, for the tests of forms: what they add to it, and how they read it."""

from __future__ import annotations

from typing import Any

from house import House, do

from crm_tui.domain.form import FormAsked, FormOfCard, QuestionType
from crm_tui.domain.outcome import Outcome, Refusal
from crm_tui.i18n import say
from crm_tui.services.core.crm import Crm
from crm_tui.services.form import views
from crm_tui.services.form.commands import AddForm, AddQuestion, AnswerForm

FULL = {"tem_verba": "sim", "quanto": "12.400", "quem_decide": "Dono"}


def add(house: House, form: int, label: str, **more: Any) -> int:
    """A question more; its id."""
    made = do(house.open(), AddQuestion(form=form, label=label, **more)).entity_id
    assert made is not None
    return made


def drawn_up(house: House, name: str = "Qualificação") -> int:
    """A form: yes or no; an amount only if yes; a choice; and who, only if it is not the owner."""
    form = do(house.open(), AddForm(name=name)).entity_id
    assert form is not None
    first = add(house, form, "Tem verba?", type=QuestionType.BOOL, required=True)
    add(house, form, "Quanto?", type=QuestionType.MONEY, required=True, only_if=first, only_is="sim")
    choice = add(house, form, "Quem decide?", type=QuestionType.CHOICE, options="Dono, Sócios, Outro")
    add(house, form, "Quem?", required=True, only_if=choice, only_is="Sócios, Outro")
    return form


def question_of(house: House, form: int, key: str) -> int:
    """The question of this key that is asked now."""
    return int(
        house.one("SELECT id FROM field_def WHERE form_id = ? AND key = ? AND to_revision IS NULL", form, key)
    )


def asked_now(crm: Crm, card: int, form: int) -> FormAsked:
    """The form as it is asked about a card."""
    found = crm.read(views.asked, card, form)
    assert isinstance(found, FormAsked)
    return found


def state(crm: Crm, card: int, form: int) -> FormOfCard:
    """The form in the card's list."""
    return next(each for each in crm.read(views.of_card, card) if each.id == form)


def answered(house: House, form: int, login: str = "ana", owner: str = "ana", **answers: str) -> int:
    """Answer it about this owner's card; the answer set's id."""
    command = AnswerForm(card=house.card(owner), form=form, answers=answers or FULL)
    made = do(house.open(login), command).entity_id
    assert made is not None
    return made


def why(outcome: Outcome) -> str:
    """The sentence of a refusal."""
    assert isinstance(outcome, Refusal), outcome
    return say(outcome.reason)
