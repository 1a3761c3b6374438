"""The keys that seal the trail: without one, whoever rewrites history can make its digests fit; with one they cannot.

They lie in `<db>.key` beside the database, one a line in hexadecimal digits, mode 0600, and in no copy of it. The last
seals what is written; those above it open what was sealed before, so that a file that comes from another machine is
checked by adding that machine's line on top. (threat 32, DESIGN trail)
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import string
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crm_tui.i18n import Text
from crm_tui.store.errors import NoRoom, StoreRefused

_LENGTH: Final = 64
"""Hexadecimal digits of a key: 256 bits."""
_NAME: Final = 8
MARK: Final = "."
"""Between the key's name and the digest that it sealed; a digest without one was never sealed."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its name, which stands before what it sealed and tells nothing of it, and its secret bytes."""

    name: str
    secret: bytes

    def seal(self, digested: bytes) -> str:
        """The sealed digest of these bytes: the key's name, a mark, 64 hexadecimal digits."""
        return f"{self.name}{MARK}{hmac.digest(self.secret, digested, 'sha256').hex()}"


def path_of(database: Path) -> Path:
    """Where the keys of a database lie."""
    return database.with_name(f"{database.name}.key")


def sealed_by(digest: str) -> str:
    """The name of the key that sealed a digest; empty if none did."""
    return digest.partition(MARK)[0] if MARK in digest else ""


def keys(database: Path) -> tuple[Key, ...]:
    """The keys that lie beside a database, the one that seals last; none if there is no file. `StoreRefused` if they
    cannot be read."""
    path = path_of(database)
    try:
        lines = path.read_text("ascii").split()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else None
        raise _unreadable(path, why or "text") from None
    if not lines or any(len(line) != _LENGTH or set(line) - set(string.hexdigits) for line in lines):
        raise _unreadable(path, "64 hex")
    return tuple(_key(bytes.fromhex(line)) for line in lines)


def sealing(database: Path) -> Key:
    """The key that seals what is written now, made if there is none; asked under the writer's lock. `StoreRefused` if
    it cannot be read, `NoRoom` if it cannot be written."""
    known = keys(database)
    if known:
        return known[-1]
    secret = secrets.token_bytes(_LENGTH // 2)
    path = path_of(database)
    making = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(f"{secret.hex()}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        os.replace(making, path)
    except OSError as error:
        making.unlink(missing_ok=True)
        told = {"path": str(path), "why": error.strerror or ""}
        raise NoRoom(Text("{path} cannot be written ({why}): nothing was saved; make room.", told)) from None
    return _key(secret)


def _key(secret: bytes) -> Key:
    return Key(hashlib.sha256(b"crm-tui trail key\x1f" + secret).hexdigest()[:_NAME], secret)


def _unreadable(path: Path, why: str) -> StoreRefused:
    return StoreRefused(
        Text(
            "{path} cannot be read ({why}), so nothing can be written into the trail: put back the file that was "
            "there, or move it away to begin a new key.",
            {"path": str(path), "why": why},
        )
    )
