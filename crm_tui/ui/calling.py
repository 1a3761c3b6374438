"""What a terminal can be asked to do when somebody looks elsewhere: its bell, and a notification of the desktop.

OSC 9 is written only to terminals that are known to show it; others may print it. Over ssh only TERM arrives.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_NOTIFY: Final = ("kitty", "ghostty", "wezterm", "foot", "iterm")
_PROGRAMS: Final = ("iterm.app", "wezterm", "ghostty")
LONGEST: Final = 200
BELL: Final = "\a"


def notifies(environ: Mapping[str, str]) -> bool:
    """Whether this terminal shows a notification of the desktop. Inside tmux or screen it arrives nowhere."""
    if "TMUX" in environ or "STY" in environ:
        return False
    term = environ.get("TERM", "").lower()
    program = environ.get("TERM_PROGRAM", "").lower()
    return any(name in term for name in _NOTIFY) or program in _PROGRAMS or "WT_SESSION" in environ


def notification(words: str, environ: Mapping[str, str]) -> str:
    """What is written to the terminal to call somebody: the bell, and the words where they can be shown."""
    said = "".join(letter for letter in words[:LONGEST] if letter.isprintable())
    return f"\x1b]9;{said}\x1b\\{BELL}" if notifies(environ) else BELL
