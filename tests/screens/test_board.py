"""Quadro by keyboard: walking, moving cards and undoing it, marks, filter, another board, two operators."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from house import do

from crm_tui.bootstrap import open_crm
from crm_tui.domain.board import BoardCard, CardKind
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.i18n import Text
from crm_tui.screens.board import loaded as reads
from crm_tui.screens.board.board import BoardScreen
from crm_tui.screens.board.sides import LEAST, fitting, hint, widths
from crm_tui.services.board import views
from crm_tui.services.board.commands import AddBoard, ArchiveCard, DeleteCard, MoveCard, NewCard
from crm_tui.services.core.crm import Crm
from crm_tui.services.trail import views as trails
from crm_tui.ui.look import Look
from crm_tui.widgets.column import FOLDED
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work


def board(ana: Operator) -> BoardScreen:
    screen = ana.app.screen
    assert isinstance(screen, BoardScreen)
    return screen


def here(ana: Operator) -> BoardCard:
    card = board(ana).here
    assert card is not None
    return card


def column(crm: Crm, name: str, board_id: int = 2) -> list[int]:
    """The cards of a stage, as everybody's."""
    stage = next(s.id for s in crm.read(views.stages, board_id) if s.name == name)
    return [card.id for card in crm.read(views.column, stage)]


