"""What a terminal sends for a key: names as Textual writes them, to bytes as xterm sends them."""

from __future__ import annotations

_CSI_LETTER = {"up": "A", "down": "B", "right": "C", "left": "D", "end": "F", "home": "H"}
_CSI_NUMBER = {"insert": 2, "delete": 3, "pageup": 5, "pagedown": 6} | {
    f"f{n}": code for n, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)
}
_SS3 = {"f1": "P", "f2": "Q", "f3": "R", "f4": "S"}
_PLAIN = {
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "shift+tab": "\x1b[Z",
    "ctrl+space": "\x00",
}
_MODIFIER = {"shift": 1, "alt": 2, "ctrl": 4}


def key_bytes(key: str, application_cursor: bool = False) -> bytes:
    """The bytes of `a`, `down`, `f5`, `ctrl+s`, `alt+x`, `shift+f3`, `ctrl+right`; ValueError if unknown.

    `application_cursor`: whether the program switched the arrows to their other codes (DECCKM).
    """
    if key in _PLAIN:
        return _PLAIN[key].encode()
    if len(key) == 1:
        return key.encode()
    *names, base = key.split("+")
    if not set(names) <= set(_MODIFIER):
        raise ValueError(key)
    number = 1 + sum(_MODIFIER[name] for name in names)
    tail = f";{number}" if names else ""
    if base in _CSI_NUMBER:
        return f"\x1b[{_CSI_NUMBER[base]}{tail}~".encode()
    if base in _CSI_LETTER or base in _SS3:
        letter = _CSI_LETTER.get(base) or _SS3[base]
        plain = "O" if application_cursor or base in _SS3 else "["
        return (f"\x1b[1{tail}{letter}" if names else f"\x1b{plain}{letter}").encode()
    if names == ["alt"] and (base in _PLAIN or len(base) == 1):
        return b"\x1b" + key_bytes(base)
    if names == ["ctrl"] and len(base) == 1 and ("a" <= base <= "z" or base in "[\\]^_"):
        return bytes([ord(base) & 0x1F])
    if names and (base in _PLAIN or len(base) == 1):  # no legacy code: CSI u
        return f"\x1b[{ord(_PLAIN.get(base, base))}{tail}u".encode()
    raise ValueError(key)
