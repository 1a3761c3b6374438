"""What an empty queue says: that it is good news, what belongs here, and the keys that lead on."""

from __future__ import annotations

from crm_tui.i18n import N_, say
from crm_tui.widgets.looks import Run


def empty(filtered: bool) -> list[list[Run]]:
    """The lines under no rows; `filtered` says that a filter is the cause."""
    if filtered:
        return [[], _said(N_("Nothing matches.")), *_keyed(("F", N_("clear the filter")))]
    return [
        [],
        _said(N_("Nothing is due, today or before.")),
        [
            Run("     "),
            Run(say(N_("Here stand the contacts with a date: whom to call, when and why.")), "muted"),
        ],
        [],
        *_keyed(
            ("n", N_("a new contact, its date in words: amanhã 14h, sex, +3d")),
            ("2", N_("look at the board")),
            ("4", N_("look for a person")),
            (":", N_("every action by name; «import» brings your contacts")),
        ),
    ]


def _said(words: str) -> list[Run]:
    return [Run("     "), Run(say(words), "bright", True)]


def _keyed(*lines: tuple[str, str]) -> list[list[Run]]:
    return [
        [Run("     "), Run(key, "accent", True), Run("  "), Run(say(text), "text")] for key, text in lines
    ]
