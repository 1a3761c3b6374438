"""Time zones as they are typed: a name of the IANA list, or a refusal."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crm_tui.domain.outcome import RefusedBy
from crm_tui.i18n import N_
from crm_tui.services.core.context import refuse


def required(name: str) -> str:
    """The name of a zone; raises the refusal of one that nobody knows."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise refuse(
            N_("“{name}” is no time zone: write it like America/Sao_Paulo."),
            by=RefusedBy.INPUT,
            fields=("timezone",),
            name=name,
        ) from None
    return name
