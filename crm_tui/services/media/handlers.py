"""How media sources are added, renamed, ordered, and taken out of use."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.media import (
    MediaSourceAdded,
    MediaSourceDeactivated,
    MediaSourceEdited,
    MediaSourceReactivated,
)
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Handler
from crm_tui.services.core.kept import Kept
from crm_tui.services.core.use import Using
from crm_tui.services.media.commands import (
    AddMediaSource,
    DeactivateMediaSource,
    EditMediaSource,
    MoveMediaSource,
    ReactivateMediaSource,
)
from crm_tui.store.tables import MediaSource

_KEPT, _USE = Kept(MediaSource, "media_source", {"name": "name"}), Using(MediaSource, "media_source")
HANDLERS: dict[type[Command], Handler[Any]] = {
    AddMediaSource: _KEPT.adds(MediaSourceAdded),
    EditMediaSource: _KEPT.edits(MediaSourceEdited),
    MoveMediaSource: _KEPT.moves(MediaSourceEdited),
    DeactivateMediaSource: _USE.ends(MediaSourceDeactivated, N_("This media source is out of use already.")),
    ReactivateMediaSource: _USE.begins(MediaSourceReactivated, N_("This media source is in use already.")),
}
