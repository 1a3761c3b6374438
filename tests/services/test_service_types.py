"""Service types: what a card is about, which board it goes, which files it may have. (B37, B43, B44, B51)"""

from __future__ import annotations

import pytest
from house import House, do
from pydantic import ValidationError

from crm_tui.domain.casetype import ANY_FILE, MEGABYTE, FileRule, refused_file
from crm_tui.domain.outcome import Refusal
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import CopyCard, EditCard, NewCard
from crm_tui.services.board.move_commands import MoveToBoard
from crm_tui.services.casetype import views
from crm_tui.services.casetype.commands import (
    AddCaseType,
    DeactivateCaseType,
    EditCaseType,
    MoveCaseType,
    ReactivateCaseType,
)
from crm_tui.services.trail.commands import UndoBatch


def offered(house: House, board: int | None = None) -> list[str]:
    return [option.label for option in house.open().read(views.pick_case_type, "", board)]


def test_a_company_begins_with_a_few_and_adds_changes_and_orders_its_own(house: House) -> None:
    crm = house.open()
    before = offered(house)
    assert len(before) == 3
    made = do(crm, AddCaseType(name="  Garantia ", max_attachment_mb=2)).entity_id or 0
    do(crm, MoveCaseType(case_type=made, step=-99))
    do(crm, EditCaseType(case_type=made, name="Garantia estendida", allow_attachment=False))
    found = crm.read(views.case_types)[0]
    assert (found.name, found.allow_attachment, found.max_attachment_mb) == ("Garantia estendida", False, 2)
    assert isinstance(crm.run(AddCaseType(name="garantia ESTENDIDA")), Refusal)
    assert isinstance(crm.run(AddCaseType(name="   ")), Refusal)


@pytest.mark.parametrize("megabytes", [0, 11])
def test_no_file_may_be_larger_than_ten_megabytes_nor_smaller_than_one(megabytes: int) -> None:
    with pytest.raises(ValidationError):
        AddCaseType(name="x", max_attachment_mb=megabytes)


def test_a_card_is_offered_those_of_its_board_and_of_none_and_refuses_the_others(house: House) -> None:
    crm, card = house.open(), house.card()
    board = house.one("SELECT board_id FROM card WHERE id = ?", card)
    other = house.one("SELECT id FROM board WHERE id <> ? ORDER BY id LIMIT 1", board)
    mine = do(crm, AddCaseType(name="Daqui", board=board)).entity_id
    theirs = do(crm, AddCaseType(name="De lá", board=other)).entity_id
    assert "Daqui" in offered(house, board)
    assert "De lá" not in offered(house, board)
    assert {"Daqui", "De lá"} <= set(offered(house))
    refusal = crm.run(EditCard(card=card, case_type=theirs))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("case_type",)
    do(crm, EditCard(card=card, case_type=mine))
    detail = crm.read(boards.detail, card)
    assert (detail.case_type_id, detail.case_type) == (mine, "Daqui")
    assert isinstance(crm.run(NewCard(subject="x", board=board, case_type=theirs)), Refusal)


def test_a_card_that_is_sent_to_another_board_leaves_a_service_type_whose_workflow_that_is_not(
    house: House,
) -> None:
    crm, card = house.open(), house.card()
    home = house.one("SELECT board_id FROM card WHERE id = ?", card)
    there = house.one("SELECT b.id FROM board b WHERE b.id <> ? AND b.kind IN ('lead', 'opportunity')", home)
    for board, kept in ((home, False), (None, True)):
        made = do(crm, AddCaseType(name=f"Tipo {kept}", board=board)).entity_id
        do(crm, EditCard(card=card, case_type=made))
        sent = do(crm, MoveToBoard(card=card, board=there))
        assert (house.one("SELECT case_type_id FROM card WHERE id = ?", card) == made) is kept
        assert ("left behind" in str(sent.note)) is not kept
        do(crm, UndoBatch(batch=sent.batch))
        assert house.one("SELECT case_type_id FROM card WHERE id = ?", card) == made


def test_one_out_of_use_stays_on_its_card_and_goes_to_no_copy(house: House) -> None:
    crm = house.open()
    kind = do(crm, AddCaseType(name="Antigo")).entity_id or 0
    card = do(crm, NewCard(subject="velho", case_type=kind)).entity_id or 0
    copy = do(crm, CopyCard(card=card)).entity_id or 0
    assert crm.read(boards.detail, copy).case_type_id == kind
    do(crm, DeactivateCaseType(case_type=kind))
    assert isinstance(crm.run(DeactivateCaseType(case_type=kind)), Refusal)
    assert "Antigo" not in offered(house)
    do(crm, EditCard(card=card, case_type=kind, subject="o mesmo"))
    assert isinstance(crm.run(NewCard(subject="x", case_type=kind)), Refusal)
    later = do(crm, CopyCard(card=card)).entity_id or 0
    assert crm.read(boards.detail, later).case_type_id is None
    do(crm, ReactivateCaseType(case_type=kind))
    assert "Antigo" in offered(house)


def test_the_rule_of_files_is_the_types_and_never_above_ten_megabytes() -> None:
    assert refused_file(ANY_FILE, 10 * MEGABYTE) is None
    assert refused_file(ANY_FILE, 10 * MEGABYTE + 1) is not None
    assert refused_file(FileRule("Garantia", most_mb=2), 2 * MEGABYTE) is None
    told = refused_file(FileRule("Garantia", most_mb=2), 2 * MEGABYTE + 1)
    assert told is not None
    assert told.reason.params == {"most": 2, "name": "Garantia"}
    assert refused_file(FileRule("Velho", most_mb=50), 10 * MEGABYTE + 1) is not None
    shut = refused_file(FileRule("Sem anexo", allowed=False), 1)
    assert shut is not None
    assert shut.reason.params == {"name": "Sem anexo"}
