"""State, minutes and free time of appointments: on the viewer's clock, over midnight and over a clock change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from crm_tui.domain.agenda import Entry
from crm_tui.domain.agenda_view import entry_state, free_minutes, local_hours, on_day
from crm_tui.domain.due import DueState
from crm_tui.domain.worktime import OFFICE_DAY, WorkCalendar

SP = ZoneInfo("America/Sao_Paulo")
MANAUS = ZoneInfo("America/Manaus")
THURSDAY = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 13, 42, tzinfo=UTC)


def _entry(start: datetime | None = None, minutes: int = 60, **more: object) -> Entry:
    values: dict[str, object] = dict.fromkeys(Entry._fields)
    values |= {"id": 1, "user_id": 1, "seen": True, "busy": True, "deleted": False, "state": "planned"}
    values |= {"all_day": start is None, "due_on": THURSDAY, "last_on": THURSDAY, "start_at": start}
    values |= {"end_at": start and start + timedelta(minutes=minutes), **more}
    return Entry(**values)  # type: ignore[arg-type]


def _at(hour: int, minute: int = 0, day: date = THURSDAY, zone: ZoneInfo = SP) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)


def test_the_state_is_that_of_every_list_and_what_is_over_is_closed() -> None:
    assert entry_state(_entry(_at(9)), NOW, SP) is DueState.OVERDUE
    assert entry_state(_entry(_at(15)), NOW, SP) is DueState.TODAY
    assert entry_state(_entry(_at(9), state="no_show"), NOW, SP) is DueState.CLOSED
    assert entry_state(_entry(_at(15), deleted=True), NOW, SP) is DueState.CLOSED


def test_whole_days_are_today_until_the_last_of_them_is_over() -> None:
    monday, friday = date(2026, 11, 16), date(2026, 11, 20)
    assert entry_state(_entry(due_on=monday, last_on=friday), NOW, SP) is DueState.TODAY
    assert entry_state(_entry(due_on=monday, last_on=monday), NOW, SP) is DueState.OVERDUE
    assert entry_state(_entry(due_on=friday, last_on=friday), NOW, SP) is DueState.OPEN


def test_over_midnight_it_stands_on_both_days() -> None:
    night = _entry(_at(23), minutes=180)
    assert on_day(night, THURSDAY, SP) == (1380, 1440)
    assert on_day(night, date(2026, 11, 20), SP) == (0, 120)
    assert on_day(night, date(2026, 11, 21), SP) is None
    assert on_day(_entry(_at(23), minutes=60), date(2026, 11, 20), SP) is None


def test_working_hours_of_another_clock_are_moved_to_ones_own() -> None:
    assert local_hours(WorkCalendar(), SP, THURSDAY, SP) == OFFICE_DAY
    assert local_hours(WorkCalendar(), MANAUS, THURSDAY, SP) == ((540, 780), (840, 1140))


def test_free_is_what_is_left_from_now_on_of_the_hours_that_are_worked() -> None:
    work = [(THURSDAY, OFFICE_DAY)]
    assert free_minutes(work, [], NOW, SP) == 78 + 300
    busy = [_entry(_at(15)), _entry(_at(9)), _entry(_at(16), busy=False), _entry(_at(17), state="canceled")]
    assert free_minutes(work, busy, NOW, SP) == 78 + 240
    assert free_minutes(work, [_entry()], NOW, SP) == 0
    assert free_minutes(work, [_entry(response="declined")], NOW, SP) == 78 + 300


def test_an_appointment_is_of_the_day_on_which_it_begins_on_the_readers_clock() -> None:
    late = _entry(_at(23, 30), due_on=date(2026, 11, 1))
    assert (late.day(SP), late.day(ZoneInfo("Asia/Tokyo"))) == (THURSDAY, date(2026, 11, 20))
    assert _entry(due_on=THURSDAY, last_on=date(2026, 11, 21)).day(MANAUS) == THURSDAY
