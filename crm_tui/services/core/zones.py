"""Time zones as they are typed: a name of the IANA list, or a refusal."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crm_tui.domain.outcome import RefusedBy
from crm_tui.i18n import N_

_OF_THIS_MACHINE = frozenset(("localtime", "posixrules", "Factory"))
"""Files that lie beside the zones: what they say, another machine does not know."""


def found(name: str) -> ZoneInfo | None:
    """The zone of that name; None if there is none that every machine has. `right/…` counts leap seconds."""
    if name in _OF_THIS_MACHINE or name.startswith(("posix/", "right/")):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def required(name: str) -> str:
    """The name of a zone; raises the refusal of one that nobody knows."""
    if found(name) is None:
        from crm_tui.services.core.context import refuse  # whoever asks for a zone alone needs no commands

        raise refuse(
            N_("“{name}” is no time zone: write it like America/Sao_Paulo."),
            by=RefusedBy.INPUT,
            fields=("timezone",),
            name=name,
        )
    return name
