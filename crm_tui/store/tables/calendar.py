"""Working time: calendars, their weekly hours and the days that differ."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.domain.worktime import DayOrigin
from crm_tui.store.tables.base import added, civil, one_of, pk, ref, table_args, version


class WorkCalendar(SQLModel, table=True):
    """Weekly hours and the place whose holidays count: `state` (`SP`) and `city` beside the national ones, written into
    the days that differ up to the end of the year `holidays_until`."""

    __tablename__ = "work_calendar"
    __table_args__ = table_args()
    id: int | None = pk()
    name: str
    timezone: str = "America/Sao_Paulo"
    is_default: bool = False
    version: int = version()
    state: str | None = None
    city: str | None = None
    holidays_until: int | None = None
    active: bool = added(True)


class WorkHours(SQLModel, table=True):
    """One working interval of a weekday (0 Monday); times as `HH:MM`."""

    __tablename__ = "work_hours"
    __table_args__ = table_args(sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_range"))
    id: int | None = pk()
    calendar_id: int = ref("work_calendar.id", index=True, nullable=False)
    weekday: int
    start_time: str
    end_time: str


class CalendarException(SQLModel, table=True):
    """Days that differ: holidays and leave (`working` false), or extra working days; of a calendar or of one operator.

    `origin` tells what was entered by hand from what the program wrote from its list of holidays.
    """

    __tablename__ = "calendar_exception"
    __table_args__ = table_args(
        sa.Index("ix_calendar_exception_days", "calendar_id", "start_on"), one_of("origin", DayOrigin)
    )
    id: int | None = pk()
    calendar_id: int | None = ref("work_calendar.id")
    user_id: int | None = ref("user.id", index=True)
    start_on: date = civil(nullable=False)
    end_on: date = civil(nullable=False)
    working: bool = False
    start_time: str | None = None
    end_time: str | None = None
    title: str
    version: int = version()
    origin: str = added(DayOrigin.HAND)


class LocalHoliday(SQLModel, table=True):
    """A holiday of a city, which no library knows: `day` is `MM-DD` for every year, or `YYYY-MM-DD` for one. (X20)"""

    __tablename__ = "local_holiday"
    __table_args__ = table_args(sa.UniqueConstraint("state", "city", "day"))
    id: int | None = pk()
    state: str
    city: str
    day: str
    title: str
    position: int = 0
    active: bool = True
    version: int = version()
