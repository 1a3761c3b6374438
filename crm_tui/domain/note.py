"""Pareceres: the kinds and states of a note, and what a filing must hold."""

from __future__ import annotations

from enum import StrEnum

BODY_LIMIT = 65_536
"""Characters of one parecer; more is offered as an attachment (a longer paste freezes an editor, measured)."""


class NoteKind(StrEnum):
    ATTENDANCE = "attendance"
    COMMENT = "comment"
    AUTO = "auto"


class NoteState(StrEnum):
    FILED = "filed"
    VOID = "void"
