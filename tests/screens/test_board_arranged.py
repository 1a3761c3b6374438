"""`s` on the board: order, other columns, cards per column; what moving a card means there, and what is remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.domain.arrangement import NOTHING, By, Grouping
from crm_tui.screens.board import board as boards
from crm_tui.screens.board.board import BoardScreen
from crm_tui.services.board import views
from crm_tui.services.board.commands import HandOver, NewCard
from crm_tui.services.core.crm import Crm
from crm_tui.services.label import views as labels
from crm_tui.services.trail import views as trails
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


def board(ana: Operator) -> BoardScreen:
    screen = ana.app.screen
    assert isinstance(screen, BoardScreen)
    return screen


def values(screen: BoardScreen, at: int = 0) -> list[int]:
    return [card.value_cents for card in screen.loaded.of(screen.loaded.stages[at])]


async def test_a_letter_sorts_the_same_one_turns_it_round_and_the_title_says_so(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "down")
        kept = board(ana).card
        await ana.press("s")
        await ana.sees("Exibir", "À mão", "agora; J e K", "Agrupar…", "Por etapa", "Cartões por coluna…")
        await ana.press("v")
        await ana.sees("maior valor primeiro")
        assert values(board(ana)) == sorted(values(board(ana)), reverse=True)
        assert board(ana).card == kept, "the cursor stays on its card"
        await ana.press("s", "v")
        await ana.sees("menor valor primeiro")
        assert values(board(ana)) == sorted(values(board(ana)))
        await ana.press("s", "m")
        await ana.gone("valor primeiro")


async def test_out_of_the_order_by_hand_capital_j_says_why_not(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "s", "n")
        before = ana.crm.read(trails.everything)[0].id
        await ana.press("J")
        await ana.sees("J e K valem onde a ordem é à mão")
        assert ana.crm.read(trails.everything)[0].id == before


async def test_by_owner_the_heads_add_up_and_a_card_says_its_stage(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        await ana.press("2")
        whole = board(ana).loaded
        await ana.press("s", "g", "d")
        await ana.sees("por dono", "Ana Souza", "Roberto Martins", "sem dono")
        found = board(ana).loaded
        assert (found.count, found.cents) == (whole.count, whole.cents)
        assert sum(h.value_cents for h in found.heads) == whole.cents
        shown = {card.stage for card in board(ana).loaded.of(found.stages[0])[:3]}
        assert all(any(stage[:6] in line for line in ana.lines()[4:14]) for stage in shown), "not the owner"


async def test_capital_l_hands_a_card_over_and_u_gives_it_back(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await carla.press("2", "s", "g", "d")
        await carla.sees("por dono")
        screen = board(carla)
        await carla.press("h", "h", "h", "h")
        assert screen.loaded.heads[0].name == "Ana Souza"
        card = screen.here
        assert card is not None
        await carla.press("L")
        await carla.sees("passado para Carla Nogueira   u desfaz")
        assert carla.crm.read(views.detail, card.id).owner == "carla"
        await carla.press("u")
        await carla.until(lambda: carla.crm.read(views.detail, card.id).owner == "ana", "not given back")


async def test_the_footer_names_the_verb_that_takes_a_card_to_another_column(
    demo_db: Path, clock: Clock
) -> None:
    """`L` goes no stage forward where the columns are owners, labels or due states."""
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2")
        await ana.sees("L avançar etapa")
        for letter, footer in (("d", "P passar para"), ("t", "E etiquetas"), ("s", "R remarcar")):
            await ana.press("s", "g", letter)
            await ana.sees(footer)
            assert "avançar etapa" not in ana.text()


async def test_nobody_is_made_the_owner_of_nothing(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await carla.press("2", "s", "g", "d", *["l"] * 5)
        screen = board(carla)
        assert screen.stage == NOTHING
        await carla.press("L")
        await carla.sees("Esta é a última coluna.")
        await carla.press("h", "L")
        await carla.sees("P o passa para alguém")


async def test_between_due_states_nothing_moves_and_r_is_named(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await carla.press("2", "s", "g", "s")
        await carla.sees("por estado", "Vencidos", "Hoje")
        before = carla.crm.read(trails.everything)[0].id
        await carla.press("g", "L")
        await carla.sees("O estado não se dá à mão: R dá outra data ao cartão.")
        assert carla.crm.read(trails.everything)[0].id == before
        await carla.pilot.mouse_down(offset=(5, 5))
        await carla.pilot.mouse_up(offset=(60, 10))
        await carla.sees("O estado não se dá à mão")


async def test_a_card_dragged_between_owners_is_handed_over_also_when_scrolled(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await carla.press("2", "s", "g", "d", *["h"] * 5, "G")
        screen = board(carla)
        await carla.pilot.pause()
        first, column = screen.loaded.stages[0], screen.columns[screen.loaded.stages[0]]
        assert column._top > 0
        dragged = column.card_at(2 + 3 * 2)
        assert dragged is not None
        at = column.region
        await carla.pilot.mouse_down(offset=(at.x + 4, at.y + 2 + 3 * 2))
        await carla.pilot.mouse_up(offset=(at.x + at.width + 8, at.y + 6))
        await carla.sees("passado para Carla Nogueira")
        assert dragged not in [card.id for card in screen.loaded.of(first)]
        assert carla.crm.read(views.detail, dragged).owner == "carla"


async def test_how_it_is_shown_is_kept_per_board_while_one_is_elsewhere(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "s", "g", "d", "s", "v")
        await ana.sees("por dono, maior valor primeiro")
        await ana.press("minus")
        folded = set(board(ana).folded)
        await ana.press("1", "2")
        await ana.sees("por dono, maior valor primeiro")
        await ana.press("b", "1")
        await ana.sees("Leads")
        await ana.gone("por dono")
        await ana.press("b", "2")
        await ana.sees("por dono, maior valor primeiro")
        assert board(ana).folded == folded
        await ana.press("s", "g", "e")
        assert board(ana).folded == set(), "owners that are folded are no stages"


async def test_another_operators_change_keeps_order_cursor_and_scroll(
    demo_db: Path, clock: Clock, crm_as: Callable[[str], Crm]
) -> None:
    carla = crm_as("carla")
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "s", "g", "d", "s", "v", *["h"] * 5, *["down"] * 7)
        screen = board(ana)
        kept, top = screen.card, screen.columns[screen.stage]._top
        assert top > 0
        loaded = screen.loaded
        last = screen.loaded.of(screen.stage)[-1]
        to = next(o.value for o in carla.read(views.pick_colleague, "") if o.ref == "beto")
        carla.run(HandOver(card=last.id, to=to))
        await ana.until(lambda: screen.loaded is not loaded, "the board did not follow")
        assert (screen.card, screen.columns[screen.stage]._top) == (kept, top)
        assert last.id not in [card.id for card in screen.loaded.of(screen.stage)]


async def test_a_column_begins_with_as_many_cards_as_are_chosen_and_down_brings_more(
    empty_db: Path, clock: Clock
) -> None:
    crm = open_crm(empty_db, "ana", clock)
    stage = crm.read(views.stages, 2)[0].id
    crm.run_many([NewCard(subject=f"Cartão {n:03}", stage=stage) for n in range(45)])
    with crm.store.writing() as connection:
        connection.execute("UPDATE board SET page_size = 20 WHERE id = 2")
    crm.store.close()
    async with at_work(empty_db, clock=clock, size=(80, 50)) as ana:
        await ana.press("2")
        screen = board(ana)
        assert len(screen.loaded.of(stage)) == 20, "the board's own number"
        await ana.press("s", "c")
        await ana.sees("Cartões por coluna", "20 cartões", "agora, o deste quadro")
        await ana.press("1")
        await ana.sees("10 por coluna", "↓ mais 35")
        assert len(screen.loaded.of(stage)) == 10
        await ana.press(*["down"] * 9)
        assert len(screen.loaded.of(stage)) == 10
        await ana.press("down")
        assert len(screen.loaded.of(stage)) == 20
        assert screen.here is not None
        assert screen.here.title == "Cartão 010"
        await ana.press("G")
        assert len(screen.loaded.of(stage)) == 45
        await ana.press("s", "n")
        await ana.sees("cartão de A a Z")
        assert screen.here.title == "Cartão 044", "the cursor keeps its card, and what is above it is read"


@pytest.mark.parametrize("by", By)
async def test_every_order_and_every_grouping_is_reached_by_its_letter(
    demo_db: Path, clock: Clock, by: By
) -> None:
    letters = {By.HAND: "m", By.VALUE: "v", By.DUE: "d", By.NAME: "n", By.PARTY: "l", By.AGE: "i"}
    groups = {Grouping.STAGE: "e", Grouping.OWNER: "d", Grouping.DUE: "s", Grouping.LABEL: "t"}
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "s", letters[by])
        for group, letter in groups.items():
            await ana.press("s", "g", letter)
            await ana.until(lambda g=group: board(ana).arrangement.group is g, "not grouped")  # type: ignore[misc]
            assert board(ana).arrangement.by is by
            assert board(ana).loaded.count == 39


async def test_the_filter_narrows_whatever_the_columns_are(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "s", "g", "d", "slash")
        await ana.type("padaria aurora")
        await ana.sees("1 de 39")
        await ana.press("enter")
        found: Any = board(ana).here
        assert found.number == "OP-0142"
        await ana.press("s", "g", "e")
        await ana.sees("padaria aurora")
        assert board(ana).here is not None
        assert board(ana).here.number == "OP-0142"  # type: ignore[union-attr]


async def test_by_label_capital_l_changes_the_label_and_u_puts_it_back(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await carla.press("2", "s", "g", "t")
        await carla.sees("por etiqueta")
        screen = board(carla)
        first, second = screen.loaded.heads[:2]
        screen.to_stage(first.id, 0)
        if screen.here is None:
            screen.to_stage(next(h.id for h in screen.loaded.heads if h.count), 0)
        at = screen.loaded.stages.index(screen.stage)
        source, target = (screen.loaded.heads[n].name for n in (at, at + 1))
        card = screen.here
        assert card is not None
        await carla.press("L")
        await carla.sees(f"etiqueta {target}   u desfaz")
        worn = {each.name for each in carla.crm.read(labels.worn, [card.id]).get(card.id, ())}
        assert target in worn
        assert source not in worn
        await carla.press("u")
        await carla.until(
            lambda: source in {each.name for each in carla.crm.read(labels.worn, [card.id])[card.id]},
            "not put back",
        )
        assert second is not first


async def test_a_card_is_handed_over_from_the_board_within_five_keys(demo_db: Path, clock: Clock) -> None:
    """JOBS 10."""
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "right")
        card = board(ana).here
        assert card is not None
        ana.keys = 0
        await ana.press("P", "b")
        await ana.sees("Roberto Martins", "abertos, ")
        await ana.press("tab")
        await ana.type("Ele prefere falar depois das 16h.")
        await ana.press("ctrl+s")
        await ana.sees("u desfaz")
        assert ana.keys <= 5
        assert ana.crm.read(views.detail, card.id).owner == "beto"
        kinds = {entry.kind for entry in ana.crm.read(trails.of_card, card.id)[:2]}
        assert kinds == {"card.handed_over", "note.commented"}


async def test_a_filter_for_closed_cards_finds_them_by_owner_and_by_state(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "s", "g", "d", "slash")
        await ana.type("perdido:sim")
        await ana.press("enter")
        await ana.sees("por dono", "perdido:sim")
        screen = board(ana)
        await ana.until(lambda: screen.loaded.count > 0, "no lost card is shown")
        cards = [card for stage in screen.loaded.stages for card in screen.loaded.of(stage)]
        assert {card.status for card in cards} == {"lost"}
        count = screen.loaded.count
        await ana.press("s", "g", "s")
        await ana.sees("por estado", "Encerrados")
        await ana.until(lambda: screen.loaded.count == count, "not the same cards")
        assert [head.count for head in screen.loaded.heads][-1] == count


async def test_how_a_board_was_left_is_found_again_by_the_same_operator_alone(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "minus", "s", "g", "d", "right", "minus", "s", "v", "s", "c", "1")
        await ana.sees("por dono, maior valor primeiro, 10 por coluna")
        left, own = board(ana).arrangement, set(board(ana).folded)
        stages = {
            ids
            for (_, group), found in board(ana).folds_of.items()
            if group is Grouping.STAGE
            for ids in found
        }
        assert (len(own), len(stages)) == (1, 1)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2")
        await ana.sees("por dono, maior valor primeiro, 10 por coluna")
        assert (board(ana).arrangement, board(ana).folded) == (left, own)
        await ana.press("s", "g", "e")
        await ana.gone("por dono")
        assert board(ana).folded == stages
        await ana.press("s", "m", "s", "c", "3")
        await ana.gone("por coluna")
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2")
        await ana.gone("por dono")
        assert board(ana).folded == stages
    async with at_work(demo_db, login="carla", clock=clock) as carla:
        await carla.press("2")
        await carla.gone("por dono")
        assert board(carla).folded == set(), "each operator's own"


async def test_a_filter_that_arranges_the_board_is_no_habit(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "slash")
        await ana.type("grupo:dono")
        await ana.press("enter")
        await ana.sees("por dono")
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2")
        await ana.gone("por dono")


@pytest.mark.parametrize("limit", ["DIRECT", "PASSED"])
async def test_a_board_too_long_to_read_at_once_opens_as_it_was_left(
    limit: str, demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its size is asked before its cards are there: the columns must be, or it must wait for them."""
    monkeypatch.setattr(boards, limit, 3)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "s", "g", *("d" if limit == "PASSED" else "e"))
        await ana.sees("PDV 2 caixas")
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2")
        await ana.pilot.resize_terminal(100, 30)
        await ana.sees("por dono" if limit == "PASSED" else "Novo", "PDV 2 caixas")
