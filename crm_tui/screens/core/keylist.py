"""Every action with its keys, and another key for one: press it, see whose it was, enter keeps it.

Kept in this machine's file, in force at once. What may be given is said by `ui.keymap`; it knows no action.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final

from textual import events
from textual.app import ComposeResult

from crm_tui.domain.register import RegisterRow
from crm_tui.domain.text import fold
from crm_tui.i18n import N_, Text, say, say_in
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.filterline import FILTERS, Filters
from crm_tui.screens.core.formrows import Message
from crm_tui.screens.core.ledger import LedgerPainter, said
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.place import PLACE_OFFERS, Place
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.ui import keymap
from crm_tui.ui.actions import ACTIONS, SCOPE_OF, SCOPES
from crm_tui.widgets.bars import Title
from crm_tui.widgets.looks import Run
from crm_tui.widgets.vlist import VList

HEADS: Final = (N_("Keys"), N_("What it does"), N_("Where"), N_("Name in the file"))
NAMED: Final = 100
"""Cells from which on the names in the file have a column; the sheet of one action always says its name."""
PLACED: Final = 72
"""Cells from which on where an action is has a column; the sheet says that, too."""
PASSED: Final = frozenset(("escape", "enter", "tab", "shift+tab"))
"""Keys that leave or save the sheet, and so are given to an action in the file alone."""


def _in_words(text: Text) -> Text:
    """A problem of a key as a screen says it: actions by what they do, not by their names in the file."""
    known = {
        name: f"“{ACTIONS[value].help_said()}”"
        for name, value in text.params.items()
        if isinstance(value, str) and value in ACTIONS
    }
    return replace(text, params={**text.params, **known})


def written(event: events.Key) -> str:
    """A key that was pressed, as people write it."""
    if (
        event.character
        and len(event.character) == 1
        and event.character.isprintable()
        and event.character != " "
    ):
        return event.character
    return keymap.as_written(event.key)


class KeysScreen(Filters, Navigates, Place[None]):
    """See the module."""

    FOOTER = "keylist"
    SCOPES = ("app", "place", "settings")
    OFFERS: ClassVar[frozenset[str]] = frozenset({*PLACE_OFFERS, *NAV, *FILTERS, "set.open", "set.edit"})
    BINDINGS = keys(SCOPES, OFFERS)
    FILTER_HINT = N_("a key, what it does, or where")
    DEFAULT_CSS = "KeysScreen VList { height: 1fr; }"
    OVER = True

    def __init__(self, **_: Any) -> None:
        super().__init__()
        self.every: list[RegisterRow] = []
        self.rows: list[RegisterRow] = []
        self.vlist: VList[RegisterRow] = VList(self._fetch, LedgerPainter((), ()), id="rows")

    def body(self) -> ComposeResult:
        yield self.title_bar
        yield self.vlist

    def target(self) -> VList[RegisterRow]:
        return self.vlist

    def on_mount(self) -> None:
        self.read()
        self.vlist.focus()

    def on_resize(self) -> None:
        self.read()

    def read(self) -> None:
        """The actions with the keys in force; those of one's own first."""
        held, own = keymap.in_force(), self.shell.config.keymap
        found = []
        for n, action in enumerate(ACTIONS.values(), start=1):
            if action.keys:
                words = "  ".join(
                    keymap.key_word(key, ascii=self.shell.look.ascii) for key in held.of(action.id)
                )
                where = say_in("keys", SCOPES[SCOPE_OF[action.id]].title)
                found.append(
                    RegisterRow(n, 0, action.id, (words or "—", action.help_said(), where, action.id))
                )
        self.every = sorted(found, key=lambda row: row.name not in own)
        wanted = fold(self.words).split()
        self.rows = [r for r in self.every if all(w in fold(" ".join(map(said, r.cells))) for w in wanted)]
        width = self.app.size.width  # what it does is not cut for its name, nor for where
        heads = HEADS if width >= NAMED else HEADS[:3] if width >= PLACED else HEADS[:2]
        self.vlist.show([row.id for row in self.rows], painter=LedgerPainter(self.rows, heads))
        self.vlist.below(*([] if self.rows else [[Run("   "), Run(say(N_("Nothing matches.")), "bright")]]))
        self.show_title()
        self.show_footer()
        self.tell_matches()

    def _fetch(self, start: int, count: int) -> Sequence[RegisterRow]:
        return self.rows[start : start + count]

    def head(self) -> Title:
        return Title(say(N_("Keys of the actions")), self.words, count=len(self.rows))

    # --- filter -------------------------------------------------------------------------------------------

    def narrow(self, words: str) -> None:
        self.words = words
        self.read()

    def matches(self) -> str:
        return say(N_("{found} of {total}"), found=len(self.rows), total=len(self.every))

    def to_list(self) -> None:
        self.vlist.focus()

    def action_app_back(self) -> None:
        """One Esc, one step: the filter, then where one came from."""
        if self.words:
            self.action_view_clear()
        else:
            self.dismiss(None)

    def action_place_back(self) -> None:
        self.action_app_back()

    # --- another key --------------------------------------------------------------------------------------

    def on_vlist_opened(self) -> None:
        self.action_set_open()

    def action_set_open(self) -> None:
        row = self.vlist.row
        if row is not None:
            self.app.push_screen(KeySheet(row.name), self._given)

    def action_set_edit(self) -> None:
        self.action_set_open()

    def _given(self, told: str | None) -> None:
        self.read()
        if told:
            self.tell(told)


