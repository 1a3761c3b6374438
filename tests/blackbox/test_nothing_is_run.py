"""In service mode the program starts no other: a tour of its places and sheets, every execution noted. (threat 8)"""

from __future__ import annotations

from pathlib import Path

from tests.blackbox.conftest import PROGRAM
from tests.tools.term import Term

WATCH = """
import os, sys
out = os.open({file!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
os.write(out, b"watched\\n")
RUNS = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork", "os.forkpty", "pty.spawn",
        "webbrowser.open", "os.startfile", "os.kill")
def hook(event, args):
    if event in RUNS:
        os.write(out, f"{{event}} {{args!r}}\\n".encode())
sys.addaudithook(hook)
"""
TOUR = (
    ("1", "p", "ctrl+g", "escape", "ctrl+z", "ctrl+t", "escape", "f6"),
    ("enter", "o", "escape", "i", "escape", "v", "escape"),
    ("2", "s", "escape", "enter", "escape", "N", "escape"),
    ("3", "s", "escape", "n", "escape"),
    ("4", "escape", "enter", "o", "escape", "v", "escape", "s", "escape"),
    ("5", "escape"),
    (",", "down", "right", "n", "escape", "escape"),
    ("?", "escape", "ctrl+k", "a", "escape", ":", "escape", "ctrl+z", "ctrl+p", "escape"),
)


def test_a_tour_of_every_place_starts_no_other_program(
    demo_db: Path, env: dict[str, str], tmp_path: Path
) -> None:
    notes, hooks = tmp_path / "runs", tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(WATCH.format(file=str(notes)))
    there = {
        **env,
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(hooks),
        "EDITOR": "touch",
        "VISUAL": "touch",
        "PAGER": "touch",
        "BROWSER": "touch",
        "TEXTUAL_PRESS": "q",
        "TEXTUAL_ALLOW_SIGNALS": "1",
    }
    words = [PROGRAM, "--db", demo_db, "--as", "ana", "--service"]
    with Term(words, size=(80, 24), env=there, deadline=90) as t:
        t.wait("Restaurante Dona")
        for place in TOUR:
            for key in place:
                t.press(key)
                t.settle(0.05)
        t.press("escape")
        t.wait("Hoje")
        end = t.quit("ctrl+q")
        assert end.code == 0
        assert end.restored
    assert notes.read_text().splitlines() == ["watched"]
