"""What the program really loads until its first frame stands: each module, and each class that writes its own
methods, is paid for before a row is seen.

`tests/test_imports.py` holds the libraries; here it is our own modules, asked of the program in its terminal.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.blackbox.conftest import Terminal

MODULES = 107
"""Modules of ours: a quarter of a millisecond each, before what stands in them."""
GENERATED = 59
"""Dataclasses of ours: Python writes and compiles the methods of each, 0.3 to 0.8 ms."""
LATER = {
    "domain.events": "the classes of all events cost 40 ms: the first sentence that is told loads them",
    "domain.happenings": "likewise",
    "screens.core.briefing": "follows the first paint",
    "services.board": "the board is another mode",
}
"""What the first paint has no use for, and why it must not come back unseen."""

OPEN = """
import dataclasses, json, runpy, sys
from pathlib import Path

def first(self):
    ours = sorted(name for name in sys.modules if name.split(".")[0] == "crm_tui")
    made = sorted(
        f"{value.__module__}.{value.__name__}"
        for name in ours
        for value in vars(sys.modules[name]).values()
        if isinstance(value, type) and value.__module__ == name and "__dataclass_params__" in vars(value)
    )
    Path(SEEN).write_text(json.dumps([ours, made]))
    self.exit(0)

class Watch:
    def find_spec(self, name, path, target=None):
        if name == "crm_tui.screens.followup.today":  # the app stands, its timer is not yet set
            sys.modules["crm_tui.app"].CrmApp._after_first_paint = first

sys.meta_path.insert(0, Watch())
SEEN = sys.argv.pop(1)
sys.argv.pop(0)
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture
def loaded(terminal: Terminal, tmp_path: Path) -> tuple[list[str], list[str]]:
    """Modules and dataclasses of ours that are there when the first frame of Hoje is."""
    seen = tmp_path / "seen.json"
    with terminal(before=(sys.executable, "-c", OPEN, str(seen))) as term:
        assert term.end().code == 0, term.text()
    modules, made = json.loads(seen.read_text())
    return modules, made


def test_the_first_paint_loads_only_what_it_draws(loaded: tuple[list[str], list[str]]) -> None:
    modules, made = loaded
    assert "crm_tui.screens.followup.today" in modules, "Hoje was drawn"
    early = [m for m in modules for late in LATER if f"{m}.".startswith(f"crm_tui.{late}.")]
    assert early == []
    assert len(modules) <= MODULES, modules
    assert len(made) <= GENERATED, made
