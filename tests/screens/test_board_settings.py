"""Boards set up by keyboard: their editor, members from both sides, base cards, hues, and one board's history."""

from __future__ import annotations

from pathlib import Path

import pytest
from house import do

from crm_tui.bootstrap import open_crm
from crm_tui.domain.access import BoardRight
from crm_tui.domain.hue import Hue
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import AddTemplate, EditBoard, EditStage, SetBoardMember
from tests.conftest import Clock
from tests.screens.machine import own_config
from tests.screens.operator import Operator, at_work, shelf

pytestmark = pytest.mark.usefixtures("own_config")
__all__ = ["own_config"]
LISTS = {
    "Users": "users",
    "Boards": "boards",
    "Stages": "stages",
    "Members": "members",
    "Base cards": "templates",
}
SIZES = [(60, 20), (80, 24), (120, 36)]


async def to(ana: Operator, register: str) -> None:
    """Open settings and walk to a register's records."""
    await ana.press(",")
    await ana.sees("This machine")
    await ana.press(*shelf(LISTS[register]), "enter")


def facts(ana: Operator, sql: str) -> list[tuple[object, ...]]:
    """What stands in the file."""
    return ana.crm.store.reader().execute(sql).fetchall()


@pytest.mark.parametrize("size", SIZES)
async def test_a_boards_settings_are_one_sheet(demo_db: Path, clock: Clock, size: tuple[int, int]) -> None:
    async with at_work(demo_db, login="admin", clock=clock, size=size) as ana:
        await to(ana, "Boards")
        await ana.press("down", "e")
        await ana.sees("Edit board", "Only for members", "Cards per column", "Converts into", "In the stage")
        await ana.press("tab", "tab")
        await ana.type("vio")
        await ana.press("tab")
        await ana.type("y")
        await ana.press("tab")
        await ana.press(*["backspace"] * 2)
        await ana.type("37")
        await ana.press("ctrl+s")
        await ana.sees("A column shows 10, 20, 50, 100 or 500 cards")
        await ana.press(*["backspace"] * 2)
        await ana.type("20")
        await ana.press("ctrl+s")
        await ana.sees("1 saved   u undoes")
        columns = "SELECT color, restricted, page_size, name FROM board WHERE id = 2"
        assert facts(ana, columns) == [("violet", 1, 20, "Vendas")]
        assert {len(line) for line in ana.lines()} == {size[0]}
        await ana.press("u")
        await ana.until(lambda: facts(ana, columns) == [(None, 0, 50, "Vendas")], "it was not undone")


async def test_a_board_leads_to_its_members_and_a_user_to_their_boards(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="admin", clock=clock) as ana:
        await to(ana, "Boards")
        await ana.press("down", "o")
        await ana.sees("What belongs to it", "Members", "Base cards")
        await ana.press("m")
        await ana.sees("Members  Vendas")
        await ana.press("n")
        await ana.sees("Member of a board", "Vendas")
        await ana.type("beto")
        await ana.press("tab")
        await ana.type("runs")
        await ana.press("tab", "ctrl+s")
        await ana.sees("Roberto Martins", "runs it", "open to all")
        await ana.press("e")
        await ana.type("looks")
        await ana.press("ctrl+s")
        await ana.sees("looks at it")
        await ana.press("escape", "escape", "home", *shelf("users"), "enter")
        await ana.sees("Roberto Martins")
        await ana.press("/")
        await ana.type("beto")
        await ana.press("enter", "o", "enter")
        await ana.sees("Members  Roberto Martins", "Vendas")
        await ana.press("n")
        await ana.sees("Member of a board", "Roberto Martins")
        await ana.press("escape", "x")
        await ana.sees("Roberto Martins is no longer a member   u undoes")
        await ana.press("u")
        await ana.sees("looks at it")


async def test_a_board_with_open_cards_is_not_archived(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="admin", clock=clock) as ana:
        await to(ana, "Boards")
        await ana.press("down", "x")
        await ana.sees("This board holds 39 open cards")
        await ana.press("escape", "K")
        await ana.until(lambda: ana.crm.read(boards.boards)[0].name == "Vendas", "it did not move up")


