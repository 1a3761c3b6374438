"""What happens to the media where those who come saw us first."""

from __future__ import annotations

from crm_tui.domain.happened import Named
from crm_tui.i18n import N_


class MediaSourceAdded(Named):
    kind = "media_source.added"
    entity = "media_source"
    sentence = N_("Media source {name} added")


class MediaSourceEdited(Named):
    kind = "media_source.edited"
    entity = "media_source"
    sentence = N_("Media source {name} changed")


class MediaSourceDeactivated(Named):
    kind = "media_source.deactivated"
    entity = "media_source"
    sentence = N_("Media source {name} taken out of use")


class MediaSourceReactivated(Named):
    kind = "media_source.reactivated"
    entity = "media_source"
    sentence = N_("Media source {name} back in use")
