"""The stays of a card and of a board as they are read: what they say, and to whom. (M35)"""

from __future__ import annotations

import pytest
from house import House, card_secret, do

from crm_tui.domain.notice import DueStages
from crm_tui.domain.stays import StageWait, in_days, spent
from crm_tui.services.board import stays
from crm_tui.services.board.commands import EditBoard, EditStage, LoseCard, MoveCard
from crm_tui.services.calendar import views as calendars
from crm_tui.services.core.crm import Crm
from crm_tui.services.notice import views as notices
from crm_tui.services.trail.commands import UndoBatch


def board_of(house: House, card: int) -> int:
    return int(house.one("SELECT board_id FROM card WHERE id = ?", card))


def read(crm: Crm, house: House, card: int) -> dict[str, StageWait]:
    return {each.name: each for each in crm.read(stays.waits, board_of(house, card))}


def aged(house: House, card: int, days: int) -> None:
    """The card's stays began and ended so many days earlier."""
    with house.open().store.writing() as connection:
        connection.execute(
            "UPDATE stage_visit SET entered_at = strftime('%Y-%m-%dT%H:%M:%fZ', entered_at, :by),"
            " left_at = strftime('%Y-%m-%dT%H:%M:%fZ', left_at, :by) WHERE card_id = :card",
            {"by": f"-{days} days", "card": card},
        )


def test_the_stays_of_a_card_are_told_in_calendar_and_working_time(house: House) -> None:
    crm, card = house.open(), house.card("bia")
    first, second = house.stage(card, 0), house.stage(card, 1)
    do(crm, EditStage(stage=second, expected_days=2))
    aged(house, card, 7)  # it came last Thursday
    do(crm, MoveCard(card=card, stage=second))
    now, old = crm.read(stays.of_card, card)
    assert (now.stage_id, now.left_at, now.allowed, now.owner, now.moved_by) == (
        second,
        None,
        2,
        "bia",
        "ana",
    )
    assert now.due_on is not None
    calendar = crm.read(calendars.default)
    part = spent(old, crm.clock(), crm.viewer.zone, calendar)
    assert part is not None
    assert (old.stage_id, part.days, in_days(part.minutes, calendar)) == (first, 7, 5.0)
    do(crm, UndoBatch())
    (alone,) = crm.read(stays.of_card, card)
    assert alone.left_at is None


def test_a_board_tells_what_ended_what_lasts_and_what_is_late(house: House) -> None:
    crm, card = house.open(), house.card("bia")
    first, second = (house.stage(card, n) for n in (0, 1))
    do(crm, EditStage(stage=second, expected_days=0))
    aged(house, card, 7)
    before = read(crm, house, card)
    names = [*before]
    assert before[names[0]].oldest is not None
    assert before[names[0]].oldest.card_id == card  # type: ignore[union-attr]
    assert (before[names[0]].finished, before[names[1]].now) == (0, 0)
    do(crm, MoveCard(card=card, stage=second))
    after = read(crm, house, card)
    ended, lasting = after[names[0]], after[names[1]]
    assert (ended.finished, ended.median, ended.p80) == (1, 5 * 540, 5 * 540)
    assert ended.now == before[names[0]].now - 1
    assert (lasting.now, lasting.late, lasting.age, lasting.expected_days) == (1, 0, 0, 0)
    aged(house, card, 200)
    assert read(crm, house, card)[names[0]].finished == 0, "what ended long ago tells of another time"
    assert first != second


def test_late_ones_are_counted_and_closed_ones_are_not_there(house: House) -> None:
    crm, card = house.open(), house.card("bia")
    second = house.stage(card, 1)
    do(crm, EditStage(stage=second, expected_days=0))
    do(crm, MoveCard(card=card, stage=second))
    name = house.one("SELECT name FROM stage WHERE id = ?", second)
    house.clock.advance(days=6)
    assert read(house.open(), house, card)[name].late == 1
    assert house.open("bia").read(notices.stages).late == 1
    do(house.open(), LoseCard(card=card, reason=house.any_id("loss_reason")))
    found = read(house.open(), house, card)[name]
    assert (found.now, found.late, found.finished) == (0, 0, 1)
    assert house.open("bia").read(notices.stages)[:3] == DueStages(0, 0, 0, house.clock().date())[:3]


def test_each_sees_only_their_own_and_nobody_beyond_a_wall(house: House) -> None:
    card = house.card("nina")
    mine = read(house.open("nina"), house, card)
    assert sum(each.now for each in mine.values()) == 1
    assert next(each.oldest.name for each in mine.values() if each.oldest is not None) != card_secret("ana")
    assert sum(each.now for each in read(house.open("ana"), house, card).values()) > 1
    do(house.open(), EditBoard(board=board_of(house, card), restricted=True))
    nina = house.open("nina")
    assert nina.read(stays.waits, board_of(house, card)) == []
    assert nina.read(stays.of_card, card) == []


def test_very_many_are_looked_at_up_to_a_bound_and_it_is_said(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stays, "LASTING", 2)
    found = next(iter(read(house.open(), house, house.card()).values()))
    assert (found.now, found.more) == (2, True)
