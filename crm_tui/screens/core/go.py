"""How screens reach each other: by naming a place. The app resolves it; no screen imports another."""

from __future__ import annotations

from typing import Any, NamedTuple

from textual.message import Message


class Where(NamedTuple):
    """A place: its name, `module:Class`, and for a mode its digit and label."""

    name: str
    path: str
    digit: str = ""
    label: str = ""
    mode: bool = False


class Go(Message):
    """Open a place (`Go("note", card=12)`) or switch to a mode (`Go("today", key=12)`)."""

    def __init__(self, place: str, **args: Any) -> None:
        super().__init__()
        self.place = place
        self.args = args
