"""Service types: what a contact is about for the house, and which files it may have. (B37, B43, B44, B51)

Pure; knows nothing of the store or the screen.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from crm_tui.domain.note import ATTACHMENT_LIMIT
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import Text

MEGABYTE: Final = 1024 * 1024
MOST_MB: Final = ATTACHMENT_LIMIT // MEGABYTE
"""Megabytes that no service type may go above. (B43)"""


class CaseTypeRow(NamedTuple):
    """A service type as registers and pickers tell it; `board` is its workflow, None for any."""

    id: int
    name: str
    board_id: int | None
    board: str | None
    allow_attachment: bool
    max_attachment_mb: int
    active: bool
    version: int


class FileRule(NamedTuple):
    """What a service type says of files; `name` is empty where a record has none, and then up to 10 MB are allowed."""

    name: str = ""
    allowed: bool = True
    most_mb: int = MOST_MB


ANY_FILE: Final = FileRule()


def refused_file(rule: FileRule, size: int) -> Refusal | None:
    """What forbids a file of so many bytes. (B43, B44)"""
    if not rule.allowed:
        return Refusal(
            Text("“{name}” takes no files: choose another service type on the card.", {"name": rule.name}),
            fields=("filename",),
        )
    most = min(rule.most_mb, MOST_MB)
    if size <= most * MEGABYTE:
        return None
    if rule.name and most < MOST_MB:
        return Refusal(
            Text(
                "The file has more than {most} MB, the most that “{name}” takes: make it smaller.",
                {"most": most, "name": rule.name},
            ),
            RefusedBy.INPUT,
            ("filename",),
        )
    return Refusal(
        Text(
            "The file has more than {most} MB, the most that can be attached: make it smaller.",
            {"most": most},
        ),
        RefusedBy.INPUT,
        ("filename",),
    )
