"""Undo and redo, asked like anything else."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask


class UndoBatch(Command):
    """Undo a batch: one's own latest if none is named. An undo is itself a batch."""

    permission: ClassVar[str] = "trail.undo"
    title: ClassVar[str] = N_("Undo")

    batch: str = ask(N_("Batch"), default="")


class RedoBatch(Command):
    """Undo one's own latest undo."""

    permission: ClassVar[str] = "trail.undo"
    title: ClassVar[str] = N_("Redo")

    batch: str = ask(N_("Batch"), default="")
