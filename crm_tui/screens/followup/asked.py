"""What the filter of Hoje asks for: whose list, with the closed ones or not, and what is left to be filtered by.

One owner's list is read by ranges of an index; only the rest of the filter is looked for in rows. It reads nothing.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from crm_tui.domain.filter_tree import (
    LIFTS_STATUS,
    ME,
    MY_TEAM,
    NOBODY,
    All,
    Filter,
    Node,
    Thing,
    Users,
    Words,
    named,
)
from crm_tui.domain.followup import Queue, Sorting
from crm_tui.i18n import N_, say

WITH_CLOSED: Final = Words("status", ("all",))
"""The condition that lets closed cards in. (B23)"""
MINE: Final = Users("owner", (ME,))
HOME: Final = Filter(All((MINE, WITH_CLOSED)))
"""One's own contacts, the closed ones at the end: what the list shows when it is opened."""
TEAMS: Final = Filter(All((Users("owner", (MY_TEAM,)), WITH_CLOSED)))
"""Everybody's of my team, and of the teams below it."""
NOBODYS: Final = Filter(All((Users("owner", (NOBODY,)),)))
"""What nobody owns: a lead that *Atender* brings stands there."""
EVERYBODYS: Final = Filter(All((WITH_CLOSED,)))
EVERYBODY: Final = 0
"""The owner whose list is that of all whom one may see."""


class Asked(NamedTuple):
    """`owner_id` None is the viewer, 0 everybody; `rest` what rows are filtered by (None: by nothing)."""

    owner_id: int | None
    closed: bool
    rest: Filter | None


OfList = tuple[tuple[int | None, bool], int]
"""A list without its filter (whose, with the closed ones or not), and how many rows it has."""


class Wanted(NamedTuple):
    """One reading of the list; `of_list` is what is known of it without its filter."""

    asked: Asked
    sorting: Sorting
    of_list: OfList | None
    cursor: int | None = None
    step: bool = False


class Answer(NamedTuple):
    """What was read, and for what."""

    queue: Queue
    of_list: OfList
    wanted: Wanted


def asked(found: Filter) -> Asked:
    """The filter taken apart."""
    owners = [node for node in found.where.of if isinstance(node, Users) and node.field == "owner"]
    alone = owners[0] if len(owners) == 1 and len(owners[0].any) == 1 else None
    whose = alone.any[0] if alone is not None else ""
    owner_id = whose.id if isinstance(whose, Thing) else None if whose == ME else EVERYBODY
    kept = tuple(node for node in found.where.of if node is not alone or owner_id == EVERYBODY)
    closed = WITH_CLOSED in kept
    if found.sort is None and all(node == WITH_CLOSED for node in kept):
        return Asked(owner_id, closed, None)
    return Asked(owner_id, closed, Filter(All(kept), found.sort))


def turned(found: Filter) -> Filter:
    """The same without the closed ones, or with them. (B22, B23)"""
    kept = tuple(node for node in found.where.of if not _of_status(node))
    if WITH_CLOSED in found.where.of:
        return Filter(All(kept), found.sort)
    owners = tuple(node for node in kept if isinstance(node, Users))
    others = tuple(node for node in kept if not isinstance(node, Users))
    return Filter(All((*owners, WITH_CLOSED, *others)), found.sort)


def view_of(found: Filter) -> str:
    """What the list is called."""
    if WITH_CLOSED in found.where.of:
        return say(N_("Open and closed"))
    return say(N_("Today")) if named(found.where) & LIFTS_STATUS else say(N_("Open only"))


def list_of(user_id: int, login: str) -> Filter:
    """A colleague's list."""
    return Filter(All((Users("owner", (Thing(user_id, login),)), WITH_CLOSED)))


def untold(found: Filter) -> Filter:
    """The filter without what the name of the view says already."""
    return Filter(All(tuple(node for node in found.where.of if node != WITH_CLOSED)), found.sort)


def _of_status(node: Node) -> bool:
    return isinstance(node, Words) and node.field == "status"
