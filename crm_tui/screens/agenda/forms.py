"""The forms of appointments: book one, change one, take one out. Each is the generated form of its command, filled in.

Knows which fields come first and what stands in them; what they do is the command's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from crm_tui.domain.agenda import OVERNIGHT
from crm_tui.domain.fields import item
from crm_tui.domain.recurring import Reach
from crm_tui.domain.subject import subject_of, subject_of_step
from crm_tui.i18n import N_, say
from crm_tui.screens.core.forms import FormScreen
from crm_tui.services.access.views import users as staff
from crm_tui.services.agenda import views
from crm_tui.widgets.looks import clean

if TYPE_CHECKING:
    from crm_tui.domain.agenda import Appointment
    from crm_tui.domain.outcome import Done
    from crm_tui.screens.core.shell import Shell

FIRST = ("action", "who", "when", "until", "subject", "location")
"""What one says on the telephone; the rest lies below, filled in as it mostly is."""
SELDOM = (
    *("guests", "internal_on", "remind", "repeat", "rule", "repeat_until"),
    *("all_day", "last_on", "description", "busy", "private"),
)
CHANGED = (*FIRST, "party", *(field for field in SELDOM if field != "internal_on"))


def schedule(
    shell: Shell,
    card: int | None = None,
    party: int | None = None,
    name: str = "",
    when: str = "",
    until: str = "",
    who: Sequence[int] = (),
    said: str = "",
    made: Callable[[Done], None] | None = None,
) -> FormScreen:
    """*Agendar*: for a card, a person or nobody. `when` and `until` are words, `who` operators, oneself if none; `said`
    stands below the fields at first; `made` is told of what was booked. (B62)"""
    users = tuple(who) or (shell.crm.viewer.user_id,)
    fixed = {}
    if card is not None:
        fixed = {"card": f"#{card}"}
    elif party is not None:
        fixed = {"party": f"#{party}"}
    form = FormScreen(
        "book_appointment",
        heading=say(N_("Schedule")),
        about=name,
        fixed=fixed,
        raw={"who": ",".join(f"#{i}" for i in users), "when": when, "until": until},
        labels={"who": _called(_names(shell, users))},
        fields=(*FIRST, *(() if fixed else ("party",)), *SELDOM),
        subject=subject_of(card, party),
        done=say(N_("Appointment booked")),
        said=said,
    )
    form.made = made
    return form


def _names(shell: Shell, users: Sequence[int]) -> list[str]:
    known = {user.id: user.name for user in shell.crm.read(staff, False)}
    return [known.get(user, f"#{user}") for user in users]


def _called(names: Sequence[str]) -> str:
    return ",".join(item(name) for name in names)


def _words(found: Appointment, zone: tzinfo) -> dict[str, str]:
    """When it is, as the fields of the form say it."""
    if found.start_at is None:
        return {"when": found.due_on.isoformat(), "until": ""}
    start = found.start_at.astimezone(zone)
    end = found.end_at.astimezone(zone) if found.end_at is not None else None
    said = end is not None and (end.date() == start.date() or end - start < OVERNIGHT)
    return {
        "when": f"{start:%Y-%m-%d %H:%M}",
        "until": f"{end:%H:%M}" if end is not None and said else "",
    }


def edit_appointment(shell: Shell, activity: int) -> FormScreen | None:
    """What it is about, when and where; only what was changed is sent. Of one that comes again, for which of them."""
    found = shell.crm.read(views.appointment, activity)
    if found is None or not found.seen:
        return None
    zone = shell.crm.viewer.zone
    people = [found.assignee_id, *(a.user_id for a in found.attendees if a.user_id is not None)]
    guests = [(a.party_id, a.name) for a in found.attendees if a.party_id is not None]
    raw = {
        "action": f"#{found.action_id}",
        "who": ",".join(f"#{user}" for user in people),
        **_words(found, zone),
        "subject": found.subject,
        "location": found.location,
        "party": f"#{found.party_id}" if found.party_id is not None else "",
        "guests": ",".join(f"#{party}" for party, _ in guests),
        "remind": "" if found.remind_minutes is None else str(found.remind_minutes),
        "all_day": "1" if found.all_day else "0",
        "last_on": found.last_on.isoformat() if found.all_day else "",
        "description": found.description,
        "busy": "1" if found.busy else "0",
        "private": "1" if found.private else "0",
    }
    return FormScreen(
        "edit_appointment",
        heading=say(N_("Edit appointment")),
        about=clean(found.party or found.subject),
        fixed={"activity": f"#{activity}", "version": str(found.version)},
        raw=raw,
        labels={
            "action": found.action,
            "party": found.party or "",
            "who": _called(_names(shell, people)),
            "guests": _called([name for _, name in guests]),
        },
        fields=(*CHANGED, *(("reach",) if found.series_id is not None else ())),
        subject=subject_of_step(activity),
        changes_only=True,
        done=say(N_("Appointment changed")),
    )


def move_appointment(shell: Shell, activity: int) -> FormScreen | None:
    """*Remarcar*: another day or hour in words; a day alone keeps the hour. (JOBS 5)"""
    found = shell.crm.read(views.appointment, activity)
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


def _ends(command: str, heading: str, done: str, shell: Shell, activity: int, reach: str) -> FormScreen:
    found = shell.crm.read(views.appointment, activity)
    fixed = {"activity": f"#{activity}", "version": str(found.version) if found is not None else ""}
    if reach:
        fixed["reach"] = reach
    return FormScreen(
        command,
        heading=heading,
        about=clean(found.subject) if found is not None else "",
        fixed=fixed,
        fields=("reason",),
        subject=subject_of_step(activity),
        done=done,
    )


def cancel_appointment(shell: Shell, activity: int, reach: str = Reach.THIS) -> FormScreen:
    """Why it is cancelled."""
    heading, done = say(N_("Cancel appointment")), say(N_("Appointment cancelled"))
    return _ends("cancel_appointment", heading, done, shell, activity, reach)


def delete_appointment(shell: Shell, activity: int, reach: str = Reach.THIS) -> FormScreen:
    """Why it is taken out; it is still shown where deleted ones are. (B15)"""
    heading, done = say(N_("Delete appointment")), say(N_("Appointment deleted"))
    return _ends("delete_appointment", heading, done, shell, activity, reach)


def miss_appointment(shell: Shell, activity: int) -> FormScreen:
    """Why it was not held."""
    heading, done = say(N_("It was not held")), say(N_("Not held"))
    return _ends("miss_appointment", heading, done, shell, activity, "")
