"""The comment form."""

from __future__ import annotations

from crm_tui.domain.subject import subject_of
from crm_tui.i18n import N_, say
from crm_tui.screens.core.forms import FormScreen
from crm_tui.screens.core.shell import Shell
from crm_tui.services.board import views as boards
from crm_tui.services.party import views as parties


def comment(shell: Shell, card: int | None = None, party: int | None = None) -> FormScreen:
    """An internal comment on a card or a person."""
    found = shell.crm.read(boards.detail, card) if card is not None else None
    person = shell.crm.read(parties.detail, party) if found is None and party is not None else None
    name = (found.party or found.title) if found is not None else person.name if person is not None else ""
    fixed = {"card": f"#{card}"} if card is not None else {"party": f"#{party}"}
    return FormScreen(
        "add_comment",
        heading=say(N_("Comment")),
        about=name,
        fixed=fixed,
        fields=("body",),
        subject=subject_of(card, party),
        done=say(N_("Comment saved")),
    )
