"""Contacts that are put aside: put off until a moment (`z`), or passed over for the day. Rules; no store, no clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo

from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import Text


def comes_back(until: date | datetime, zone: tzinfo) -> datetime:
    """The instant until which a contact is put off: a day alone is its first moment on the clock of `zone`."""
    if isinstance(until, datetime):
        return until.astimezone(UTC)
    return datetime.combine(until, time(), zone).astimezone(UTC)


def still_ahead(until: datetime, now: datetime) -> Refusal | None:
    """A contact is put off to a moment that is still to come."""
    if until > now:
        return None
    return Refusal(
        Text("That moment is over: say a later hour or another day, such as “15h” or “tomorrow”."),
        fields=("until",),
    )


def put_off(snoozed_until: datetime | None, now: datetime) -> bool:
    """Whether a contact is put off just now; the moment itself brings it back."""
    return snoozed_until is not None and snoozed_until > now
