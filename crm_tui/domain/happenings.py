"""Every kind of event that the program can write, by its name in the trail.

Listed by hand, so that reading an old timeline needs no handler to be loaded; a test compares the list with
the classes that there are. Knows nothing of how a sentence is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crm_tui.domain.events.access import UserAdded, UserDeactivated, UserEdited, UserReactivated
from crm_tui.domain.events.activity import ActivityCanceled, ActivityPlanned, ActivityRedated, StepEdited
from crm_tui.domain.events.board import (
    BoardAdded,
    BoardEdited,
    CardArchived,
    CardCopied,
    CardDeleted,
    CardEdited,
    CardHandedOver,
    CardLost,
    CardMoved,
    CardOpened,
    CardOrdered,
    CardUnarchived,
    CardWon,
    StageAdded,
    StageArchived,
    StageEdited,
)
from crm_tui.domain.events.channel import (
    ChannelAdded,
    ChannelDeactivated,
    ChannelEdited,
    ChannelReactivated,
)
from crm_tui.domain.events.moving import (
    CardCameOf,
    CardConverted,
    CardSent,
    CardServed,
    CardWentOn,
    LabelsLeft,
)
from crm_tui.domain.events.note import CommentAdded, FileAttached, NoteFiled
from crm_tui.domain.events.party import PartyAdded, PartyDeleted, PartyEdited
from crm_tui.domain.happened import Happened
from crm_tui.domain.trail import Redone, Undone

HAPPENINGS: Final[tuple[type[Happened], ...]] = (
    *(UserAdded, UserEdited, UserDeactivated, UserReactivated),
    *(PartyAdded, PartyEdited, PartyDeleted),
    *(BoardAdded, BoardEdited, StageAdded, StageEdited, StageArchived),
    *(CardOpened, CardCopied, CardEdited, CardMoved, CardOrdered, CardHandedOver),
    *(CardWon, CardLost, CardArchived, CardUnarchived, CardDeleted),
    *(CardSent, LabelsLeft, CardConverted, CardServed, CardWentOn, CardCameOf),
    *(ChannelAdded, ChannelEdited, ChannelDeactivated, ChannelReactivated),
    *(ActivityPlanned, ActivityRedated, ActivityCanceled, StepEdited),
    *(NoteFiled, CommentAdded, FileAttached),
    *(Undone, Redone),
)

BY_KIND: Final[Mapping[str, type[Happened]]] = {happened.kind: happened for happened in HAPPENINGS}
"""The class of each kind of event."""
