"""The first start: there is no database yet, and three ways to begin. Each says what it leads to.

There is no CRM here: what the ways do comes with `FirstStart`, and the application goes on with what they make.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import ComposeResult
from textual.strip import Strip

from crm_tui.i18n import LANGUAGES, N_, Text, language, say
from crm_tui.screens.core.base import ALWAYS, CrmScreen, keys
from crm_tui.screens.core.go import Go
from crm_tui.screens.start.choices import Ways
from crm_tui.ui import formats
from crm_tui.ui.footers import footer
from crm_tui.widgets.bare import Beside, Stacked
from crm_tui.widgets.bars import Footer, FooterBar
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.line import Line
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, paint
from crm_tui.widgets.pane import wrap
from crm_tui.widgets.pick import Option, Pick, among

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_tui.services.core.crm import Crm
    from crm_tui.services.core.first_start import FirstStart

LABEL: Final = 16
FIELD: Final = 32
HINTED: Final = 76
"""Under so many cells the fields go without their meaning."""
LOW: Final = 24
"""Under so many rows the blank ones go."""
PROGRESS: Final = 0.25
SPOKEN: Final = {"pt-BR": "Português", "en": "English"}
_CREATE, _IMPORT, _DEMONSTRATE = range(3)
_LATER: Final = frozenset(("app.palette", "app.find"))
"""What wants a base: the help does not name it here."""


class _Row(Lines):
    """One row of runs."""

    DEFAULT_CSS = "_Row { height: 1; width: 1fr; }"

    def __init__(self, *runs: Run, ground: str = "background") -> None:
        super().__init__()
        self.GROUND = ground
        self.runs = runs

    def show(self, *runs: Run) -> None:
        """Other runs."""
        self.runs = runs
        self.sync()

    def draw(self, width: int, height: int) -> list[Strip]:
        return [paint(self.look, self.runs, width, self.GROUND)]


class _Outcome(Lines):
    """What became of the beginning: a sentence in as many rows as it needs, for no refusal is cut."""

    DEFAULT_CSS = "_Outcome { height: 1; width: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.words, self.tone = "", "bright"

    def say(self, words: str, tone: str) -> None:
        """Another sentence."""
        self.words, self.tone = words, tone
        self.resized()

    def resized(self) -> None:
        """The rows that it needs in this window."""
        self.styles.height = max(1, len(self._wrapped(self.app.size.width)))
        self.sync()

    def _wrapped(self, width: int) -> list[list[Run]]:
        return wrap([Run(clean(self.words), self.tone)], max(1, width - 5)) if self.words else []

    def draw(self, width: int, height: int) -> list[Strip]:
        return [paint(self.look, [Run("    "), *row], width) for row in self._wrapped(width)[:height]]


class StartScreen(CrmScreen[None]):
    """See the module."""

    FOOTER = "start"
    SCOPES = ("app", "start")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        ("st.up", "st.down", "st.begin", "st.first", "st.second", "st.third", "st.leave")
    )
    BINDINGS = keys(SCOPES, OFFERS)
    CSS = f"""
    StartScreen {{ layout: vertical; background: $background; }}
    StartScreen .bar {{ height: 1; background: $panel; }}
    StartScreen .bar > Pick {{ width: 16; }}
    StartScreen .gap {{ height: 1; }}
    StartScreen.-low .gap {{ display: none; }}
    StartScreen.-low Ways {{ height: 6; }}
    StartScreen .field {{ height: 1; }}
    StartScreen .field > Line {{ width: {FIELD}; }}
    StartScreen .label {{ width: {LABEL}; }}
    StartScreen .value {{ width: {FIELD}; }}
    StartScreen.-narrow .hint {{ display: none; }}
    StartScreen.-narrow .field > Line, StartScreen.-narrow .value {{ width: 1fr; }}
    StartScreen #rest {{ height: 1fr; }}
    """

    def __init__(self, **_: Any) -> None:
        super().__init__()
        self.ways = Ways()
        options = [Option(value, SPOKEN[value]) for value in LANGUAGES]
        self.spoken = Pick(among(options), options[LANGUAGES.index(language())], optional=False)
        self.named = Line()
        self.heading, self.word = _Row(ground="raised"), _Row(ground="raised")
        self.hello, self.choose, self.note, self.told = _Row(), _Row(), _Row(), _Outcome()
        self.texts = {name: (_Row(), _Row(), _Row()) for name in ("name", "login", "file")}
        self.footer = FooterBar()
        self._working = False

    @property
    def start(self) -> FirstStart:
        """What can be begun."""
        found = self.shell.first_start
        assert found is not None
        return found

    def compose(self) -> ComposeResult:
        yield Beside(self.heading, self.word, self.spoken, classes="bar")
        with Stacked(id="rest"):
            yield _gap()
            yield _gap()
            yield self.hello
            yield self.choose
            yield _gap()
            yield self.ways
            yield _gap()
            yield self.told
            for name, (label, value, hint) in self.texts.items():
                middle = self.named if name == "name" else value
                label.add_class("label")
                value.add_class("value")
                hint.add_class("hint")
                yield Beside(label, middle, hint, classes="field")
            yield _gap()
            yield self.note
        yield self.footer

    def on_mount(self) -> None:
        self.word.styles.width = 10
        self.note.add_class("hint")
        self.named.set_raw(self.start.name)
        self.on_resize()
        self._say()
        self.ways.focus()

    def on_resize(self) -> None:
        self.set_class(self.app.size.height < LOW, "-low")
        self.set_class(self.app.size.width < HINTED, "-narrow")
        self.told.resized()
        *hints, last = footer(
            self.FOOTER, self.app.size.width, only=self.OFFERS | ALWAYS, ascii=self.shell.look.ascii
        )
        self.footer.show(Footer(tuple(hints), last))

    def changed(self) -> None:
        self._say()
        self.on_resize()

    def _say(self) -> None:
        """Every text in the language in force."""
        start = self.start
        self.heading.show(Run(" crm-tui", "bright", True))
        self.word.show(Run(say(N_("Language")).rjust(9), "muted"))
        hello = say(N_("{greeting} There is no base here yet."), greeting=formats.greeting(start.now))
        self.hello.show(Run("    "), Run(hello, "bright", True))
        self.choose.show(Run("    "), Run(say(N_("Choose how to begin; it can be changed later.")), "muted"))
        demonstration = start.demonstration.name
        self.ways.show(
            (
                (
                    say(N_("Create my base")),
                    say(N_("Leads, sales and support are ready; you are the administrator.")),
                ),
                (
                    say(N_("Import my contacts")),
                    say(N_("From Google, Outlook, HubSpot or a sheet, seen before it is saved.")),
                ),
                (
                    say(N_("See the demonstration")),
                    say(N_("A made-up company in another file, {file}."), file=demonstration),
                ),
            )
        )
        self._field("name", say(N_("Your name")), "", say(N_("signs the notes")))
        self._field("login", say(N_("Your login")), start.login, say(N_("who you are; no password")))
        self._field("file", say(N_("File")), _shown(start.path), say(N_("only you can read it (0600)")))
        self.note.show(
            Run("    "), Run(say(N_("One file is the whole CRM. To copy it: crm-tui backup")), "muted")
        )

    def _field(self, name: str, label: str, value: str, hint: str) -> None:
        rows = self.texts[name]
        rows[0].show(Run(f"    {label}", "muted"))
        rows[1].show(Run(f" {clean(value)}"))
        rows[2].show(Run(f"  {hint}", "muted"))

    # --- keys -----------------------------------------------------------------------------------------------

    def action_st_up(self) -> None:
        self.ways.go(self.ways.at - 1)

    def action_st_down(self) -> None:
        self.ways.go(self.ways.at + 1)

    def action_st_first(self) -> None:
        self._take(_CREATE)

    def action_st_second(self) -> None:
        self._take(_IMPORT)

    def action_st_third(self) -> None:
        self._take(_DEMONSTRATE)

    def _take(self, way: int) -> None:
        self.ways.go(way)
        self.action_st_begin()

    def on_ways_taken(self) -> None:
        self.action_st_begin()

    def on_field_changed(self, event: Changed) -> None:
        event.stop()
        if event.field is self.spoken and event.settled and event.raw != language():
            self.shell.prefer(language=event.raw)
        elif event.field is self.named:
            self.named.wrong = False

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        self.ways.focus()

    def action_st_leave(self) -> None:
        """One step: out of a field first."""
        if self.ways.has_focus:
            self.app.exit(0)
        else:
            self.ways.focus()

    def action_app_back(self) -> None:
        self.action_st_leave()

    def action_app_help(self) -> None:
        self.go("help", scopes=self.SCOPES, offers=self.OFFERS | (ALWAYS - _LATER))

    def action_app_palette(self) -> None:
        """There is nothing to command yet."""

    def action_app_find(self) -> None:
        """There is nothing to find yet."""

    # --- beginning ------------------------------------------------------------------------------------------

    def action_st_begin(self) -> None:
        """Begin in the way under the cursor, in a thread: making a base loads the heavier libraries."""
        if self._working:
            return
        name = self.named.value.strip()
        if not name and self.ways.at != _DEMONSTRATE:
            self.named.wrong = True
            self.named.focus()
            self._tell(say(N_("Your name is missing: it signs the notes.")), "overdue")
            return
        self._working = True
        self._tell(say(N_("One moment…")))
        start = self.start
        make: Callable[[], Crm] = (
            (lambda: start.demonstrate(self._progress()))
            if self.ways.at == _DEMONSTRATE
            else lambda: start.create(name)
        )
        self.run_worker(self._begin(make), exclusive=True)

    async def _begin(self, make: Callable[[], Crm]) -> None:
        try:
            crm = await asyncio.to_thread(make)
        except Exception as error:
            # StoreRefused of the store and Failure of the command line alike carry their sentence
            reason = getattr(error, "reason", None)
            if not isinstance(reason, Text):
                raise
            self._working = False
            self._tell(say(reason), "overdue")
            return
        self.app.call_later(self.shell.begin, crm, *([Go("import")] if self.ways.at == _IMPORT else []))

    def _progress(self) -> Callable[[int, int], None]:
        last = 0.0

        def progress(done: int, total: int) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= PROGRESS:
                last = now
                words = say(N_("… {n} of {all}"), n=formats.number(done), all=formats.number(total))
                self.app.call_from_thread(self._tell, words)

        return progress

    def _tell(self, words: str, tone: str = "bright") -> None:
        self.told.say(words, tone)


def _gap() -> _Row:
    row = _Row()
    row.add_class("gap")
    return row


def _shown(path: Path) -> str:
    """The path with `~` for the home; its end is what tells files apart, so the beginning gives way."""
    text = str(path)
    home = str(Path.home())
    if text.startswith(f"{home}/"):
        text = f"~{text[len(home) :]}"
    while cells(text) > FIELD - 2 and "/" in text[2:]:
        text = "…/" + text.removeprefix("…/").partition("/")[2]
    return text
