"""For what somebody's data may be used: given and withdrawn; nothing of it is ever written over. (M102)"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from crm_tui.domain.consent import BASES, PURPOSES, Basis, Purpose
from crm_tui.domain.events.party import ConsentGranted, ConsentRevoked
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import Text
from crm_tui.services.core import owners
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused, no_such
from crm_tui.services.core.scope import sight
from crm_tui.services.party.commands import GrantConsent, RevokeConsent
from crm_tui.store.queries.party import CONSENT
from crm_tui.store.rows import Row
from crm_tui.store.tables import Consent, Party

_IN_FORCE = """
SELECT 1 FROM consent WHERE party_id = :party_id AND purpose = :purpose AND basis = :basis AND revoked_at IS NULL
"""
_NOON = time(12)
"""At which hour a consent of another day is said to be given."""


def _owner(ctx: Context, command: RevokeConsent) -> int | None:
    consent = ctx.row(Consent, command.consent, "consent")
    return owners.of_party(ctx, consent["party_id"])


def _held(ctx: Context, consent_id: int) -> tuple[Row, Row]:
    """A consent and whose it is; a person out of reach is as good as not there."""
    if ctx.one(CONSENT, id=consent_id, **sight(ctx.viewer)) is None:
        raise Refused(no_such("consent", consent_id, ("consent",)))
    consent = ctx.row(Consent, consent_id, "consent")
    return consent, ctx.row(Party, consent["party_id"], "person")


def _may_be_given(ctx: Context, command: GrantConsent) -> Refusal | None:
    if command.granted_on is not None and command.granted_on > ctx.today:
        return Refusal(
            Text("A consent is given today or was given before: correct the day."), fields=("granted_on",)
        )
    asked = {"party_id": command.party, "purpose": command.purpose.value, "basis": command.basis.value}
    if ctx.one(_IN_FORCE, **asked) is None:
        return None
    there = Text("This is in force already: withdraw it first if it is given anew.")
    return Refusal(there, fields=("purpose", "basis"))


def _may_be_withdrawn(ctx: Context, command: RevokeConsent) -> Refusal | None:
    consent, _ = _held(ctx, command.consent)
    if consent["revoked_at"] is None:
        return None
    return Refusal(Text("This was withdrawn already: give it anew if it is allowed again."))


def _told(consent_id: int, party: Row, purpose: Purpose, basis: Basis) -> dict[str, Any]:
    return {
        "entity_id": consent_id,
        "party_id": party["id"],
        "name": party["name"],
        "purpose_word": PURPOSES[purpose],
        "basis_word": BASES[basis],
    }


def _grant(ctx: Context, command: GrantConsent) -> Made:
    party, at = ctx.row(Party, command.party, "person"), ctx.now
    if command.granted_on is not None and command.granted_on != ctx.today:
        at = datetime.combine(command.granted_on, _NOON, ctx.viewer.zone)
    consent_id = ctx.rows.insert(
        Consent,
        party_id=party["id"],
        purpose=command.purpose.value,
        basis=command.basis.value,
        granted_at=at,
    )
    ctx.rows.raise_version(Party, party["id"])
    ctx.emit(ConsentGranted(**_told(consent_id, party, command.purpose, command.basis)))
    return Made("consent", consent_id, f"consent:{consent_id}")


def _revoke(ctx: Context, command: RevokeConsent) -> Made:
    consent, party = _held(ctx, command.consent)
    ctx.rows.update(Consent, consent["id"], revoked_at=ctx.now)
    ctx.rows.raise_version(Party, party["id"])
    ctx.emit(
        ConsentRevoked(**_told(consent["id"], party, Purpose(consent["purpose"]), Basis(consent["basis"])))
    )
    return Made("consent", consent["id"], f"consent:{consent['id']}")


HANDLERS: dict[type[Command], Handler[Any]] = {
    GrantConsent: Handler(_grant, owner=owners.party, check=_may_be_given),
    RevokeConsent: Handler(_revoke, owner=_owner, ready=_may_be_withdrawn),
}
