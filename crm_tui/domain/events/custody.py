"""What happens to the base as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRestored(Happened):
    """A copy of this name was put back: what stood behind its last event is in the copy that was made of the present.
    Nothing to undo: that copy is put back the same way."""

    kind: ClassVar[str] = "base.restored"
    entity: ClassVar[str] = "user"
    sentence: ClassVar[str] = N_("Base restored from {file}")
    touches: ClassVar[bool] = False
    undoable: ClassVar[bool] = False
    file: str
