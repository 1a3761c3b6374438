"""Activities: one row lives from planned to done; and the small registers that name them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.domain.activity import ActionKind, ActivitySource, ActivityState, Tone
from crm_tui.domain.campaign import NextMode
from crm_tui.store.tables.base import added, civil, instant, one_of, pk, ref, table_args, version, whole

ALONE = "stands_alone = 1 AND state = 'planned' AND deleted_at IS NULL"


class ActionType(SQLModel, table=True):
    __tablename__ = "action_type"
    __table_args__ = table_args(one_of("kind", ActionKind), sa.UniqueConstraint("name"))
    id: int | None = pk()
    name: str
    kind: str
    default_minutes: int | None = None
    position: int = 0
    active: bool = True
    version: int = version()


class Result(SQLModel, table=True):
    """How an activity ended; `next_action_id` is the step that usually follows, `delay_days` calendar days later.

    A campaign may say otherwise for its own actions.
    """

    __table_args__ = table_args(
        one_of("tone", Tone),
        one_of("next_mode", NextMode),
        whole("delay_days"),
        sa.UniqueConstraint("name"),
    )
    id: int | None = pk()
    name: str
    tone: str
    next_action_id: int | None = ref("action_type.id")
    position: int = 0
    active: bool = True
    version: int = version()
    requires_detail: bool = added(False)
    next_mode: str = added(NextMode.NONE)
    delay_days: int = added(0)


class ResultDetail(SQLModel, table=True):
    """What justifies a result: “asked for time”, “too expensive”. (T42)"""

    __tablename__ = "result_detail"
    __table_args__ = table_args(sa.UniqueConstraint("result_id", "name"))
    id: int | None = pk()
    result_id: int = ref("result.id", nullable=False)
    name: str
    position: int = 0
    active: bool = True
    version: int = version()


class ContactMedium(SQLModel, table=True):
    """The vehicle of a contact: telephone, WhatsApp, e-mail, in person."""

    __tablename__ = "contact_medium"
    __table_args__ = table_args(sa.UniqueConstraint("name"))
    id: int | None = pk()
    name: str
    position: int = 0
    active: bool = True
    version: int = version()


class Activity(SQLModel, table=True):
    """Planned or done. Timed: `start_at` is the truth and `due_on` its civil date; else `due_on` alone, or, `all_day`,
    the days from `due_on` to `last_on` (None: that one day).

    `zone` is the clock on which its hour was agreed. `series_id` and `occurrence_on` (a day on the series' clock) tell
    which occurrence of what it is, `detached` that it was changed for itself. `uid` and `sequence` are those of the
    calendar file it came from, or went out with.

    `stands_alone` (derived) marks rows of the assignee's list that no card of his own shows.
    """

    __table_args__ = table_args(
        one_of("state", ActivityState),
        one_of("source", ActivitySource),
        sa.Index("ix_activity_card", "card_id", "state", "due_on", "start_at"),
        sa.Index("ix_activity_party", "party_id", "id"),
        sa.Index("ix_activity_contact", "contact_id", sqlite_where=sa.text("contact_id IS NOT NULL")),
        sa.Index("ix_activity_phone", "phone_id", sqlite_where=sa.text("phone_id IS NOT NULL")),
        sa.Index(
            "ix_activity_alone",
            *("assignee_id", "due_on", "start_at", "id", "internal_on"),
            sqlite_where=sa.text(ALONE),
        ),
        sa.Index("ix_activity_clash", "assignee_id", "start_at", sqlite_where=sa.text("state = 'planned'")),
        sa.Index(
            "ix_activity_done",
            *("done_at", "id", "result_id", "action_type_id"),
            sqlite_where=sa.text("state = 'done'"),
        ),
        sa.Index(
            "ix_activity_done_by", "assignee_id", "done_at", "id", sqlite_where=sa.text("state = 'done'")
        ),
        sa.Index(
            "ix_activity_campaign",
            *("campaign_id", "done_at", "id"),
            sqlite_where=sa.text("campaign_id IS NOT NULL AND state = 'done'"),
        ),
        sa.Index(
            "ix_activity_series", "series_id", "occurrence_on", sqlite_where=sa.text("series_id IS NOT NULL")
        ),
        sa.Index("ix_activity_uid", "uid", "occurrence_on", sqlite_where=sa.text("uid IS NOT NULL")),
        sa.Index(
            "ix_activity_untimed",
            *("assignee_id", "due_on", "id"),
            sqlite_where=sa.text("start_at IS NULL AND all_day = 0 AND state = 'planned'"),
        ),
        sa.Index(
            "ix_activity_remind",
            "start_at",
            sqlite_where=sa.text("remind_minutes IS NOT NULL AND state = 'planned'"),
        ),
        sa.CheckConstraint("start_at IS NULL OR end_at IS NULL OR end_at >= start_at", name="span"),
        derived=("stands_alone",),
    )
    id: int | None = pk()
    party_id: int | None = ref("party.id")
    card_id: int | None = ref("card.id")
    contact_id: int | None = ref("party.id")
    action_type_id: int = ref("action_type.id", nullable=False)
    subject: str
    description: str | None = None
    assignee_id: int = ref("user.id", nullable=False)
    created_by_id: int | None = ref("user.id")
    due_on: date = civil(nullable=False)
    internal_on: date | None = civil()
    start_at: datetime | None = instant()
    end_at: datetime | None = instant()
    state: str = ActivityState.PLANNED
    done_at: datetime | None = instant()
    result_id: int | None = ref("result.id")
    medium_id: int | None = ref("contact_medium.id")
    previous_id: int | None = ref("activity.id", index=True)
    source: str = ActivitySource.MANUAL
    stands_alone: bool = False
    deleted_at: datetime | None = instant()
    version: int = version()
    campaign_id: int | None = ref("campaign.id")
    objective: str | None = None
    result_detail_id: int | None = ref("result_detail.id")
    phone_id: int | None = ref("contact_point.id")
    snoozed_until: datetime | None = instant()
    zone: str | None = None
    all_day: bool = added(False)
    last_on: date | None = civil()
    busy: bool = added(True)
    private: bool = added(False)
    location: str | None = None
    remind_minutes: int | None = None
    series_id: int | None = ref("activity_series.id")
    occurrence_on: date | None = civil()
    detached: bool = added(False)
    uid: str | None = None
    sequence: int = added(0)
