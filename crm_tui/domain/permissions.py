"""Every permission key in plain words, by subject, and how far each may reach: what a profile is made of. (M111)

A key that no screen and no command names cannot be given; a test compares this list with the commands and views.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from crm_tui.domain.access import Scope, Viewer
from crm_tui.i18n import N_

REACH: Final = tuple(Scope)
WHOLE: Final = (Scope.NONE, Scope.ALL)
"""Of what is nobody's: one may or may not."""
MINE: Final = (Scope.NONE, Scope.OWN)
"""Of what is always one's own."""

REACH_NAMES: Final[Mapping[Scope, str]] = {
    Scope.NONE: N_("no"),
    Scope.OWN: N_("one's own"),
    Scope.TEAM: N_("the team's"),
    Scope.SUBTREE: N_("team and below"),
    Scope.ALL: N_("everybody's"),
}
YES: Final = N_("yes")


@dataclass(frozen=True, slots=True)
class Permission:
    """A key, what it lets one do (message id), and the scopes that it may have."""

    key: str
    words: str
    scopes: tuple[Scope, ...] = REACH

    @property
    def field(self) -> str:
        """The field of a command that sets it: `card.read` is `card_read`."""
        return self.key.replace(".", "_")

    def said(self, scope: Scope) -> str:
        """What that scope is called of this key."""
        return YES if self.scopes is not REACH and scope is not Scope.NONE else REACH_NAMES[scope]


PERMISSIONS: Final = (
    Permission("card.read", N_("Cards: see")),
    Permission("card.add", N_("Cards: open")),
    Permission("card.edit", N_("Cards: edit")),
    Permission("card.move", N_("Cards: move")),
    Permission("card.hand_over", N_("Cards: hand over")),
    Permission("card.attach", N_("Cards: attach files")),
    Permission("card.convert", N_("Cards: convert")),
    Permission("card.close", N_("Cards: won or lost")),
    Permission("card.reopen", N_("Cards: reopen")),
    Permission("card.archive", N_("Cards: archive")),
    Permission("card.delete", N_("Cards: delete")),
    Permission("note.file", N_("Attend: file notes")),
    Permission("note.comment", N_("Attend: comment")),
    Permission("activity.add", N_("Agenda: plan")),
    Permission("activity.edit", N_("Agenda: change")),
    Permission("party.read", N_("People: see")),
    Permission("party.add", N_("People: add")),
    Permission("party.edit", N_("People: edit")),
    Permission("party.merge", N_("People: merge")),
    Permission("intake.run", N_("Data: import files"), WHOLE),
    Permission("export.run", N_("Data: export")),
    Permission("database.backup", N_("Data: back up"), WHOLE),
    Permission("database.restore", N_("Data: restore"), WHOLE),
    Permission("trail.read", N_("History: see"), WHOLE),
    Permission("trail.undo", N_("History: undo")),
    Permission("filter.save", N_("Own: save views"), MINE),
    Permission("user.pin", N_("Own: PIN"), MINE),
    Permission("user.read", N_("Setup: see operators"), WHOLE),
    Permission("user.manage", N_("Setup: operators"), WHOLE),
    Permission("board.manage", N_("Setup: boards, lists"), WHOLE),
)
BY_KEY: Final[Mapping[str, Permission]] = {each.key: each for each in PERMISSIONS}
_ORDER: Final = {scope: at for at, scope in enumerate(Scope)}


def within(scope: Scope, other: Scope) -> bool:
    """Whether one scope reaches no further than another."""
    return _ORDER[scope] <= _ORDER[other]


def beyond(viewer: Viewer, grants: Mapping[str, Scope], *, admin: bool = False) -> str | None:
    """The first key that a profile of these grants has and the viewer does not, or not as far; None if there is none.
    Nobody gives, takes or changes more than they have themselves."""
    if viewer.is_admin:
        return None
    if admin:
        return PERMISSIONS[-1].key
    return next((k for k, scope in grants.items() if not within(scope, viewer.scope(k))), None)
