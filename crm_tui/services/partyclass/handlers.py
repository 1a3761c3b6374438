"""How classes of people are added, renamed, ordered, and taken out of use."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.partyclass import (
    PartyClassAdded,
    PartyClassDeactivated,
    PartyClassEdited,
    PartyClassReactivated,
)
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Handler
from crm_tui.services.core.kept import Kept
from crm_tui.services.core.use import Using
from crm_tui.services.partyclass.commands import (
    AddPartyClass,
    DeactivatePartyClass,
    EditPartyClass,
    MovePartyClass,
    ReactivatePartyClass,
)
from crm_tui.store.tables import PartyClass

_KEPT, _USE = Kept(PartyClass, "party_class", {"name": "name"}), Using(PartyClass, "party_class")
HANDLERS: dict[type[Command], Handler[Any]] = {
    AddPartyClass: _KEPT.adds(PartyClassAdded),
    EditPartyClass: _KEPT.edits(PartyClassEdited),
    MovePartyClass: _KEPT.moves(PartyClassEdited),
    DeactivatePartyClass: _USE.ends(PartyClassDeactivated, N_("This class is out of use already.")),
    ReactivatePartyClass: _USE.begins(PartyClassReactivated, N_("This class is in use already.")),
}
