"""Two small sheets of whatever shows days of several people: to which day, and whose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult

from crm_tui.domain import when
from crm_tui.domain.access import UserRow
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.text import fold
from crm_tui.i18n import N_, Text, language, say
from crm_tui.screens.core import inputs
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.formrows import FieldLabel, Message
from crm_tui.screens.core.reach import reaches
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.screens.core.shell import Shell
from crm_tui.services.access import views as access
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.fields import Leave
from crm_tui.widgets.looks import cells
from crm_tui.widgets.pick import Option
from crm_tui.widgets.picks import Picks
from crm_tui.widgets.when_field import Echo, WhenField

USER, TEAM = "u", "t"


class AskScreen(SheetScreen[Any]):
    """A sheet of one field that Enter or ctrl+s takes."""

    FOOTER = "form"
    SCOPES = ("app", "form", "text")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("form.save", "form.leave"))
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    AskScreen .row { height: auto; width: 100%; }
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
            self.action_form_save()

    def action_form_save(self) -> None:
        raise NotImplementedError

    def action_form_leave(self) -> None:
        self.dismiss(None)


class WhichDay(AskScreen):
    """`g`: a day in words, to come or gone by; with the hour, if one was said (local, without zone). (WHEN.md)"""

    BINDINGS = keys(AskScreen.SCOPES, AskScreen.OFFERS)

    def content(self) -> ComposeResult:
        yield SheetTitle(say(N_("Go to a date")))
        self.field = WhenField(self._echo, "", ground="raised", id="when")
        word = say(N_("When"))
        yield Beside(FieldLabel(word, cells(word) + 3), self.field, classes="row")

    def on_mount(self) -> None:
        self.field.focus()

    def _read(self, words: str) -> tuple[when.Moment | when.WhenRefusal, bool]:
        """What the words mean, and whether it is a day gone by."""
        now = self.now.astimezone(self.zone).replace(tzinfo=None)
        return when.read_either_way(words, now, self.shell.calendar, language(), zone=self.zone)

    def _echo(self, words: str) -> Echo:
        return inputs.echo(self, words, day=True, past=bool(words.strip()) and self._read(words)[1])

    def action_form_save(self) -> None:
        words = self.field.raw.strip()
        if not words:
            self.dismiss(None)
            return
        found, _ = self._read(words)
        if isinstance(found, when.WhenRefusal):
            now = self.now.astimezone(self.zone).replace(tzinfo=None)
            self.tell(say(when.sentence(found, words, now, language())))
            return
        self.dismiss(found)


class Whose(AskScreen):
    """`O`: whose days are shown; operators and whole teams. (B17)"""

    BINDINGS = keys(AskScreen.SCOPES, AskScreen.OFFERS)

    def __init__(
        self, shown: Sequence[int], *, heading: str = N_("Whose days are shown"), own: bool = False
    ) -> None:
        """`shown` are those that are shown now; with nobody chosen everybody is, or oneself (`own`)."""
        super().__init__()
        self._now, self._heading, self._own = list(shown), heading, own
        self._users: list[UserRow] = []

    def hindrance(self, shell: Shell) -> Refusal | None:
        if reaches(shell.crm, access.users):
            return None
        return Refusal(Text("Your profile shows you no days but your own: ask an administrator."))

    def content(self) -> ComposeResult:
        yield SheetTitle(say(self._heading))
        self._users = self.crm.read(access.users)
        chosen = [_person(user) for user in self._users if user.id in self._now]
        chosen.sort(key=lambda option: self._now.index(int(option.value[1:])))
        whole = not self._own and len(chosen) > 3 and len(chosen) == len(self._users)
        nobody = say(N_("mine")) if self._own else say(N_("everybody"))
        self.field = Picks(self._options, [] if whole else chosen, placeholder=nobody, id="who")
        word = say(N_("Who"))
        yield Beside(FieldLabel(word, cells(word) + 3), self.field, classes="row")

    def on_mount(self) -> None:
        self.field.focus()
        self.message.say(say(N_("enter takes one, backspace drops the last; a team brings all its people")))

    def _options(self, text: str) -> list[Option]:
        teams = {user.team_id: user.team for user in self._users if user.team_id is not None}
        me = self.crm.viewer.user_id
        every = [_person(user) for user in sorted(self._users, key=lambda user: user.id != me)]
        every += [
            Option(f"{TEAM}{team}", name or "", say(N_("team"))) for team, name in sorted(teams.items())
        ]
        wanted = fold(text)
        return [o for o in every if wanted in fold(f"{o.label} {o.hint}")]

    def action_form_save(self) -> None:
        from crm_tui.services.free import views

        self.field.settle()
        found: list[int] = []
        for option in self.field.values:
            number = int(option.value[1:])
            if option.value.startswith(USER):
                found.append(number)
            else:
                found += self.crm.read(views.members, number)
        every = [self.crm.viewer.user_id] if self._own else [user.id for user in self._users]
        self.dismiss(list(dict.fromkeys(found)) or every)


def _person(user: UserRow) -> Option:
    return Option(f"{USER}{user.id}", user.login, user.name)
