"""`o` on a card: to another board, to a customer, to a service, why it stands still; and the way back. (K10, K30)"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_tui.services.board import journeys
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import ArchiveCard, DeleteCard, EditCard, NewCard
from crm_tui.services.channel.views import pick_channel
from crm_tui.services.core.crm import Crm
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")
LEADS, SALES, SUPPORT = "1", "2", "3"
"""As `b` lists the boards."""


def board(crm: Crm, name: str) -> int:
    return next(b.id for b in crm.read(boards.boards) if b.name == name)


def card(crm: Crm, number: str) -> Any:
    found = crm.store.reader().execute("SELECT id FROM card WHERE number = ?", (number,)).fetchone()
    return crm.read(boards.detail, found[0])


async def on_leads(ana: Operator) -> None:
    """Leads, with the cursor on Farmácia Vida's card, which is ana's."""
    await ana.press("2", "b", LEADS)
    await ana.sees("TEF para balcão")
    await ana.press("right")


async def test_q_sends_it_to_another_board_and_says_where_it_is_now(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await on_leads(ana)
        await ana.press("o", "q")
        await ana.sees("Para outro quadro: Farmácia Vida", "LD-0044  Leads, Primeiro contato")
        await ana.press("1", "enter")
        await ana.type("vis")
        await ana.press("enter")
        await ana.sees("u desfaz   agora em Vendas, Visita")
        assert card(ana.crm, "LD-0044").stage == "Visita"
        await ana.press("u")
        await ana.sees("TEF para balcão")
        assert card(ana.crm, "LD-0044").board == "Leads"


async def test_the_stages_offered_are_those_of_the_board_that_was_chosen(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await on_leads(ana)
        await ana.press("o", "q", "1", "tab", "down")
        await ana.sees("Negociação", "Fechamento")
        sheet = "\n".join(line for line in ana.lines() if line.startswith("▌"))
        assert sheet.count("Primeiro contato") == 1, "where it is, not where it may go"


async def test_v_on_a_lead_says_where_it_goes_on(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await on_leads(ana)
        await ana.press("o", "v")
        await ana.sees("Converter em cliente: Farmácia Vida", "Segue em", "Vendas")
        await ana.press("ctrl+s")
        await ana.sees("convertido em cliente   u desfaz   agora em Vendas, Novo")
        found = card(ana.crm, "LD-0044")
        assert (found.board, found.converted_at) == ("Vendas", clock())


async def test_v_on_deals_is_done_at_once_for_all_that_are_marked(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "right", "space", "space", "space", "o", "v")
        await ana.sees("convertidos em clientes   u desfaz")
        await ana.press("u")
        await ana.sees("Desfeito")


async def test_s_makes_a_ticket_that_both_cards_name(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "right", "o", "s")
        await ana.sees("Converter em serviço: Restaurante Dona Benta", "Suporte", "Cardápio e comanda")
        await ana.press("ctrl+s")
        await ana.sees("u desfaz   CH-0908 em Suporte, Aberto")
        await ana.press("enter")
        await ana.sees("Virou CH-0908, Suporte")
        await ana.press(*["right"] * 6, "end", *["up"] * 6, "enter")
        await ana.sees("Veio de OP-0113, Vendas")
        await ana.press("escape", "o")
        await ana.sees("Outras ações")
        await ana.press("s")
        await ana.sees("Converter em serviço")
        await ana.press("ctrl+s")
        await ana.sees("CH-0908 já foi feito deste cartão", "enter abre esse cartão")
        await ana.press("enter")
        await ana.sees("Veio de OP-0113, Vendas")


async def test_g_says_which_event_last_reset_the_clock(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "right", "o", "g")
        await ana.sees(
            "Por que parou", "Sem atualização há 21 dias.", "Qualificação avisa a partir de 5 dias."
        )
        await ana.sees("qui 29/10 15:40, ana, Próximo passo: Retomar orçamento")
        await ana.press("escape", "space", "space", "o")
        await ana.sees("um cartão por vez")


async def test_what_cannot_be_done_is_muted_with_its_reason_and_its_letter_says_it_in_full(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "o")
        await ana.sees("seu perfil não permite")
        await ana.press("q")
        await ana.sees("Não foi feito", "(Para outro quadro)")


async def test_a_second_open_card_names_the_first_and_enter_goes_there(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await on_leads(ana)
        await ana.press("o", "c")
        await ana.sees("já tem um cartão aberto em Leads: LD-0044, de ana.")
        await ana.press("enter")
        await ana.sees("LD-0044  TEF para balcão")


async def test_what_was_typed_for_the_second_card_is_kept(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        party = card(ana.crm, "LD-0044").party_id
        ana.app.screen.go("new_card", party=party)  # type: ignore[attr-defined]
        await ana.quiet()
        await ana.type("outra conversa")
        await ana.press("ctrl+s")
        await ana.sees("já tem um cartão aberto em Leads: LD-0044")
        await ana.press("escape")
        await ana.sees("outra conversa")


async def test_an_archived_card_is_found_says_so_and_comes_back(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        found = card(ana.crm, "OP-0113")
        ana.crm.run(ArchiveCard(card=found.id))
        await ana.press("ctrl+k")
        await ana.type("OP-0113")
        await ana.sees("no arquivo")
        await ana.press("enter")
        await ana.sees("No arquivo desde qui 19/11: o, depois a, tira de lá")
        await ana.press("e")
        await ana.sees("Este cartão está no arquivo: tire-o de lá primeiro")
        await ana.press("escape", "o")
        await ana.sees("Tirar do arquivo")
        await ana.press("a")
        await ana.sees("1 cartão de volta do arquivo   u desfaz")
        assert card(ana.crm, "OP-0113").archived_at is None


async def test_what_a_colleague_has_just_moved_is_asked_with_both_stages_by_name(
    demo_db: Path, clock: Clock
) -> None:
    from crm_tui.bootstrap import open_crm
    from crm_tui.services.board.commands import MoveCard

    async with at_work(demo_db, clock=clock) as ana:
        found = card(ana.crm, "LD-0044")
        await on_leads(ana)
        await ana.press("o", "q", "1")
        carla = open_crm(demo_db, "carla", clock)
        stages = {stage.name: stage.id for stage in carla.read(boards.stages, found.board_id)}
        carla.run(MoveCard(card=found.id, stage=stages["Qualificado"]))
        carla.store.close()
        await ana.press("ctrl+s")
        await ana.sees("carla", "Qualificado", "Primeiro contato")
        await ana.press("ctrl+s")
        await ana.sees("agora em Vendas, Novo")


async def test_a_full_stage_takes_the_card_and_says_so(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        with ana.crm.store.writing() as connection:
            connection.execute("UPDATE stage SET wip_limit = 4 WHERE name = 'Visita'")
        await ana.press("2", "right", "L")
        await ana.sees("u desfaz   Visita está com 5 cartões, o limite é 4")
        await ana.press("u", "right", "space", "left", "space", "space", "m")
        await ana.type("vis")
        await ana.press("enter")
        await ana.sees("Visita está com 6 cartões")


async def test_a_card_that_a_colleague_deleted_says_by_whom_and_keeps_what_was_typed(
    demo_db: Path, clock: Clock
) -> None:
    from crm_tui.bootstrap import open_crm

    async with at_work(demo_db, clock=clock) as ana:
        found = card(ana.crm, "OP-0113")
        await ana.press("2", "right", "enter", "e")
        await ana.sees("Editar cartão")
        await ana.type("x")
        carla = open_crm(demo_db, "carla", clock)
        carla.run(DeleteCard(card=found.id))
        carla.store.close()
        await ana.press("ctrl+s")
        await ana.sees("carla excluiu OP-0113 em qui 19/11")
        await ana.press("escape")
        await ana.sees("OP-0113 Cardápio e comanda: excluído em qui 19/11", "por carla")
        assert any(draft.command == "edit_card" for draft in ana.crm.drafts.list())


async def test_a_pasted_book_is_refused_with_its_length_and_nothing_of_it_is_lost(
    demo_db: Path, clock: Clock
) -> None:
    from textual import events

    text = ("linha do contrato\n" * 4_000)[:63_999] + "."
    async with at_work(demo_db, clock=clock) as ana:
        found = card(ana.crm, "OP-0113")
        ana.app.screen.go("edit_card", card=found.id, field="description")  # type: ignore[attr-defined]
        await ana.sees("Descrição")
        await ana.until(lambda: ana.app.screen.focused is not None, "the field has not the focus")
        ana.app.post_message(events.Paste(text))
        await ana.quiet()
        await ana.press("ctrl+s")
        await ana.sees("pode ter 20000 letras e tem 64000")
        ana.app.post_message(events.Paste("x" * 1_600))
        await ana.sees("64 letras não couberam")
        await ana.press("escape")
        kept = next(d for d in ana.crm.drafts.list() if d.command == "edit_card")
        assert kept.payload["description"] == text + "x" * 1_536
        assert card(ana.crm, "OP-0113").description in (None, "")


NASTY = "[@click=app.quit]Sair[/] \x1b[31mvermelho\x1b]0;x\x07"


async def test_names_full_of_markup_and_escapes_are_only_names(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        crm = ana.crm
        admin = crm.store
        with admin.writing() as connection:
            connection.execute("UPDATE board SET name = ? WHERE kind = 'ticket'", (NASTY,))
            connection.execute("UPDATE channel SET name = ? WHERE position = 1", (NASTY,))
            connection.execute("UPDATE party SET name = ? WHERE name LIKE 'Farmácia Vida%'", (NASTY,))
        found = card(crm, "LD-0044")
        channel = crm.read(pick_channel, "")[0].value
        crm.run(EditCard(card=found.id, subject=NASTY, channel=channel, interest_level=5))
        ana.app.screen.go("card", card=found.id)  # type: ignore[attr-defined]
        await ana.sees("[@click=app.quit]")
        for keys in (("o",), ("o", "q"), ("o", "v"), ("o", "s"), ("o", "g"), ("o", "c")):
            await ana.press(*keys)
            await ana.sees("[@click=app.quit]")
            assert "\x1b" not in ana.text()
            assert ana.app.return_code is None
            await ana.press("escape", "escape") if keys[-1] != "o" else await ana.press("escape")
            ana.app.screen.go("card", card=found.id)  # type: ignore[attr-defined]
            await ana.quiet()
        await ana.press("o", "s", "ctrl+s")
        assert [k.relation for k in crm.read(journeys.journey, found.id)] == ["made"]


async def test_channel_and_interest_are_typed_and_shown(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        made = ana.crm.run(NewCard(subject="veio pela feira", board=board(ana.crm, "Vendas")))
        ana.app.screen.go("edit_card", card=made.entity_id)  # type: ignore[attr-defined, union-attr]
        await ana.sees("Canal", "Interesse")
        await ana.press(*["tab"] * 7)
        await ana.type("fei")
        await ana.press("tab", "tab", "tab", "5", *["tab"] * 4)
        await ana.type("goo")
        await ana.press("ctrl+s")
        await ana.quiet()
        ana.app.screen.go("card", card=made.entity_id)  # type: ignore[attr-defined, union-attr]
        await ana.sees("Feira", "Google", "5 quente")


async def test_a_letter_of_the_menu_is_not_promised_to_close_it(demo_db: Path, clock: Clock) -> None:
    """Under 80 columns footers show the shorter of two keys; here `q` is an entry."""
    async with at_work(demo_db, clock=clock, size=(60, 20)) as ana:
        await ana.press("o")
        await ana.sees("Para outro quadro", "esc fechar")
        assert "q fechar" not in ana.text()


async def test_a_person_with_a_card_in_the_archive_is_told_so_and_noted_on_the_open_one(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        old = card(ana.crm, "OP-0113")
        made = ana.crm.run(NewCard(subject="outra", party=old.party_id, board=old.board_id))
        ana.crm.run(ArchiveCard(card=old.id))
        ana.app.screen.go("person", party=old.party_id)  # type: ignore[attr-defined]
        await ana.sees("no arquivo", "outra")
        await ana.press("p")
        await ana.sees("outra")
        assert ana.app.screen.desk.card_id == made.entity_id  # type: ignore[attr-defined, union-attr]
