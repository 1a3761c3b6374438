"""An undo or redo leaves no card where none may stand, though stages, boards and labels changed meanwhile. (X22)"""

from __future__ import annotations

import pytest
from house import House, do

from crm_tui.domain.board import StageCategory
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import Text
from crm_tui.services.board.commands import (
    AddBoard,
    AddStage,
    ArchiveBoard,
    ArchiveCard,
    ArchiveStage,
    EditStage,
    MoveCard,
    MoveToBoard,
    NewCard,
    UnarchiveBoard,
)
from crm_tui.services.core.commands import Command
from crm_tui.services.core.crm import Crm
from crm_tui.services.label.commands import AddLabel, SetLabels
from crm_tui.services.trail.commands import UndoBatch


def _refused(house: House, crm: Crm, batch: str) -> Text:
    """The undo of this batch is refused, changes nothing, and says why."""
    before = house.dump()
    refusal = crm.run(UndoBatch(batch=batch))
    assert isinstance(refusal, Refusal), refusal
    assert refusal.reason.msgid == "Not put back: {why}"
    assert house.dump() == before
    why = refusal.reason.params["why"]
    assert isinstance(why, Text)
    return why


@pytest.fixture
def ana(house: House) -> Crm:
    return house.open()


@pytest.fixture
def board(house: House, ana: Crm) -> int:
    """A board of deals with two stages."""
    made = do(ana, AddBoard(name="Norte", number_prefix="NO")).entity_id or 0
    do(ana, AddStage(board=made, name="Um"))
    do(ana, AddStage(board=made, name="Dois"))
    return made


def _stages(house: House, board: int) -> list[int]:
    return [i for (i,) in house.rows("SELECT id FROM stage WHERE board_id = ? ORDER BY id", board)]


@pytest.mark.parametrize("category", [None, StageCategory.WON, StageCategory.PAUSED])
def test_a_card_is_not_put_back_into_a_stage_that_takes_it_no_more(
    house: House, ana: Crm, board: int, category: StageCategory | None
) -> None:
    """Another removed the stage, or made it one that closes or pauses cards."""
    carla, (one, two) = house.open("carla"), _stages(house, board)
    card = do(ana, NewCard(subject="x", stage=one)).entity_id or 0
    batch = do(ana, MoveCard(card=card, stage=two)).batch
    meanwhile: Command = EditStage(stage=one, category=category) if category else ArchiveStage(stage=one)
    do(carla, meanwhile)
    assert _refused(house, ana, batch).params["stage"] == "Um"
    do(carla, UndoBatch())
    do(ana, UndoBatch(batch=batch))


def test_a_stage_is_not_removed_again_under_a_card_that_came_meanwhile(
    house: House, ana: Crm, board: int
) -> None:
    _, two = _stages(house, board)
    removed = do(ana, ArchiveStage(stage=two)).batch
    back = do(ana, UndoBatch(batch=removed)).batch
    card = do(house.open("carla"), NewCard(subject="x", stage=two)).ref
    assert _refused(house, ana, back).params["number"] == card


def test_a_category_is_not_taken_back_under_a_card_that_came_meanwhile(
    house: House, ana: Crm, board: int
) -> None:
    one, two = _stages(house, board)
    batch = do(ana, EditStage(stage=two, category=StageCategory.PAUSED)).batch
    card = do(ana, NewCard(subject="x", stage=one)).entity_id or 0
    do(house.open("carla"), MoveCard(card=card, stage=two))
    _refused(house, ana, batch)
    do(ana, EditStage(stage=two, stale_days=3))
    do(ana, UndoBatch())  # what says nothing of categories is undone as ever


def test_no_open_card_is_put_on_an_archived_board_nor_a_board_archived_over_one(
    house: House, ana: Crm, board: int
) -> None:
    carla = house.open("carla")
    card = do(ana, NewCard(subject="x", board=board)).entity_id or 0
    away = do(ana, ArchiveCard(card=card)).batch
    do(carla, ArchiveBoard(board=board))
    assert _refused(house, ana, away).params["board"] == "Norte"
    again = do(carla, UnarchiveBoard(board=board)).batch
    do(ana, UndoBatch(batch=away))
    assert _refused(house, carla, again).params["n"] == 1


def test_no_card_wears_a_label_that_its_board_does_not_have(house: House, ana: Crm, board: int) -> None:
    """Taken off before it went to another board; and put on there before it is fetched back."""
    other = do(ana, AddBoard(name="Sul", number_prefix="SU")).entity_id or 0
    do(ana, AddStage(board=other, name="Um"))
    norte = do(ana, AddLabel(name="do norte", board=board)).entity_id or 0
    sul = do(ana, AddLabel(name="do sul", board=other)).entity_id or 0
    card = do(ana, NewCard(subject="x", board=board)).entity_id or 0
    do(ana, SetLabels(card=card, add=(norte,)))
    taken = do(ana, SetLabels(card=card, remove=(norte,))).batch
    sent = do(ana, MoveToBoard(card=card, board=other)).batch
    assert _refused(house, ana, taken).params["names"] == "do norte"
    put = do(house.open("carla"), SetLabels(card=card, add=(sul,))).batch
    assert _refused(house, ana, sent).params["names"] == "do sul"
    do(ana, UndoBatch(batch=put))
    do(ana, UndoBatch(batch=sent))
    do(ana, UndoBatch(batch=taken))
