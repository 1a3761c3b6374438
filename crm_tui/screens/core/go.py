"""How screens reach each other: by naming a place. The app resolves it; no screen imports another."""

from __future__ import annotations

from typing import Any

from textual.message import Message


class Go(Message):
    """Open a place (`Go("note", card=12)`) or switch to a mode (`Go("today", key=12)`)."""

    def __init__(self, place: str, **args: Any) -> None:
        super().__init__()
        self.place = place
        self.args = args
