"""What happens to the classes of people."""

from __future__ import annotations

from crm_tui.domain.happened import Named
from crm_tui.i18n import N_


class PartyClassAdded(Named):
    kind = "party_class.added"
    entity = "party_class"
    sentence = N_("Class {name} added")


class PartyClassEdited(Named):
    kind = "party_class.edited"
    entity = "party_class"
    sentence = N_("Class {name} changed")


class PartyClassDeactivated(Named):
    kind = "party_class.deactivated"
    entity = "party_class"
    sentence = N_("Class {name} taken out of use")


class PartyClassReactivated(Named):
    kind = "party_class.reactivated"
    entity = "party_class"
    sentence = N_("Class {name} back in use")
