"""What a company sets up once and all work goes by: who may attend, and its divisions, request types, states and flows.
(M112, M115)"""

from __future__ import annotations

from house import House, do

from crm_tui.domain.access import BoardRight, Scope, TeamKind
from crm_tui.domain.board import StageCategory
from crm_tui.domain.outcome import Done, Outcome, Refusal, RefusedBy
from crm_tui.services.access import views as access
from crm_tui.services.access.commands import AddTeam, EditProfile
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import (
    AddBoard,
    AddStage,
    EditBoard,
    EditCard,
    HandOver,
    NewCard,
    SetBoardMember,
)
from crm_tui.services.casetype import views as casetypes
from crm_tui.services.casetype.commands import AddCaseType
from crm_tui.services.note.commands import FileNote
from crm_tui.services.trail.commands import UndoBatch


def attends(house: House, login: str, card: int) -> Outcome:
    return house.open(login).run(FileNote(card=card, body="Falei.", result=house.any_id("result")))


def barred(outcome: Outcome) -> bool:
    return isinstance(outcome, Refusal) and outcome.by is RefusedBy.PERMISSION


def test_who_may_attend_follows_the_board_and_the_profile_and_comes_back_by_undo(house: House) -> None:
    ana, bia, card = house.open(), house.user("bia"), house.card("bia")
    board = house.one("SELECT board_id FROM card WHERE id = ?", card)
    do(ana, EditBoard(board=board, restricted=True))
    do(ana, SetBoardMember(board=board, user=bia, may=BoardRight.VIEW))
    assert house.open("bia").read(boards.detail, card) is not None, "who only looks does see it"
    assert barred(attends(house, "bia", card))
    do(ana, SetBoardMember(board=board, user=bia, may=BoardRight.ATTEND))
    assert isinstance(attends(house, "bia", card), Done)
    profile = house.one('SELECT profile_id FROM "user" WHERE id = ?', bia)
    took = do(ana, EditProfile(profile=profile, note_file=Scope.NONE)).batch
    assert barred(attends(house, "bia", card)), "a board gives nobody more than the profile"
    do(ana, UndoBatch(batch=took))
    assert isinstance(attends(house, "bia", card), Done)


def test_work_is_only_handed_to_who_may_attend_there(house: House) -> None:
    ana, beto, card = house.open(), house.user("beto"), house.card("ana")
    board = house.one("SELECT board_id FROM card WHERE id = ?", card)
    do(ana, EditBoard(board=board, restricted=True))
    do(ana, SetBoardMember(board=board, user=beto, may=BoardRight.VIEW))
    assert isinstance(ana.run(HandOver(card=card, to=beto)), Refusal)
    do(ana, SetBoardMember(board=board, user=beto, may=BoardRight.ATTEND))
    do(ana, HandOver(card=card, to=beto))


def test_a_division_a_request_type_its_states_and_its_flow_are_set_up_and_worked_with(house: House) -> None:
    ana = house.open()
    do(ana, AddTeam(name="Suporte Sul", kind=TeamKind.DIVISION))
    assert [each.label for each in ana.read(access.pick_team, "suporte sul")] == ["Suporte Sul"]
    board = do(ana, AddBoard(name="Assistência", number_prefix="AS")).entity_id or 0
    begin, mid = (
        do(ana, AddStage(board=board, name=name, category=category)).entity_id
        for name, category in (("Recebido", StageCategory.OPEN), ("Em análise", StageCategory.OPEN))
    )
    kind = do(ana, AddCaseType(name="Garantia", board=board)).entity_id
    assert [stage.id for stage in ana.read(boards.stages, board) if stage.id in (begin, mid)] == [begin, mid]
    assert "Garantia" in [each.label for each in ana.read(casetypes.pick_case_type, "", board)]
    card = do(ana, NewCard(subject="forno parou", board=board)).entity_id or 0
    do(ana, EditCard(card=card, case_type=kind))
    assert house.rows("SELECT board_id, case_type_id FROM card WHERE id = ?", card) == [(board, kind)]
