"""The forms of an appointment that the agenda opens: changing one, and giving it another hour."""

from __future__ import annotations

from crm_tui.domain.agenda import Appointment
from crm_tui.domain.subject import subject_of_step
from crm_tui.i18n import N_, say
from crm_tui.screens.core.forms import FormScreen
from crm_tui.screens.core.shell import Shell
from crm_tui.services.agenda import views
from crm_tui.widgets.looks import clean


def edit_appointment(shell: Shell, activity: int) -> FormScreen | None:
    """What it is about, when and where; only what was changed is sent. Of one that comes again, for which of them."""
    found: Appointment | None = shell.crm.read(views.appointment, activity)
    if found is None or not found.seen:
        return None
    zone = shell.crm.viewer.zone
    raw = {
        "action": f"#{found.action_id}",
        "when": f"{found.due_on:%d/%m/%Y}",
        "subject": found.subject,
        "location": found.location,
        "remind": "" if found.remind_minutes is None else str(found.remind_minutes),
        "description": found.description,
        "busy": str(int(found.busy)),
        "private": str(int(found.private)),
    }
    fields = ["action", "when", "until", "subject", "location", "remind", "description", "busy", "private"]
    if found.start_at is not None and found.end_at is not None:
        raw["when"] = f"{found.start_at.astimezone(zone):%d/%m/%Y %H:%M}"
        raw["until"] = f"{found.end_at.astimezone(zone):%H:%M}"
    else:
        fields.remove("until")
    if found.series_id is not None:
        fields.append("reach")
    return FormScreen(
        "edit_appointment",
        heading=say(N_("Edit appointment")),
        about=clean(found.party or found.subject),
        fixed={"activity": f"#{activity}", "version": str(found.version)},
        raw=raw,
        labels={"action": found.action},
        fields=fields,
        subject=subject_of_step(activity),
        done=say(N_("Appointment saved")),
        changes_only=True,
    )


def move_appointment(shell: Shell, activity: int) -> FormScreen | None:
    """*Remarcar*: another day or hour in words; a day alone keeps the hour. (JOBS 5)"""
    found: Appointment | None = shell.crm.read(views.appointment, activity)
    if found is None or not found.seen:
        return None
    return FormScreen(
        "move_appointment",
        heading=say(N_("Reschedule")),
        about=clean(found.party or found.subject),
        fixed={"activity": f"#{activity}", "version": str(found.version)},
        fields=("when", "minutes", *(("reach",) if found.series_id is not None else ())),
        subject=subject_of_step(activity),
        done=say(N_("Rescheduled")),
    )