async def test_a_stage_takes_a_hue_and_keeps_its_category_while_cards_need_it(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, login="admin", clock=clock) as ana:
        await to(ana, "Stages")
        await ana.press("/")
        await ana.type("vendas visita")
        await ana.press("enter", "e", "tab")
        await ana.type("won")
        await ana.press("tab")
        await ana.type("teal")
        await ana.press("tab", "ctrl+s")
        await ana.sees("In this stage stand 4 cards")
        await ana.type("open")
        await ana.press("tab", "ctrl+s")
        await ana.sees("1 saved")
        row = "SELECT category, color FROM stage WHERE name = 'Visita'"
        assert facts(ana, row) == [("open", "teal")]


@pytest.mark.parametrize("size", SIZES)
async def test_a_base_card_is_written_in_one_sheet_and_a_new_card_begins_with_it(
    demo_db: Path, clock: Clock, size: tuple[int, int]
) -> None:
    async with at_work(demo_db, login="admin", clock=clock, size=size) as ana:
        await to(ana, "Base cards")
        await ana.sees("What a new card may begin with")
        await ana.press("n")
        await ana.sees("New base card", "Comments")
        await ana.type("Vendas")
        await ana.press("tab")
        await ana.type("Loja nova")
        await ana.press("tab", "tab")
        await ana.type("Medir\nContar")
        await ana.press("tab", "tab")
        await ana.type("ana")
        await ana.press("ctrl+s")
        await ana.sees("Loja nova", "2 tasks")
        assert {len(line) for line in ana.lines()} == {size[0]}
        await ana.press("2")
        await ana.sees("Qualificação")
        await ana.press("n")
        await ana.sees("New card", "Base card")
        await ana.type("Padaria Sol")
        await ana.press(*["tab"] * 5)
        await ana.type("loja")
        await ana.press("tab", "ctrl+s")
        await ana.sees("card made")
        tasks = "SELECT text FROM checklist_item WHERE card_id = (SELECT max(id) FROM card) ORDER BY position"
        assert facts(ana, tasks) == [("Medir",), ("Contar",)]


async def test_where_there_is_nothing_to_begin_with_nobody_is_asked(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "n")
        await ana.sees("New card", "Owner")
        assert "Base card" not in ana.text()


async def test_a_card_becomes_a_base_card_by_its_menu(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="admin", clock=clock) as ana:
        await ana.press("2", "enter")
        await ana.sees("OP-0132")
        await ana.press("o", "d")
        await ana.sees("Base card from", "PDV 2 caixas")
        await ana.press("ctrl+s")
        await ana.sees("base card made")
        await to(ana, "Base cards")
        await ana.sees("PDV 2 caixas")


async def test_i_on_the_board_tells_its_story_alone_and_again_everybodys(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="admin", clock=clock) as ana:
        await ana.press("2", "I")
        assert getattr(ana.app.screen, "mode", "") == "2", "the header says where one came from"
        await ana.sees("History", "of Vendas", "I all history")
        assert "LD-0" not in ana.text()
        await ana.press("I")
        await ana.sees("of everybody", "LD-0")
        assert "I all history" not in ana.text()
        await ana.press("q")
        await ana.sees("Qualificação")


async def test_the_key_behind_what_was_undone_stands_beside_the_shelf_too(
    demo_db: Path, clock: Clock
) -> None:
    """The title of settings is narrower than the screen by the shelf of registers."""
    async with at_work(demo_db, login="admin", clock=clock) as ana:
        await to(ana, "Stages")
        await ana.press(*["down"] * 6, "x")
        await ana.sees("say to which stage they go")
        await ana.type("Visita")
        await ana.press("ctrl+s")
        await ana.sees("u undoes")
        await ana.press("u")
        await ana.sees("Undone: 9 records", "U redoes")


