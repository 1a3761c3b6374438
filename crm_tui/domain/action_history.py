"""The history of actions: what was done with whom, and how it ended. (T13)

Rows and what is asked of them; knows no store and no screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple


class ActionRow(NamedTuple):
    """A registered action; `done_at` aware, `body` the beginning of what was written, `contact` with whom one spoke."""

    id: int
    done_at: datetime
    party_id: int | None
    party: str | None
    card_id: int | None
    number: str | None
    action: str
    campaign: str | None
    result: str | None
    tone: str | None
    detail: str | None
    by: str
    medium: str | None
    note_id: int | None
    body: str | None
    contact: str | None


@dataclass(frozen=True, slots=True)
class ActionsAsked:
    """Which actions are meant: all that is given must hold. `mine`: registered by the viewer; `until` is a day that is
    still meant. `words` are looked for among account, contact, number, action, campaign, result, detail and person.
    `of`: done by one of these operators; `about`: with a person or on a card, not among colleagues."""

    account: int | None = None
    card: int | None = None
    action: int | None = None
    campaign: int | None = None
    result: int | None = None
    by: int | None = None
    mine: bool = False
    since: date | None = None
    until: date | None = None
    words: str = ""
    of: tuple[int, ...] | None = None
    about: bool = False


class After(NamedTuple):
    """Behind which action a page begins."""

    done_at: str
    id: int


NEWEST = After("9999", 0)


class ActionPage(NamedTuple):
    """Actions, the latest first; `after` is where to read on, None at the end."""

    rows: list[ActionRow]
    after: After | None
