"""Putting contacts off and passing them over: until when, what ends it, what *Atender* makes of it, and undo."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from house import House, do

from crm_tui.domain.filter import Filter, Place, read
from crm_tui.domain.followup import QueueRow
from crm_tui.domain.outcome import Conflict, Refusal, RefusedBy
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import HandOver, WinCard
from crm_tui.services.core.crm import Crm
from crm_tui.services.filter import views as filters
from crm_tui.services.followup import views
from crm_tui.services.followup.commands import EditStep, PlanStep, Redate, SkipContact, Snooze
from crm_tui.services.note.commands import FileNote
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch

ZONE = ZoneInfo("America/Sao_Paulo")
LATER = date(2026, 12, 1)


def _row(crm: Crm, key: int) -> QueueRow:
    rows: list[QueueRow] = crm.read(views.page, [key])
    return rows[0]


def _lone_step(house: House, crm: Crm, when: date | datetime | None = None) -> int:
    """The key of a step without a card."""
    when = when if when is not None else house.clock().date()
    made = do(crm, PlanStep(party=house.party("ana"), when=when, subject="Ligar")).entity_id
    assert made is not None
    return -made


def _due(house: House, crm: Crm, key: int, days: int = 0) -> None:
    step = _row(crm, key).activity_id
    assert step is not None
    do(crm, Redate(activity=step, when=house.clock().astimezone(ZONE).date() + timedelta(days=days)))


def test_a_day_alone_is_its_first_moment_on_the_operators_clock(house: House) -> None:
    ana = house.open("ana")
    card = house.card("ana")
    do(ana, Snooze(card=card, until=LATER, reason="de férias"))
    assert _row(ana, card).snoozed_until == datetime(2026, 12, 1, tzinfo=ZONE)
    assert ana.read(boards.detail, card).snoozed_until == datetime(2026, 12, 1, tzinfo=ZONE)
    assert ana.read(boards.cards, [card])[0].snoozed_until == datetime(2026, 12, 1, tzinfo=ZONE)
    told = ana.read(trails.of_card, card)[0]
    assert (told.kind, told.reason) == ("card.snoozed", "de férias")
    assert ana.read(views.why_put_off, card) == "de férias"


def test_what_is_put_off_stays_in_the_list_and_is_passed_over_until_then(house: House) -> None:
    ana, clock = house.open("ana"), house.clock
    card = house.card("ana")
    _due(house, ana, card, -1)
    step = _lone_step(house, ana)
    assert ana.read(views.next_card).key == card
    left = ana.read(views.day_left)
    do(ana, Snooze(card=card, until=clock() + timedelta(hours=1)))
    assert ana.read(views.next_card).key == step
    assert card in ana.read(views.queue).keys
    assert ana.read(views.day_left) == left  # it comes back today
    do(ana, Snooze(activity=-step, until=LATER))
    found = ana.read(views.next_card)
    assert found is None or found.key not in (card, step)
    assert ana.read(views.day_left) == left - 1
    clock.advance(hours=2)
    assert ana.read(views.next_card).key == card


@pytest.mark.parametrize("how", ["note", "plan", "redate", "hand over"])
def test_a_parecer_or_another_date_ends_it_and_undo_brings_it_back(house: House, how: str) -> None:
    ana = house.open("ana")
    card = house.card("ana")
    do(ana, Snooze(card=card, until=LATER))
    step = _row(ana, card).activity_id
    assert step is not None
    command = {
        "note": FileNote(card=card, body="Atendeu.", result=house.any_id("result")),
        "plan": PlanStep(card=card, when=date(2026, 11, 25)),
        "redate": Redate(activity=step, when=date(2026, 11, 25)),
        "hand over": HandOver(card=card, to=house.user("bia")),
    }[how]
    done = do(ana, command)
    assert _row(ana, card).snoozed_until is None
    do(ana, UndoBatch(batch=done.batch))
    assert _row(ana, card).snoozed_until == datetime(2026, 12, 1, tzinfo=ZONE)


def test_another_date_ends_the_putting_off_of_a_step_without_a_card(house: House) -> None:
    ana = house.open("ana")
    key = _lone_step(house, ana)
    do(ana, Snooze(activity=-key, until=LATER))
    assert _row(ana, key).snoozed_until is not None
    do(ana, Redate(activity=-key, when=date(2026, 11, 25)))
    assert _row(ana, key).snoozed_until is None


def test_whoever_gets_a_step_gets_it_at_once(house: House) -> None:
    ana = house.open("ana")
    key = _lone_step(house, ana)
    do(ana, Snooze(activity=-key, until=LATER))
    do(ana, EditStep(activity=-key, subject="Ligar cedo", assignee=house.user("ana")))
    assert _row(ana, key).snoozed_until is not None
    given = do(ana, EditStep(activity=-key, assignee=house.user("bia")))
    assert _row(ana, key).snoozed_until is None
    do(ana, UndoBatch(batch=given.batch))
    assert _row(ana, key).snoozed_until is not None


def test_without_a_moment_it_comes_back_at_once(house: House) -> None:
    ana = house.open("ana")
    card = house.card("ana")
    do(ana, Snooze(card=card, until=LATER))
    do(ana, Snooze(card=card))
    assert _row(ana, card).snoozed_until is None
    assert ana.read(trails.of_card, card)[0].kind == "card.woken"
    refused = ana.run(Snooze(card=card))
    assert isinstance(refused, Refusal)
    assert refused.fields == ("until",)


def test_putting_off_is_no_touch_of_the_card(house: House) -> None:
    ana, clock = house.open("ana"), house.clock
    card = house.card("ana")
    before = ana.read(boards.detail, card).last_touch_at
    clock.advance(hours=3)
    do(ana, Snooze(card=card, until=LATER))
    do(ana, SkipContact(card=card))
    assert ana.read(boards.detail, card).last_touch_at == before


def test_what_cannot_be_put_off_says_why(house: House) -> None:
    ana = house.open("ana")
    card = house.card("ana")
    past = ana.run(Snooze(card=card, until=house.clock()))
    assert isinstance(past, Refusal)
    assert past.fields == ("until",)
    for neither in (
        Snooze(until=LATER),
        Snooze(card=card, activity=house.step("ana"), until=LATER),
        SkipContact(),
    ):
        refused = ana.run(neither)
        assert isinstance(refused, Refusal)
        assert refused.by is RefusedBy.INPUT
    do(ana, WinCard(card=card))
    closed = ana.run(Snooze(card=card, until=LATER))
    assert isinstance(closed, Refusal)
    assert "encerrado" in closed.reason.msgid or "closed card" in closed.reason.msgid


def test_two_who_put_one_off_differently_are_asked(house: House) -> None:
    ana, rui = house.open("ana"), house.open("ana")
    card = house.card("ana")
    seen = _row(rui, card).version
    do(ana, Snooze(card=card, until=LATER))
    clash = rui.run(Snooze(card=card, until=date(2026, 12, 5), version=seen))
    assert isinstance(clash, Conflict)
    assert clash.fields[0].field == "until"


def test_many_are_put_off_in_one_batch_with_one_undo(house: House) -> None:
    ana = house.open("ana")
    keys = [house.card("ana"), _lone_step(house, ana)]
    many = ana.run_many([Snooze(card=keys[0], until=LATER), Snooze(activity=-keys[1], until=LATER)])
    assert many.done == 2
    assert all(_row(ana, key).snoozed_until is not None for key in keys)
    do(ana, UndoBatch())
    assert all(_row(ana, key).snoozed_until is None for key in keys)


def test_the_filter_finds_what_is_put_off_steps_among_them(house: House) -> None:
    ana = house.open("ana")
    key, other = _lone_step(house, ana), _lone_step(house, ana)
    do(ana, Snooze(card=house.card("ana"), until=LATER))
    do(ana, Snooze(activity=-key, until=LATER))
    found = read("adiado:sim", ana.read(filters.world, Place.TODAY))
    assert isinstance(found, Filter)
    keys = set(ana.read(views.queue, found=found).keys)
    assert {house.card("ana"), key} <= keys
    assert other not in keys


def test_what_is_passed_over_is_remembered_until_midnight_by_every_program(house: House) -> None:
    ana = house.open("ana")
    card = house.card("ana")
    _due(house, ana, card, -2)
    step = _lone_step(house, ana)
    do(ana, SkipContact(card=card, reason="ocupado"))
    assert house.open("ana").read(views.next_card).key == step
    told = ana.read(trails.of_card, card)[0]
    assert (told.kind, told.reason) == ("card.skipped", "ocupado")
    do(ana, SkipContact(activity=-step))
    found = house.open("ana").read(views.next_card)
    assert found is None or found.key not in (card, step)
    # another round asks again
    assert ana.read(views.next_card, since=ana.read(views.last_event)).key == card
    # what one passes over oneself says nothing to a colleague
    assert views.skipped(house.open("rui").reading()) == frozenset()
    house.clock.advance(days=1)
    assert ana.read(views.next_card).key == card


def test_a_note_or_another_date_ends_the_passing_over(house: House) -> None:
    ana = house.open("ana")
    card, key = house.card("ana"), _lone_step(house, ana)
    do(ana, SkipContact(card=card))
    do(ana, SkipContact(activity=-key))
    assert views.skipped(ana.reading()) == {card, key}
    do(ana, FileNote(card=card, body="Atendeu.", result=house.any_id("result")))
    assert views.skipped(ana.reading()) == {key}
    do(ana, Redate(activity=-key, when=date(2026, 11, 19)))
    assert views.skipped(ana.reading()) == frozenset()


def test_passing_over_named_to_be_undone_says_what_ends_it(house: House) -> None:
    ana = house.open("ana")
    refusal = ana.run(UndoBatch(batch=do(ana, SkipContact(card=house.card("ana"))).batch))
    assert isinstance(refusal, Refusal)
    assert "passed over no more" in refusal.reason.msgid


def test_undo_passes_by_what_was_only_passed_over(house: House) -> None:
    ana = house.open("ana")
    card = house.card("ana")
    do(ana, Snooze(card=card, until=LATER))
    do(ana, SkipContact(card=card))
    do(ana, UndoBatch())
    assert _row(ana, card).snoozed_until is None
