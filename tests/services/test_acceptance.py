"""The rules of the accepted features at the door, whatever screen or script asks. (docs/features.md)"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from house import House, do

from crm_tui.domain.due import DueFacts, DueState, due_state
from crm_tui.domain.note import ATTACHMENT_LIMIT
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import AddBoard, AddStage, EditStage, MoveCard, NewCard
from crm_tui.services.followup import views
from crm_tui.services.followup.commands import EditStep, PlanStep
from crm_tui.services.note.commands import AddComment, AttachFile, FileNote
from crm_tui.services.trail import views as trails


def _row(house: House, table: str, row_id: int) -> dict[str, Any]:
    names = [name for (name,) in house.rows("SELECT name FROM pragma_table_info(?)", table)]
    return dict(zip(names, house.rows(f'SELECT * FROM "{table}" WHERE id = ?', row_id)[0], strict=True))


def test_a_step_is_registered_by_a_note_with_its_result_and_medium(house: House) -> None:
    """One row lives from planned to done, and says how it ended. (T2, T5, T39-T43)"""
    crm, step = house.open(), house.step()
    note = do(
        crm,
        FileNote(
            card=house.card(),
            activity=step,
            body="Quer o orçamento com frete.",
            result=house.any_id("result", 1),
            medium=house.any_id("contact_medium", 1),
            action=house.any_id("action_type", 2),
        ),
    ).entity_id
    done = _row(house, "activity", step)
    assert (done["state"], done["result_id"]) == ("done", house.any_id("result", 1))
    assert (done["medium_id"], done["action_type_id"]) == (
        house.any_id("contact_medium", 1),
        house.any_id("action_type", 2),
    )
    assert note is not None
    filed = _row(house, "note", note)
    assert (filed["activity_id"], filed["kind"], filed["body"]) == (
        step,
        "attendance",
        "Quer o orçamento com frete.",
    )


@pytest.mark.parametrize(
    ("body", "with_result", "missing"),
    [("", True, {"body"}), ("  \n", False, {"body", "result"}), ("Falei.", False, {"result"})],
)
def test_nothing_is_registered_without_words_and_a_result(
    house: House, body: str, with_result: bool, missing: set[str]
) -> None:
    """(B48, T6)"""
    crm, before = house.open(), house.dump()
    result = house.any_id("result") if with_result else None
    refused = crm.run(FileNote(card=house.card(), body=body, result=result))
    assert isinstance(refused, Refusal)
    assert set(refused.fields) == missing
    assert house.dump() == before


def test_the_next_step_follows_from_the_one_that_ended(house: House) -> None:
    """A chain: done, next, done, next; each names the one before. (T12, T29, T50, T54, T55, T59, T60)"""
    crm, card = house.open(), house.card()
    first = house.step()
    hour = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
    result = house.any_id("result")
    do(crm, FileNote(card=card, body="um", result=result, next_when=hour, next_subject="Visita"))
    second = house.step()
    do(crm, FileNote(card=card, body="dois", result=result, next_when=date(2026, 12, 3)))
    third = house.step()
    chain = [_row(house, "activity", step) for step in (third, second, first)]
    assert [row["previous_id"] for row in chain[:2]] == [second, first]
    assert [row["state"] for row in chain] == ["planned", "done", "done"]
    assert (chain[1]["subject"], chain[1]["start_at"]) == ("Visita", "2026-12-01T17:00:00.000Z")
    follows = house.one("SELECT next_action_id FROM result WHERE id = ?", result)
    assert chain[0]["action_type_id"] == chain[1]["action_type_id"] == follows
    assert (chain[0]["due_on"], chain[0]["start_at"]) == ("2026-12-03", None)
    assert chain[0]["assignee_id"] == house.user("ana")


def test_a_file_has_at_most_ten_megabytes(house: House) -> None:
    """(B43) One byte more is refused; exactly so many are kept, and the trail names the file. (K28, B42)"""
    crm, card = house.open(), house.card()
    over = crm.run(AttachFile(card=card, filename="grande.pdf", content=bytes(ATTACHMENT_LIMIT + 1)))
    assert isinstance(over, Refusal)
    assert over.fields == ("filename",)
    assert house.one("SELECT count(*) FROM attachment WHERE filename = 'grande.pdf'") == 0
    do(crm, AttachFile(card=card, filename="cabe.pdf", content=bytes(ATTACHMENT_LIMIT)))
    assert ATTACHMENT_LIMIT == 10 * 1024 * 1024
    assert house.one("SELECT max(size) FROM attachment") == ATTACHMENT_LIMIT
    newest = crm.read(trails.of_card, card)[0]
    assert newest.kind == "file.attached"


def test_a_card_stands_still_until_somebody_touches_it(house: House) -> None:
    """Days without an update, per stage; writing on the card starts them anew. (K8, K9, K10)"""
    crm, card = house.open(), house.card()
    stage = int(house.one("SELECT stage_id FROM card WHERE id = ?", card))
    do(house.open("ana"), EditStage(stage=stage, stale_days=5))
    assert crm.read(boards.detail, card).stale_days is None
    house.clock.advance(days=6)
    assert crm.read(boards.detail, card).stale_days == 6
    assert {c.id: c.stale_days for c in crm.read(boards.cards, [card])} == {card: 6}
    do(crm, AddComment(card=card, body="Ainda viva."))
    assert crm.read(boards.detail, card).stale_days is None


def test_every_arrival_in_a_stage_is_kept(house: House) -> None:
    """(M35) The stay that ends says when; the one that begins says who."""
    crm, card = house.open(), house.card()
    house.clock.advance(days=2)
    do(crm, MoveCard(card=card, stage=house.stage(card, 1)))
    stays = house.rows(
        "SELECT stage_id, left_at IS NULL, moved_by_id FROM stage_visit WHERE card_id = ? ORDER BY id", card
    )
    assert [(s, open_) for s, open_, _ in stays] == [(house.stage(card, 0), 0), (house.stage(card, 1), 1)]
    assert stays[-1][2] == house.user("ana")
    entered, left = house.rows("SELECT entered_at, left_at FROM stage_visit WHERE card_id = ?", card)[0]
    assert (datetime.fromisoformat(left) - datetime.fromisoformat(entered)).days == 2


def test_a_card_is_born_with_number_moment_owner_and_customer(house: House) -> None:
    """(B8, B10, M11, M51-M54) The date of the contact becomes its first step. (B9, in part)"""
    crm = house.open("bia")
    made = [
        do(crm, NewCard(party_name="Padaria Aurora", subject="PDV", when=date(2026, 11, 23))).entity_id
        for _ in range(2)
    ]
    cards = [_row(house, "card", card) for card in made if card is not None]
    assert cards[0]["number"] != cards[1]["number"]
    assert datetime.fromisoformat(cards[0]["opened_at"]) == house.clock()
    assert (cards[0]["title"], cards[0]["owner_id"]) == ("PDV", house.user("bia"))
    assert house.one("SELECT name FROM party WHERE id = ?", cards[0]["party_id"]) == "Padaria Aurora"
    assert cards[0]["next_due_on"] == "2026-11-23"


def test_an_internal_date_is_a_state_of_its_own(house: House) -> None:
    """(B28) Not promised to the customer, and seen before the promised day."""
    crm, card = house.open(), house.card()
    do(crm, EditStep(activity=house.step(), internal_on=house.clock().date()))
    row = crm.read(views.page, [card])[0]
    assert row.internal_on == house.clock().date()
    state = due_state(row.facts(), house.clock(), crm.viewer.zone)
    assert state is DueState.INTERNAL
    assert due_state(DueFacts(due_on=row.due_on), house.clock(), crm.viewer.zone) is DueState.OPEN


def test_boards_and_stages_are_made_by_who_may_and_by_nobody_else(house: House) -> None:
    """(K4, K6, K7, M37 in part)"""
    board = do(house.open("carla"), AddBoard(name="Sul", number_prefix="SU")).entity_id
    assert board is not None
    stage = do(house.open("carla"), AddStage(board=board, name="Novo", stale_days=7)).entity_id
    assert stage is not None
    assert _row(house, "stage", stage)["stale_days"] == 7
    for refused in (
        house.open("bia").run(AddBoard(name="Norte", number_prefix="NO")),
        house.open("bia").run(EditStage(stage=stage, name="Meu")),
    ):
        assert isinstance(refused, Refusal)
        assert refused.by is RefusedBy.PERMISSION
    card = do(house.open("carla"), NewCard(party_name="Zé", board=board)).entity_id
    assert str(_row(house, "card", card or 0)["number"]).startswith("SU-")


def test_a_step_is_planned_for_a_colleague_with_its_action_and_hour(house: House) -> None:
    """(T54, T56, T59, T60, M24)"""
    crm = house.open("carla")
    call = int(house.one("SELECT id FROM action_type WHERE kind = 'call' ORDER BY id"))
    step = do(
        crm,
        PlanStep(
            card=house.card("bia"),
            when=datetime(2026, 11, 23, 17, 0, tzinfo=UTC),
            action=call,
            subject="Ligar",
            assignee=house.user("beto"),
        ),
    ).entity_id
    planned = _row(house, "activity", step or 0)
    assert (planned["assignee_id"], planned["action_type_id"]) == (house.user("beto"), call)
    assert planned["start_at"] == "2026-11-23T17:00:00.000Z"
    assert crm.read(trails.of_card, house.card("bia"))[0].kind == "activity.planned"
