"""A sales process set up from nothing by keyboard, and a deal played through it, keys counted. (M37)"""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.services.board import views
from tests.conftest import Clock
from tests.sales_process import EXPECTED, process
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")

KEYS = 326
"""Keys beside the typed names and figures for the whole process, some four minutes at an unhurried hand."""

DEAL_KEYS = 35
"""The same for the deal."""


async def fields(op: Operator, *texts: str) -> None:
    """Fill a form from the field under the cursor on: each text, and tab to the next."""
    for n, text in enumerate(texts):
        if n:
            await op.press("tab")
        await op.type(text)


async def another(op: Operator) -> None:
    """Save the form; it is there again for another one."""
    before = op.app.screen
    await op.press("ctrl+n")
    await op.until(lambda: op.app.screen is not before and hasattr(op.app.screen, "again"), "no other form")


async def register(op: Operator, name: str) -> None:
    """A list of the settings' shelf, its records under the cursor."""
    at = next(n for n, register in enumerate(op.app.registers, 1) if register.name == name)
    await op.press("left", *["up"] * len(op.app.registers), *["down"] * at, "right")


async def the_board_and_its_stages(op: Operator) -> None:
    await register(op, "boards")
    await op.press("n")
    await fields(op, "Comercial", "opor", "CO", "azul")
    await op.press("ctrl+s")
    await op.sees("CO-0001")
    await op.press("o", "e", "n")
    await op.sees("Nova etapa")
    await fields(op, "Contato", "", "verde", "10", "2")
    await another(op)
    await fields(op, "Proposta", "", "amarelo", "50", "3", "", "Aceitou?")
    await another(op)
    await fields(op, "Negociação", "", "laranja", "75", "5", "um operador", "Ana")
    await another(op)
    await fields(op, "Ganha", "ganha")
    await another(op)
    await fields(op, "Perdida", "perdida")
    await op.press("ctrl+s")
    await op.sees("5 dias", "Ganha")


async def a_form_with_a_conditional_question(op: Operator) -> None:
    await register(op, "forms")
    await op.press("n")
    await fields(op, "Levantamento")
    await op.press("ctrl+s")
    await op.sees("0 pergunta")
    await op.press("o", "p", "n")
    await op.sees("Nova pergunta")
    await fields(op, "Tem rede?", "sim ou", "sim")
    await another(op)
    await fields(op, "Quantos pontos?", "um número", "", "Tem", "sim")
    await op.press("ctrl+s")
    await op.sees("Tem rede?: sim")


async def two_offers_with_items(op: Operator) -> None:
    await register(op, "offers")
    await op.press("n")
    await fields(op, "Rede", "", "Comercial")
    await another(op)
    await fields(op, "Câmeras", "", "Comercial")
    await op.press("ctrl+s")
    await op.press("up", "o", "i", "n")
    await op.sees("Novo item")
    await fields(op, "Ponto", "1200", "", "ponto")
    await another(op)
    await fields(op, "Suporte", "300", "sim")
    await op.press("ctrl+s", "escape")
    await op.press("down", "o", "i", "n")
    await fields(op, "Câmera", "450")
    await op.press("ctrl+s")
    await op.sees("450")


async def what_the_stages_ask_and_where_they_lead(op: Operator) -> None:
    await register(op, "boards")
    await op.press("end", "o", "e", "down", "o", "e", "n")
    await op.sees("Nova exigência", "Proposta")
    await fields(op, "valor")
    await another(op)
    await fields(op, "cnpj")
    await another(op)
    await fields(op, "formul", "Levan")
    await op.press("ctrl+s")
    await op.sees("Formulário Levantamento")
    await op.press("escape", "o", "r", "n")
    await op.sees("Nova resposta", "Proposta")
    await fields(op, "Aceitou", "Negociação")
    await another(op)
    await fields(op, "Recusou", "Perdida", "", "sim")
    await op.press("ctrl+s", "escape")
    await op.sees("pede 3")
    await op.press("down", "o", "e", "n")
    await fields(op, "compromisso", "entrar")
    await op.press("ctrl+s")
    await op.sees("Compromisso marcado")


async def a_loss_reason(op: Operator) -> None:
    await register(op, "loss_reasons")
    await op.press("n")
    await fields(op, "Prazo da obra", "sim")
    await op.press("ctrl+s")
    await op.sees("Prazo da obra")


async def a_deal(op: Operator) -> None:
    """Drawn up, refused, cured, moved, won with its next step, reopened."""
    await op.press("2", "b", "4", "n")
    await op.sees("Comercial, Contato")
    await op.type("Padaria Aurora")
    await op.press("ctrl+s")
    await op.sees("cartão criado")
    await op.press("L")
    await op.sees("movido para Proposta")
    await op.press("right", "L")
    await op.sees("Proposta → Negociação", "faltam 4 de 4", "Tem rede?", "Nada foi mudado ainda")
    assert "Quantos pontos?" not in op.text()
    await fields(op, "4800", "11.222.333/0001-81", "sim", "4", "amanhã 14h", "visita")
    await op.press("ctrl+s")
    await op.sees("movido para Negociação")
    await op.press("right", "w", "tab", "tab")
    await fields(op, "+5d", "", "Instalar")
    await op.press("ctrl+s")
    await op.sees("ganha   u desfaz")
    await op.press("ctrl+k")
    await op.type("CO-0001")
    await op.sees("Padaria Aurora")
    await op.press("enter", "o", "r")
    await op.sees("Reabrir: ")
    await fields(op, "", "Corrigir o valor")
    await op.press("ctrl+s")
    await op.sees("reaberto   u desfaz")
    found = op.crm.read(views.detail, op.crm.read(views.find, "Padaria Aurora")[0].id)
    assert (found.status, found.stage, found.value_one_off) == ("open", "Negociação", 480_000)


async def test_a_sales_process_is_set_up_from_nothing_by_keyboard(empty_db: Path, clock: Clock) -> None:
    async with at_work(empty_db, clock=clock) as op:
        await op.press("comma")
        await the_board_and_its_stages(op)
        await a_form_with_a_conditional_question(op)
        await two_offers_with_items(op)
        await what_the_stages_ask_and_where_they_lead(op)
        await a_loss_reason(op)
        assert process(op.crm) == EXPECTED
        assert op.keys <= KEYS, op.keys
        print("KEYS", op.keys)
        op.keys = 0
        await a_deal(op)
        assert op.keys <= DEAL_KEYS, op.keys
