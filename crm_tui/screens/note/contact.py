"""With whom one speaks, inside the parecer: the main contact, said in its head, or another, chosen or made. (T31)"""

from __future__ import annotations

from crm_tui.domain.fields import Option
from crm_tui.i18n import N_, say
from crm_tui.screens.note.desk import Desk, Part
from crm_tui.services.note import views as notes
from crm_tui.widgets.pick import Pick


class Contact(Part):
    """Who is spoken with: `meant` while nobody says another."""

    meant: Option | None = None

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def read(self) -> None:
        """Who holds, for the step that is registered, the card or the person."""
        desk = self._desk
        about = {"card": desk.card_id, "party": desk.party_id, "activity": desk.activity_id}
        self.meant = desk.crm.read(notes.contact, **about)

    def name(self) -> str:
        """The name of the contact as it is to be filed."""
        field = self._desk.inputs.get("contact")
        if isinstance(field, Pick):
            return field.value.label if field.value is not None else ""
        return self.meant.label if self.meant is not None else ""

    def words(self) -> str:
        """With whom one speaks, as it is said behind whom the note is about."""
        name = self.name()
        return say(N_("with {who}"), who=name) if name else ""

    def filed(self) -> dict[str, str]:
        """Who is on the screen is who is filed, whatever becomes of the card meanwhile; empty: nobody."""
        if "contact" in self._desk.inputs:
            return {"contact": self._desk.text("contact")}
        return {"contact": f"#{self.meant.value}" if self.meant is not None else ""}
