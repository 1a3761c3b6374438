"""Menus of letters by keyboard: new of any kind, and what goes to the terminal's clipboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


def form(ana: Operator) -> str:
    """The command of the form that is open."""
    return str(getattr(ana.app.screen, "command", ""))


@pytest.mark.parametrize(
    ("letter", "command"),
    [("l", "new_card"), ("o", "new_card"), ("c", "new_card"), ("p", "new_party"), ("t", "plan_step")],
)
async def test_n_and_a_letter_open_the_form_of_that_kind(
    demo_db: Path, clock: Clock, letter: str, command: str
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("N")
        await ana.sees("Lead", "Oportunidade", "Chamado", "Pessoa", "Tarefa")
        await ana.press(letter)
        await ana.until(lambda: form(ana) == command, f"{command} is not open")


async def test_a_lead_opens_in_the_first_stage_of_the_board_of_leads(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("N", "l")
        await ana.sees("Leads, Novo")


async def test_a_new_lead_says_who_will_own_it_and_a_colleague_is_typed_over_it(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("N", "l")
        await ana.sees("Leads, Novo", "Dono")
        me = ana.crm.viewer
        owner = next(line for line in ana.lines() if "Dono" in line)
        assert me.name in owner
        ana.app.screen.inputs["owner"].focus()  # type: ignore[attr-defined]
        await ana.type("beto")
        await ana.press("enter")
        await ana.until(
            lambda: ana.app.screen.raw()["owner"] not in ("", f"#{me.user_id}"), "nobody is picked"
        )  # type: ignore[attr-defined]
        owner = next(line for line in ana.lines() if "Dono" in line)
        assert "Roberto" in owner
        assert me.name not in owner


async def test_arrows_and_enter_do_the_same_and_esc_closes(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("N", "down", "down", "down", "enter")
        await ana.until(lambda: form(ana) == "new_party", "the form is not open")
        await ana.press("escape", "N", "escape")
        assert len(ana.app.screen_stack) == 1


async def test_y_t_sends_the_telephone_and_shows_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("down", "y")
        await ana.sees("Copiar", "Telefone")
        await ana.press("t")
        await ana.sees("Enviado ao terminal: (")
        assert ana.app.clipboard == "(11) 98888-1234", "the contact's, before the company's"
        assert ana.app.clipboard in ana.text()
        assert len(ana.app.screen_stack) == 1


async def test_y_w_makes_the_link_of_whatsapp(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("down", "y", "w")
        await ana.until(lambda: ana.app.clipboard == "https://wa.me/5511988881234", "no link")


async def test_y_a_sends_everything_and_shows_it_whole(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("down", "y", "a")
        await ana.sees("Enviado ao terminal")
        sent = ana.app.clipboard.splitlines()
        assert len(sent) > 2
        for line in sent:
            assert line in ana.text()
        await ana.press("escape")
        assert len(ana.app.screen_stack) == 1


async def test_what_a_person_lacks_keeps_its_letter_and_does_nothing(empty_db: Path, clock: Clock) -> None:
    from crm_tui.services.board.commands import NewCard

    async with at_work(empty_db, clock=clock) as ana:
        ana.crm.run(NewCard(party_name="\x1b]52;c;x\x07Zé", board=2, when=clock().date()))
        await ana.press("r", "y")
        await ana.sees("Telefone", "—")
        await ana.press("t")
        assert ana.app.clipboard == ""
        await ana.press("a")
        await ana.sees("Enviado ao terminal")
        assert "\x1b" not in ana.app.clipboard


async def test_a_contato_de_venda_is_dated_today_unless_one_says_otherwise(
    demo_db: Path, clock: Clock
) -> None:
    """The first letter takes the word's place, and emptied it has no step. (B9)"""
    from crm_tui.services.board import views as boards

    async with at_work(demo_db, clock=clock) as ana:
        for typed, due in (("", "2026-11-19"), ("sex", "2026-11-20"), (None, "None")):
            await ana.press("N", "o")
            await ana.sees("Quando", "hoje")
            await ana.type(f"Zuleica {due}")
            await ana.press("tab", "tab")
            await ana.type(f"PDV {due}")
            await ana.press("tab")
            if typed is None:
                await ana.press("delete")
            await ana.type(typed or "")
            await ana.press("ctrl+s")
            await ana.sees("cartão criado")
            found = ana.crm.read(boards.find, f"PDV {due}")
            assert str(found[0].due_on) == due
