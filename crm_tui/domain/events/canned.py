"""What happens to the standard texts."""

from __future__ import annotations

from crm_tui.domain.happened import Named
from crm_tui.i18n import N_


class StandardTextAdded(Named):
    kind = "standard_text.added"
    entity = "standard_text"
    sentence = N_("Standard text {name} added")


class StandardTextEdited(Named):
    kind = "standard_text.edited"
    entity = "standard_text"
    sentence = N_("Standard text {name} changed")


class StandardTextDeactivated(Named):
    kind = "standard_text.deactivated"
    entity = "standard_text"
    sentence = N_("Standard text {name} taken out of use")


class StandardTextReactivated(Named):
    kind = "standard_text.reactivated"
    entity = "standard_text"
    sentence = N_("Standard text {name} back in use")