async def test_two_opens_the_busiest_board_with_counts_sums_and_what_lies_beyond(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2")
        await ana.sees("Vendas", "Novo", "Qualificação", "Visita", "Proposta 6, Negociação 5, Fechamento 3 ›")
        heads = ana.lines()[2]
        assert heads.split() == ["Novo", "12", "Qualificação", "9", "Visita", "4", "›"]
        assert "33,800" in ana.lines()[3]


async def test_the_columns_scroll_sideways_with_the_cursor(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "right", "right", "right")
        await ana.sees("‹ Novo 12")
        assert ana.lines()[2].startswith("‹")
        assert "Proposta" in ana.lines()[2]
        await ana.press("l", "l", "l", "l")
        await ana.sees("Fechamento")
        assert not ana.lines()[2].rstrip().endswith("›")
        await ana.press("h", "h", "h", "h", "h")
        assert ana.lines()[2].split()[0] == "Novo"


async def test_wide_screens_show_the_boards_sums(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(160, 36)) as ana:
        await ana.press("2")
        await ana.sees("39 cards", "R$ 561,440", "weighted R$ 362,474")
        assert "‹" not in ana.lines()[1]


async def test_a_card_is_moved_and_the_cursor_stays_in_its_column(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await carla.press("2")
        before = column(carla.crm, "Novo")
        card = here(carla)
        await carla.press("L")
        await carla.sees("moved to Qualificação   u undoes")
        assert column(carla.crm, "Novo") == before[1:]
        assert column(carla.crm, "Qualificação")[-1] == card.id
        assert here(carla).id == before[1], "the next card of the same column is under the cursor"
        await carla.press("u")
        assert column(carla.crm, "Novo") == before
        assert here(carla).id == before[1], "by id, not by row"


@pytest.mark.parametrize("page", [10, 50])
async def test_what_is_shown_after_moves_is_what_a_fresh_look_shows(
    page: int, demo_db: Path, clock: Clock
) -> None:
    """Only the card that moved is read: what stands in the columns must be what reading them whole would give."""
    from crm_tui.bootstrap import open_crm
    from crm_tui.services.board.setup_commands import EditBoard

    setting = open_crm(demo_db, "carla", clock)
    assert isinstance(setting.run(EditBoard(board=2, page_size=page)), Done)
    setting.store.close()
    async with at_work(demo_db, login="carla", clock=clock) as ana:
        await ana.press("2")
        await ana.sees("Qualificação")
        for key in ("L", "down", "L", "l", "L", "H", "down", "H", "h", "G", "L", "g", "L"):
            await ana.press(key)
            screen = board(ana)
            fresh = reads.read(
                ana.crm,
                reads.Asked(
                    screen.board_id or 0,
                    wanted={stage: len(screen.loaded.of(stage)) for stage in screen.in_sight},
                ),
            )
            assert screen.loaded.heads == fresh.heads
            for stage in screen.in_sight:
                assert [*screen.loaded.of(stage)] == [*fresh.of(stage)]
                assert len(screen.loaded.of(stage)) >= min(page, screen.loaded.count_of(stage))


async def test_a_card_stands_where_it_is_sent_and_is_called_saved_once_it_is(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    other = crm_as("beto")
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await carla.press("2")
        screen, card = board(carla), here(carla)
        target, heads = screen.loaded.stages[1], [head.count for head in screen.loaded.heads]
        with other.store.writing():
            pressed = asyncio.create_task(carla.pilot.press("L"))
            await carla.until(lambda: screen.loaded.stage_of(card.id) == target, "not drawn at once")
            assert [head.count for head in screen.loaded.heads][:2] == [heads[0] - 1, heads[1] + 1]
            assert "u undoes" not in carla.text()
            assert carla.crm.read(views.cards, [card.id])[0].stage == "Novo"
        await pressed
        await carla.sees("u undoes")
        assert carla.crm.read(views.cards, [card.id])[0].stage == "Qualificação"


async def test_a_refused_card_stands_where_it_stood_and_the_cursor_on_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "down", "down")
        screen = board(ana)
        index = next(n for n, card in enumerate(screen.loaded.of(screen.stage)) if card.owner == "beto")
        await ana.press("g", *["down"] * index)
        before, card = screen.loaded, here(ana)
        await ana.press("L")
        await ana.sees("Not done")
        await ana.press("escape")
        assert [*screen.loaded.heads] == [*before.heads]
        assert [[*screen.loaded.of(s)] for s in screen.in_sight] == [[*before.of(s)] for s in screen.in_sight]
        assert (here(ana).id, screen.index) == (card.id, index)


async def test_a_look_in_the_middle_of_a_refused_move_leaves_the_card_where_it_stands(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another's change is seen while ours is asked and then refused: the card is not left where it was sent."""
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await carla.press("2")
        screen, card = board(carla), here(carla)

        async def refused(command: object, **_: object) -> Refusal:
            screen.changed()
            return Refusal(Text("No."))

        monkeypatch.setattr(screen, "write", refused)
        await carla.press("L", "escape")
        assert screen.loaded.stage_of(card.id) == screen.loaded.stages[0]
        assert screen.loaded.heads[0].count == len(column(carla.crm, "Novo"))


async def test_at_the_first_and_last_stage_it_is_said_and_nothing_moves(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await carla.press("2", "H")
        await carla.sees("This is the first stage.")
        await carla.press("right", "right", "right", "right", "right", "L")
        await carla.sees("This is the last stage")


async def test_marked_cards_move_as_one_batch_with_one_undo(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await carla.press("2", "space", "space", "space")
        await carla.sees("3 marked")
        before = column(carla.crm, "Novo")
        await carla.press("L")
        await carla.sees("3 cards moved   u undoes")
        assert "marked" not in carla.text()
        assert column(carla.crm, "Novo") == before[3:]
        moved = carla.crm.read(trails.everything, most=3)
        assert {entry.kind for entry in moved} == {"card.moved"}
        assert len({entry.batch for entry in moved}) == 1
        await carla.press("u")
        assert column(carla.crm, "Novo") == before


async def test_space_star_and_m_mark_and_esc_drops(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "space", "down", "down", "M")
        await ana.sees("4 marked")
        await ana.press("asterisk")
        await ana.sees("12 marked")
        await ana.press("asterisk")
        await ana.gone("marked")
        await ana.press("space", "escape")
        await ana.gone("marked")


async def test_a_marked_card_that_somebody_deletes_is_marked_no_more(demo_db: Path, clock: Clock) -> None:
    """A verb would say that it acts on two, and do it to one; one that only moved stays marked."""
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "right", "space", "space")
        await ana.sees("2 marked")
        first, second = (card.id for card in board(ana).chosen())
        admin = open_crm(demo_db, "admin", clock)
        do(admin, DeleteCard(card=first))
        await ana.sees("1 marked")
        do(admin, ArchiveCard(card=second))
        await ana.until(lambda: board(ana).loaded.card(second) is None, "it did not leave the board")
        assert board(ana).marks == {second}
        admin.store.close()


async def test_somebody_elses_card_is_refused_in_a_sheet_and_stays(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2")
        assert here(ana).owner == "beto"
        before = column(ana.crm, "Novo")
        await ana.press("L")
        await ana.sees("Not done", "nothing changed")
        await ana.press("escape")
        assert column(ana.crm, "Novo") == before


async def test_the_filter_finds_the_column_of_its_match_and_esc_drops_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "slash")
        await ana.type("padaria aurora")
        await ana.sees("1 of 39", "Padaria Aurora", "enter apply")
        assert here(ana).number == "OP-0142"
        await ana.press("enter")
        await ana.sees("padaria aurora")
        assert here(ana).number == "OP-0142"
        await ana.press("escape")
        await ana.sees("Clínica Sorriso")
        assert here(ana).number == "OP-0142", "the cursor keeps the card that was found"


async def test_the_filter_says_how_many_marks_it_hides(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "space", "slash")
        await ana.type("padaria")
        await ana.press("enter")
        await ana.sees("1 marked (1 hidden)")


async def test_n_opens_the_whole_form_in_the_stage_of_the_cursor(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "right", "n")
        await ana.sees("New card", "Vendas, Qualificação")
        await ana.type("Marta Reis")
        await ana.press("ctrl+s")
        await ana.sees("card made   u undoes")
        made = column(ana.crm, "Qualificação")[-1]
        card = ana.crm.read(views.detail, made)
        assert (card.party, card.stage, card.owner) == ("Marta Reis", "Qualificação", "ana")


async def test_m_moves_the_marked_cards_to_a_chosen_stage(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await carla.press("2", "space", "space", "m")
        await carla.sees("Move 2 cards")
        await carla.type("vis")
        await carla.press("enter")
        await carla.sees("2 saved   u undoes")
        assert len(column(carla.crm, "Visita")) == 6
        assert "marked" not in carla.text()


async def test_hand_over_needs_two_words_and_one_key(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await carla.press("2")
        card = here(carla)
        await carla.press("P")
        await carla.type("ana")
        await carla.press("ctrl+s")
        await carla.sees("handed over   u undoes")
        assert carla.crm.read(views.detail, card.id).owner == "ana"


async def test_b_shows_another_board_and_an_empty_one_teaches(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "b")
        await ana.sees("Boards", "39 open cards")
        await ana.press("1")
        await ana.sees("Leads", "Primeiro contato")
        await ana.press("b", "down", "enter")
        await ana.sees("Vendas", "Qualificação")


async def test_b_leads_on_to_another_board_for_who_may_make_one(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "admin", clock=clock) as admin:
        await admin.press("2", "b")
        await admin.sees("+  new board…")
        await admin.press("plus")
        await admin.sees("New board", "Name")
        await admin.press("escape", "b", "end", *["down"] * 5, "enter")
        await admin.sees("New board", "Name")
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "b")
        await ana.sees("new board…", "your profile does not allow it")
        await ana.press("plus")
        await ana.sees("nothing changed")


async def test_an_empty_board_says_what_belongs_there(empty_db: Path, clock: Clock) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        await ana.press("2")
        await ana.sees("No card is open on this board.", "the first card, in this stage")
        assert "enter open" not in ana.text()
        await ana.press("plus")
        await ana.sees("name, then Enter")
        assert "on this board" not in ana.text(), "words lie under the line"
        await ana.type("Primeiro")
        await ana.press("enter", "escape")
        await ana.until(
            lambda: ana.text().count("Primeiro ") == 2, "its person is named under its name, or none"
        )
        assert "No card is open" not in ana.text()  # the other one is the stage's, Primeiro contato


async def test_a_board_without_stages_says_where_they_are_made(empty_db: Path, clock: Clock) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        do(ana.crm, AddBoard(name="Parcerias", number_prefix="PA", kind=CardKind.OPPORTUNITY))
        await ana.press("2", "b", "4")
        await ana.sees("Parcerias", "This board has no open stage yet.", "add stages under Settings")


async def test_enter_opens_the_card_with_its_column_as_the_list(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "down", "enter")
        await ana.sees("Timeline", "Board, 2 of 12")
        await ana.press("escape")
        await ana.sees("Novo")
        assert board(ana).index == 1, "the list is never lost"


async def test_another_operators_move_is_seen_and_the_cursor_keeps_its_card(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    carla = crm_as("carla")
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "down")
        kept = here(ana)
        first = carla.read(views.cards, [column(carla, "Novo")[0]])[0]
        target = next(s.id for s in carla.read(views.stages, 2) if s.name == "Visita")
        carla.run(MoveCard(card=first.id, stage=target, version=first.version))
        await ana.until(lambda: board(ana).index == 0, "the board did not follow")
        assert here(ana).id == kept.id


async def test_a_long_column_is_read_page_by_page_and_to_its_end_by_g(empty_db: Path, clock: Clock) -> None:
    from crm_tui.bootstrap import open_crm

    crm = open_crm(empty_db, "ana", clock)
    stage = crm.read(views.stages, 2)[0].id
    crm.run_many([NewCard(party_name=f"Pessoa {n:03}", stage=stage) for n in range(130)])
    crm.store.close()
    async with at_work(empty_db, clock=clock) as ana:
        await ana.press("2")
        await ana.sees("Pessoa 000", "↓ 124 more")
        assert len(board(ana).loaded.of(stage)) == 50
        for _ in range(9):
            await ana.press("pagedown")
        assert len(board(ana).loaded.of(stage)) > 50
        await ana.press("G")
        await ana.sees("Pessoa 129")
        assert len(board(ana).loaded.of(stage)) == 130
        await ana.press("g")
        await ana.sees("Pessoa 000")


async def test_a_card_is_dragged_to_another_column(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await carla.press("2")
        card = here(carla)
        await carla.pilot.mouse_down(offset=(5, 5))
        await carla.pilot.mouse_up(offset=(60, 10))
        await carla.sees("moved to Visita")
        assert carla.crm.read(views.detail, card.id).stage == "Visita"


async def test_r_says_so_where_there_is_no_step(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "slash")
        await ana.type("banho")
        await ana.press("enter", "R")
        await ana.sees("There is no planned step here")


@pytest.mark.parametrize("width", [20, 60, 79, 80, 100, 120, 200])
@pytest.mark.parametrize("folds", [(), (1,), (0, 1), (2, 3, 4)])
def test_columns_take_the_whole_width_and_are_never_too_narrow(width: int, folds: tuple[int, ...]) -> None:
    folded = [n in folds for n in range(12)]
    columns = fitting(width, folded)
    shown = folded[:columns]
    found = widths(width, shown)
    opened = [room for room, fold in zip(found, shown, strict=True) if not fold]
    assert not opened or columns == 12 or sum(found) + columns + 1 == max(width, columns * 2 + 1)
    assert columns == 1 or min(opened, default=LEAST) >= LEAST
    assert max(opened, default=0) - min(opened, default=0) <= 1
    assert {room for room, fold in zip(found, shown, strict=True) if fold} <= {FOLDED}


async def test_a_folded_stage_is_three_cells_and_nothing_in_it_is_acted_on(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "right")
        here = board(ana)
        stage, sight = here.stage, here.in_sight
        await ana.press("minus")
        assert len(here.in_sight) > len(sight), "there is room for one more"
        assert here.columns[stage].size.width == FOLDED
        assert here.here is None
        before = ana.crm.read(trails.everything)[0].id
        await ana.press("L", "x", "p")
        assert ana.crm.read(trails.everything)[0].id == before
        assert len(ana.app.screen_stack) == 1
        await ana.press("minus")
        assert here.in_sight == sight
        assert here.here is not None


async def test_the_hint_gives_up_far_names_before_near_ones(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2")
        heads = board(ana).loaded.heads
    said = [
        "".join(run.text for run in hint(Look(), heads[:2], heads[4:], room)) for room in (70, 45, 20, 10)
    ]
    assert said == ["‹ Novo 12, Qualificação 9    Negociação 5, Fechamento 3 ›",
                    "‹ +1, Qualificação 9    Negociação 5, +1 ›", "‹ +2    +2 ›", ""]  # fmt: skip


async def test_capital_j_and_k_order_a_card_and_the_cursor_goes_with_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "right")
        here = board(ana)
        order = [card.id for card in here.loaded.of(here.stage)]
        await ana.press("J")
        await ana.until(lambda: [c.id for c in here.loaded.of(here.stage)][:2] == order[1::-1], "not ordered")
        assert (here.card, here.index) == (order[0], 1)
        await ana.press("K")
        await ana.until(lambda: [c.id for c in here.loaded.of(here.stage)] == order, "not back")
        await ana.press("K")
        await ana.sees("This card is the first of its stage.")
        await ana.press("u", "u")
        await ana.sees("Another place in")
        assert [c.id for c in here.loaded.of(here.stage)] == order
