"""What views share: the viewer's reach as query parameters, and narrowing a short list of options."""

from __future__ import annotations

import json
from typing import Any

from crm_tui.domain.access import Viewer
from crm_tui.domain.fields import Option
from crm_tui.domain.text import fold


def reach(viewer: Viewer, key: str) -> dict[str, Any]:
    """The parameters `all`, `owners` (a JSON array) and `unowned` of a query that narrows to `key`."""
    owners = viewer.owners(key)
    return {
        "all": int(owners is None),
        "owners": json.dumps(sorted(owners or ())),
        "unowned": int(viewer.may(key, None)),
    }


def sight(viewer: Viewer) -> dict[str, Any]:
    """The parameters of `store.queries.sight`: which cards and which people the viewer may see."""
    people = reach(viewer, "party.read")
    return reach(viewer, "card.read") | {f"party_{name}": value for name, value in people.items()}


def matching(options: list[Option], text: str) -> list[Option]:
    """The options of a short list that begin (a word) with what was typed; else those that hold it."""
    key = fold(text)
    starts = [
        o
        for o in options
        if any(w.startswith(key) for w in [fold(o.label), *fold(f"{o.label} {o.ref}").split()])
    ]
    return starts or [o for o in options if key in fold(o.label)]
