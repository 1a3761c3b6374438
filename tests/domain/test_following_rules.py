"""What follows from how a contact ended, rule by rule: what is asked, what is planned and when, what is put off."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crm_tui.domain.activity import Performed, performed
from crm_tui.domain.aside import comes_back, put_off, still_ahead
from crm_tui.domain.campaign import (
    DelayFrom,
    Filing,
    Leads,
    NextMode,
    ResultRule,
    ends_card,
    led_to,
    missing,
    next_day,
    plans_itself,
)
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.worktime import DayException, ExceptionKind, WorkCalendar

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = datetime(2026, 11, 18, 15, tzinfo=ZONE)
MONDAY = date(2026, 11, 23)
CALENDAR = WorkCalendar(exceptions={MONDAY: DayException(ExceptionKind.HOLIDAY)})
PLAIN = ResultRule(
    result_id=1,
    result="Positivo",
    active=True,
    requires_detail=False,
    details=0,
    next_mode=NextMode.NONE,
    next_action_id=None,
    next_action=None,
    objective=None,
    delay_days=0,
    delay_from=DelayFrom.COMPLETION,
    leads=Leads.NOWHERE,
    to_stage_id=None,
    to_stage=None,
    to_board_id=None,
)
LOSES = PLAIN._replace(leads=Leads.LOSS)
ASKS = PLAIN._replace(next_mode=NextMode.ASK)
PLANS = PLAIN._replace(next_mode=NextMode.AUTO)
OPEN = Filing(detail=False, when=False, reason=False, on_card=True, open=True)
CLOSED = OPEN._replace(open=False)
PERSON = OPEN._replace(on_card=False, open=False)


@pytest.mark.parametrize(
    ("rule", "filing", "field"),
    [
        (PLAIN, OPEN, None),
        (PLAIN._replace(requires_detail=True, details=2), OPEN, "detail"),
        (PLAIN._replace(requires_detail=True, details=2), OPEN._replace(detail=True), None),
        (PLAIN._replace(requires_detail=True, details=0), OPEN, None),
        (LOSES, OPEN, "loss_reason"),
        (LOSES, OPEN._replace(when=True, reason=True), "next_when"),
        (LOSES, OPEN._replace(reason=True), None),
        (LOSES, CLOSED, None),
        (LOSES, PERSON, None),
        (LOSES, CLOSED._replace(reason=True), "loss_reason"),
        (PLAIN, OPEN._replace(reason=True), "loss_reason"),
        (ASKS, OPEN, "next_when"),
        (ASKS, OPEN._replace(when=True), None),
        (ASKS, PERSON, "next_when"),
        (ASKS, CLOSED, None),
        (ASKS._replace(leads=Leads.LOSS), OPEN._replace(reason=True), None),
    ],
)
def test_what_a_result_asks_for(rule: ResultRule, filing: Filing, field: str | None) -> None:
    refusal = missing(rule, filing)
    assert (refusal.fields if refusal is not None else None) == ((field,) if field is not None else None)


def test_only_a_card_that_is_open_is_lost_led_on_or_planned_for() -> None:
    assert [ends_card(LOSES, filing) for filing in (OPEN, CLOSED, PERSON)] == [True, False, False]
    assert [plans_itself(PLANS, filing) for filing in (OPEN, CLOSED, PERSON)] == [True, False, True]
    assert not plans_itself(PLANS._replace(leads=Leads.LOSS), OPEN)
    stage = PLAIN._replace(leads=Leads.STAGE, to_stage_id=7, to_board_id=2)
    assert led_to(stage, 2, open_card=True) == 7
    assert led_to(stage, 3, open_card=True) is None
    assert led_to(stage, 2, open_card=False) is None


@pytest.mark.parametrize(
    ("rule", "due_on", "day"),
    [
        (PLANS, None, date(2026, 11, 18)),
        (PLANS._replace(delay_days=2), None, date(2026, 11, 20)),
        (PLANS._replace(delay_days=3), None, date(2026, 11, 24)),  # a Saturday, and Monday is a holiday
        (
            PLANS._replace(delay_days=1, delay_from=DelayFrom.PREVIOUS_DUE),
            date(2026, 11, 25),
            date(2026, 11, 26),
        ),
        (PLANS._replace(delay_days=1, delay_from=DelayFrom.PREVIOUS_DUE), None, date(2026, 11, 19)),
        (
            PLANS._replace(delay_days=1, delay_from=DelayFrom.PREVIOUS_DUE),
            date(2026, 11, 2),
            date(2026, 11, 18),
        ),
    ],
)
def test_an_automatic_step_falls_on_a_working_day_and_never_before_it_was_done(
    rule: ResultRule, due_on: date | None, day: date
) -> None:
    assert next_day(rule, NOW.date(), due_on, CALENDAR) == day


def test_a_contact_is_put_off_until_its_moment_and_not_at_it() -> None:
    assert put_off(NOW, NOW - timedelta(seconds=1))
    assert not put_off(NOW, NOW)
    assert not put_off(None, NOW)
    assert comes_back(date(2026, 11, 19), ZONE) == datetime(2026, 11, 19, 3, tzinfo=UTC)
    assert still_ahead(NOW, NOW) is not None
    assert still_ahead(NOW + timedelta(seconds=1), NOW) is None


@pytest.mark.parametrize(
    ("began", "ended", "field"),
    [
        (None, time(14), "began"),
        (NOW.date(), time(14), "began"),
        (NOW.date() + timedelta(days=1), None, "began"),
        (NOW + timedelta(minutes=1), None, "began"),
        (NOW - timedelta(hours=1), time(13, 59), "ended"),
        (NOW - timedelta(hours=1), time(15, 1), "ended"),
    ],
)
def test_nothing_that_was_done_lies_ahead_or_runs_backwards(
    began: Any, ended: time | None, field: str
) -> None:
    refusal = performed(began, ended, NOW, ZONE, 30)
    assert isinstance(refusal, Refusal)
    assert refusal.fields == (field,)


def test_when_it_was_done() -> None:
    hour = NOW - timedelta(hours=1)
    assert performed(None, None, NOW, ZONE, 30) == Performed(NOW)
    assert performed(NOW.date(), None, NOW, ZONE, 30) == Performed(NOW, NOW.date())
    half_past = hour + timedelta(minutes=30)
    assert performed(hour, None, NOW, ZONE, 30) == Performed(half_past, NOW.date(), hour, half_past)
    assert performed(hour, None, NOW, ZONE, 90) == Performed(NOW, NOW.date(), hour, NOW)
    assert performed(hour, time(15), NOW, ZONE, 30) == Performed(NOW, NOW.date(), hour, NOW)
