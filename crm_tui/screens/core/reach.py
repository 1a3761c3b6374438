"""Whether a view may be asked at all, for screens that show several and must not fail for one; and whether somebody
may be reached by what is shown.

The rows themselves are narrowed by the views; this is only the question of the profile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crm_tui.domain.access import Scope
from crm_tui.domain.party import Point
from crm_tui.i18n import N_, say
from crm_tui.services.core.crm import Crm


def reaches(crm: Crm, view: Callable[..., Any]) -> bool:
    """Whether the viewer's profile reaches this view at any scope."""
    key: str = view.permission  # type: ignore[attr-defined]
    return crm.viewer.scope(key) is not Scope.NONE


def unwished(point: Point) -> str:
    """That somebody wishes not to be reached by this, as it is said beside it; empty if they do not mind."""
    if not point.opted_out:
        return ""
    return say(N_("no e-mail")) if point.kind == "email" else say(N_("no calls"))
