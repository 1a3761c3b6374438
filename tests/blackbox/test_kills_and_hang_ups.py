"""A parecer that is ended by kills and hang-ups again and again; `python -m tests.tools.endings` plays a hundred."""

from __future__ import annotations

from tests.blackbox.conftest import Ask, Terminal
from tests.tools.endings import play


def test_kills_and_hang_ups_in_one_parecer_lose_no_more_than_was_promised(
    terminal: Terminal, asked: Ask
) -> None:
    assert [*play(terminal, lambda: asked("drafts"), kills=1, hang_ups=1, seed=5)] == []
