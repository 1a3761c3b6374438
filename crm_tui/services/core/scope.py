"""What views share: the viewer's reach as query parameters, and narrowing a short list of options."""

from __future__ import annotations

import json
import sqlite3
from functools import lru_cache
from typing import Any

from crm_tui.domain.access import Viewer
from crm_tui.domain.fields import Option
from crm_tui.domain.text import fold
from crm_tui.store.queries.board import BY_USE


@lru_cache(maxsize=64)
def _reach(owners: frozenset[int] | None, unowned: bool, prefix: str) -> dict[str, Any]:
    """Kept, because every look at the base needs it; whoever gets it copies it."""
    return {
        f"{prefix}all": int(owners is None),
        f"{prefix}owners": json.dumps(sorted(owners or ())),
        f"{prefix}unowned": int(unowned),
    }


@lru_cache(maxsize=64)
def _wall(hidden: frozenset[int]) -> str | None:
    return json.dumps(sorted(hidden)) if hidden else None


def wall(viewer: Viewer) -> dict[str, Any]:
    """The parameters `hidden`, the restricted boards that the viewer does not see (or None), and `me`."""
    return {"hidden": _wall(viewer.hidden), "me": viewer.user_id}


def reach(viewer: Viewer, key: str) -> dict[str, Any]:
    """The parameters `all`, `owners` (a JSON array), `unowned` and `hidden` of a query that narrows to `key`."""
    return _reach(viewer.owners(key), viewer.may(key, None), "") | wall(viewer)


def sight(viewer: Viewer) -> dict[str, Any]:
    """The parameters of `store.queries.sight`: which cards and which people the viewer may see, and who that is."""
    cards = _reach(viewer.owners("card.read"), viewer.may("card.read", None), "")
    people = _reach(viewer.owners("party.read"), viewer.may("party.read", None), "party_")
    return cards | wall(viewer) | people


def planning(viewer: Viewer) -> dict[str, Any]:
    """The parameters `plan_all` and `plan_owners`: for whom the viewer plans."""
    found = _reach(viewer.owners("activity.edit"), False, "plan_")
    return {name: found[name] for name in ("plan_all", "plan_owners")}


def matching(options: list[Option], text: str) -> list[Option]:
    """The options of a short list that begin (a word) with what was typed; else those that hold it."""
    key = fold(text)
    starts = [
        o
        for o in options
        if any(w.startswith(key) for w in [fold(o.label), *fold(f"{o.label} {o.ref}").split()])
    ]
    return starts or [o for o in options if key in fold(o.label)]


def usual_board(connection: sqlite3.Connection, viewer: Viewer) -> int | None:
    """The first board in use on which the viewer works, those of leads first: there a card begins that names none."""
    found = (board_id for (board_id,) in connection.execute(BY_USE).fetchall())
    return next((board_id for board_id in found if viewer.attends(board_id)), None)
