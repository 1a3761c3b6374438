"""Standard texts: what they are for. Pure; knows nothing of the store or the screen. (B61)"""

from __future__ import annotations

from enum import StrEnum


class TemplateKind(StrEnum):
    """What a text is put into."""

    NOTE = "note"
