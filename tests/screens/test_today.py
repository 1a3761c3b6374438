"""Hoje by keyboard: the queue, its briefing, filter, marks, re-dating in bulk, attending."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui import bootstrap
from crm_tui.bootstrap import open_crm
from crm_tui.domain.outcome import Done
from crm_tui.services.access.commands import AddUser
from crm_tui.services.followup import views
from crm_tui.services.note.commands import FileNote
from crm_tui.services.party.commands import NewParty
from crm_tui.ui import formats
from tests.conftest import Clock
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("pt")


async def test_shows_the_queue_in_the_order_of_the_six_states(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 60)) as ana:
        await ana.sees(
            "Vencidos 5", "Hoje 6", "Data interna 2", "Próximos", "Sem próximo passo", "Encerrados"
        )
        text = ana.text()
        order = [
            text.index(w) for w in ("Vencidos", "Hoje 6", "Data interna", "Próximos", "Sem próximo passo")
        ]
        assert order == sorted(order)
        await ana.sees(
            "venceu há 9d", "hoje 11:30", "interna 24/11", "sem passo", "encerrado", "‖", "»3d", "«"
        )


async def test_the_briefing_follows_the_cursor_when_it_rests(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("down")
        await ana.sees(
            "OP-0142", "Pediu 5% de desconto", "(11) 98888-1234", "Retorno da proposta, venceu há 2 dias"
        )


async def test_the_filter_narrows_while_typing_and_esc_drops_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("slash")
        await ana.type("clinica")
        await ana.sees("1 de 36", "Clínica Sorriso")
        assert "Oficina do Zé" not in ana.text()
        await ana.press("enter")
        await ana.sees("clinica")
        assert "Oficina do Zé" not in ana.text()
        await ana.press("escape", "g")
        await ana.sees("Oficina do Zé")


async def test_marks_move_down_and_five_are_redated_in_one_batch_with_one_undo(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        before = {r.key: r for r in ana.crm.read(views.page, ana.crm.read(views.queue).keys[:5])}
        await ana.press("space", "space", "space", "space", "space")
        await ana.sees("5 marcados", "R remarcar")
        await ana.press("R")
        await ana.sees("Remarcar 5 contatos")
        await ana.type("seg")
        await ana.sees("seg 23/11")
        await ana.press("enter")
        await ana.sees("u desfaz")
        after = {r.key: r for r in ana.crm.read(views.page, list(before))}
        assert {str(r.due_on) for r in after.values()} == {"2026-11-23"}
        timed = next(r for r in before.values() if r.start_at is not None)
        moved = after[timed.key].start_at
        assert moved is not None
        assert timed.start_at is not None
        assert moved.timetz() == timed.start_at.timetz()  # the hour is kept where only a day is given
        assert "5 marcados" not in ana.text()
        await ana.press("u")
        await ana.sees("Desfeito")
        again = {r.key: (r.due_on, r.start_at) for r in ana.crm.read(views.page, list(before))}
        assert again == {k: (r.due_on, r.start_at) for k, r in before.items()}


async def test_attend_chooses_the_next_contact_and_says_why(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("G", "A")
        await ana.sees("próximo: ")
        first = ana.app.screen.vlist.key
        await ana.press("A")
        assert ana.app.screen.vlist.key != first  # asked again, it passes on


async def test_an_empty_queue_teaches_what_belongs_here(empty_db: Path, clock: Clock) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await ana.sees("Nada", "n", "2")


async def test_another_operators_change_appears_without_a_key(demo_db: Path, clock: Clock) -> None:
    from crm_tui.bootstrap import open_crm
    from crm_tui.services.board.commands import EditCard

    async with at_work(demo_db, clock=clock) as ana:
        row = ana.crm.read(views.page, ana.crm.read(views.queue).keys[:1])[0]
        carla = open_crm(demo_db, "carla", clock)
        assert row.card_id is not None
        carla.run(EditCard(card=row.card_id, value_one_off=987_654_00))
        await ana.sees("987.654")
        carla.store.close()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 50)])
async def test_no_size_cuts_a_word_of_ours(demo_db: Path, clock: Clock, size: tuple[int, int]) -> None:
    async with at_work(demo_db, clock=clock, size=size) as ana:
        lines = ana.lines()
        assert len(lines) == size[1]
        assert all(len(line) <= size[0] for line in lines)
        assert lines[-1].rstrip().endswith("? ajuda")
        assert "…" not in lines[0] + lines[-1]


async def test_a_form_left_in_the_middle_is_taken_up_with_the_records_it_was_about(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        for draft in ana.crm.drafts.list():
            ana.crm.drafts.drop(draft.id)
        keys = list(ana.crm.read(views.queue).keys[:2])
        await ana.press("space", "space", "R")
        await ana.type("seg")
        await ana.press("escape")
        await ana.sees("¶1")
        await ana.press("d")
        await ana.sees("Remarcar 2 contatos", "seg 23/11")
        await ana.press("ctrl+s")
        await ana.sees("u desfaz")
        assert {str(r.due_on) for r in ana.crm.read(views.page, keys)} == {"2026-11-23"}
        assert ana.crm.drafts.list() == []


async def test_an_empty_list_says_so_teaches_and_shows_what_it_hides(demo_db: Path, clock: Clock) -> None:
    admin = open_crm(demo_db, "admin", clock)
    profile, team = (
        next(o.value for o in admin.read(bootstrap.pickers()[name], "") if o.label == label)
        for name, label in (("profiles", "Gestor"), ("teams", "Vendas"))
    )
    assert isinstance(admin.run(AddUser(login="zeca", name="Zeca", profile=profile, team=team)), Done)
    admin.store.close()
    async with at_work(demo_db, "zeca", clock=clock) as zeca:
        await zeca.sees("Nada para hoje, nem vencido.", "cartões abertos da equipe")
        await zeca.sees("A atender traria o lead mais antigo sem dono", "F sem filtro")
        hidden = next(line for line in zeca.lines() if "dono:eu esconde" in line)
        assert int(hidden.split("esconde")[1].split()[0]) > 10
        await zeca.press("F")
        await zeca.sees("de todos", "Oficina do Zé", "p parecer")
        await zeca.press("escape")
        await zeca.sees("Nada para hoje, nem vencido.")
        for size in ((60, 20), (120, 36)):
            await zeca.pilot.resize_terminal(*size)
            await zeca.sees("Nada para hoje, nem vencido.", "por quê.", "? ajuda")


async def test_what_was_done_today_stands_under_an_empty_list(empty_db: Path, clock: Clock) -> None:
    crm = open_crm(empty_db, "ana", clock)
    party = crm.run(NewParty(name="Marta Reis"))
    assert isinstance(party, Done)
    result = next(iter(crm.read(views.results))).id
    assert isinstance(crm.run(FileNote(party=party.entity_id, body="Falei.", result=result)), Done)
    crm.store.close()
    async with at_work(empty_db, clock=clock) as ana:
        await ana.sees("Hoje você já fez 1 contato")


async def test_s_sorts_by_a_column_and_survives_opening_a_record(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 40)) as ana:
        await ana.sees("Quando ▾", "Vencidos 5")
        await ana.press("s")
        await ana.sees("Quando", "Valor, o maior primeiro", "agora; de novo inverte")
        await ana.press("v")
        await ana.sees("por valor", "Valor R$ ▾")
        await ana.gone("Vencidos 5")
        await ana.press("g")
        largest = max(row.value_cents for row in ana.crm.read(views.page, ana.crm.read(views.queue).keys))
        assert formats.money_list(largest) in ana.row_of_cursor()
        await ana.press("enter")
        await ana.sees("Hoje, 1 de")
        await ana.press("escape")
        await ana.sees("por valor")
        await ana.press("s", "v")
        await ana.sees("por valor, ao contrário")
        await ana.press("s", "b")
        await ana.sees("Em aberto  dono:eu  por valor")
        await ana.gone("encerrado")
        await ana.press("s", "q")
        await ana.sees("por data", "Vencidos 5")


async def test_s_sorts_by_owner_board_and_number(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 40)) as ana:
        for letter, said in (("n", "por dono"), ("u", "por quadro"), ("r", "por número")):
            await ana.press("s", letter)
            await ana.sees(said)
            await ana.gone("Vencidos 5")

        def numbers() -> list[str]:
            rows = ana.crm.read(views.page, ana.app.screen.queue.keys)  # type: ignore[attr-defined]
            return [row.number for row in rows if row.number]

        assert numbers() == sorted(numbers())
        await ana.press("s", "r")
        await ana.sees("por número, ao contrário")
        assert numbers() == sorted(numbers(), reverse=True)


async def test_marks_that_the_filter_hides_are_counted_while_one_types(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("space", "space", "/")
        await ana.type("cl")
        await ana.sees("2 marcados, 2 fora deste filtro", "Esc volta à lista inteira.")
        await ana.press("escape")
        await ana.gone("Esc volta à lista inteira.")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_last_row_of_a_long_list_can_be_seen(
    demo_db: Path, clock: Clock, size: tuple[int, int]
) -> None:
    async with at_work(demo_db, clock=clock, size=size) as ana:
        await ana.press("end")
        assert [line for line in ana.lines() if line.startswith("▌  ✓ encerrado")]


async def test_an_appointment_of_nobody_is_opened_and_edited_and_no_note_is_begun_in_vain(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await carla.sees("Equipe de vendas")
        rows = carla.app.screen.vlist  # type: ignore[attr-defined]
        while rows.row.card_id is not None or rows.row.party_id is not None:
            await carla.press("down")
        for key in ("p", "c"):
            await carla.press(key)
            await carla.sees("Este compromisso não tem cartão nem pessoa")
        await carla.press("enter")
        await carla.sees("Quando ", "Quem faz")
        await carla.press("escape", "e")
        await carla.sees("Editar compromisso")
