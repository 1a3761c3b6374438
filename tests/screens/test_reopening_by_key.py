"""Reopening by keyboard: the dialog, the way out of a refusal, the approval on the spot, one's own PIN. (E58, B56)"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.domain.board import ReopenMode
from crm_tui.services.access import views as users
from crm_tui.services.access.commands import SetPin
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import EditBoard, LoseCard, ReopenCard
from crm_tui.services.core.commands import Command
from crm_tui.services.followup import views as followups
from crm_tui.services.trail import views as trails
from tests.conftest import Clock
from tests.screens.machine import own_config
from tests.screens.operator import Operator, at_work, shelf

pytestmark = pytest.mark.usefixtures("pt", "own_config")
__all__ = ["own_config"]
WON = "OP-0118"
PIN = "47110815"


def prepare(path: Path, clock: Clock, login: str, *commands: Command) -> None:
    """What a colleague has done before."""
    crm = open_crm(path, login, clock)
    for command in commands:
        crm.run(command)
    crm.store.close()


def pin_of_carla(path: Path, clock: Clock) -> None:
    prepare(path, clock, "carla", SetPin(pin=PIN, again=PIN))


def card(op: Operator, number: str = WON) -> Any:
    return op.crm.read(boards.detail, op.crm.read(boards.find, number)[0].id)


async def opened(op: Operator, number: str = WON) -> None:
    """The card's own screen."""
    await op.press("ctrl+k")
    await op.type(number)
    await op.sees(number)
    await op.press("enter")
    await op.sees("Ganha em")


