"""What happens to saved views."""

from __future__ import annotations

from crm_tui.domain.happened import Named
from crm_tui.i18n import N_


class FilterSaved(Named):
    kind = "filter.saved"
    entity = "saved_filter"
    sentence = N_("View {name} saved")


class FilterEdited(Named):
    kind = "filter.edited"
    entity = "saved_filter"
    sentence = N_("View {name} changed")


class FilterDeleted(Named):
    kind = "filter.deleted"
    entity = "saved_filter"
    sentence = N_("View {name} deleted")
