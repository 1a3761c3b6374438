"""With whom one speaks, inside the parecer: the main contact, said in its head, or another, chosen or made. (T31)"""

from __future__ import annotations

from crm_tui.domain.fields import Option
from crm_tui.i18n import N_, say
from crm_tui.screens.core import inputs
from crm_tui.screens.core.made import MakesPeople
from crm_tui.screens.note.fields import NoteFields
from crm_tui.services.note import views as notes
from crm_tui.services.party import views as parties
from crm_tui.widgets.pick import Pick


class NoteContact(NoteFields, MakesPeople):
    """See the module; `NoteEditor` completes it."""

    contact: Option | None = None
    """The contact that holds while nobody says another."""

    def read_contact(self, activity: int | None) -> None:
        """Who holds, for the step that is registered, the card or the person."""
        about = {"card": self.card_id, "party": self.party_id, "activity": activity}
        self.contact = self.crm.read(notes.contact, **about)

    def spoken_with(self) -> str:
        """The name of the contact as it is to be filed."""
        field = self.inputs.get("contact")
        if isinstance(field, Pick):
            return field.value.label if field.value is not None else ""
        return self.contact.label if self.contact is not None else ""

    def said_contact(self) -> str:
        """The contact as the command is given it: who is on the screen is who is filed, whatever becomes of the card
        meanwhile; empty: nobody."""
        if "contact" in self.inputs:
            return inputs.raw_of(self.inputs["contact"])
        return f"#{self.contact.value}" if self.contact is not None else ""

    def contact_words(self) -> str:
        """With whom one speaks, as it is said behind whom the note is about."""
        contact = self.spoken_with()
        return say(N_("with {who}"), who=contact) if contact else ""

    def _who(self) -> str:
        if self.card is not None and self.card.party:
            return self.card.party
        party = self.crm.read(parties.detail, self.party_id) if self.party_id is not None else None
        return party.name if party is not None else ""

    def account(self) -> int | None:
        return self.party_id
