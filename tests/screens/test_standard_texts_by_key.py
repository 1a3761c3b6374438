"""Standard texts by keyboard: chosen with f9, typed as /code, filled in, taken back, remembered. (B61, B69)"""

from __future__ import annotations

from pathlib import Path

import pytest
from house import do

from crm_tui.bootstrap import open_crm
from crm_tui.services.canned.commands import AddStandardText
from crm_tui.widgets.body import Body
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work, shelf

pytestmark = pytest.mark.usefixtures("pt")


def body(ana: Operator) -> str:
    found = ana.app.screen.query_one(Body)
    return found.raw


def used(ana: Operator) -> list[tuple[object, ...]]:
    reader = ana.crm.store.reader()
    return reader.execute(
        "SELECT t.code FROM note n LEFT JOIN template t ON t.id = n.template_id ORDER BY n.id DESC LIMIT 1"
    ).fetchall()


async def test_f9_puts_the_chosen_one_where_the_cursor_stands_filled_in(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.sees("/código põe texto padrão", "f7 histórico")
        await ana.type("Antes. ")
        await ana.press("f9")
        await ana.sees("Textos padrão", "/naoatende", "f9 variáveis")
        await ana.type("proposta")
        await ana.press("enter")
        await ana.sees("Antes. Enviei a")
        assert "{" not in body(ana)
        assert "Ana Souza" in body(ana)
        await ana.press("ctrl+z")
        assert body(ana) == "Antes. "


@pytest.mark.parametrize("key", ["space", "tab", "enter"])
async def test_a_typed_code_is_expanded_in_place_and_one_undo_takes_it_back(
    key: str, demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Hoje: /NaoAtende")
        await ana.press(key)
        await ana.sees("Hoje: Liguei para", "Deixei recado")
        assert ana.app.focused is ana.app.screen.query_one(Body)
        await ana.press("ctrl+z")
        assert body(ana) == "Hoje: /NaoAtende"


async def test_no_code_no_expansion_and_never_within_a_word(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("e/naoatende 10/11 /nada km/h ")
        assert body(ana) == "e/naoatende 10/11 /nada km/h "
        await ana.type("/nada")
        await ana.press("tab")
        assert ana.app.focused is not ana.app.screen.query_one(Body)


async def test_what_is_not_known_stays_and_is_said_and_no_value_is_read_again(
    demo_db: Path, clock: Clock
) -> None:
    admin = open_crm(demo_db, "admin", clock)
    do(admin, AddStandardText(code="x", name="Estranho", body="{fulano} [b]{nome}[/b] {quadro}"))
    admin.store.close()
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("/x ")
        await ana.sees("não preenchido: {fulano}", "{fulano} [b]")
        assert "Vendas" in body(ana)


async def test_the_filed_note_knows_which_one_it_used_through_a_draft_too(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("/naoatende Volto amanhã.")
        await ana.press("escape")
        await ana.sees("¶3")
        await ana.press("p")
        await ana.sees("Volto amanhã.")
        await ana.press("tab", "2", "ctrl+s")
        await ana.sees("gravado")
        assert used(ana) == [("naoatende",)]


async def test_one_that_was_taken_back_was_not_used(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("/naoatende ")
        await ana.sees("Liguei para")
        await ana.press("ctrl+z", "ctrl+u")
        await ana.type("Só isto.")
        await ana.press("tab", "1", "ctrl+s")
        await ana.sees("gravado")
        assert used(ana) == [(None,)]


async def test_the_variables_are_listed_from_f9_and_from_the_form_of_a_text(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p", "f9", "f9")
        await ana.sees("{responsavel}", "o número do cartão")
    async with at_work(demo_db, login="admin", clock=clock) as ana:
        await ana.press("comma")
        await ana.sees("Textos padrão")
        await ana.press(*shelf("standard_texts"), "enter", "n")
        await ana.sees("Novo texto padrão", "o que está entre chaves")
        await ana.press("f9")
        await ana.sees("{proximo}")