async def test_a_board_and_its_stages_show_their_hue_in_their_names(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        admin = open_crm(demo_db, "admin", clock)
        await ana.press("2")
        await ana.sees("Vendas", "Visita")
        plain = ana.lines()
        do(admin, EditBoard(board=2, color=Hue.BLUE))
        stage = next(s.id for s in admin.read(boards.stages, 2) if s.name == "Visita")
        do(admin, EditStage(stage=stage, color=Hue.VIOLET))
        admin.store.close()
        await ana.press("r")
        await ana.sees("Read anew")
        await ana.press("down", "up")
        assert ana.lines() == plain, "a hue moves nothing"
        look = ana.app.look
        strips = ana.app.screen._compositor.render_strips()
        shown = {
            segment.text.strip(): segment.style
            for strip in strips[1:3]
            for segment in strip
            if segment.style is not None
        }
        for name, hue in (("Vendas", 6), ("Visita", 7)):
            wanted = look.label_style(hue)
            assert (shown[name].color, shown[name].bgcolor) == (wanted.color, wanted.bgcolor), name


async def test_a_board_that_is_closed_to_one_gives_way_to_another_at_once(
    demo_db: Path, clock: Clock
) -> None:
    """Somebody else closes it while ana looks at it; she comes back to it when she is let in."""
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2")
        await ana.sees("Vendas", "Qualificação")
        admin = open_crm(demo_db, "admin", clock)
        do(admin, EditBoard(board=2, restricted=True))
        await ana.gone("Vendas")
        await ana.sees("The board you were on was archived or closed to you")
        await ana.press("b")
        await ana.sees("Boards", "Leads", "Suporte")
        assert "Vendas" not in ana.text()
        await ana.press("escape")
        do(admin, SetBoardMember(board=2, user=ana.crm.viewer.user_id, may=BoardRight.VIEW))
        admin.store.close()
        await ana.until(lambda: not ana.crm.viewer.hidden, "she was not let in")
        await ana.press("b")
        await ana.sees("Vendas")


async def test_who_only_looks_is_told_so_before_writing(demo_db: Path, clock: Clock) -> None:
    admin = open_crm(demo_db, "admin", clock)
    do(admin, AddTemplate(board=2, name="Loja nova"))
    beto = admin.store.reader().execute("SELECT id FROM \"user\" WHERE login = 'beto'").fetchone()[0]
    do(admin, SetBoardMember(board=2, user=beto, may=BoardRight.VIEW))
    do(admin, EditBoard(board=2, restricted=True))
    admin.store.close()
    async with at_work(demo_db, login="beto", clock=clock) as ana:
        await ana.press("2")
        await ana.sees("Qualificação")
        await ana.press("L")
        await ana.sees("You take no part in the work of this board")
        await ana.press("escape", "p")
        await ana.sees("You take no part in the work of this board")


@pytest.mark.parametrize("size", SIZES)
async def test_labels_and_members_of_a_base_card_are_found_by_search(
    demo_db: Path, clock: Clock, size: tuple[int, int]
) -> None:
    admin = open_crm(demo_db, "admin", clock)
    do(admin, AddTemplate(board=2, name="Loja nova"))
    admin.store.close()
    async with at_work(demo_db, login="admin", clock=clock, size=size) as ana:
        await to(ana, "Base cards")
        await ana.press("o")
        await ana.sees("What belongs to it", "Members…", "Labels…")
        await ana.press("m")
        await ana.sees("an operator's name or login")
        await ana.type("rob")
        await ana.press("enter")
        await ana.type("ana")
        await ana.press("enter", "ctrl+s")
        await ana.sees("Loja nova saved   u undoes")
        assert {len(line) for line in ana.lines()} == {size[0]}
        members = "SELECT json_array_length(payload, '$.members') FROM card_template"
        assert facts(ana, members) == [(2,)]
        await ana.press("u")
        await ana.until(lambda: facts(ana, members) == [(None,)], "it was not undone")


@pytest.mark.parametrize("size", SIZES)
async def test_files_of_a_base_card_are_attached_and_taken_off_by_keyboard(
    demo_db: Path, clock: Clock, tmp_path: Path, size: tuple[int, int]
) -> None:
    admin = open_crm(demo_db, "admin", clock)
    do(admin, AddTemplate(board=2, name="Loja nova"))
    admin.store.close()
    paper = tmp_path / "proposta_padrao.pdf"
    paper.write_bytes(b"%PDF-1.7")
    async with at_work(demo_db, login="admin", clock=clock, size=size) as ana:
        await to(ana, "Base cards")
        await ana.press("o")
        await ana.sees("What belongs to it", "Files…")
        await ana.press("f", "a")
        await ana.sees("Attach file", "Loja nova")
        await ana.type(str(paper))
        await ana.press("enter")
        await ana.sees("proposta_padrao.pdf attached", "u undoes")
        held = "SELECT filename FROM attachment WHERE entity = 'card_template' AND deleted_at IS NULL"
        assert facts(ana, held) == [("proposta_padrao.pdf",)]
        await ana.press("o", "f")
        await ana.sees("Take off proposta_padrao.pdf")
        await ana.press("1")
        await ana.sees("proposta_padrao.pdf removed   u undoes")
        assert facts(ana, held) == []
        await ana.press("u")
        await ana.until(lambda: facts(ana, held) == [("proposta_padrao.pdf",)], "it was not undone")
