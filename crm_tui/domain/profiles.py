"""The profiles that a new database begins with: permission keys and scopes. (MODEL.md §5.1)"""

from __future__ import annotations

from collections.abc import Mapping

from crm_tui.domain.access import Scope

_WORK = (
    "card.edit",
    "card.move",
    "card.close",
    "card.archive",
    "card.delete",
    "card.convert",
    "card.hand_over",
    "card.attach",
    "activity.edit",
    "note.file",
    "note.comment",
)


def _grants(
    *, read: Scope, work: Scope, add: Scope, extra: Mapping[str, Scope] | None = None
) -> dict[str, Scope]:
    found = {"party.read": Scope.ALL, "user.read": Scope.ALL, "trail.read": Scope.ALL, "card.read": read}
    found["filter.save"] = found["user.pin"] = Scope.OWN
    found |= dict.fromkeys(_WORK, work)
    found |= {
        "card.add": add,
        "activity.add": work,
        "trail.undo": Scope.OWN if add is not Scope.NONE else add,
    }
    shared = Scope.ALL if add is not Scope.NONE else Scope.NONE
    found |= {"party.add": add, "party.edit": shared, "party.merge": shared}
    return {k: v for k, v in (found | dict(extra or {})).items() if v is not Scope.NONE}


PROFILES: Mapping[str, Mapping[str, Scope]] = {
    "manager": _grants(
        read=Scope.SUBTREE,
        work=Scope.SUBTREE,
        add=Scope.SUBTREE,
        extra={
            "board.manage": Scope.ALL,
            "card.reopen": Scope.SUBTREE,
            "database.backup": Scope.ALL,
            "export.run": Scope.SUBTREE,
            "intake.run": Scope.ALL,
            "trail.undo": Scope.SUBTREE,
        },
    ),
    "sales": _grants(
        read=Scope.TEAM,
        work=Scope.OWN,
        add=Scope.OWN,
        extra={"intake.run": Scope.ALL, "export.run": Scope.OWN},
    ),
    "support": _grants(read=Scope.TEAM, work=Scope.TEAM, add=Scope.TEAM),
    "reader": _grants(read=Scope.ALL, work=Scope.NONE, add=Scope.NONE),
}
"""`admin` has no rows: it may do everything."""
