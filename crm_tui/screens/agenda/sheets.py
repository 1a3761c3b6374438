"""One appointment in full, where no card shows it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from crm_tui.domain.agenda import RESPONSE_NAMES, Appointment, Response
from crm_tui.i18n import N_, say
from crm_tui.screens.agenda.said import hours
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.questions import Words
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.services.agenda import views
from crm_tui.ui import formats
from crm_tui.widgets.looks import Run, cells, clean
from crm_tui.widgets.pane import Line


class AppointmentScreen(SheetScreen[None]):
    """One appointment with everything of it, where no card shows it."""

    FOOTER = "menu"
    SCOPES = ("app", "menu")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("menu.close",))
    BINDINGS = keys(SCOPES, OFFERS)

    def __init__(self, activity: int) -> None:
        super().__init__()
        self.activity = activity

    def content(self) -> ComposeResult:
        found: Appointment | None = self.crm.read(views.appointment, self.activity)
        if found is None:
            yield SheetTitle(say(N_("This appointment is gone.")))
            return
        yield SheetTitle(clean(found.subject or found.action), clean(found.action))
        yield Words(self, [*self._lines(found)])

    def _lines(self, found: Appointment) -> list[Line]:
        pairs = [
            (N_("When"), self._when(found)),
            (N_("Who"), found.party or ""),
            (N_("Contact"), found.contact or ""),
            (N_("Where"), found.location),
            (N_("Assignee"), found.assignee),
            (N_("With"), ", ".join(_said(each.name, each.response) for each in found.attendees)),
            (
                N_("Reminder"),
                ""
                if found.remind_minutes is None
                else say(N_("{time} before"), time=hours(found.remind_minutes)),
            ),
            (N_("Series"), say(N_("comes again")) if found.series_id is not None else ""),
            (N_("Time"), "" if found.busy else say(N_("takes no time"))),
            (N_("Seen by"), say(N_("whoever takes part")) if found.private else ""),
        ]
        shown = [(say(label), value) for label, value in pairs if value]
        wide = max((cells(label) for label, _ in shown), default=0)
        lines = [
            Line((Run(f"{label:<{wide}}  ", "muted"), Run(clean(value))), hang=wide + 2)
            for label, value in shown
        ]
        if found.description:
            lines += [Line(), Line((Run(found.description),))]
        return lines

    def _when(self, found: Appointment) -> str:
        today = self.today
        if found.start_at is None or found.end_at is None:
            first, last = (formats.day_title(day, today) for day in (found.due_on, found.last_on))
            return first if first == last else say(N_("{first} to {last}"), first=first, last=last)
        day = formats.day_title(found.start_at.astimezone(self.zone).date(), today)
        start, end = (formats.clock(each, self.zone) for each in (found.start_at, found.end_at))
        return f"{day} {say(N_('{start} to {end}'), start=start, end=end)}"

    def action_menu_close(self) -> None:
        self.dismiss(None)


def _said(name: str, response: str) -> str:
    return f"{clean(name)} ({say(RESPONSE_NAMES[Response(response)])})"
