"""`,` Configurações: the machine's own settings, and every register through the forms of its commands.

Generated from the declarations of the modules (`domain.register`); it knows none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult

from crm_tui.domain.outcome import Refusal
from crm_tui.domain.register import Register, RegisterRow
from crm_tui.domain.text import fold
from crm_tui.i18n import N_, Text, say
from crm_tui.screens.core import personal, related
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.belonging import Belonging, Whose, shown
from crm_tui.screens.core.filterline import FILTERS
from crm_tui.screens.core.ledger import LedgerPainter, said
from crm_tui.screens.core.navigate import NAV
from crm_tui.screens.core.place import PLACE_OFFERS, Place
from crm_tui.screens.core.resting import Resting
from crm_tui.screens.core.shelf import Shelf, Shelving
from crm_tui.services.core.reading import Denied
from crm_tui.widgets.bare import Beside, Stacked
from crm_tui.widgets.bars import Title
from crm_tui.widgets.looks import Run
from crm_tui.widgets.pane import wrap
from crm_tui.widgets.vlist import VList

NARROW, BROAD = 76, 100
"""Under so many cells the shelf gives room to the records; from so many on the longest name is whole."""


OFF = N_("{name} taken out of use")
ON = N_("{name} back in use")


class SettingsScreen(Shelving, Place[None]):
    """See the module."""

    MODE = ","
    FOOTER = "settings"
    FILTER_HINT = ""
    SCOPES = ("app", "place", "settings")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        {
            *PLACE_OFFERS,
            *NAV,
            *FILTERS,
            *("nav.left", "nav.right", "new.here"),
            *("set.open", "set.edit", "set.off", "set.up", "set.down", "set.trail", "set.menu"),
        }
    )
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    SettingsScreen #work { height: 1fr; layout: horizontal; }
    SettingsScreen #records { width: 1fr; height: 100%; }
    SettingsScreen #rows { height: 1fr; }
    SettingsScreen.-narrow Shelf { width: 17; }
    SettingsScreen.-broad Shelf { width: 24; }
    """

    def __init__(self, **_: Any) -> None:
        super().__init__()
        self.shelf = Shelf()
        self.rows: list[RegisterRow] = []
        self.total = 0
        self.belonging = Belonging()
        self._newest: int | None = None
        """The latest record when the form of a new one was opened."""
        self.denied: Text | None = None
        self.rest = Resting(self, self.show_footer)
        self.list: VList[RegisterRow] = VList(self._fetch, LedgerPainter((), ()), id="rows")

    def body(self) -> ComposeResult:
        with Beside(id="work"):
            yield self.shelf
            with Stacked(id="records"):
                yield self.title_bar
                yield self.list

    def on_mount(self) -> None:
        self._shape()
        self.read()
        self.shelf.focus()

    def on_resize(self) -> None:
        self._shape()
        self.list.below(*self._below())

    def _shape(self) -> None:
        width = self.app.size.width
        self.set_class(width < NARROW, "-narrow")
        self.set_class(width >= BROAD, "-broad")

    # --- what is shown ------------------------------------------------------------------------------------

    @property
    def register(self) -> Register | None:
        """The register whose records are shown; None: the machine's own settings."""
        return self.shell.registers[self.shelf.at - 1] if self.shelf.at else None

    def _fetch(self, start: int, count: int) -> Sequence[RegisterRow]:
        return self.rows[start : start + count]

    def read(self) -> None:
        """Read the register anew; the cursor stays on its record."""
        register = self.register
        self.denied = None
        try:
            rows = related.records(self.shell, register)
        except Denied as error:
            rows, self.denied = [], error.reason
        heads = personal.HEADS if register is None else register.heads
        rows = [] if self.shelf.none else self.belonging.of(rows)
        columns = self.belonging.columns(heads, rows)
        rows = [shown(row, columns) for row in rows]
        wanted = fold(self.words).split()
        self.rows = [r for r in rows if all(w in fold(" ".join(map(said, r.cells))) for w in wanted)]
        self.total = len(rows)
        painter = LedgerPainter(rows, [heads[n] for n in columns])
        self.list.show([row.id for row in self.rows], painter=painter)
        self.list.below(*self._below())
        self.shelf.show(related.shelf(self.shell))
        self.show_title()
        self.show_footer()
        self.tell_matches()

    def _below(self) -> list[list[Run]]:
        """What belongs here, and for the machine's settings where they are kept."""
        room = max(20, self.app.size.width - self.shelf.size.width - 5)
        if self.shelf.none:
            none = [Run(say(N_("No list is called so, and none says it: esc shows all.")), "bright")]
            return [[Run("   "), *row] for row in wrap(none, room)]
        if self.denied is not None:
            return [[Run("   "), Run(say(self.denied), "overdue")]]
        if self.register is None:
            about = [("muted", Text(personal.ABOUT)), *personal.below(self.shell)]
        else:
            about = [("muted", Text(self.register.about))]
        if self.words and not self.rows:
            about = [("bright", Text(N_("Nothing matches.")))]
        return [[Run("   "), *row] for tone, text in about for row in wrap([Run(say(text), tone)], room)]

    def head(self) -> Title:
        title = personal.TITLE if self.register is None else self.register.title
        if self.shelf.none:
            return Title(say(N_("Nothing matches.")), self.shelf.words)
        count = None if self.register is None else len(self.rows)
        about = "  ".join(filter(None, (self.belonging.name, self.words)))
        return Title(say(title), about, count=count)

    @property
    def hinted(self) -> frozenset[str]:
        register = self.register
        missing = {
            "new.here": register and register.create,
            "set.off": register and register.off,
            "set.menu": register is None or register.related or register.opens,
        }
        return self.OFFERS - {action for action, command in missing.items() if not command}

    def on_vlist_moved(self) -> None:
        self.rest.moved()

    # --- moving -------------------------------------------------------------------------------------------

    def turned(self) -> None:
        self.words = ""
        self.belonging.forget()
        self.read()
        self.list.action_nav_first()  # ids of another list mean nothing here

    def action_nav_left(self) -> None:
        self.shelf.focus()

    def action_nav_right(self) -> None:
        self.list.focus()

    def action_app_back(self) -> None:
        """One Esc, one step: the filter, the record that led here, then the shelf, then back to the day."""
        if self.on_shelf and self.shelf.words:
            self.narrow_shelf("")
        elif self.words:
            self.action_view_clear()
        elif self.belonging.whose is not None:
            self._way_back()
        elif not self.on_shelf:
            self.shelf.focus()
        else:
            self.go("today")

    def action_place_back(self) -> None:
        self.action_app_back()

    def arrive(self, *, register: str = "", **_: Any) -> None:
        """Come here from elsewhere: to a list."""
        names = [each.name for each in self.shell.registers]
        if register in names:
            self.narrow_shelf("")
            self.shelf.at = names.index(register) + 1
            self.turned()
            self.list.focus()

    # --- filter -------------------------------------------------------------------------------------------

    def narrow(self, words: str) -> None:
        if self.looking:
            self.narrow_shelf(words)
        else:
            self.words = words
            self.read()

    def matches(self) -> str:
        found, total = self.found() if self.looking else (len(self.rows), self.total)
        return say(N_("{found} of {total}"), found=found, total=total)

    def to_list(self) -> None:
        (self.shelf if self.looking else self.list).focus()

    def action_view_clear(self) -> None:
        self.looking = self.on_shelf
        super().action_view_clear()

    # --- verbs --------------------------------------------------------------------------------------------

    def action_set_open(self) -> None:
        if self.on_shelf:
            self.list.focus()
        else:
            self.action_set_edit()

    def on_vlist_opened(self) -> None:
        self.action_set_edit()

    def action_set_edit(self) -> None:
        """Edit the record in its form; a setting of the machine takes its next value."""
        row, register = self.list.row, self.register
        if row is None:
            return
        if register is None:
            personal.enter(self, row.id)
        elif not register.edit or self.on_shelf:
            self.list.focus()
        else:
            versioned = "version" in self.shell.command(register.edit).model_fields
            self._form(
                register.edit,
                about=row.name,
                fixed=self._named(row) | ({"version": str(row.version)} if versioned else {}),
                raw=dict(row.raw),
                labels=dict(row.labels),
                context=_around(row),
                fields=tuple(row.raw),
                subject=f"{register.entity}:{row.id}",
                changes_only=versioned,
            )

    def _ids(self, row: RegisterRow) -> dict[str, int]:
        """The fields by which the register's commands name a record."""
        register = self.register
        return dict(row.named) or ({} if register is None else {register.entity: row.id})

    def _named(self, row: RegisterRow) -> dict[str, str]:
        """The same as a form is given them."""
        return {name: f"#{row_id}" for name, row_id in self._ids(row).items()}

    def asks(self, action_id: str) -> str:
        register = self.register
        if register is None:
            return ""
        row = self.list.row
        off = register.on if row is not None and not row.active else register.off
        return {
            "new.here": register.create,
            "set.open": register.edit,
            "set.edit": register.edit,
            "set.off": off,
        }.get(action_id) or ""

    def record_ids(self) -> dict[str, int]:
        row, register = self.list.row, self.register
        return {} if row is None or register is None else self._ids(row)

    def action_new_here(self) -> None:
        """A new record, beside the one under the cursor."""
        register = None if self.shelf.none else self.register
        if register is None or not register.create:
            self.tell(say(N_("There is nothing to add here: enter changes a setting.")))
            return
        row = self.list.row
        raw = dict(row.beside) if row is not None else {}
        labels = dict(row.labels) if row is not None else {}
        subject = "new"
        if (whose := self.belonging.whose) is not None:
            raw[whose.field], labels[whose.field] = f"#{whose.id}", whose.name
            subject = f"new/{whose.field}:{whose.id}"  # a draft begun of another would bring that one along
        self._form(register.create, raw=raw, labels=labels, again=raw, subject=subject)

    def _form(self, command: str, *, heading: str = "", **more: Any) -> None:
        new = self.register is not None and command == self.register.create
        self._newest = max((row.id for row in self.rows), default=0) if new else None
        title = heading or say(self.shell.command(command).title)
        self.go("form", command=command, heading=title, **more)

    async def action_set_off(self) -> None:
        """Take the record out of use, or give it back; what the rule asks for is asked in a form."""
        row, register = self.list.row, self.register
        if row is None or register is None or self.on_shelf:
            return
        command = register.off if row.active else register.on
        if not command:
            self.tell(say(N_("These are not taken out of use.")))
            return
        with_it = dict(register.off_with) if row.active else {}
        told = register.told_off if row.active and register.told_off else OFF
        outcome = await self.write(self.shell.command(command)(**self._ids(row), **with_it))
        if isinstance(outcome, Refusal) and outcome.fields:
            self._form(
                command,
                heading=say(outcome.reason),
                about=row.name,
                fixed=self._named(row) | with_it,
                fields=outcome.fields,
                done=say(told, name=row.name),
            )
        else:
            self.answer(outcome, say(told if row.active else ON, name=row.name))

    async def action_set_up(self) -> None:
        await self._move(-1)

    async def action_set_down(self) -> None:
        await self._move(1)

    async def _move(self, step: int) -> None:
        row, register = self.list.row, self.register
        if row is None or register is None or not register.move:
            self.tell(say(N_("These have no order of their own.")))
            return
        moved: Any = self.shell.command(register.move)
        outcome = await self.write(moved(**self._ids(row), step=step))
        self.answer(outcome)

    def action_set_trail(self) -> None:
        """What happened to this record."""
        row, register = self.list.row, self.register
        if row is not None and register is not None:
            entity = register.told_of or register.entity
            self.go("record_history", entity=entity, entity_id=row.belongs.get(entity, row.id), name=row.name)

    def action_set_menu(self) -> None:
        """The lists of what belongs to this record; of the machine's own settings, the setup as a file."""
        row, register = self.list.row, self.register
        if register is None:
            self.app.push_screen(related.whole(self.go))
        elif row is None or not (register.related or register.opens):
            self.tell(say(N_("Nothing else belongs to these.")))
        else:
            to = self._show_of, self._open_for
            self.app.push_screen(related.menu(self.crm, self.shell.registers, register, row, *to))

    def _open_for(self, place: str, row: RegisterRow) -> None:
        self.go(place, cards=[(row.id, row.version, row.name)])

    def _show_of(self, at: int, field: str, row: RegisterRow) -> None:
        """Show the records of the register at that place which belong to this one."""
        self.belonging.enter(self.shelf.at, row.id, Whose(field, row.id, row.name))
        self._turn_to(at + 1)

    def _way_back(self) -> None:
        """Back to the record that led here."""
        step = self.belonging.leave()
        self._turn_to(self.shelf.at if step is None else step.at)
        if step is not None:
            self.list.go_to(step.row)

    def _turn_to(self, at: int) -> None:
        self.shelf.at, self.words = at, ""
        self.read()
        self.list.action_nav_first()
        self.list.focus()

    def acted(self, done: int, what: str, left: Sequence[int] = ()) -> None:
        """A form was saved; the cursor goes to what it made (known by its number: the news of it came before)."""
        self.read()
        made = max((row.id for row in self.rows), default=0)
        if self._newest is not None and made > self._newest:
            self.list.go_to(made)
            self._newest = made
        self.tell(what)


def _around(row: RegisterRow) -> dict[str, int]:
    """Of what a record of a stage or of a form may name others: of the same board, of the same form."""
    known = {"form", "board"} if "stage" in row.belongs else {"form"}
    return {name: i for name, i in row.belongs.items() if name in known}
