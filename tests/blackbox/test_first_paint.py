"""What the program really loads until its first frame stands: each module, and each class that writes its own
methods, is paid for before a row is seen.

`tests/test_imports.py` holds the libraries; here it is our own modules, asked of the program in its terminal.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.blackbox.conftest import Terminal

MODULES = 109
"""Modules of ours: a quarter of a millisecond each, before what stands in them."""
GENERATED = 53
"""Dataclasses of ours: Python writes and compiles the methods of each, 0.3 to 0.8 ms."""
LATER = {
    "cli.help": "no verb is asked for",
    "domain.events": "the classes of all events cost 40 ms: the first sentence that is told loads them",
    "domain.happenings": "likewise",
    "screens.core.briefing": "follows the first paint",
    "services.board": "the board is another mode",
}
"""What the first paint has no use for, and why it must not come back unseen."""

OPEN = """
import json, runpy, sys
from pathlib import Path

frames, rules = [], []

def first(self):
    ours = sorted(name for name in sys.modules if name.split(".")[0] == "crm_tui")
    made = sorted(
        f"{value.__module__}.{value.__name__}"
        for name in ours
        for value in vars(sys.modules[name]).values()
        if isinstance(value, type) and value.__module__ == name and "__dataclass_params__" in vars(value)
    )
    Path(SEEN).write_text(json.dumps([ours, made, frames, rules]))
    self.exit(0)

def count():
    from textual.app import App
    from textual.css import stylesheet

    CrmApp = sys.modules["crm_tui.app"].CrmApp
    CrmApp._after_first_paint = first
    display, parse = App._display, stylesheet.parse

    def shown(self, screen, frame):
        if frame is not None and not self._batch_count:
            frames.append(frame.render_segments(self.console))
        display(self, screen, frame)

    def parsed(scope, css, read_from, **options):
        rules.append(list(read_from))
        return parse(scope, css, read_from, **options)

    App._display, stylesheet.parse = shown, parsed

class Watch:
    def find_spec(self, name, path, target=None):
        if name == "crm_tui.screens.followup.today":  # the app stands, its timer is not yet set
            count()

sys.meta_path.insert(0, Watch())
SEEN = sys.argv.pop(1)
sys.argv.pop(0)
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@dataclass(frozen=True)
class Start:
    """What there is when the first frames of Hoje are out: modules and dataclasses of ours, the frames as they are
    sent, and whose style rules were read, one by one."""

    modules: list[str]
    made: list[str]
    frames: list[str]
    rules: list[list[str]]


@pytest.fixture
def start(terminal: Terminal, tmp_path: Path) -> Start:
    """A start in a terminal, to the end of its first frames."""
    seen = tmp_path / "seen.json"
    with terminal(before=(sys.executable, "-c", OPEN, str(seen))) as term:
        assert term.end().code == 0, term.text()
    return Start(*json.loads(seen.read_text()))


def test_the_first_paint_loads_only_what_it_draws(start: Start) -> None:
    assert "crm_tui.screens.followup.today" in start.modules, "Hoje was drawn"
    early = [m for m in start.modules for late in LATER if f"{m}.".startswith(f"crm_tui.{late}.")]
    assert early == []
    assert len(start.modules) <= MODULES, start.modules
    assert len(start.made) <= GENERATED, start.made


def test_the_first_frame_shows_rows(start: Start) -> None:
    assert "Quadro" in start.frames[0]
    assert "venceu" in start.frames[0]


def test_no_style_rules_are_read_twice_for_the_first_paint(start: Start) -> None:
    twice = [source for source in start.rules if start.rules.count(source) > 1]
    assert start.rules
    assert twice == []
