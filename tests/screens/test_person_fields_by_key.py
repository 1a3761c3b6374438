"""A person's fields of one's own by keyboard: filled in from the menu, told on the screen, undone. (M48)"""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.domain.form import QuestionType
from crm_tui.services.form import views
from crm_tui.services.form.commands import AddForm, AddQuestion
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

LABEL = "[bold]Porte[/]"


@pytest.fixture
def fields(demo_db: Path, clock: Clock) -> Path:
    """A base with two fields of people; the label of one is a trap."""
    admin = open_crm(demo_db, "admin", clock)
    form = admin.run(AddForm(name="Perfil", on_person=True)).entity_id
    assert form is not None
    admin.run(AddQuestion(form=form, label=LABEL, type=QuestionType.CHOICE, options="Pequeno, [red]Médio[/]"))
    admin.run(AddQuestion(form=form, label="Tem sistema?", type=QuestionType.BOOL))
    admin.store.close()
    return demo_db


async def person(ana: Operator) -> None:
    """The person's screen of Padaria Aurora."""
    await ana.press("4")
    await ana.type("padaria aurora")
    await ana.sees("1 of")
    await ana.press("down", "enter")
    await ana.sees("Padaria Aurora", "PDV 3 caixas")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_o_7_fills_in_a_persons_fields_and_u_takes_them_back(
    fields: Path, clock: Clock, size: tuple[int, int]
) -> None:
    async with at_work(fields, clock=clock, size=size) as ana:
        await person(ana)
        await ana.press("o")
        await ana.sees("7  Further fields…")
        await ana.press("7")
        await ana.sees("Perfil", LABEL, "Tem sistema?")
        await ana.press("2", "tab", "1", "ctrl+s")
        await ana.sees("Perfil answered", "u undoes", f"{LABEL} [red]Médio[/]", "yes")
        await ana.press("u")
        await ana.sees("Undone")
        assert "[red]Médio[/]" not in ana.text()


async def test_what_was_typed_waits_as_a_draft_and_is_taken_up(fields: Path, clock: Clock) -> None:
    async with at_work(fields, clock=clock) as ana:
        await person(ana)
        await ana.press("o", "7", "2", "escape")
        await ana.press("o", "7")
        await ana.sees("[red]Médio[/]")


async def test_without_such_fields_the_menu_says_nothing_of_them(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await person(ana)
        await ana.press("o")
        await ana.sees("Merge with…")
        assert "Further fields" not in ana.text()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_a_new_person_is_asked_for_the_fields_of_ones_own_and_u_takes_both_back(
    fields: Path, clock: Clock, size: tuple[int, int]
) -> None:
    admin = open_crm(fields, "admin", clock)
    form = admin.store.reader().execute("SELECT id FROM form WHERE on_person").fetchone()[0]
    admin.run(AddQuestion(form=form, label="Segmento", required=True))
    admin.store.close()
    async with at_work(fields, clock=clock, size=size) as ana:
        await ana.press("4")
        await ana.type("Zebra Tintas")
        await ana.sees("0 of")
        await ana.press("down", "enter")
        await ana.sees("New person")
        await ana.press("ctrl+s")
        await ana.sees("Segmento *", "Perfil still asks for Segmento")
        await ana.type("Tintas")
        await ana.press("shift+tab", "shift+tab", "2", "ctrl+s")
        await ana.sees("Person added")
        party = ana.crm.store.reader().execute("SELECT max(id) FROM party").fetchone()[0]
        told = [each.value for found in ana.crm.read(views.of_person, party) for each in found.fields]
        assert told == ["[red]Médio[/]", None, "Tintas"]
        await ana.press("u")
        await ana.sees("Undone")
        assert ana.crm.read(views.of_person, party) == []


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_a_field_of_ones_own_is_edited_from_its_row_and_u_takes_it_back(
    fields: Path, clock: Clock, size: tuple[int, int]
) -> None:
    async with at_work(fields, clock=clock, size=size) as ana:
        await ana.press("4")
        await ana.type("padaria aurora")
        await ana.press("down", "semicolon")
        await ana.sees("Edit cell", LABEL, "2  Tem sistema?")
        await ana.press("2")
        await ana.sees("Perfil", "Tem sistema?")
        await ana.press("1", "ctrl+s")
        await ana.gone("Tem sistema? ▌")

        def known() -> list[object]:
            party = ana.app.screen.list.key  # type: ignore[attr-defined]
            return [each.value for found in ana.crm.read(views.of_person, party) for each in found.fields]

        await ana.until(lambda: known() == [None, True], "filled in")
        await ana.press("u")
        await ana.until(lambda: known() == [None, None], "as it was")
