"""The lists of settings: the shelf of them all, and `o`, from a record to those of what belongs to it, each with how
many there are.

A board's stages, members and base cards; an operator's boards. Generated from the registers' declarations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from crm_tui.domain.register import Register, RegisterRow, Section
from crm_tui.i18n import N_, say
from crm_tui.screens.core import personal
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.screens.core.shelf import Shelved, shelved
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.reading import Denied

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell

Show = Callable[[int, str, RegisterRow], None]
"""Is told the place of the register, by which field its records belong, and to which record."""
Open = Callable[[str, RegisterRow], None]
"""Is told the name of a place, and the record that it is about."""


def menu(
    crm: Crm, registers: Sequence[Register], register: Register, row: RegisterRow, show: Show, go: Open
) -> MenuScreen:
    """The sheet of the lists that belong to a record of this register, and of what else is set of it."""
    places = {each.name: at for at, each in enumerate(registers)}

    def item(label: str, name: str, field: str) -> Item | None:
        at = places[name]
        try:
            held: list[RegisterRow] = crm.read(registers[at].view)
        except Denied:
            return None
        mine = sum(each.belongs.get(field) == row.id for each in held)
        return Item(say(label), str(mine), lambda: show(at, field, row))

    items = [found for each in register.related if (found := item(*each)) is not None]
    items += [Item(say(label), "", partial(go, place, row)) for label, place in register.opens]
    return MenuScreen(say(N_("What belongs to it")), items, row.name)


def whole(go: Callable[[str], None]) -> MenuScreen:
    """The sheet of what is done with the whole setup."""
    items = [
        Item(say(N_("_Export the setup…")), "", partial(go, "export_setup")),
        Item(say(N_("_Import the setup…")), "", partial(go, "import_setup")),
        Item(say(N_("_Copies of the database…")), "", partial(go, "copies")),
    ]
    return MenuScreen(say(N_("The setup as a file")), items)


def records(shell: Shell, register: Register | None) -> list[RegisterRow]:
    """The records of a register; None: this machine's own settings. `Denied` as from its view."""
    if register is None:
        return personal.rows(shell)
    found: list[RegisterRow] = shell.crm.read(register.view)
    return found


def shelf(shell: Shell) -> list[Shelved]:
    """Every list with its number of records, or a sign that it is not for this operator."""
    own = shelved(personal.TITLE, "", Section.PROGRAM, personal.ABOUT, personal.WORDS)
    return [
        own,
        *(shelved(r.title, _count(shell, r), r.section, r.about, r.words, r.short) for r in shell.registers),
    ]


def _count(shell: Shell, register: Register) -> str:
    try:
        return str(len(records(shell, register)))
    except Denied:
        return shell.look.glyph("off")
