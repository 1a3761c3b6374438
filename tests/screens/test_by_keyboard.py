"""Accepted features that no other file plays, by keyboard alone at 80x24. (docs/features.md)"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crm_tui.services.board import views as boards
from crm_tui.services.followup import views
from crm_tui.services.trail import views as trails
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work, shelf

pytestmark = pytest.mark.usefixtures("pt")


def _first_card(ana: Operator) -> int:
    return int(ana.crm.read(views.queue).keys[0])


async def test_c_leaves_a_comment_that_the_history_tells(demo_db: Path, clock: Clock) -> None:
    """(K27)"""
    async with at_work(demo_db, clock=clock) as ana:
        card = _first_card(ana)
        await ana.press("c")
        await ana.sees("Comentário", "esc sair")
        await ana.type("Ele prefere falar cedo.")
        await ana.press("ctrl+s")
        await ana.sees("u desfaz")
        assert ana.crm.read(trails.of_card, card)[0].kind == "note.commented"
        await ana.press("i")
        await ana.sees("Ele prefere falar cedo.")


async def test_f_shows_open_ones_or_open_and_closed_ones(demo_db: Path, clock: Clock) -> None:
    """(B22, B23, B27)"""
    async with at_work(demo_db, clock=clock) as ana:
        await ana.sees("Em aberto e encerrados")
        await ana.press("G")
        await ana.sees("encerrado")
        await ana.press("f", *["tab"] * 6)
        await ana.press("backspace", "ctrl+s", "G")
        await ana.gone("e encerrados")
        await ana.sees("Em aberto")
        assert "✓ encerrado" not in ana.text()
        await ana.press("f", *["tab"] * 6)
        await ana.type("tod")
        await ana.press("enter", "ctrl+s", "G")
        await ana.sees("Em aberto e encerrados", "encerrado")


async def test_a_plans_a_step_with_an_internal_date(demo_db: Path, clock: Clock) -> None:
    """(B2, B28) From Hoje, for the person under the cursor."""
    async with at_work(demo_db, clock=clock) as ana:
        card = _first_card(ana)
        await ana.press("a")
        await ana.sees("Agendar", "Data interna")
        await ana.press("tab", "tab")
        await ana.type("30/11")
        await ana.press("tab", "tab")
        await ana.type("Cobrar o jurídico")
        await ana.press("tab", "tab", "tab")
        await ana.type("hoje")
        await ana.press("ctrl+s")
        await ana.sees("u desfaz")
        step = next(s for s in ana.crm.read(views.steps_of_card, card) if s.subject == "Cobrar o jurídico")
        assert (step.due_on, step.internal_on) == (date(2026, 11, 30), date(2026, 11, 19))


async def test_f8_edits_the_card_from_the_editor_and_comes_back_to_the_letter(
    demo_db: Path, clock: Clock
) -> None:
    """(B40, K24)"""
    async with at_work(demo_db, clock=clock) as ana:
        card = _first_card(ana)
        await ana.press("p")
        await ana.type("Meia frase")
        await ana.press("f8")
        await ana.sees("Editar cartão", "Valor por mês")
        await ana.press("end")
        await ana.type(" 2")
        await ana.press("ctrl+s")
        await ana.gone("Editar cartão")
        await ana.type("X")
        await ana.sees("Meia fraseX")
        assert ana.crm.read(boards.detail, card).title.endswith(" 2")


async def test_a_parecer_left_does_not_hold_one_up(demo_db: Path, clock: Clock) -> None:
    """(B45, B46, B47) Parked; the board is used, another note filed; then taken up where it stopped."""
    async with at_work(demo_db, clock=clock) as ana:
        for draft in ana.crm.drafts.list():
            ana.crm.drafts.drop(draft.id)
        await ana.press("p")
        await ana.type("Primeiro, pela metade")
        await ana.press("f6")
        await ana.sees("¶1")
        await ana.press("2", "right", "L")
        await ana.sees("movido para")
        await ana.press("1", "down", "down", "p")
        await ana.type("Segundo, inteiro")
        await ana.press("tab", "1", "ctrl+s")
        await ana.sees("gravado")
        await ana.press("d")
        await ana.sees("Parecer", "Primeiro, pela metade")
        await ana.type("!")
        await ana.sees("pela metade!")


async def test_a_new_board_begins_with_its_stages_and_takes_cards(empty_db: Path, clock: Clock) -> None:
    """(K3, K4, K6, K7, K22)"""
    async with at_work(empty_db, clock=clock) as ana:
        await ana.press("comma", *shelf("boards"), "enter", "n")
        await ana.sees("Novo quadro")
        await ana.type("Região Sul")
        await ana.press("tab", "tab")
        await ana.type("SU")
        await ana.press("ctrl+s")
        await ana.sees("Região Sul")
        board = next(b for b in ana.crm.read(boards.boards) if b.name == "Região Sul")
        await ana.press("o")  # the cursor stands on what was made
        await ana.sees("O que faz parte", "Região Sul")
        await ana.press("e")
        await ana.sees("Etapas  Região Sul")
        await ana.press("n")
        await ana.sees("Nova etapa")
        await ana.type("Primeiro contato")
        await ana.press("ctrl+s")
        await ana.sees("Primeiro contato")
        assert [s.name for s in ana.crm.read(boards.stages, board.id)] == ["Primeiro contato"]
        await ana.press("2", "b")
        await ana.sees("Quadros", "Região Sul")
        await ana.press("4")
        await ana.sees("Primeiro contato", "Região Sul")
        await ana.press("plus")
        await ana.type("Marta Reis")
        await ana.press("ctrl+s")
        await ana.sees("Marta Reis")
        assert ana.crm.read(boards.find, "SU-0001")[0].title == "Marta Reis"


async def test_r_reads_the_place_anew(demo_db: Path, clock: Clock) -> None:
    """(K51)"""
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "r")
        await ana.sees("Lido de novo")


async def test_a_card_that_stands_still_says_for_how_long(demo_db: Path, clock: Clock) -> None:
    """(K8, K9) The orange sign and the days, on the board and in the list."""
    async with at_work(demo_db, clock=clock, size=(120, 60)) as ana:
        await ana.sees("‖")
        still = [r for r in ana.crm.read(views.page, ana.crm.read(views.queue).keys) if r.stale_days]
        assert still
        await ana.press("2")
        await ana.sees(f"‖{still[0].stale_days}d")
