"""What each depth really sends to a terminal, read from a pseudo terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from functools import cache
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem

from crm_tui.ui import tokens
from crm_tui.ui.look import Depth, Look
from crm_tui.ui.themes import THEMES, stand_in, theme_name, variable_defaults

PROGRAM = Path(__file__).with_name("ui_depth_app.py")
_SGR = re.compile(rb"\x1b\[([0-9;]*)m")


@cache
def sent(depth: str, ground: str) -> tuple[str, ...]:
    """Every SGR sequence of one run, without its brackets."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 80, 0, 0))
    # COLUMNS and LINES, which a parallel test run sets, would win over the size given here.
    leave = ("COLORTERM", "NO_COLOR", "COLUMNS", "LINES")
    environ = {k: v for k, v in os.environ.items() if k not in leave}
    environ |= {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
    command = [sys.executable, str(PROGRAM), depth, ground]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environ) as program:
        os.close(theirs)
        found = b""
        while True:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # Linux says EIO where the other end is closed
                break
            if not chunk:
                break
            found += chunk
        assert program.wait(20) == 0, found.decode(errors="replace")
    os.close(ours)
    assert b"abab" in re.sub(rb"\x1b\[[0-9;]*m", b"", found)
    return tuple(sorted({match.decode() for match in _SGR.findall(found)}))


def colours(sequences: tuple[str, ...]) -> tuple[set[str], set[int]]:
    """The sequences' colours in words: `38;5;n` and `48;2;r;g;b` whole, and all other single codes."""
    whole: set[str] = set()
    single: set[int] = set()
    for sequence in sequences:
        rest = re.sub(r"[34]8;(?:5;\d+|2;\d+;\d+;\d+)", lambda m: whole.add(m.group()) or "", sequence)
        single |= {int(code) for code in rest.split(";") if code}
    return whole, single


@pytest.mark.parametrize("ground", ["dark", "light"])
def test_256_sends_exact_entries_and_no_24_bit_codes(ground: str) -> None:
    whole, single = colours(sent("256", ground))
    assert not [code for code in whole if code[2:5] == ";2;"]
    entries = tokens.C256[ground == "dark"]
    assert {f"38;5;{entry}" for entry in entries.values()} <= whole
    assert {f"48;5;{entries[role]}" for role in tokens.BACKGROUNDS} <= whole
    assert single <= {0, 1, 4, 7, 24, 27}


@pytest.mark.parametrize("ground", ["dark", "light"])
def test_16_sends_only_the_terminals_own_colours(ground: str) -> None:
    whole, single = colours(sent("16", ground))
    assert whole == set()
    assert single <= {0, 1, 4, 7, 39, 49, *range(30, 38), *range(90, 98), *range(40, 48), *range(100, 108)}
    assert {7, 1, 91 if ground == "dark" else 31} <= single


def test_without_colour_nothing_but_attributes() -> None:
    whole, single = colours(sent("mono", "dark"))
    assert whole == set()
    assert single <= {0, 1, 4, 7, 39, 49}
    assert {1, 7} <= single


def test_truecolor_sends_the_tokens() -> None:
    whole, _ = colours(sent("true", "dark"))
    red, green, blue = tokens.rgb(tokens.DARK["overdue"])
    assert f"38;2;{red};{green};{blue}" in whole
    assert not [code for code in whole if code[2:5] == ";5;"]


@pytest.mark.parametrize("dark", [True, False])
def test_rich_rounds_every_stand_in_to_its_entry(dark: bool) -> None:
    for role, entry in tokens.C256[dark].items():
        assert Color.parse(stand_in(entry)).downgrade(ColorSystem.EIGHT_BIT).number == entry, role


def test_truecolor_steps_survive_256() -> None:
    """Rich rounds an ordinary dark palette to black on black; ours keeps its steps apart."""
    for dark in (True, False):
        palette = tokens.TRUE[dark]
        steps = ("background", "surface", "raised", "sunken")
        found = {Color.parse(palette[role]).downgrade(ColorSystem.EIGHT_BIT).number for role in steps}
        assert len(found) == len(steps)


def test_every_look_has_a_theme_and_every_theme_every_variable() -> None:
    names = {theme.name for theme in THEMES}
    assert names == {theme_name(Look(depth, dark)) for depth in Depth for dark in (True, False)}
    for theme in THEMES:
        assert set(variable_defaults()) <= set(theme.variables), theme.name
