"""The bell and the notification of the desktop: written where they are shown, never a control sequence of data."""

from __future__ import annotations

import pytest

from crm_tui.ui.calling import BELL, notification, notifies


@pytest.mark.parametrize(
    ("environ", "shown"),
    [
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "foot"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM": "xterm-256color", "WT_SESSION": "1"}, True),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux"}, False),
        ({}, False),
    ],
)
def test_only_a_terminal_that_shows_it_is_sent_one(environ: dict[str, str], shown: bool) -> None:
    assert notifies(environ) is shown
    assert notification("15:00 Visita", environ).startswith("\x1b]9;15:00 Visita") is shown
    assert notification("15:00 Visita", environ).endswith(BELL)


def test_words_of_data_end_no_sequence() -> None:
    said = notification("Zé\x1b\\\x07\x9c;\n" + "x" * 500, {"TERM": "foot"})
    assert said.count("\x1b") == 2
    assert said.count(BELL) == 1
    assert len(said) < 300
