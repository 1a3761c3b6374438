"""Appointments: the series they come from, who takes part, and the derived rows that free days are read from."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from crm_tui.domain.agenda import Response
from crm_tui.store.shapes import Undo
from crm_tui.store.tables.base import Instant, civil, one_of, pk, ref, table_args, version


def _once(who: str) -> sa.Index:
    """Nobody is invited twice; the other two columns are empty, and NULL differs from NULL in a constraint of all."""
    named = f"ix_activity_attendee_{who}"
    return sa.Index(named, who, "activity_id", unique=True, sqlite_where=sa.text(f"{who} IS NOT NULL"))


class ActivitySeries(SQLModel, table=True):
    """An appointment that comes again: the rule (RFC 5545 `RRULE`, without its name) and how far it has been carried
    out. Every occurrence up to `made_until` is an activity of its own; the clock makes the later ones.

    `first_on` and `start_time` (`HH:MM`; None: all day) are on the clock of `zone`; `uid` is that of the file it came
    from, or goes out with. `left_out` is a JSON array of the days of its rule on which it does not come, those that a
    file named and that lie beyond what is made; None: none.
    """

    __tablename__ = "activity_series"
    __table_args__ = table_args()
    id: int | None = pk()
    rrule: str
    zone: str
    first_on: date = civil(nullable=False)
    start_time: str | None = None
    made_until: date = civil(nullable=False)
    uid: str | None = None
    version: int = version()
    left_out: str | None = None


class ActivityAttendee(SQLModel, table=True):
    """Who else takes part: an operator, a person of the base, or somebody known by an address alone. (B13)"""

    __tablename__ = "activity_attendee"
    __table_args__ = table_args(
        one_of("response", Response),
        sa.Index("ix_activity_attendee_activity", "activity_id"),
        _once("user_id"),
        _once("party_id"),
        _once("address"),
        sa.CheckConstraint(
            "(user_id IS NOT NULL) + (party_id IS NOT NULL) + (address IS NOT NULL) = 1", name="who"
        ),
    )
    id: int | None = pk()
    activity_id: int = ref("activity.id", nullable=False)
    user_id: int | None = ref("user.id")
    party_id: int | None = ref("party.id")
    address: str | None = None
    response: str = Response.NONE


class AgendaSlot(SQLModel, table=True):
    """One operator's part in one activity with an hour, by triggers: whoever does it and each operator who attends.

    `busy`: it takes their time (planned or done, not declined, not deleted, not marked as free). Without an end half an
    hour is counted.
    """

    __tablename__ = "agenda_slot"
    __table_args__ = ({"sqlite_with_rowid": False, "info": {"undo": Undo.DERIVED, "derived": frozenset()}},)
    user_id: int = Field(primary_key=True)
    start_at: datetime = Field(sa_type=Instant, primary_key=True)
    activity_id: int = Field(primary_key=True)
    end_at: datetime = Field(sa_type=Instant)
    busy: bool


class AgendaDay(SQLModel, table=True):
    """One operator's part in one all-day appointment, by triggers: civil days, the last one included."""

    __tablename__ = "agenda_day"
    __table_args__ = ({"sqlite_with_rowid": False, "info": {"undo": Undo.DERIVED, "derived": frozenset()}},)
    user_id: int = Field(primary_key=True)
    due_on: str = Field(primary_key=True)
    activity_id: int = Field(primary_key=True)
    last_on: str
    busy: bool
