"""Notices: what an operator is told once, whether or not a list is open. (E29)

Pure: their words are made when they are shown, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from crm_tui.i18n import C_


class NoticeKind(StrEnum):
    """What a notice is about."""

    STAGE_DUE = "stage_due"
    APPOINTMENT = "appointment"


class Told(StrEnum):
    """What somebody else did to an appointment in which one takes part."""

    INVITED = "invited"
    MOVED = "moved"
    PLACE = "place"
    CANCELED = "canceled"
    RESTORED = "restored"
    DECLINED = "declined"


TOLD_NAMES: Final[Mapping[Told, str]] = {
    Told.INVITED: C_("notice", "invited you"),
    Told.MOVED: C_("notice", "moved it"),
    Told.PLACE: C_("notice", "other place"),
    Told.CANCELED: C_("notice", "cancelled it"),
    Told.RESTORED: C_("notice", "planned again"),
    Told.DECLINED: C_("notice", "declined"),
}
"""What each is called behind the login of who did it; context `notice`."""

AT_MOST = 500
"""So many are counted and listed; one more says that there are more."""


class DueStages(NamedTuple):
    """How many cards that concern somebody should have left their stage, should today, and should by `until`, the
    next working day; `AT_MOST` and one more where there are more."""

    late: int
    today: int
    soon: int
    until: date

    def __bool__(self) -> bool:
        return bool(self.late or self.today or self.soon)


class DueCard(NamedTuple):
    """A card whose stage is late or near, as a list shows it; `owner` answers for it there. `notice` is the id of the
    notice that told of it, `told_at` when; 0 and None in the list that needs none."""

    card_id: int
    number: str
    title: str
    party: str | None
    board: str
    stage: str
    due_on: date
    owner: str | None
    notice: int = 0
    told_at: datetime | None = None


class AgendaNotice(NamedTuple):
    """What somebody did to an appointment of the viewer's; `activity_id` opens it, `by` is a login. `start_at` is None
    where it is for the whole day."""

    notice: int
    told_at: datetime
    activity_id: int
    what: Told
    by: str
    subject: str
    party: str | None
    start_at: datetime | None
    due_on: date
