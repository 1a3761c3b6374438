"""A PIN: what may be one, how it is stored, and when it is locked. Knows no store and no clock. (B56; MODEL.md §5.1)

Stored is a scrypt hash with its salt and its cost beside it: 16 MB and about 60 ms a try on an ordinary machine. Of a
PIN of four digits that alone is little; the lock after five wrong tries is what keeps guessing out.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import Text

FEWEST, MOST = 4, 12
"""Digits."""
TRIES: Final = 5
LOCKED_FOR: Final = timedelta(minutes=15)
_COST, _BLOCK, _LANES = 14, 8, 1
"""The binary logarithm of scrypt's n, its r and its p."""
_MEMORY: Final = 64 * 1024 * 1024
_DIGITS = re.compile(rf"[0-9]{{{FEWEST},{MOST}}}")


class Cost(NamedTuple):
    """scrypt's parameters: log2 of n, r and p."""

    n: int
    r: int
    p: int


def may_be(pin: str) -> Refusal | None:
    """Whether this may be somebody's PIN."""
    if _DIGITS.fullmatch(pin):
        return None
    facts = {"fewest": FEWEST, "most": MOST}
    return Refusal(Text("A PIN has {fewest} to {most} digits.", facts), RefusedBy.INPUT, ("pin",))


def sealed(pin: str, salt: bytes) -> str:
    """What is stored of a PIN: `scrypt$14$8$1$salt$hash`, the last two in base 64."""
    cost = Cost(_COST, _BLOCK, _LANES)
    return "$".join(("scrypt", *map(str, cost), _text(salt), _text(_hash(pin, salt, cost))))


def opens(pin: str, stored: str | None) -> bool:
    """Whether a PIN is the one stored; it takes as long whether there is one or not, right or wrong."""
    cost, salt, kept = _parts(stored) or _none()
    return hmac.compare_digest(_hash(pin, salt, cost), kept)


def _none() -> tuple[Cost, bytes, bytes]:
    """Compared where there is none to compare with, and like no hash: no answer comes sooner than another."""
    return Cost(_COST, _BLOCK, _LANES), bytes(16), b""


def _parts(stored: str | None) -> tuple[Cost, bytes, bytes] | None:
    words = (stored or "").split("$")
    try:
        kind, n, r, p, salt, kept = words
        cost = Cost(int(n), int(r), int(p))
        found = cost, base64.b64decode(salt, validate=True), base64.b64decode(kept, validate=True)
    except (ValueError, binascii.Error):
        return None
    return found if kind == "scrypt" else None


def _hash(pin: str, salt: bytes, cost: Cost) -> bytes:
    return hashlib.scrypt(
        pin.encode("utf-8", "surrogatepass"),
        salt=salt,
        n=1 << cost.n,
        r=cost.r,
        p=cost.p,
        maxmem=_MEMORY,
        dklen=32,
    )


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


class Count(NamedTuple):
    """Wrong tries since the last right one, and until when none is taken."""

    tries: int
    locked_until: datetime | None


def counted(before: Count, *, right: bool, now: datetime) -> Count:
    """The count after a try that was taken: a right one begins anew, the fifth wrong one locks."""
    if right:
        return Count(0, None)
    if before.tries + 1 >= TRIES:
        return Count(0, now + LOCKED_FOR)
    return Count(before.tries + 1, None)


def locked(count: Count, login: str, now: datetime) -> Refusal | None:
    """Why no try is taken now, right or wrong."""
    if count.locked_until is None or count.locked_until <= now:
        return None
    facts = {"login": login, "n": TRIES, "until_at": count.locked_until.isoformat()}
    return Refusal(
        Text("The PIN of {login} is locked until {until_at}, after {n} wrong tries.", facts),
        RefusedBy.PERMISSION,
        ("pin",),
    )
