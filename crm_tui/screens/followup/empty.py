"""What an empty queue says: that it is good news, what belongs here, the keys that lead on; what was done, what waits.

Knows the figures that it is given, and how they are said.
"""

from __future__ import annotations

from dataclasses import dataclass

from crm_tui.domain.followup import Around, DayDone
from crm_tui.i18n import N_, say, say_n
from crm_tui.widgets.looks import Run
from crm_tui.widgets.pane import Line, wrap

ROOMY = (76, 13)
"""Cells and rows from which each key has a second line, and the text stands away from the edge."""
_ALONE, _NOTHING = Around(0, 0), DayDone(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Empty:
    """The figures: `filtered` that words leave nothing, `mine` that only one's own contacts are asked for,
    `waiting` the contact that `A` would bring (empty: none)."""

    filtered: bool = False
    mine: bool = True
    around: Around = _ALONE
    done: DayDone = _NOTHING
    waiting: str = ""


def lines(empty: Empty, width: int, height: int) -> list[list[Run]]:
    """The lines under no rows, for a list of that size."""
    roomy = width >= ROOMY[0] and height >= ROOMY[1]
    indent = " " * (12 if roomy else 3)
    keys = list(_keys(empty))
    rows: list[list[Run]] = [[]] if roomy else []
    if empty.filtered:
        rows.append([Run(indent), Run(say(N_("Nothing matches.")), "bright", True)])
    else:
        good = say(N_("Nothing is due, today or before."))
        here = say(N_("Here stand the contacts with a date: whom to call, when and why."))
        rows.append([Run(indent), Run(good, "bright", True)])
        rows += [[Run(indent), *row] for row in wrap([Run(here, "muted")], width - len(indent) - 1)]
    rows.append([])
    for key, what, more in keys:
        rows.append([Run(indent), Run(f"{key:<3}", "accent", True), Run(what, "bright")])
        if roomy and more:
            rows.append([Run(f"{indent}   "), Run(more, "muted")])
    return rows


def _keys(empty: Empty) -> list[tuple[str, str, str]]:
    """Key, what it does, and what to know about it."""
    if empty.filtered:
        return [("F", say(N_("clear the filter")), "")]
    found = [
        ("n", say(N_("a new contact")), say(N_("its date in words: tomorrow 14h, fri, +3d"))),
        (":", say(N_("bring your contacts")), say(N_("write “import”: Google, Outlook, HubSpot, a sheet"))),
        ("2", say(N_("look at the board")), _cards(empty.around.cards)),
    ]
    if empty.mine and empty.around.of_others:
        n = empty.around.of_others
        hidden = say_n(
            "owner:me hides {n} contact of a colleague", "owner:me hides {n} contacts of colleagues", n
        )
        found.append(("F", say(N_("clear the filter")), hidden))
    return found


def _cards(n: int) -> str:
    return say_n("{n} open card of the team", "{n} open cards of the team", n) if n else ""


def after_work(empty: Empty) -> list[list[Line]]:
    """The pane below: what was done today, and whom `A` would bring."""
    done, blocks = empty.done, []
    if done.contacts:
        made = say_n("{n} contact done today", "{n} contacts done today", done.contacts)
        parts = [
            say_n("{n} was overdue", "{n} were overdue", done.overdue) if done.overdue else "",
            say_n("{n} due today", "{n} due today", done.today) if done.today else "",
        ]
        told = ", ".join(part for part in parts if part)
        blocks.append([Line((Run(made, "bright", True), Run(f"   {told}" if told else "", "muted")))])
    if empty.waiting:
        brings = say(N_("attend would bring the oldest lead without an owner:"))
        blocks.append(
            [Line((Run("A ", "accent", True), Run(f"{brings} ", "muted"), Run(empty.waiting, "bright")))]
        )
    return blocks
