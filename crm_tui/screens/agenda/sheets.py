"""The small sheets of the agenda: to which day, whose agendas, one appointment in full."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from textual.app import ComposeResult

from crm_tui.domain import when
from crm_tui.domain.access import UserRow
from crm_tui.domain.agenda import RESPONSE_NAMES, Appointment, Response
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.text import fold
from crm_tui.domain.when_types import day_of
from crm_tui.i18n import N_, Text, language, say
from crm_tui.screens.agenda.said import hours
from crm_tui.screens.core import inputs
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.formrows import FieldLabel, Message
from crm_tui.screens.core.questions import Words
from crm_tui.screens.core.reach import reaches
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.screens.core.shell import Shell
from crm_tui.services.access import views as access
from crm_tui.services.agenda import views
from crm_tui.ui import formats
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.fields import Leave
from crm_tui.widgets.looks import Run, cells, clean
from crm_tui.widgets.pane import Line
from crm_tui.widgets.pick import Option
from crm_tui.widgets.picks import Picks
from crm_tui.widgets.when_field import Echo, WhenField

USER, TEAM = "u", "t"


class _AskSheet(SheetScreen[Any]):
    """A sheet of one field that Enter or ctrl+s takes."""

    FOOTER = "path"
    SCOPES = ("app", "picker", "choose", "text")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("choose.save", "pick.cancel"))
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    _AskSheet .row { height: auto; width: 100%; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.message = Message()

    def foot(self) -> Message:
        return self.message

    def tell(self, sentence: str) -> None:
        self.message.say(sentence)

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        if event.key == "enter":
            self.action_choose_save()

    def action_choose_save(self) -> None:
        raise NotImplementedError

    def action_pick_cancel(self) -> None:
        self.dismiss(None)


class GoToDay(_AskSheet):
    """`g`: a day in words, to come or gone by. (WHEN.md)"""

    BINDINGS = keys(_AskSheet.SCOPES, _AskSheet.OFFERS)

    def content(self) -> ComposeResult:
        yield SheetTitle(say(N_("Go to a date")))
        self.field = WhenField(self._echo, "", ground="raised", id="when")
        word = say(N_("When"))
        yield Beside(FieldLabel(word, cells(word) + 3), self.field, classes="row")

    def on_mount(self) -> None:
        self.field.focus()

    def _past(self, words: str) -> bool:
        """Whether the words mean a day gone by."""
        return isinstance(self._read(words, past=False), when.WhenRefusal) and not isinstance(
            self._read(words, past=True), when.WhenRefusal
        )

    def _read(self, words: str, *, past: bool) -> Any:
        now = self.now.astimezone(self.zone).replace(tzinfo=None)
        return when.read(words, now, self.shell.calendar, language(), zone=self.zone, past=past)

    def _echo(self, words: str) -> Echo:
        return inputs.echo(self, words, day=True, past=bool(words.strip()) and self._past(words))

    def action_choose_save(self) -> None:
        words = self.field.raw.strip()
        if not words:
            self.dismiss(None)
            return
        found = self._read(words, past=self._past(words))
        if isinstance(found, when.WhenRefusal):
            return  # its echo says what was not understood
        day: date = found.date() if isinstance(found, datetime) else day_of(found)
        self.dismiss(day)


class WhoScreen(_AskSheet):
    """`O`: whose agendas are shown; operators and whole teams. (B14)"""

    BINDINGS = keys(_AskSheet.SCOPES, _AskSheet.OFFERS)

    def __init__(self, shown: tuple[int, ...]) -> None:
        super().__init__()
        self._shown_now = shown
        self._users: list[UserRow] = []

    def hindrance(self, shell: Shell) -> Refusal | None:
        if reaches(shell.crm, access.users):
            return None
        return Refusal(Text(N_("Your profile shows you no agenda but your own.")))

    def content(self) -> ComposeResult:
        yield SheetTitle(say(N_("Whose agendas are shown")))
        self._users = self.crm.read(access.users)
        chosen = [_person(user) for user in self._users if user.id in self._shown_now]
        chosen.sort(key=lambda option: self._shown_now.index(int(option.value[1:])))
        self.field = Picks(self._options, chosen, placeholder=say(N_("mine")), id="who")
        word = say(N_("Who"))
        yield Beside(FieldLabel(word, cells(word) + 3), self.field, classes="row")

    def on_mount(self) -> None:
        self.field.focus()
        self.message.say(say(N_("enter takes one, backspace drops the last; a team brings all its people")))

    def _options(self, text: str) -> list[Option]:
        teams = {user.team_id: user.team for user in self._users if user.team_id is not None}
        me = self.crm.viewer.user_id
        people = sorted(self._users, key=lambda user: user.id != me)
        every = [_person(user) for user in people]
        every += [
            Option(f"{TEAM}{team}", name or "", say(N_("team"))) for team, name in sorted(teams.items())
        ]
        wanted = fold(text)
        return [o for o in every if wanted in fold(f"{o.label} {o.hint}")]

    def action_choose_save(self) -> None:
        self.field.settle()
        found: list[int] = []
        for option in self.field.values:
            number = int(option.value[1:])
            if option.value.startswith(USER):
                found.append(number)
            else:
                found += [user.id for user in self._users if user.team_id == number]
        self.dismiss(tuple(dict.fromkeys(found)) or (self.crm.viewer.user_id,))


def _person(user: UserRow) -> Option:
    return Option(f"{USER}{user.id}", user.login, user.name)


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
        today = self.now.astimezone(self.zone).date()
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
