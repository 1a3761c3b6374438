"""Configurações by keyboard: the machine's own settings, users, boards and stages."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui import bootstrap
from crm_tui.app import CrmApp
from crm_tui.bootstrap import open_crm
from crm_tui.services.access import views as users
from crm_tui.services.board import views as boards
from crm_tui.services.board.setup_commands import AddStage
from crm_tui.services.core.crm import Crm
from crm_tui.ui import config
from crm_tui.ui.look import Look
from tests.conftest import Clock
from tests.screens.machine import own_config
from tests.screens.operator import Operator, at_work, shelf

pytestmark = pytest.mark.usefixtures("own_config")
__all__ = ["own_config"]


async def to(ana: Operator, register: str) -> None:
    """Open settings and walk to a register's records."""
    await ana.press(",")
    await ana.sees("This machine")
    lists = {"Users": "users", "Boards": "boards", "Stages": "stages"}
    await ana.press(*(shelf(lists[register]) if register in lists else ()), "enter")


def stages(crm: Crm, board: int = 2) -> list[str]:
    """The stages of a board in their order."""
    return [stage.name for stage in crm.read(boards.stages, board)]


async def test_enter_gives_a_setting_its_next_value_at_once_and_keeps_it(
    demo_db: Path, clock: Clock, own_config: Path
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await to(ana, "This machine")
        await ana.sees("Language", "English", str(own_config)[:30])
        await ana.press("enter")
        await ana.sees("Português", "1 Hoje", "enter abrir")
        await ana.press("down", "enter")
        await ana.until(lambda: not ana.app.look.dark, "the ground is still dark")
        await ana.press("1")
        await ana.sees("venceu")
    assert config.load(own_config) == config.Config("pt-BR", "light")


async def test_the_mouse_is_left_to_the_terminal_by_enter_and_kept(
    demo_db: Path, clock: Clock, own_config: Path
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await to(ana, "This machine")
        await ana.sees("Mouse", "the program")
        place = [row.name for row in ana.app.screen.rows].index("Mouse")  # type: ignore[attr-defined]
        await ana.press(*["down"] * place, "enter")
        await ana.until(lambda: "the terminal" in ana.text(), "left to it")
    assert not config.load(own_config).mouse


async def test_a_wrong_line_of_the_file_is_told_at_the_start_and_named_in_settings(
    demo_db: Path, clock: Clock, own_config: Path
) -> None:
    own_config.parent.mkdir()
    own_config.write_text('[keymap]\n"no.such" = "x"\n')
    own = config.take_keys(config.load(own_config))
    app = CrmApp(lambda: open_crm(demo_db, "ana", clock), Look(), bootstrap, config=own)
    async with app.run_test(size=(80, 24)) as pilot:
        ana = Operator(app, pilot)
        await ana.sees("Your settings file has a line that is not understood")
        await to(ana, "This machine")
        await ana.sees("no.such: there is no action no.such")


async def test_a_new_user_is_made_edited_and_taken_out_of_use(empty_db: Path, clock: Clock) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await to(ana, "Users")
        await ana.sees("Ana Souza", "Administrador")
        await ana.press("n")
        await ana.sees("New user")
        await ana.type("beto")
        await ana.press("tab")
        await ana.type("Roberto Lima")
        await ana.press("tab")
        await ana.type("vend")
        await ana.press("tab", "ctrl+s")
        await ana.sees("beto", "Roberto Lima")
        await ana.press("down", "e")
        await ana.sees("Edit user")
        await ana.type(" Filho")
        await ana.press("ctrl+s")
        await ana.sees("Roberto Lima Filho")
        await ana.press("x")
        await ana.sees("Roberto Lima Filho taken out of use   u undoes", "no access")
        assert [u.login for u in ana.crm.read(users.users)] == ["ana"]
        await ana.press("x")
        await ana.sees("back in use")
        assert len(ana.crm.read(users.users)) == 2


async def test_the_last_administrator_is_not_taken_out_of_use(empty_db: Path, clock: Clock) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await to(ana, "Users")
        await ana.press("x")
        await ana.sees("This is the last administrator")
        await ana.press("escape")
        assert len(ana.crm.read(users.users)) == 1


async def test_capital_j_and_k_move_a_stage_and_the_cursor_with_it(empty_db: Path, clock: Clock) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        before = stages(ana.crm)
        await to(ana, "Stages")
        await ana.press(*["down"] * 5, "J")
        await ana.until(lambda: stages(ana.crm)[:2] == [before[1], before[0]], "the stage did not move")
        await ana.sees(before[0])
        assert before[0] in next(line for line in ana.lines() if "▌" in line)
        await ana.press("K")
        await ana.until(lambda: stages(ana.crm) == before, "the stage did not move back")


async def test_a_stage_with_cards_asks_where_they_go(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="admin", clock=clock) as ana:
        await to(ana, "Stages")
        await ana.press("/")
        await ana.type("vendas visita")
        await ana.press("enter", "x")
        await ana.sees("Its cards go to", "This stage holds 4 cards")
        await ana.type("Proposta")
        await ana.press("tab", "ctrl+s")
        await ana.sees("Visita taken out of use")
        assert "Visita" not in stages(ana.crm)
        await ana.press("u")
        await ana.until(lambda: "Visita" in stages(ana.crm), "it did not come back")


async def test_a_new_stage_begins_on_the_board_under_the_cursor(empty_db: Path, clock: Clock) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await to(ana, "Stages")
        await ana.press(*["down"] * 6, "n")
        await ana.sees("New stage", "Vendas")
        await ana.type("Piloto")
        await ana.press("ctrl+s")
        await ana.until(lambda: "Piloto" in stages(ana.crm), "the stage is not there")


async def test_i_tells_what_happened_to_a_record(empty_db: Path, clock: Clock) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await to(ana, "Boards")
        await ana.press("e")
        await ana.type(" B2B")
        await ana.press("ctrl+s")
        await ana.sees("B2B")
        await ana.press("i")
        await ana.sees("Board Leads B2B changed")
        await ana.press("escape")


async def test_esc_goes_from_the_records_to_the_registers_to_the_day(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await to(ana, "Boards")
        await ana.press("escape", "escape")
        await ana.sees("owner:me")


async def test_who_may_not_manage_users_is_told_so(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await to(carla, "Users")
        await carla.press("x")
        await carla.sees("Your profile does not allow")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_every_row_is_as_wide_as_the_screen(demo_db: Path, clock: Clock, size: tuple[int, int]) -> None:
    async with at_work(demo_db, clock=clock, size=size) as ana:
        for register in ("Users", "Stages"):
            await to(ana, register)
            assert {len(line) for line in ana.lines()} == {size[0]}
            await ana.press("escape", "home", "escape")


async def test_labels_are_kept_under_settings(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await carla.press("comma")
        await carla.sees("This machine")
        await carla.press(*shelf("labels"), "right")
        await carla.sees("all boards", "quente", "Red")
        await carla.press("n")
        await carla.sees("New label")
        await carla.type("natal")
        await carla.press("ctrl+s")
        await carla.sees("u undoes", "natal", "Blue")
        await carla.press("x")
        await carla.sees("out of use")


async def test_the_last_record_of_a_long_list_is_on_the_screen(demo_db: Path, clock: Clock) -> None:
    crm = open_crm(demo_db, "admin", clock)
    crm.run(AddStage(board=3, name="Depois"))
    crm.store.close()
    async with at_work(demo_db, "admin", clock=clock, size=(80, 20)) as admin:
        await admin.press("comma", *shelf("stages"), "right", "end")
        await admin.sees("Depois")
