"""How a viewer's reach is handed to a query: all, the owners as JSON, and whether nobody's rows too."""

from __future__ import annotations

import json
from typing import Any

from crm_tui.domain.access import Viewer


def reach(viewer: Viewer, key: str) -> dict[str, Any]:
    """The parameters `all`, `owners` (a JSON array) and `unowned` of a query that narrows to `key`."""
    owners = viewer.owners(key)
    return {
        "all": int(owners is None),
        "owners": json.dumps(sorted(owners or ())),
        "unowned": int(viewer.may(key, None)),
    }
