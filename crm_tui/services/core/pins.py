"""Whose PIN it is: tried before the writer's lock is taken, counted in a transaction of its own. (B56)

A wrong try is kept although the command that came with it is refused; the hash that was compared is compared with the
one that stands there once the lock is held. Nothing of a PIN leaves this file but whether it was right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from crm_tui.domain import pin as pins
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import Text
from crm_tui.services.core.context import Refused
from crm_tui.store.queries.access import PIN_OF
from crm_tui.store.rows import Rows
from crm_tui.store.tables import User
from crm_tui.store.values import as_instant

if TYPE_CHECKING:
    import sqlite3

    from crm_tui.services.core.crm import Crm


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody else's word for one command: who, and the PIN that shows it. Kept nowhere."""

    login: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """That somebody's PIN was right, as long as `seen` is the hash that stands there."""

    user_id: int
    login: str
    seen: str = field(repr=False)


def prove(crm: Crm, login: str, pin: str) -> Proof:
    """Try a PIN and count the try; `Refused` if it was wrong or none is taken now.

    A login that nobody has, one without a PIN and a wrong PIN are answered alike, and after the same work.
    """
    found = crm.store.reader().execute(PIN_OF, {"login": login}).fetchone()
    user_id, seen = found if found is not None else (None, None)
    right = pins.opens(pin, seen)
    with crm.store.writing() as connection:
        refusal = _counted(connection, user_id, login, seen, crm.clock(), right=right)
    if refusal is not None or user_id is None or seen is None:
        raise Refused(refusal or wrong())
    return Proof(int(user_id), login, str(seen))


def _counted(
    connection: sqlite3.Connection,
    user_id: int | None,
    login: str,
    seen: str | None,
    now: datetime,
    *,
    right: bool,
) -> Refusal | None:
    """Write what the try makes of the count; why it does not hold."""
    rows = Rows(connection)
    user = rows.get(User, user_id)
    if user is None:
        return wrong()
    before = pins.Count(int(user["pin_tries"]), as_instant(user["pin_locked_until"]))
    refusal = pins.locked(before, login, now)
    if refusal is not None:
        return refusal
    right = right and user["pin_hash"] == seen
    after = pins.counted(before, right=right, now=now)
    rows.update(User, user["id"], pin_tries=after.tries, pin_locked_until=after.locked_until)
    return None if right else wrong()


def stands(connection: sqlite3.Connection, proof: Proof, now: datetime) -> bool:
    """Whether what was proved still holds, now that nobody else writes: the same PIN, not locked meanwhile."""
    user = Rows(connection).get(User, proof.user_id)
    if user is None or user["pin_hash"] != proof.seen:
        return False
    return pins.locked(pins.Count(0, as_instant(user["pin_locked_until"])), proof.login, now) is None


def wrong() -> Refusal:
    """What is said of every try that does not hold, so that none tells who has a PIN."""
    return Refusal(Text("Login and PIN do not go together: type them again."), RefusedBy.PERMISSION, ("pin",))
