"""`+` on the board: names typed one after the other in their column, each its own card, nothing typed ever lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events

from crm_tui.bootstrap import open_crm
from crm_tui.domain.outcome import Done
from crm_tui.screens.board.board import BoardScreen
from crm_tui.screens.board.quickadd import QuickAdd
from crm_tui.services.board import views
from crm_tui.services.board.commands import ArchiveStage
from crm_tui.services.board.template_commands import AddTemplate
from crm_tui.services.core.crm import Crm
from crm_tui.services.party import views as parties
from crm_tui.services.trail import views as trails
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


def adding(ana: Operator) -> QuickAdd:
    screen = ana.app.screen
    assert isinstance(screen, QuickAdd)
    return screen


def board(ana: Operator) -> BoardScreen:
    found = ana.app.screen_stack[0]
    assert isinstance(found, BoardScreen)
    return found


def titles(ana: Operator, stage: str) -> list[str]:
    crm = ana.crm
    found = next(s.id for s in crm.read(views.stages, 2) if s.name == stage)
    return [card.title for card in crm.read(views.column, found)]


async def test_names_are_typed_one_after_the_other_and_each_is_undone_alone(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        before = ana.crm.read(trails.everything)[0].id
        await ana.press("2", "right", "plus")
        await ana.sees("nome, depois Enter", "enter adicionar", "esc terminar")
        for name in ("Loja Um", "Loja Dois"):
            await ana.type(name)
            await ana.press("enter")
            await ana.sees(name, "criado   u desfaz")
            assert adding(ana).line.raw == ""
        assert titles(ana, "Qualificação")[-2:] == ["Loja Um", "Loja Dois"]
        made = [e for e in ana.crm.read(trails.everything, most=8) if e.id > before]
        assert len({e.batch for e in made if e.kind == "card.opened"}) == 2
        await ana.press("escape")
        assert board(ana).here is not None
        assert board(ana).here.title == "Loja Dois", "one stands on what one made"  # type: ignore[union-attr]
        await ana.press("u")
        await ana.until(lambda: "Loja Dois" not in "".join(ana.lines()[2:]), "its card is still on the board")
        assert titles(ana, "Qualificação")[-1] == "Loja Um"


async def test_names_that_come_in_one_breath_all_become_cards(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "plus")
        names = [f"Loja{letter}" for letter in "ABCDE"]
        for name in names:
            for letter in name:
                ana.app.post_message(events.Key(letter, letter))
            ana.app.post_message(events.Key("enter", "\r"))
        await ana.until(lambda: titles(ana, "Novo")[-5:] == names, "one was not made")
        await ana.until(lambda: not adding(ana).line.raw, "the last name still stands in the line")
        await ana.quiet()


async def test_what_a_save_refuses_stays_in_the_line_and_says_why(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    carla = crm_as("carla")
    async with at_work(demo_db, login="carla", clock=clock) as ana:
        await ana.press("2", "right", "right", "plus")
        await ana.type("Loja Tarde")
        stages = {s.name: s.id for s in carla.read(views.stages, 2)}
        carla.run(ArchiveStage(stage=stages["Visita"], cards_to=stages["Proposta"]))
        await ana.press("enter")
        await ana.sees("removida")
        assert adding(ana).line.raw == "Loja Tarde"
        assert adding(ana).line.wrong
        await ana.press("escape")
        await ana.until(lambda: ana.crm.drafts.count() > 0, "it was not kept")
        assert "Loja Tarde" in [draft.text for draft in ana.crm.drafts.list()]


async def test_esc_keeps_the_name_for_the_next_plus_there_and_nowhere_else(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        drafts = ana.crm.drafts.count()
        await ana.press("2", "plus")
        await ana.type("Loja pela metade")
        await ana.press("escape", "right", "plus")
        assert adding(ana).line.raw == ""
        await ana.press("escape", "left", "plus")
        await ana.sees("Loja pela metade", "rascunho")
        await ana.press("enter")
        await ana.sees("criado")
        await ana.press("escape")
        assert ana.crm.drafts.count() == drafts
        assert titles(ana, "Novo")[-1] == "Loja pela metade"


async def test_a_hang_up_keeps_the_name_and_d_takes_it_up_in_the_whole_form(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "right", "plus")
        await ana.type("Loja Caída")
        ana.app.park_everything()
    async with at_work(demo_db, clock=clock) as ana:
        draft = next(d for d in ana.crm.drafts.list() if d.text == "Loja Caída")
        ana.app.screen.go("draft", draft=draft)  # type: ignore[attr-defined]
        await ana.sees("Novo cartão", "Loja Caída")
        await ana.press("ctrl+s")
        await ana.sees("u desfaz")
        assert titles(ana, "Qualificação")[-1] == "Loja Caída"
        assert draft.id not in [d.id for d in ana.crm.drafts.list()]


async def test_tab_takes_who_is_known_so_that_nobody_is_there_twice(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        known = len(ana.crm.read(parties.search, "padaria aurora").hits)
        await ana.press("2", "plus")
        await ana.type("padar")
        await ana.sees("tab: Padaria Aurora,")
        await ana.press("tab")
        await ana.sees("para Padaria Aurora")
        await ana.press("enter")
        await ana.sees("criado")
        assert titles(ana, "Novo")[-1] == "Padaria Aurora"
        assert len(ana.crm.read(parties.search, "padaria aurora").hits) == known


async def test_tab_where_nobody_is_known_says_so_and_an_edit_is_somebody_else(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "plus")
        await ana.type("Zyx")
        await ana.press("tab")
        await ana.sees("Ninguém com esse nome")
        await ana.press("ctrl+u")
        await ana.type("padaria")
        await ana.sees("tab: Padaria Aurora,")
        await ana.press("tab")
        await ana.type(" Filial")
        assert adding(ana).party is None


async def test_letters_and_digits_are_text_and_ctrl_z_undoes_only_text(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        last = ana.crm.read(trails.everything)[0].id
        await ana.press("2", "plus")
        await ana.type("xLHq12")
        assert adding(ana).line.raw == "xLHq12"
        await ana.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert ana.crm.read(trails.everything)[0].id == last
        await ana.press("enter")
        assert adding(ana).said.words == "Escreva um nome; esc termina."


async def test_ctrl_s_makes_the_last_one_and_closes(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "plus")
        await ana.type("Loja A")
        await ana.press("ctrl+n")
        await ana.sees("criado")
        await ana.type("Loja B")
        await ana.press("ctrl+s")
        await ana.until(lambda: isinstance(ana.app.screen, BoardScreen), "it is still open")
        assert titles(ana, "Novo")[-2:] == ["Loja A", "Loja B"]


async def test_in_an_owners_column_the_card_is_that_owners(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await carla.press("2", "s", "g", "d")
        await carla.sees("por dono", "Roberto Martins")
        column = next(h.id for h in board(carla).loaded.heads if h.name == "Roberto Martins")
        board(carla).to_stage(column)
        await carla.press("plus")
        await carla.type("Loja do Beto")
        await carla.press("enter", "escape")
        card = carla.crm.read(views.find, titles(carla, "Novo")[-1])[0]
        assert (card.title, card.owner) == ("Loja do Beto", "beto")
        assert board(carla).here is not None
        assert board(carla).here.id == card.id  # type: ignore[union-attr]


async def test_by_due_state_it_comes_where_no_step_is_planned(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "s", "g", "s", "plus")
        await ana.type("Loja Nova")
        await ana.press("enter", "escape")
        head = next(h for h in board(ana).loaded.heads if h.id == board(ana).stage)
        assert head.name == "Sem próximo passo"
        assert board(ana).here.title == "Loja Nova"  # type: ignore[union-attr]


async def test_it_is_not_opened_for_whoever_may_not_add(demo_db: Path, clock: Clock) -> None:
    with_nothing = open_crm(demo_db, "carla", clock)
    with with_nothing.store.writing() as connection:
        connection.execute("UPDATE profile_permission SET scope = 'none' WHERE key = 'card.add'")
    with_nothing.store.close()
    async with at_work(demo_db, clock=clock) as ana:
        await ana.until(lambda: ana.app.warm, "the commands were not loaded")
        await ana.press("2", "plus")
        await ana.sees("Não foi feito")
        assert not isinstance(ana.app.screen, QuickAdd)


async def test_f4_begins_every_card_from_a_base_card_until_it_is_put_back(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    admin = crm_as("admin")
    assert isinstance(
        admin.run(AddTemplate(board=2, name="Visita técnica", description="Levar o medidor.")), Done
    )
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "right", "plus")
        await ana.sees("f4 cartão base")
        await ana.press("f4")
        await ana.sees("sem cartão base", "Visita técnica")
        await ana.press("1")
        await ana.sees("a partir de Visita")
        for name in ("Loja Um", "Loja Dois"):
            await ana.type(name)
            await ana.press("enter")
            await ana.sees(name, "a partir de Visita")
        await ana.press("f4", "0")
        await ana.type("Loja Três")
        await ana.press("ctrl+s")
        await ana.until(lambda: isinstance(ana.app.screen, BoardScreen), "it is still open")
        made = [ana.crm.read(views.find, name)[0].id for name in ("Loja Um", "Loja Dois", "Loja Três")]
        told = [ana.crm.read(views.detail, i).description for i in made]
        assert told == ["Levar o medidor.", "Levar o medidor.", None]


async def test_without_base_cards_f4_is_not_offered_and_says_so(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        with ana.crm.store.writing() as connection:
            connection.execute("UPDATE card_template SET archived_at = '2026-01-01T00:00:00.000Z'")
        await ana.press("2", "plus")
        await ana.sees("enter adicionar")
        assert "f4" not in ana.lines()[-1]
        await ana.press("f4")
        assert adding(ana).said.words == "Este quadro não tem cartões base."
