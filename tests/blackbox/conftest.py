"""The installed program in a pseudo terminal of its own: how it is opened, and how it is asked by command line.

Nothing of the program is imported here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NOW
from tests.tools.term import Term

PROGRAM = Path(sys.executable).with_name("crm-tui")
Terminal = Callable[..., Term]
Ask = Callable[..., Any]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A person's environment: their own folders, a terminal of 256 colours, the fixed moment."""
    return {
        "HOME": str(tmp_path),
        "TERM": "xterm-256color",
        "LANG": "pt_BR.UTF-8",
        "CRM_TUI_NOW": NOW.isoformat(),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }


@pytest.fixture
def terminal(demo_db: Path, env: dict[str, str]) -> Terminal:
    """Opens the program on the demonstration as somebody; `more` is added to the environment."""

    def opening(
        login: str = "ana",
        size: tuple[int, int] = (80, 24),
        before: Sequence[str] = (),
        deadline: float = 60,
        **more: str,
    ) -> Term:
        command = [*before, PROGRAM, "--db", demo_db, "--as", login]
        return Term(command, size=size, env={**env, "PATH": "/usr/bin:/bin", **more}, deadline=deadline)

    return opening


@pytest.fixture
def asked(demo_db: Path, env: dict[str, str]) -> Ask:
    """What the command line answers on the same file, as JSON."""

    def asking(*words: str) -> Any:
        done = subprocess.run(
            [PROGRAM, "--db", demo_db, "--as", "ana", "--json", *words],
            env={**env, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return json.loads(done.stdout)

    return asking