async def test_o_r_reopens_for_adjustments_with_a_reason_and_u_takes_it_back(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await opened(carla)
        before = card(carla)
        await carla.press("o", "r")
        await carla.sees("Reabrir: Papelaria Central", "para ajustes", "Motivo")
        await carla.press("tab")
        await carla.type("outra forma de pagar")
        await carla.press("ctrl+s")
        await carla.sees("reaberto   u desfaz", "«", "Reaberta para ajustes: outra forma de pagar")
        found = card(carla)
        assert (found.status, found.reopen_mode, found.closed_on) == ("open", "adjustment", before.closed_on)
        await carla.press("u")
        await carla.sees("Desfeito: Reaberta para ajustes", "Ganha em")


async def test_a_card_reopened_to_adjust_has_its_day_in_the_form_that_wins_it_again(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await opened(carla)
        before = card(carla)
        prepare(
            demo_db,
            clock,
            "admin",
            ReopenCard(card=before.id, mode=ReopenMode.ADJUSTMENT, reason="x"),
        )
        await carla.sees("Reaberta para ajustes: x", "«")
        await carla.press("w")
        await carla.sees("Ganha: ", f"{before.closed_on:%d/%m/%Y}")
        await carla.press("ctrl+s")
        await carla.sees("ganha   u desfaz", "Encerrada de novo")
        assert card(carla).closed_on == before.closed_on


async def test_where_full_is_not_possible_the_refusal_offers_adjustments_by_a_key(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        board = card(carla).board_id
        prepare(demo_db, clock, "carla", EditBoard(board=board, reopen_full=False))
        await opened(carla)
        await carla.press("o", "r", "2", "tab")
        await carla.type("erro no pedido")
        await carla.press("ctrl+s")
        await carla.sees("não são reabertos por inteiro", "reabrir só para ajustes")
        await carla.press("a")
        await carla.sees("reaberto   u desfaz")
        assert card(carla).reopen_mode == "adjustment"


async def test_the_refusal_may_be_left_and_what_was_typed_is_still_there(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        prepare(demo_db, clock, "carla", EditBoard(board=card(carla).board_id, reopen_full=False))
        await opened(carla)
        await carla.press("o", "r", "2", "tab")
        await carla.type("erro no pedido")
        await carla.press("ctrl+s")
        await carla.sees("reabrir só para ajustes")
        await carla.press("escape")
        await carla.sees("erro no pedido", "por inteiro")
        assert card(carla).status == "won"


async def test_who_may_not_hands_the_keyboard_to_who_may(demo_db: Path, clock: Clock) -> None:
    pin_of_carla(demo_db, clock)
    async with at_work(demo_db, clock=clock) as ana:
        await opened(ana)
        await ana.press("o")
        await ana.sees("com liberação de quem pode")
        await ana.press("r")
        await ana.sees("quem pode libera ao gravar")
        await ana.press("tab")
        await ana.type("faltou um item")
        await ana.press("ctrl+s")
        await ana.sees("Precisa de liberação", "Quem pode fazer isto pode liberar aqui mesmo")
        await ana.press("ctrl+s")
        await ana.sees("Digite login e PIN")
        await ana.type("carla")
        await ana.press("tab")
        await ana.type("0000")
        await ana.sees("••••")
        assert "0000" not in ana.text()
        await ana.press("ctrl+s")
        await ana.sees("Login e PIN não conferem")
        await ana.gone("••••")  # what was wrong does not stand there
        await ana.type(PIN)
        await ana.press("ctrl+s")
        await ana.sees("reaberto   u desfaz", "liberado por carla")
        told = ana.crm.read(trails.of_card, card(ana).id)[0]
        assert (told.actor, told.params["approved_by"]) == ("ana", "carla")


async def test_an_approval_left_undone_leaves_the_form_as_it_was(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await opened(ana)
        await ana.press("o", "r", "tab")
        await ana.type("faltou um item")
        await ana.press("ctrl+s")
        await ana.sees("Precisa de liberação")
        await ana.type("carla")
        await ana.press("escape")
        await ana.sees("Reabrir: Papelaria Central", "faltou um item")
        assert card(ana).status == "won"


async def test_no_draft_keeps_a_pin(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await carla.press(",", "enter", *["down"] * 5, "enter")
        await carla.sees("PIN novo")
        await carla.type(PIN)
        await carla.sees("•" * len(PIN))
        await carla.press("escape")
        rows = carla.crm.store.reader().execute("SELECT payload, text FROM draft").fetchall()
        assert [row for row in rows if PIN in f"{row[0]}{row[1]}" or "set_pin" in str(row)] == []


async def test_a_pin_is_set_in_settings_and_an_administrator_clears_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await carla.press(",", "enter", *["down"] * 5)
        await carla.sees("Meu PIN", "nenhum")
        await carla.press("enter")
        await carla.type("1234")
        await carla.press("tab")
        await carla.type("1243")
        await carla.press("ctrl+s")
        await carla.sees("Os dois não conferem")
        await carla.press("ctrl+u")
        await carla.type("1234")
        await carla.press("ctrl+s")
        await carla.sees("PIN definido")
        assert carla.crm.read(users.has_pin)
    async with at_work(demo_db, "admin", clock=clock) as admin:
        await admin.press(",", *shelf("users"), "enter")
        await admin.sees("Carla")
        await admin.press("/")
        await admin.type("carla")
        await admin.press("enter", "o")
        await admin.sees("Apagar PIN")
        await admin.press("a")
        await admin.sees("Apagar o PIN de Carla")
        await admin.press("s")
        await admin.sees("PIN de Carla Nogueira apagado")
    async with at_work(demo_db, "carla", clock=clock) as carla:
        assert not carla.crm.read(users.has_pin)


async def test_what_is_masked_is_not_copied_or_cut(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await carla.press(",", "enter", *["down"] * 5, "enter")
        await carla.type(PIN)
        await carla.press("shift+home", "ctrl+c", "ctrl+x")
        assert carla.app.clipboard == ""
        await carla.sees("•" * len(PIN))


async def test_the_palette_finds_reopening_by_its_name(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await opened(carla)
        await carla.press("ctrl+p")
        await carla.type("reabrir")
        await carla.sees("Reabrir cartão")
        await carla.press("enter")
        await carla.sees("Reabrir: Papelaria Central")


async def test_a_persons_card_is_reopened_from_there(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        found = card(carla)
        carla.app.screen.go("person", party=found.party_id)
        await carla.sees("Pessoa", WON)
        await carla.press("o")
        await carla.sees("Outras ações", "Reabrir")
        await carla.press("r", "tab")
        await carla.type("faltou um item")
        await carla.press("ctrl+s")
        await carla.sees("u desfaz", "«")
        assert card(carla).status == "open"


async def test_what_is_planned_by_winning_is_in_the_colleagues_hoje_and_opens_the_card(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        sold = ana.crm.read(followups.queue).keys[0]
        await ana.press("w", "tab", "tab")
        await ana.type("1/12 9h")
        await ana.press("tab", "c", "ctrl+s")
        await ana.sees("ganha   u desfaz")
    async with at_work(demo_db, "carla", clock=clock) as carla:
        alone = [k for k in carla.crm.read(followups.queue).keys if k < 0]
        (row,) = [r for r in carla.crm.read(followups.page, alone) if r.subject == "Entrega"]
        step = row.key
        assert (row.card_id, row.subject) == (sold, "Entrega")
        await carla.press("end", "home")
        carla.app.screen.vlist.go_to(step)
        await carla.press("enter")
        await carla.sees("Restaurante Dona Benta", "Ganha em")


async def test_loss_reasons_are_added_ordered_and_taken_out_of_use_in_settings(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await carla.press(",", *shelf("loss_reasons"), "enter")
        await carla.sees("Perdas", "Por que um cartão não deu em nada")
        await carla.press("n")
        await carla.sees("Novo motivo de perda")
        await carla.type("Mudou de cidade")
        await carla.press("tab", "1", "ctrl+s")
        await carla.sees("Mudou de cidade", "pede uma nota")
        await carla.press("K")
        await carla.press("x")
        await carla.sees("Mudou de cidade fora de uso")
        rows = (
            carla.crm.store.reader()
            .execute("SELECT name, requires_note, active FROM loss_reason ORDER BY position, id")
            .fetchall()
        )
        assert rows[-2] == ("Mudou de cidade", 1, 0)


async def test_p_on_a_closed_card_says_so_and_reopens_it_without_losing_a_letter(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await opened(carla)
        await carla.press("p")
        await carla.sees("✓ encerrado", "Cartão encerrado: o parecer", "ctrl+g r o reabre")
        await carla.type("Voltou a falar")
        await carla.press("tab", "1", "tab")
        await carla.type("sex 14h")
        await carla.press("ctrl+s")
        await carla.sees("Cartão encerrado não tem próximo passo", "ou reabra o")
        await carla.press("ctrl+g", "r")
        await carla.sees("Reabrir: Papelaria Central", "Motivo")
        await carla.press("tab")
        await carla.type("quer mais um caixa")
        await carla.press("ctrl+s")
        await carla.sees("Papelaria Central reaberto", "Voltou a falar")
        assert "✓ encerrado" not in carla.text()
        await carla.press("ctrl+s")
        await carla.sees("gravado")
        assert card(carla).status == "open"
        assert card(carla).next_activity_id is not None


async def test_from_hoje_and_from_the_person_a_closed_one_is_reopened(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await carla.press("end")
        await carla.sees("✓ encerrado     Cervejaria Barril", "ERP indústria")
        await carla.press("o", "r")
        await carla.sees("Reabrir: Cervejaria Barril", "Motivo")
        await carla.press("tab")
        await carla.type("nova verba")
        await carla.press("ctrl+s")
        await carla.sees("reaberto   u desfaz")
        await carla.press("u")
        await carla.sees("Desfeito", "✓ encerrado     Cervejaria Barril")
        carla.app.screen.go("person", party=card(carla).party_id)  # type: ignore[attr-defined]
        await carla.sees("Papelaria Central", WON)
        await carla.press("o", "r")
        await carla.sees("Reabrir: OP-0118")


async def test_a_draft_on_a_card_closed_meanwhile_says_so_when_it_is_taken_up(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        number = "OP-0142"
        before = card(ana, number)
        reason = ana.crm.read(boards.pick_loss_reason, "")[0].value
        prepare(demo_db, clock, "admin", LoseCard(card=before.id, reason=reason, note="sem verba"))
        ana.app.screen.go("note", card=before.id)  # type: ignore[attr-defined]
        await ana.sees("✓ encerrado", "O sócio aprovou os três caixas", "Cartão encerrado: o parecer")
