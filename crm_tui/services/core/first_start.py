"""What the first screen is given when there is no database yet: facts to show, and what its choices do.

The command line builds it from bootstrap and hands it to the application, which may not import bootstrap.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm

Progress = Callable[[int, int], None]
"""How many of how many rows are made."""


@dataclass(frozen=True, slots=True)
class FirstStart:
    """`path` is where the database will lie, `login` and `name` who makes it, `demonstration` the other file.

    `now` is the moment on this machine's clock. `create(name)` makes the database in the language in force and opens
    it; `demonstrate(progress)` makes the demonstration, if it is not there yet, and opens it. Both raise
    `StoreRefused` with its sentence, and may run in a thread.
    """

    path: Path
    login: str
    name: str
    demonstration: Path
    create: Callable[[str], Crm]
    demonstrate: Callable[[Progress | None], Crm]
    now: datetime
