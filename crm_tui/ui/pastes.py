"""What is pasted is text to its last letter: escape sequences in it never reach the parser of keys.

Textual reads an escape sequence inside a paste as keys, which arrive before the pasted text: a colour in it came out
of place, and a letter behind an Esc was a command to a list (reproduced). Knows bytes of the terminal, no widget.
"""

from __future__ import annotations

from typing import Final

START: Final = "\x1b[200~"
END: Final = "\x1b[201~"
_VISIBLE: Final = {0x00: "\u2400", 0x1B: "\u241b"}
"""As `domain.text.sanitise` shows them; the other controls are its work."""


class Pastes:
    """A filter over one terminal's input, piece by piece as it is read: a mark may be torn between two pieces."""

    def __init__(self) -> None:
        self._inside = False
        self._seen = ""
        self._held = ""

    def __call__(self, data: str) -> str:
        """What the parser is to read; may be empty while the end of a paste has come only in part."""
        rest, self._held = self._held + data, ""
        out = []
        while rest:
            passed, rest = self._pasted(rest) if self._inside else self._typed(rest)
            out.append(passed)
        return "".join(out)

    def _typed(self, rest: str) -> tuple[str, str]:
        known = self._seen
        at = (known + rest).find(START)
        if at < 0:
            self._seen = (known + rest)[-len(START) + 1 :]
            return rest, ""
        end = at + len(START) - len(known)
        self._inside, self._seen = True, ""
        return rest[:end], rest[end:]

    def _pasted(self, rest: str) -> tuple[str, str]:
        at = rest.find(END)
        if at >= 0:
            self._inside = False
            return rest[:at].translate(_VISIBLE) + END, rest[at + len(END) :]
        torn = next((n for n in range(len(END) - 1, 0, -1) if rest.endswith(END[:n])), 0)
        self._held = rest[len(rest) - torn :]
        return rest[: len(rest) - torn].translate(_VISIBLE), ""
