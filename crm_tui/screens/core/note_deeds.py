"""What becomes of a filed parecer, from wherever it is read: corrected by another one, or made void. (B48)

The entries of the menus on a note; what they do is the commands'.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from crm_tui.domain.events.note import NoteAmended, NoteFiled
from crm_tui.domain.outcome import RefusedBy
from crm_tui.domain.trail import Entry
from crm_tui.i18n import N_, say
from crm_tui.screens.core import barred, person_deeds
from crm_tui.screens.core.base import CrmScreen
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.screens.core.shell import Shell

FILED: Final = frozenset((NoteFiled.kind, NoteAmended.kind))
"""Kinds of entry that are about a filed parecer."""


def note_of(entry: Entry | None) -> int | None:
    """The filed note that an entry is about."""
    return entry.entity_id if entry is not None and entry.kind in FILED else None


def items(below: CrmScreen[Any], note: int) -> list[Item]:
    """Correct it, make it void: by the numbers, since the letters belong to the card's own menu."""
    return [
        _item(below, note, "amend_note", N_("Correct this note…"), N_("by another that points to it"), "1"),
        _item(below, note, "void_note", N_("Make this note void…"), N_("it stays, and says why"), "2"),
    ]


def _item(below: CrmScreen[Any], note: int, command: str, label: str, hint: str, key: str) -> Item:
    refusal = barred.refusal(below.shell, command, {"note": note})
    if refusal is None:
        return Item(say(label), say(hint), partial(below.go, command, note=note), key)
    why = N_("your profile does not allow it") if refusal.by is RefusedBy.PERMISSION else ""
    told = say(why) if why else say(refusal.reason)
    return Item(say(label), told, partial(below.go, "refusal", refusal=refusal), key, muted=True)


def note_menu(shell: Shell, note: int, party: int | None = None) -> MenuScreen | None:
    """`o` on a note of the history; with what is done with the `party` on whose screen it stands."""
    below = shell.screen
    if not isinstance(below, CrmScreen):
        return None
    of_person = person_deeds.items(below, party) if party is not None else []
    return MenuScreen(say(N_("Filed note")), [*items(below, note), *of_person])
