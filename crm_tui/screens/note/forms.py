"""The comment form."""

from __future__ import annotations

from crm_tui.i18n import N_, say
from crm_tui.screens.core.forms import FormScreen
from crm_tui.screens.core.shell import Shell


def comment(shell: Shell, card: int | None = None, party: int | None = None) -> FormScreen:
    """An internal comment on a card or a person."""
    fixed = {"card": f"#{card}"} if card is not None else {"party": f"#{party}"}
    return FormScreen(
        "add_comment",
        heading=say(N_("Comment")),
        fixed=fixed,
        fields=("body",),
        subject=f"card:{card}" if card is not None else f"party:{party}",
        done=say(N_("Comment saved")),
    )
