"""A line for a path: tab completes what is there, and the matches are shown. Reads directories, never files."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from crm_tui.connectors.files import FileFault, allowed, located
from crm_tui.widgets.fields import Leave
from crm_tui.widgets.line import Line

SHOWN = 8
CONTACTS = (".csv", ".txt", ".tsv", ".xlsx", ".json", ".jsonl", ".vcf", ".vcard")
"""How files of contacts are called."""
LOOKED_AT = 2_000
"""Entries of a folder at most: a folder of a million files must not hold a key up."""


def matches(typed: str, endings: Collection[str] = CONTACTS) -> list[str]:
    """The folders (with `/`) and files that begin so, as one would type them; hidden ones only if asked. Of files
    those with one of the `endings`; without endings all."""
    head, _, start = typed.rpartition("/")
    folder = located(f"{head}/") if "/" in typed else Path()
    try:
        with os.scandir(allowed(folder)) as entries:
            looked = [entry for entry, _ in zip(entries, range(LOOKED_AT), strict=False)]
            found = [
                (entry.name, entry.is_dir())
                for entry in looked
                if entry.name.lower().startswith(start.lower())
                and (start.startswith(".") or not entry.name.startswith("."))
            ]
    except (OSError, ValueError, FileFault):
        return []  # no such folder, not ours, or no path at all: there is nothing to offer
    before = f"{head}/" if "/" in typed else ""
    ends = tuple(endings) or ("",)
    wanted = [(name, folder) for name, folder in found if folder or name.lower().endswith(ends)]
    return [f"{before}{name}{'/' if is_folder else ''}" for name, is_folder in sorted(wanted)]


def completed(typed: str, found: Sequence[str]) -> str:
    """What tab makes of it: the longest beginning that all matches share, if it says more than was typed."""
    if not found:
        return typed
    first, last = min(found), max(found)
    shared = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:shared] if shared > len(typed) else typed


class PathLine(Line):
    """See the module."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *Line.BINDINGS,
        Binding("tab", "complete", show=False, id="line.complete"),
    ]

    def __init__(self, raw: str = "", *, endings: Collection[str] = CONTACTS, **more: Any) -> None:
        super().__init__(raw, **more)
        self._endings = endings

    def action_complete(self) -> None:
        """Complete the path; behind one that stands whole tab goes on, as in any field."""
        better = completed(self.value, matches(self.value, self._endings)) if self.value else self.value
        if better == self.value:
            self.post_message(Leave(self, 1, "tab"))
            return
        self.replace(better, 0, len(self.value))
        self.cursor_position = len(self.value)
