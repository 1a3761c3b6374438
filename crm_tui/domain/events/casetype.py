"""What happens to the service types."""

from __future__ import annotations

from crm_tui.domain.happened import Named
from crm_tui.i18n import N_


class CaseTypeAdded(Named):
    kind = "case_type.added"
    entity = "case_type"
    sentence = N_("Service type {name} added")


class CaseTypeEdited(Named):
    kind = "case_type.edited"
    entity = "case_type"
    sentence = N_("Service type {name} changed")


class CaseTypeDeactivated(Named):
    kind = "case_type.deactivated"
    entity = "case_type"
    sentence = N_("Service type {name} taken out of use")


class CaseTypeReactivated(Named):
    kind = "case_type.reactivated"
    entity = "case_type"
    sentence = N_("Service type {name} back in use")
