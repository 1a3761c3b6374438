"""Notices: what an operator is told once, whether or not a list is open. (E29)

Pure: their words are made when they are shown, in the reader's language.
"""

from __future__ import annotations

from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice is about."""

    STAGE_DUE = "stage_due"