class KeySheet(SheetScreen[str | None]):
    """Which key an action gets: the one that is pressed. Dismissed with what is said of it."""

    FOOTER = "keysheet"
    SCOPES = ("app", "menu")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("menu.run", "menu.close"))
    BINDINGS = keys(SCOPES, OFFERS)

    def __init__(self, action_id: str) -> None:
        super().__init__()
        self.action_id = action_id
        self.wanted: str | None = None
        self.good = False
        self.message = Message()

    @property
    def taken(self) -> frozenset[str]:
        """What leaves other sheets, or explains them, is a key like others here."""
        return frozenset({"q", *keymap.in_force().of("app.help")})

    def content(self) -> ComposeResult:
        where = say_in("keys", SCOPES[SCOPE_OF[self.action_id]].title)
        yield SheetTitle(ACTIONS[self.action_id].help_said(), f"{where}  {self.action_id}")
        yield self.message

    def on_mount(self) -> None:
        held = "  ".join(keymap.key_word(key) for key in keymap.in_force().of(self.action_id))
        self.message.say(
            say(N_("Now {keys}. Press the new key, or backspace for the usual ones."), keys=held or "—")
        )

    def on_key(self, event: events.Key) -> None:
        if event.key in PASSED:
            return
        event.stop()
        event.prevent_default()
        self.wanted = "" if event.key == "backspace" else written(event)
        self._try()

    def _mapping(self) -> dict[str, str]:
        own = dict(self.shell.config.keymap)
        own.pop(self.action_id, None)
        return own | ({self.action_id: self.wanted} if self.wanted else {})

    def _try(self) -> None:
        """Say what this key would mean: refused and why, whose it was, or free."""
        tried = keymap.keymap(self.shell.config.keys, self._mapping())
        told = [problem for problem in tried.problems if problem.id == self.action_id]
        held = tried.of(self.action_id)
        self.good = not self.wanted or held == (self.wanted,)
        shown = "  ".join(keymap.key_word(key) for key in held)
        if told:
            words, tone = say(_in_words(told[0].text)), "today" if self.good else "overdue"
            more = say(N_("enter keeps it")) if self.good else say(N_("press another key"))
            sentence = f"{words}; {more}."
            self.message.say(sentence, tone)
        else:
            self.message.say(say(N_("{key}: enter keeps it."), key=shown), "bright")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Every key is one to be given here, `ctrl+k` and `f1` too: what they do elsewhere rests."""
        return not action.startswith("app_") and super().check_action(action, parameters)

    def action_menu_run(self) -> None:
        """Keep it."""
        if self.wanted is None or not self.good:
            return
        problem = self.shell.prefer(keymap=self._mapping())
        self.dismiss(problem or say(N_("Changed, and kept for this machine.")))

    def action_menu_close(self) -> None:
        self.dismiss(None)
