"""A valid command of each class that is about appointments, and the appointments that tests of them begin with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from house import NOBODY, House, do

from crm_tui.domain.agenda import Response
from crm_tui.domain.recurring import Reach, Repeat
from crm_tui.services.agenda.commands import (
    AnswerInvitation,
    BookAppointment,
    CancelAppointment,
    ContinueSeries,
    DeleteAppointment,
    EditAppointment,
    HoldAppointment,
    MissAppointment,
    MoveAppointment,
    RestoreAppointment,
    TakeInAppointment,
)
from crm_tui.services.core.commands import Command
from crm_tui.store.rows import Rows
from crm_tui.store.tables import Activity, ActivitySeries

AT = datetime(2026, 12, 2, 17, 0, tzinfo=UTC)
"""A Wednesday, 14:00 in São Paulo."""


def appointment(house: House, owner: str = "ana") -> int:
    """The planned step of this operator's card: every step is an appointment once it has an hour."""
    return house.step(owner)


def meeting(house: House, **more: Any) -> int:
    """One of the administrator's own: about no card and no person."""
    said = {"when": AT, "subject": "Reunião", "anyway": True} | more
    return do(house.open(), BookAppointment(**said)).entity_id or 0


def _past(house: House, owner: str) -> int:
    """A meeting of this operator that is over."""
    start = house.clock() - timedelta(hours=2)
    with house.open().store.writing() as connection:
        return Rows(connection).insert(
            Activity,
            subject="Reunião",
            action_type_id=house.any_id("action_type"),
            assignee_id=house.user("ana" if owner == NOBODY else owner),
            due_on=start.date(),
            start_at=start,
            end_at=start + timedelta(hours=1),
        )


def _deleted(house: House, owner: str) -> int:
    """A further step of the owner's card that somebody deleted."""
    with house.open().store.writing() as connection:
        rows = Rows(connection)
        like = rows.get(Activity, house.step(owner))
        assert like is not None
        kept = ("card_id", "party_id", "action_type_id", "assignee_id", "due_on")
        return rows.insert(
            Activity, subject="Excluída", deleted_at=house.clock(), **{name: like[name] for name in kept}
        )


def _series(house: House, owner: str) -> int:
    """A weekly meeting of whoever does the step of the owner's card, and of that card; only the first is made, as if a
    year and a half had gone by."""
    found = meeting(house, subject="Semanal", repeat=Repeat.WEEKLY)
    series = int(house.one("SELECT series_id FROM activity WHERE id = ?", found))
    with house.open().store.writing() as connection:
        rows = Rows(connection)
        later = connection.execute("SELECT id FROM activity WHERE series_id = ? AND id <> ?", (series, found))
        rows.delete_many(Activity, [row[0] for row in later.fetchall()])
        rows.update(ActivitySeries, series, made_until=AT.date())
        like = rows.get(Activity, house.step(owner))
        assert like is not None
        rows.update(Activity, found, assignee_id=like["assignee_id"], card_id=like["card_id"])
    return series


def _invitation(house: House, owner: str) -> AnswerInvitation:
    guest, step = house.party(owner), house.step(owner)
    do(house.open(), EditAppointment(activity=step, guests=(guest,)))
    return AnswerInvitation(activity=step, guest=guest, response=Response.ACCEPTED)


def _of(house: House, owner: str) -> int:
    return house.user("ana" if owner == NOBODY else owner)


SAMPLES: dict[type[Command], Callable[[House, str], Command]] = {
    BookAppointment: lambda h, o: BookAppointment(
        card=h.card(o), when=AT, subject="Visita", location="Rua XV, 88", remind=30
    ),
    EditAppointment: lambda h, o: EditAppointment(
        activity=appointment(h, o), location="Sala 2", private=True
    ),
    MoveAppointment: lambda h, o: MoveAppointment(
        activity=appointment(h, o), when=AT + timedelta(days=1), minutes=90, anyway=True
    ),
    HoldAppointment: lambda h, o: HoldAppointment(activity=_past(h, o)),
    MissAppointment: lambda h, o: MissAppointment(activity=appointment(h, o), reason="não estava"),
    CancelAppointment: lambda h, o: CancelAppointment(activity=appointment(h, o), reach=Reach.THIS),
    DeleteAppointment: lambda h, o: DeleteAppointment(activity=appointment(h, o), reason="engano"),
    RestoreAppointment: lambda h, o: RestoreAppointment(activity=_deleted(h, o), anyway=True),
    AnswerInvitation: _invitation,
    ContinueSeries: lambda h, o: ContinueSeries(series=_series(h, o)),
    TakeInAppointment: lambda h, o: TakeInAppointment(
        uid="a@x",
        subject="Visita",
        first_on=AT.date(),
        last_on=AT.date(),
        zone="America/Sao_Paulo",
        start=AT,
        user=_of(h, o),
    ),
}
ABOUT_A_RECORD: set[type[Command]] = {
    *(BookAppointment, EditAppointment, MoveAppointment, MissAppointment, CancelAppointment),
    *(DeleteAppointment, RestoreAppointment, AnswerInvitation, ContinueSeries),
}
