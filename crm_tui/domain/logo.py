"""The company's logo: a drawing of signs in a few lines, because a terminal shows no pictures. (M105)"""

from __future__ import annotations

from typing import Final

from crm_tui.domain.text import sanitise
from crm_tui.i18n import N_, Text

LINES: Final = 5
WIDTH: Final = 36
"""Letters of a line: a column of the help, where it stands, has 38 cells."""


def drawn(text: str) -> str | None:
    """The drawing without blank lines round it and without the margin that all of its lines share; None if it is larger
    than `LINES` and `WIDTH`."""
    lines = [line.rstrip() for line in sanitise(text).expandtabs(4).split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    margin = min((len(line) - len(line.lstrip()) for line in lines if line), default=0)
    lines = [line[margin:] for line in lines]
    if len(lines) > LINES or any(len(line) > WIDTH for line in lines):
        return None
    return "\n".join(lines)


def too_large() -> Text:
    """Why a drawing is none."""
    reason = N_("The logo is too large: draw it in {lines} lines of {letters} letters at most.")
    return Text(reason, {"lines": LINES, "letters": WIDTH})
