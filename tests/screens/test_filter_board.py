"""The filter on the board: every card that matches, whatever the columns are, and marks beyond it."""

from __future__ import annotations

from pathlib import Path

from crm_tui.domain.arrangement import Grouping
from crm_tui.screens.board.board import BoardScreen
from crm_tui.services.board import views
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work


def board(ana: Operator) -> BoardScreen:
    assert isinstance(ana.app.screen, BoardScreen)
    return ana.app.screen


async def narrowed(ana: Operator, text: str) -> None:
    await ana.press("slash", "ctrl+u")
    await ana.type(text)
    await ana.press("enter")


async def test_the_heads_count_and_sum_what_matches(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        await ana.press("2")
        await narrowed(ana, "owner:me value:>5000")
        await ana.sees("Vendas  open  owner:me value:>5000")
        cards = [card for stage in board(ana).loaded.stages for card in board(ana).loaded.of(stage)]
        assert {card.owner for card in cards} == {"ana"}
        assert all(card.value_cents > 500_000 for card in cards)
        assert sum(head.value_cents for head in board(ana).loaded.heads) == board(ana).loaded.cents


async def test_closed_cards_have_their_column_while_they_are_asked_for(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2")
        open_stages = board(ana).loaded.stages
        await narrowed(ana, "status:won")
        await ana.sees("Ganha")
        assert len(board(ana).loaded.stages) == len(open_stages) + 1
        assert board(ana).here is not None
        await ana.press("escape")
        assert board(ana).loaded.stages == open_stages


async def test_settings_of_the_line_arrange_the_board_until_s_says_otherwise(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        await ana.press("2")
        await narrowed(ana, "value:>5000 group:owner sort:value-")
        assert board(ana).arrangement.group is Grouping.OWNER
        await ana.sees("by owner, largest first")
        for stage in board(ana).loaded.stages:
            values = [card.value_cents for card in board(ana).loaded.of(stage)]
            assert values == sorted(values, reverse=True)
            assert all(value > 500_000 for value in values)
        await ana.press("escape")
        assert board(ana).arrangement.group is Grouping.STAGE


async def test_marked_cards_that_the_filter_hides_move_with_the_others(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await carla.press("2", "space")
        hidden = next(iter(board(carla).marks))
        await narrowed(carla, "stage:novo padaria")
        await carla.sees("1 marked (1 hidden)")
        before = carla.crm.read(views.detail, hidden)
        await carla.press("L")
        await carla.sees("moved to Qualificação   u undoes")
        assert carla.crm.read(views.detail, hidden).stage != before.stage


async def test_a_filter_that_leaves_nothing_says_so_and_capital_f_drops_it(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2")
        await ana.press("/")
        await ana.type("zzz")
        await ana.sees("Nothing matches.")
        assert "clear the filter" not in ana.text()  # a letter is a word of the line now
        await ana.press("enter")
        await ana.sees("Nothing matches.", "clear the filter", "F clear filter   b boards")
        assert "enter open" not in ana.lines()[-1]
        await ana.press("F")
        await ana.gone("Nothing matches.")
        assert board(ana).here is not None


async def test_another_board_begins_without_the_filter(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2")
        await narrowed(ana, "owner:me")
        await ana.press("b", "1")
        assert board(ana).at_home
