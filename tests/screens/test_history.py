"""The story of a card, a person and everybody, and the drafts that wait, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.domain.outcome import Done
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import HandOver
from tests.conftest import Clock
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("pt")


async def test_the_story_of_a_card_has_what_was_agreed_on_top(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("i")
        await ana.sees(
            "Histórico", "Próximo passo", "venceu há 9 dias", "Cardápio e comanda", "Ligação, Positivo"
        )
        await ana.press("escape")
        await ana.sees("Em aberto")


async def test_a_parecer_stands_over_what_came_of_it_and_names_its_author_once(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("down", "i")
        await ana.sees("PDV 3 caixas")
        lines = ana.lines()
        said = next(n for n, line in enumerate(lines) if "09:15  beto   E-mail, Positivo" in line)
        after = [line.strip(" ▌") for line in lines[said:] if line.strip().startswith("09:15")][1:3]
        assert after == ["09:15         Próximo passo: Ligação, ter 10/11", "09:15         Visita → Proposta"]


async def test_a_filter_looks_through_the_texts_and_enter_keeps_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("I")
        await ana.sees("de todos")
        await ana.press("slash")
        await ana.type("comanda cozinha")
        await ana.sees("Dona Benta quer cardápio")
        await ana.gone("Cadastro de")
        await ana.press("enter")
        await ana.sees("Histórico", "comanda cozinha")
        await ana.press("escape")
        await ana.sees("de todos")
        await ana.press("escape")
        await ana.sees("Em aberto")


async def test_the_whole_history_reads_on_at_its_end(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("I")
        await ana.sees("100+")
        await ana.press("end", "down")
        await ana.sees("200+")


async def test_y_sends_the_entry_to_the_terminal_and_says_so(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("i", "y")
        await ana.sees("enviado ao terminal")
        assert "ana" in ana.app.clipboard


async def test_from_the_editor_f7_shows_it_enter_quotes_and_f7_goes_back(demo_db: Path, clock: Clock) -> None:
    """JOBS 9: `f7 f7`, the text stays as it is and where it was."""
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Como combinado: ")
        keys = ana.keys
        await ana.press("f7")
        await ana.sees("Histórico", "Ligação, Positivo")
        await ana.press("f7")
        await ana.sees("Como combinado:")
        assert ana.keys - keys == 2
        await ana.press("f7", "enter")
        await ana.sees("Parecer", "Como combinado:")
        await ana.gone("Histórico  ")


# --- drafts -----------------------------------------------------------------------------------------------


async def test_drafts_show_the_text_as_it_stood_and_what_it_lacks(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("d")
        await ana.sees(
            "Pareceres a concluir", "2 rascunhos", "Padaria Aurora", "OP-0142", "pronto para gravar"
        )
        await ana.sees("Hotel Serra Azul", "falta: resultado", "Só você vê")
        await ana.sees("ofereceu instalação grátis", "Retornar ligação", "Proposta → Negociação")


async def test_resume_discard_and_undo_nothing(demo_db: Path, clock: Clock) -> None:
    """JOBS 8 in two keys; a draft that is thrown away is asked about first."""
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("d", "enter")
        await ana.sees("Parecer", "Padaria Aurora", "Negociação")
        assert ana.keys == 2
        await ana.press("escape")
        await ana.sees("2 rascunhos")
        await ana.press("down", "x")
        await ana.sees("Não dá para desfazer")
        await ana.press("n")
        await ana.sees("Hotel Serra Azul")
        await ana.press("x", "s")
        await ana.sees("1 rascunho", "¶1")
        assert [d.subject for d in ana.crm.drafts.list()] == ["card:25"]


async def test_what_another_did_meanwhile_is_told_and_the_text_stays(demo_db: Path, clock: Clock) -> None:
    from crm_tui.bootstrap import open_crm

    clock.advance(minutes=30)
    carla = open_crm(demo_db, "carla", clock)
    card = carla.read(boards.find, "OP-0142")[0]
    done = carla.run(HandOver(card=card.id, to=3, version=card.version))
    assert isinstance(done, Done), done
    carla.store.close()
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("d")
        await ana.sees("Enquanto isso carla", "Seu texto fica", "Falei com a Marina")


async def test_a_slash_on_a_person_narrows_their_story_by_kind_person_and_day(
    demo_db: Path, clock: Clock
) -> None:
    """What is narrowed is said in the headline, with how many of how many; `esc` clears, then goes back."""
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4", "down", "enter", "c")
        await ana.type("Ligar de tarde")
        await ana.press("ctrl+s")
        await ana.sees("Ligar de tarde")
        await ana.press("slash")
        await ana.sees("tipo:parecer por:ana em:semana")
        await ana.type("tipo:com por:eu em:hoje")
        await ana.sees("Ligar de tarde", "1 de ")
        await ana.gone("Cadastro de")
        await ana.press("enter")
        await ana.sees("Histórico", "tipo:com por:eu em:hoje", "1 de ")
        await ana.press("slash")
        await ana.type(" xyz")
        await ana.sees("Nada corresponde", "parecer, comentário")
        await ana.press("enter", "escape")
        await ana.sees("Ligar de tarde", "Histórico")
        await ana.gone("1 de ")
        await ana.press("escape")
        await ana.sees("Cartões")
