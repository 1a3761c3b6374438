"""Two operators on one board at once: nothing lost or doubled, both screens end the same, no cursor jumps.

A minute of it: `python -m tests.tools.movers DB --together carla,admin --seconds 60`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from crm_tui.services.board import views
from crm_tui.services.board.commands import NewCard
from crm_tui.services.core.crm import Crm
from tests.blackbox.conftest import Terminal
from tests.tools import movers
from tests.tools.term import Term

HUNDRED = 100
REST = 0.15
"""Seconds of silence after which a key is dealt with."""


@pytest.fixture
def hundred(demo_db: Path, crm_as: Callable[[str], Crm]) -> list[int]:
    """A hundred open cards on the board of deals."""
    crm = crm_as("carla")
    stages = [head.id for head in crm.read(views.heads, movers.BOARD)]
    there = sum(head.count for head in crm.read(views.heads, movers.BOARD))
    crm.run_many(
        [NewCard(subject=f"Cartão {n}", stage=stages[n % len(stages)]) for n in range(HUNDRED - there)]
    )
    with closing(sqlite3.connect(f"file:{demo_db}?mode=ro", uri=True)) as connection:
        sql = f"SELECT id FROM card WHERE board_id = {movers.BOARD} AND {movers.LISTED} ORDER BY id"
        return [i for (i,) in connection.execute(sql)]


def test_two_processes_move_the_same_hundred_cards_and_none_is_lost(
    demo_db: Path, hundred: list[int]
) -> None:
    assert len(hundred) == HUNDRED
    told = movers.together(demo_db, ("carla", "admin"), moves=150)
    assert all(each["moved"] > 50 for each in told), told
    assert movers.faults(demo_db, hundred) == []


def test_the_check_sees_a_card_that_two_moved_at_once(demo_db: Path, hundred: list[int]) -> None:
    """The defence of the test above: each fault that it looks for is found."""
    card = hundred[0]
    with closing(sqlite3.connect(demo_db)) as connection:
        for harm in (
            f"UPDATE card SET rank = (SELECT rank FROM card WHERE id = {hundred[1]}), stage_id = "
            f"(SELECT stage_id FROM card WHERE id = {hundred[1]}) WHERE id = {card}",
            f"UPDATE stage_visit SET left_at = NULL WHERE card_id = {card}",
            f"UPDATE card SET version = version + 2 WHERE id = {card}",
            f"UPDATE card SET deleted_at = opened_at WHERE id = {hundred[2]}",
        ):
            connection.execute(harm)
        connection.commit()
    told = "\n".join(movers.faults(demo_db, hundred))
    assert "with rank" in told
    assert f"card {card}: " in told
    assert "100 cards before, 99 after" in told


def test_both_screens_end_the_same_and_nobodys_cursor_jumps(terminal: Terminal, hundred: list[int]) -> None:
    assert hundred
    with terminal("carla", (120, 36)) as carla, terminal("admin", (120, 36)) as admin:
        for term in (carla, admin):
            term.wait("1 Hoje")
            term.send("2")
            term.wait("Novo.*Qualificação")
        admin.send("right", "right", "down")
        admin.settle(REST)
        kept = _card(admin)
        for round_ in range(6):
            carla.send("J" if round_ % 2 else "L")
            carla.settle(REST)
            carla.send("down")
            carla.settle(REST)
        _same(carla, admin)
        assert _card(admin) == kept, "who watched stands where they stood"
        mine = _card(carla)
        admin.send("H")
        admin.wait("movido para")
        _same(carla, admin)
        assert _card(carla) == mine


def _card(term: Term) -> str:
    """Name and party of the card under the cursor: the two rows behind the bar in the accent's colour."""
    accent = term.colours("enter abrir").fg
    for y in range(4, term.screen.lines - 2):
        for x, cell in enumerate(term.screen.cells(y)):
            if cell.data == "▌" and f"#{cell.fg}" == accent:
                return " / ".join(
                    "".join(c.data for c in term.screen.cells(row)[x + 1 : x + 20]).strip()
                    for row in (y, y + 1)
                )
    raise AssertionError(term.text())


def _board(term: Term) -> list[str]:
    """The columns as they are read, without the bars: the cursor is each one's own."""
    return [row.replace("▌", " ").rstrip() for row in term.screen.rows()[2:-1]]


def _same(one: Term, other: Term) -> None:
    """Both show the same cards in the same places, as soon as the later one has heard of it."""
    for _ in range(50):
        for term in (one, other):
            term.idle(0.1)
        if _board(one) == _board(other):
            return
    assert _board(one) == _board(other)
