"""The schema's history: one module per step, each with `upgrade(op)`; `user_version` is the last step's number.

Alembic gives the operations; its own version table is not used, because `PRAGMA user_version` is read a
thousand times faster and travels with the file's header. Loaded only when a file is behind or new.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crm_tui.store.migrations import (
    m0001_start,
    m0002_endings,
    m0003_board,
    m0004_process,
    m0005_routine,
    m0006_agenda,
    m0007_agenda_told,
    m0008_export,
    m0009_profiles,
    m0010_people,
    m0011_once,
    m0012_layouts,
    m0013_media,
    m0014_people_fields,
    m0015_phones_of_steps,
    m0016_foreign,
    m0017_layouts_of_acts,
)

Step = Callable[[Any], None]
STEPS: tuple[Step, ...] = (
    m0001_start.upgrade,
    m0002_endings.upgrade,
    m0003_board.upgrade,
    m0004_process.upgrade,
    m0005_routine.upgrade,
    m0006_agenda.upgrade,
    m0007_agenda_told.upgrade,
    m0008_export.upgrade,
    m0009_profiles.upgrade,
    m0010_people.upgrade,
    m0011_once.upgrade,
    m0012_layouts.upgrade,
    m0013_media.upgrade,
    m0014_people_fields.upgrade,
    m0015_phones_of_steps.upgrade,
    m0016_foreign.upgrade,
    m0017_layouts_of_acts.upgrade,
)
