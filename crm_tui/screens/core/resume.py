"""Taking up a draft: the screen in which it was begun, as it stood, or the list if its record is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crm_tui.domain.subject import record_of
from crm_tui.i18n import say
from crm_tui.screens.core import barred
from crm_tui.screens.core.forms import FormScreen
from crm_tui.screens.core.go import Go
from crm_tui.screens.core.kept import asked_of, shape
from crm_tui.screens.core.leftover import MANY
from crm_tui.services.core import records

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.drafts import DraftRow

PLACES: Final = {"new_card": "card_form", "new_party": "party_form", "edit_party": "party_edit_form"}
"""The forms that are more than the generated one, by what they ask for."""


def resume(shell: Shell, draft: DraftRow) -> FormScreen | None:
    """The generated form as it stood; a note goes to its own editor, answers to their form as it is now.

    One whose record is gone could only be refused: it is shown among the drafts, where it can be read.
    """
    command = asked_of(shell, draft)
    if command is None or shell.crm.read(records.gone, draft.subject):
        _elsewhere(shell, Go("drafts", draft=draft.id))
        return None
    if draft.command == "file_note":
        about = record_of(draft.subject)
        assert about is not None, draft.subject
        _elsewhere(shell, Go("note", **dict([about]), draft=draft))
        return None
    began = shape(draft.payload)
    if draft.command == "fill_person" and draft.subject.startswith(MANY):
        ids = [barred.ids(each).get("party") for each in began.get("targets", ())]
        people = [*zip(ids, began.get("names", ()), strict=False)]
        form, key = barred.ids(began.get("fixed", {})).get("form"), (*(began.get("fields") or ()), "")[0]
        now = began.get("about", "")
        _elsewhere(shell, Go("fill_people", form=form, key=key, people=people, now=now, draft=draft))
        return None
    if draft.command in ("answer_form", "fill_person"):
        asked = barred.ids(began.get("fixed", {}))
        asked_about = {name: asked.get(name) for name in ("card", "party", "form")}
        _elsewhere(shell, Go("answer", **asked_about, draft=draft))
        return None
    began = {"heading": say(command.title), **began}
    if draft.command in PLACES:
        began |= {"command": draft.command, "subject": draft.subject}
        _elsewhere(shell, Go(PLACES[draft.command], **began, draft=draft))
        return None
    return FormScreen(draft.command, **began, subject=draft.subject, draft=draft)


def _elsewhere(shell: Shell, go: Go) -> None:
    """Another place shows it; keys typed ahead wait for that one."""
    shell.gate.hold()
    shell.post_message(go)
