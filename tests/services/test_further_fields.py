"""Further fields of a card: the questions of forms that stand among its data. (B11)"""

from __future__ import annotations

import form_house
from house import House, do

from crm_tui.domain.form import QuestionType
from crm_tui.services.core.crm import Crm
from crm_tui.services.form import registers, views
from crm_tui.services.form.commands import AddForm, EditForm


def environment(house: House, board: int | None = None) -> int:
    """A form with one field, among the data."""
    form = do(house.open(), AddForm(name="Ambiente", on_card=True, board=board)).entity_id
    assert form is not None
    form_house.add(house, form, "Ambiente", type=QuestionType.CHOICE, options="Loja, Escritório")
    return form


def known(crm: Crm, card: int) -> dict[str, object]:
    return {each.question.key: each.value for each in crm.read(views.fields, card)}


def test_what_is_asked_among_the_data_is_known_once_it_was_answered(house: House) -> None:
    form, card, ana = environment(house), house.card("ana"), house.open("ana")
    assert known(ana, card) == {"ambiente": None}
    form_house.answered(house, form, ambiente="Loja")
    assert known(ana, card) == {"ambiente": "Loja"}
    do(house.open(), EditForm(form=form, on_card=False))
    assert known(ana, card) == {}


def test_a_form_of_another_board_asks_nothing_here_unless_it_was_answered(house: House) -> None:
    card = house.card("ana")
    here = house.one("SELECT board_id FROM card WHERE id = ?", card)
    elsewhere = house.one("SELECT min(id) FROM board WHERE id <> ?", here)
    form = environment(house, board=here)
    assert known(house.open("ana"), card) == {"ambiente": None}
    do(house.open(), EditForm(form=form, board=elsewhere))
    assert known(house.open("ana"), card) == {}
    assert form not in [each.id for each in house.open("ana").read(views.of_card, card)]
    do(house.open(), EditForm(form=form, board=None))
    form_house.answered(house, form, ambiente="Loja")
    do(house.open(), EditForm(form=form, board=elsewhere))
    assert form in [each.id for each in house.open("ana").read(views.of_card, card)]


def test_settings_say_where_a_form_stands(house: House) -> None:
    environment(house)
    row = next(row for row in house.open().read(registers.form_register) if row.name == "Ambiente")
    assert row.raw["on_card"] == "1"
    assert row.raw["board"] == ""
