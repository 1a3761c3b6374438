"""The operator's own settings as rows: each has a value, and enter gives it the next one.

They live in a file of the machine, not in the base. Knows the config's fields, no widget.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crm_tui.domain.register import RegisterRow
from crm_tui.i18n import N_, Text, language, say
from crm_tui.services.access import views as access
from crm_tui.services.core.reading import Denied
from crm_tui.ui import config as configs
from crm_tui.widgets.bars import ROOMY

if TYPE_CHECKING:
    from crm_tui.screens.core.base import CrmScreen
    from crm_tui.screens.core.shell import Shell

TITLE: Final = N_("This machine")
ABOUT: Final = N_(
    "How the program looks and is typed here; kept in a file of yours, not in the base. o has copies of the "
    "database and the whole setup as a file."
)
WORDS: Final = N_("backup, restore, keyboard, colours, export and import the setup, TOML")
"""By what the list is looked for besides."""
EACH_KEY: Final = 5
"""The row that leads to the keys of the actions."""
PIN: Final = 6
"""The row of one's PIN."""
COMPANY: Final = 7
"""The row of whose database it is."""
MOUSE: Final = 8
"""The row of whether the mouse is asked for."""
HEADS: Final = (N_("Setting"), N_("Value"), N_("What it does"))
_SPOKEN: Final = {"pt-BR": "Português", "en": "English"}


def rows(shell: Shell) -> list[RegisterRow]:
    """The settings as they are in force."""
    look = shell.look
    vim = shell.config.keys == "vim"
    found: tuple[tuple[str, Text, str], ...] = (
        (N_("Language"), Text(_SPOKEN[language()]), N_("of screens and dates")),
        (N_("Theme"), Text(N_("dark")) if look.dark else Text(N_("light")), N_("dark or light")),
        (
            N_("Keys"),
            Text("Vim") if vim else Text(N_("the usual set")),
            N_("the usual ones, or those of Vim"),
        ),
        (
            N_("Signs"),
            Text(N_("plain ASCII")) if look.ascii else Text(N_("all of them")),
            N_("all, or plain ASCII"),
        ),
    )
    own = Text(N_("{n} of your own"), {"n": len(shell.config.keymap)})
    keys = (N_("Each key"), own, N_("another key for an action"))
    found = (*found, keys, *_pin(shell))
    slim = shell.screen.app.size.width < ROOMY  # what it does would be cut: the help of the place says it
    mouse = Text(N_("the program")) if shell.config.mouse else Text(N_("the terminal"))
    listed = [
        *enumerate(found, start=1),
        (MOUSE, (N_("Mouse"), mouse, N_("whose it is from the next start on"))),
        *((COMPANY, each) for each in _company(shell)),
    ]
    return [
        RegisterRow(n, 0, label, (Text(label), value, Text("" if slim else about)))
        for n, (label, value, about) in listed
    ]


def _company(shell: Shell) -> list[tuple[str, Text, str]]:
    """Whose database it is; kept in the base, for everybody. (M105)"""
    try:
        name = shell.crm.read(access.company).name
    except Denied:
        return []
    value = Text(name) if name else Text(N_("not named yet"))
    return [(N_("Company"), value, N_("in the base, for everybody"))]


def _edit_company(screen: CrmScreen[Any]) -> None:
    from crm_tui.ui import formats

    there = screen.shell.crm.read(access.company)
    screen.go(
        "form",
        command="edit_company",
        heading=say(N_("Company")),
        fixed={"version": str(there.version)} if there.version is not None else {},
        raw={
            "name": there.name,
            "legal_name": there.legal_name,
            "document": formats.document(there.document) if there.document else "",
            "logo": there.logo,
        },
        subject="company",
        done=say(N_("Company changed")),
        changes_only=True,
    )


def _pin(shell: Shell) -> list[tuple[str, Text, str]]:
    """Whether one has a PIN; of who may have none, nothing. (B56)"""
    try:
        there = shell.crm.read(access.has_pin)
    except Denied:
        return []
    value = Text(N_("set")) if there else Text(N_("none"))
    return [(N_("My PIN"), value, N_("to approve for a colleague"))]


def enter(screen: CrmScreen[Any], row_id: int) -> None:
    """Give a setting its next value, and say so; a PIN is asked in a form."""
    shell = screen.shell
    if row_id == EACH_KEY:
        screen.go("keylist")
        return
    if row_id == COMPANY:
        _edit_company(screen)
        return
    if row_id != PIN:
        problem = shell.prefer(**next_value(shell, row_id))
        screen.tell(problem or say(N_("Changed, and kept for this machine.")))
        return
    there = shell.crm.read(access.has_pin)
    screen.go(
        "form",
        command="set_pin",
        heading=say(N_("My PIN")),
        about=shell.crm.viewer.login,
        fields=(*(("current",) if there else ()), "pin", "again"),
        subject="pin",
        done=say(N_("PIN set")),
    )


def next_value(shell: Shell, row_id: int) -> Mapping[str, str | bool]:
    """What the setting of that row is changed to."""
    match row_id:
        case 1:
            return {"language": "en" if language() == "pt-BR" else "pt-BR"}
        case 2:
            return {"theme": "light" if shell.look.dark else "dark"}
        case 8:
            return {"mouse": not shell.config.mouse}
        case 3:
            return {"keys": "default" if shell.config.keys == "vim" else "vim"}
        case _:
            return {"ascii": not shell.look.ascii}


def below(shell: Shell) -> list[tuple[str, Text]]:
    """(role, sentence) lines under the rows: where the file is, how a key is changed, what was wrong in it."""
    lines = [
        ("muted", Text(N_("Kept in {path}"), {"path": _short(configs.path())})),
    ]
    lines += [("overdue", problem) for problem in shell.config.problems]
    return lines


def _short(path: Path) -> str:
    """The path with `~` for the home, so that it is not broken over two rows."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
