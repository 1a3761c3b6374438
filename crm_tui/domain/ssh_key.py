"""A public key of OpenSSH, and the line of `authorized_keys` that lets its owner into one program alone. Pure.

The line is that of sshd(8), AUTHORIZED_KEYS FILE FORMAT: `restrict` forbids all that it can, `pty` gives back the one
thing that is needed, and `command` is run whatever the other end asks for.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from typing import Final, NamedTuple

from crm_tui.i18n import Text

KINDS: Final = (
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
)
"""Kinds of keys that today's servers take."""
_LEAST_RSA: Final = 256
"""Bytes of the modulus of an RSA key: 2,048 bits."""


class PublicKey(NamedTuple):
    """A key as its file has it, without its comment."""

    kind: str
    encoded: str

    @property
    def fingerprint(self) -> str:
        """As `ssh-keygen -l` tells it."""
        digest = hashlib.sha256(base64.b64decode(self.encoded)).digest()
        return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"


def read(content: str) -> PublicKey | Text:
    """The one key that a file holds, or a sentence why it holds none."""
    if "PRIVATE KEY" in content:
        return Text("This is the private key, which nobody else may see: give the file that ends in .pub.")
    lines = [line.strip() for line in content.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    if len(lines) != 1:
        return Text("A file of one public key is wanted, and this one holds {n}.", {"n": len(lines)})
    kind, _, rest = lines[0].partition(" ")
    if kind not in KINDS:
        return Text(
            "The line begins with no kind of key that is known ({kinds}): give the .pub file as ssh-keygen made it.",
            {"kinds": ", ".join(KINDS)},
        )
    encoded = rest.split()[0] if rest.split() else ""
    try:
        parts = _parts(base64.b64decode(encoded, validate=True))
    except (binascii.Error, ValueError):
        parts = []
    if len(parts) < 2 or parts[0] != kind.encode():
        return Text("The key is damaged or cut off: copy its .pub file whole.")
    if kind == "ssh-rsa" and len(parts[-1].lstrip(b"\0")) < _LEAST_RSA:
        return Text("This RSA key is too short: make one with ssh-keygen -t ed25519.")
    return PublicKey(kind, encoded)


def _parts(blob: bytes) -> list[bytes]:
    """The strings of the wire format: each behind its length in four bytes (RFC 4251 §5). ValueError if they do not
    fill it."""
    found, at = [], 0
    while at < len(blob):
        length = int.from_bytes(blob[at : at + 4], "big")
        part = blob[at + 4 : at + 4 + length]
        if len(part) != length:
            raise ValueError(length)
        found.append(part)
        at += 4 + length
    return found


def line(key: PublicKey, command: Sequence[str], owner: str) -> str | Text:
    """The line for this key; `command` is what is run for it and for nothing else, word by word."""
    if any("\n" in word or "\r" in word or "\0" in word for word in (*command, owner)):
        return Text("A line break in a path cannot be written in such a line: call the folder otherwise.")
    words = " ".join(map(_quoted, command)).replace('"', '\\"')
    return f'restrict,pty,command="{words}" {key.kind} {key.encoded} {owner}'


def _quoted(word: str) -> str:
    """A word as the shell of the account reads it back."""
    plain = word and all(sign.isascii() and (sign.isalnum() or sign in "@%+=:,./-_") for sign in word)
    return word if plain else "'" + word.replace("'", "'\\''") + "'"
