"""The black-box terminal itself, on a small program that does what full-screen programs do."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.keys import key_bytes
from tests.tools.screen import Screen
from tests.tools.shots import as_svg
from tests.tools.term import Term, Unmet

CHILD = r"""
import os, signal, sys, termios, tty
before = termios.tcgetattr(0)
tty.setraw(0)
def out(text): os.write(1, text.encode())
def paint(*_):
    columns, rows = os.get_terminal_size()
    out("\x1b[?2026h\x1b[2J\x1b[H\x1b[38;2;255;0;0;48;2;0;0;64mRED\x1b[0m \x1b[7mturned\x1b[0m ação 日本 end"
        f"\x1b[2;1Hsize {columns}x{rows}\x1b[?2026l")
signal.signal(signal.SIGWINCH, paint)
def hang_up(*_):
    open(sys.argv[1], "w").write("saved")
    os._exit(3)
signal.signal(signal.SIGHUP, hang_up)
out("\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[>1u\x1b]0;a title\x07\x1b[4;2:1m\x1b[0m")
paint()
while True:
    key = os.read(0, 1000)
    if key == b"q": break
    if key == b"Q": os._exit(4)
    if key == b"a": out("\x1b[6n")
    elif key != b"-": out("\x1b[3;1H\x1b[Kgot " + repr(key)[2:-1])
out("\x1b[<u\x1b[?2004l\x1b[?25h\x1b[?1049l")
termios.tcsetattr(0, termios.TCSADRAIN, before)
sys.exit(7)
"""


@pytest.fixture
def term(tmp_path: Path) -> Iterator[Term]:
    with Term([sys.executable, "-c", CHILD, tmp_path / "draft"], size=(60, 10)) as term:
        term.wait("size 60x10")
        yield term


def test_text_colours_and_places(term: Term) -> None:
    assert term.text().splitlines()[0] == "RED turned ação 日本 end"
    assert term.colours("RED") == ("#ff0000", "#000040")
    assert term.colours("turned") == ("default", "default")
    assert term.find("end") == (21, 0)
    with pytest.raises(Unmet, match="size 60x10"):
        term.find("nowhere")


def test_keys_paste_and_text_arrive_as_a_terminal_sends_them(term: Term) -> None:
    term.send("ctrl+s")
    term.wait(r"got \\x13")
    term.type("olá")
    term.wait(r"got ol\\xc3\\xa1")
    term.paste("x\ny")
    term.wait(r"got \\x1b\[200~x\\ny\\x1b\[201~")


def test_a_key_is_timed_and_its_bytes_counted(term: Term) -> None:
    answer = term.press("x")
    assert answer.bytes == len("\x1b[3;1H\x1b[Kgot x")
    assert answer.shown_ms is not None
    assert 0 < answer.shown_ms < 5000
    again = term.press("x")
    assert (again.shown_ms, again.bytes) == (None, answer.bytes)


def test_the_terminal_answers_where_its_cursor_is(term: Term) -> None:
    term.press("x")
    term.send("a")
    term.wait(r"got \\x1b\[3;6R")


def test_resize_is_heard(term: Term) -> None:
    term.resize(80, 24)
    term.wait("size 80x24")


def test_a_clean_end_restores_the_terminal(term: Term) -> None:
    end = term.quit("q")
    assert (end.code, end.problems, end.restored) == (7, (), True)
    assert term.text().strip() == ""


def test_an_unclean_end_is_told(term: Term) -> None:
    end = term.quit("Q")
    assert end.code == 4
    assert set(end.problems) == {
        "paste left on",
        "alternate screen not left",
        "cursor left hidden",
        "keyboard protocol left on",
        "terminal left raw or without echo",
    }


def test_a_hang_up_reaches_the_program(term: Term, tmp_path: Path) -> None:
    assert term.hang_up() == 3
    assert (tmp_path / "draft").read_text() == "saved"


def test_kill_leaves_no_process(term: Term) -> None:
    assert term.kill().code == -signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.kill(term.pid, 0)


def test_waiting_ends_at_the_timeout_or_with_the_program(term: Term) -> None:
    with pytest.raises(Unmet, match=r"within 0\.05 s"):
        term.wait("never", timeout=0.05)
    term.send("Q")
    with pytest.raises(Unmet, match="ended with 4"):
        term.wait("never")


def test_idle_counts_what_is_written_unasked(term: Term) -> None:
    assert term.idle(0.05) == 0
    assert term.peak_memory() > 1_000_000


@pytest.mark.parametrize("cut", range(1, 40))
def test_output_may_be_cut_anywhere(cut: int) -> None:
    data = "\x1b[?2004h\x1b[>1uA\x1b]0;título\x07ç\x1b[38;2;1;2;3mB\x1bP+q\x1b\\C".encode()
    whole, cuts = Screen(10, 2), Screen(10, 2)
    whole.feed(data)
    for piece in (data[:cut], data[cut:]):
        cuts.feed(piece)
    assert cuts.rows() == whole.rows() == ["AçBC", ""]
    assert cuts.cells(0) == whole.cells(0)


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ("a", "a"),
        ("+", "+"),
        ("down", "\x1b[B"),
        ("shift+down", "\x1b[1;2B"),
        ("f2", "\x1bOQ"),
        ("shift+f2", "\x1b[1;2Q"),
        ("f12", "\x1b[24~"),
        ("ctrl+pageup", "\x1b[5;5~"),
        ("alt+enter", "\x1b\r"),
        ("ctrl+enter", "\x1b[13;5u"),
        ("ctrl+c", "\x03"),
        ("shift+tab", "\x1b[Z"),
    ],
)
def test_key_names(key: str, sent: str) -> None:
    assert key_bytes(key) == sent.encode()


def test_arrows_in_application_mode_and_unknown_keys() -> None:
    assert key_bytes("down", application_cursor=True) == b"\x1bOB"
    with pytest.raises(ValueError, match="hyper"):
        key_bytes("hyper+x")
    with pytest.raises(ValueError, match="nokey"):
        key_bytes("nokey")


def test_a_shot_shows_text_and_colours(term: Term) -> None:
    svg = as_svg(term.screen)
    assert svg.startswith("<svg ")
    assert 'fill="#ff0000"' in svg
    assert 'fill="#000040"' in svg
    assert ">turned</text>" in svg
