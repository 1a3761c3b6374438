"""Which file does what with appointments."""

from __future__ import annotations

from typing import Any

from crm_tui.services.agenda import changing, ending, making, reaching, taking_in
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
)
from crm_tui.services.agenda.file_commands import TakeInAppointment
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Handler

_PLANNED: dict[str, Any] = {
    "owner": reaching.whose,
    "ready": reaching.still_planned,
    "check": reaching.not_secret,
}

HANDLERS: dict[type[Command], Handler[Any]] = {
    BookAppointment: Handler(making.book, owner=making.new_owner, ready=making.still_open),
    EditAppointment: Handler(changing.edit, **_PLANNED),
    MoveAppointment: Handler(changing.move, **_PLANNED),
    HoldAppointment: Handler(
        ending.hold, owner=reaching.whose, ready=reaching.still_planned, check=ending.concerns_nobody
    ),
    MissAppointment: Handler(ending.miss, **_PLANNED),
    CancelAppointment: Handler(ending.cancel, **_PLANNED),
    DeleteAppointment: Handler(ending.delete, **_PLANNED),
    RestoreAppointment: Handler(ending.restore, owner=reaching.whose, check=ending.is_over),
    AnswerInvitation: Handler(ending.answer, owner=ending.answers_for, ready=reaching.still_planned),
    ContinueSeries: Handler(making.go_on, owner=making.series_owner, check=making.not_secret),
    TakeInAppointment: Handler(taking_in.take_in, owner=taking_in.owner, check=taking_in.sound),
}
