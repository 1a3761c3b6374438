"""For what record one schedules from Dias livres: of a card that takes no appointment any more, for its person.

That is said when the days open, before anything is filled in.
"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.board import is_closed
from crm_tui.i18n import N_, say
from crm_tui.screens.core import barred
from crm_tui.screens.core.reach import reaches
from crm_tui.screens.core.shell import Shell
from crm_tui.services.board import views as boards
from crm_tui.widgets.looks import clean


def still_open(shell: Shell, about: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The record to schedule for, as the form of an appointment takes it, and what is to be said of it; empty where it
    is the one that was asked for."""
    card = about.get("card")
    if card is None or barred.refusal(shell, "book_appointment", {"card": card}) is None:
        return about, ""
    if barred.refusal(shell, "book_appointment", {}) is not None:
        return about, ""  # it is not the card: the form says what forbids it
    found = shell.crm.read(boards.detail, card) if reaches(shell.crm, boards.detail) else None
    party, name = (found.party_id, clean(found.party or "")) if found is not None else (None, "")
    party = party or about.get("party")
    if party is None:
        return {}, say(N_("The card is closed or deleted: what you schedule here stands alone."))
    if not name:
        told = say(N_("The card is closed or deleted: you schedule for the person, without it."))
        return {"party": party}, told
    if found is not None and is_closed(found.status):
        told = say(N_("Closed card: you schedule for {who}, without it."), who=name)
    else:
        told = say(N_("The card is closed or deleted: you schedule for {who}, without it."), who=name)
    return {"party": party, "name": name}, told
