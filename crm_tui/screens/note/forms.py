"""The forms of notes beside the editor: a comment, the correction of a filed note, why one is void."""

from __future__ import annotations

from crm_tui.domain.subject import subject_of
from crm_tui.i18n import N_, say
from crm_tui.screens.core.forms import FormScreen
from crm_tui.screens.core.shell import Shell
from crm_tui.services.board import views as boards
from crm_tui.services.core import records
from crm_tui.services.core.records import NoteRecord
from crm_tui.services.party import views as parties
from crm_tui.ui import formats


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


def amend_note(shell: Shell, note: int) -> FormScreen | None:
    """The text of a filed note, to be said otherwise; the first one stays as it was."""
    found = shell.crm.read(records.note, note)
    if found is None:
        return None
    return FormScreen(
        "amend_note",
        heading=say(N_("Correct note")),
        about=_told(shell, found),
        fixed={"note": f"#{note}"},
        raw={"body": found.body},
        fields=("body",),
        subject=f"note:{note}",
        done=say(N_("note corrected")),
        said=say(N_("The first text stays, marked as corrected.")),
    )


def void_note(shell: Shell, note: int) -> FormScreen | None:
    """Why a filed note counts no more."""
    found = shell.crm.read(records.note, note)
    if found is None:
        return None
    return FormScreen(
        "void_note",
        heading=say(N_("Make note void")),
        about=_told(shell, found),
        fixed={"note": f"#{note}"},
        fields=("reason",),
        subject=f"note:{note}",
        done=say(N_("note made void")),
        said=say(N_("It stays to be read, marked as void; the step that it registered stays done.")),
    )


def _told(shell: Shell, note: NoteRecord) -> str:
    at = formats.stamp(note.filed_at, shell.crm.clock(), shell.crm.viewer.zone) if note.filed_at else ""
    return "  ".join(filter(None, (note.card or note.party, note.author, at)))
