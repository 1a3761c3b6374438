"""*Nova pessoa*, with the fields of one's own, and *Editar pessoa*, with who is known already under the fields: `f4`
opens that person, and what was typed is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_tui.domain.form import FormAsked
from crm_tui.domain.once import Known
from crm_tui.domain.outcome import Done
from crm_tui.i18n import N_, say
from crm_tui.screens.core import barred
from crm_tui.screens.core.asking import AskingForm
from crm_tui.screens.core.reach import reaches
from crm_tui.services.form import views as forms


class NewPartyScreen(AskingForm):
    """See the module. Where a field below waits for somebody, that one is put into it."""

    PLACE = "party_form"

    def read_scripts(self, raw: Mapping[str, str]) -> list[FormAsked]:
        """The fields of one's own: those that must be answered hold the person up, the others may wait."""
        return (
            self.crm.read(forms.asked_of_new_person) if reaches(self.crm, forms.asked_of_new_person) else []
        )

    def took(self, who: Known) -> None:
        self.run_worker(self._take(who), exclusive=True)

    async def _take(self, who: Known) -> None:
        if not await self.parking.save():  # what was typed may be of somebody else, or new of this one
            return
        below, made = self.under(), self.made
        kept = self.parking.found() is not None
        self.dismiss(None)
        if made is not None:
            self.app.call_later(made, Done(batch="", ref=who.code, entity="party", entity_id=who.id))
        elif below is not None:
            told = say(N_("Known already; what you typed is kept as a draft."))
            below.go("person", party=who.id, said=told if kept else "")


class EditPartyScreen(NewPartyScreen):
    """A person who is there: somebody else is told by what was changed alone, so that a form that one only looks at
    says nothing."""

    PLACE = "party_edit_form"

    def __init__(self, command: str, **form: Any) -> None:
        super().__init__(command, **form)
        self.scripts = []  # theirs are edited from the menu of the person
        self.about_party = barred.ids(self.fixed).get("party", 0)

    def typed(self) -> dict[str, str]:
        return {name: text for name, text in self.raw().items() if text != self.first.get(name, "")}
