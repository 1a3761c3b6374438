"""Which look an environment gets, and why."""

from __future__ import annotations

import pytest

from crm_tui.i18n import say
from crm_tui.ui.look import Depth, Look
from crm_tui.ui.terminal import FRAMES, choose_look, prepare

UTF8 = {"LANG": "pt_BR.UTF-8"}


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Look(Depth.TRUE)),
        ({"TERM": "xterm-256color", "COLORTERM": "24bit"}, Look(Depth.TRUE)),
        ({"TERM": "xterm-direct"}, Look(Depth.TRUE)),
        ({"TERM": "xterm-256color"}, Look(Depth.C256)),
        ({"TERM": "xterm-kitty"}, Look(Depth.C256)),
        ({"TERM": "alacritty"}, Look(Depth.C256)),
        ({"TERM": "screen-256color", "COLORTERM": "truecolor", "STY": "1.pts"}, Look(Depth.C256)),
        ({"TERM": "xterm"}, Look(Depth.C16)),
        ({"TERM": "linux"}, Look(Depth.C16, ascii=True)),
        ({"TERM": "linux", "COLORTERM": "truecolor"}, Look(Depth.C16, ascii=True)),
        ({"TERM": "dumb"}, Look(Depth.MONO)),
        ({}, Look(Depth.MONO)),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, Look(Depth.MONO)),
        ({"TERM": "linux", "NO_COLOR": ""}, Look(Depth.MONO, ascii=True)),
        ({"TERM": "xterm-256color", "COLORFGBG": "0;15"}, Look(Depth.C256, dark=False)),
        ({"TERM": "xterm-256color", "COLORFGBG": "15;default;0"}, Look(Depth.C256)),
    ],
)
def test_what_the_environment_says(environ: dict[str, str], expected: Look) -> None:
    assert choose_look(UTF8 | environ).look == expected


@pytest.mark.parametrize(
    ("environ", "ascii_only"),
    [
        ({"LANG": "pt_BR.UTF-8"}, False),
        ({"LANG": "C.utf8"}, False),
        ({"LANG": "pt_BR.ISO-8859-1"}, True),
        ({"LC_ALL": "C", "LANG": "pt_BR.UTF-8"}, True),
        ({"LC_ALL": "", "LANG": "pt_BR.UTF-8"}, False),
        ({}, False),
    ],
)
def test_the_locale_decides_about_signs(environ: dict[str, str], ascii_only: bool) -> None:
    assert choose_look({"TERM": "xterm-256color"} | environ).look.ascii is ascii_only


def test_the_console_is_believed() -> None:
    environ = UTF8 | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    assert choose_look(environ, "256").look.depth is Depth.C256
    assert choose_look(environ, "standard").look.depth is Depth.C16


def test_what_is_forced_wins() -> None:
    choice = choose_look({"TERM": "linux", "NO_COLOR": "1"}, depth=Depth.TRUE, dark=False, ascii=False)
    assert choice.look == Look(Depth.TRUE, dark=False, ascii=False)
    assert [say(reason) for reason in choice.reasons] == [
        *("colours true: chosen", "light: chosen", "all signs: chosen")
    ]


def test_it_says_why() -> None:
    choice = choose_look({"TERM": "xterm-256color", "LANG": "pt_BR.UTF-8"})
    assert [say(reason) for reason in choice.reasons] == [
        "256 colours: TERM is xterm-256color, and COLORTERM does not say more",
        "dark: nothing says otherwise",
        "all signs: LANG is pt_BR.UTF-8",
    ]


def test_preparing_makes_textual_agree() -> None:
    environ = {"NO_COLOR": "1", "TEXTUAL_ALLOW_SIGNALS": "1"}
    prepare(environ, Look(Depth.C256))
    frames = {"TEXTUAL_FPS": str(FRAMES)}
    assert environ == {"TEXTUAL_COLOR_SYSTEM": "256", "TEXTUAL_THEME": "crm-escuro-256", **frames}
    prepare(environ, Look(Depth.MONO))
    assert environ == {
        "TEXTUAL_COLOR_SYSTEM": "standard",
        "TEXTUAL_THEME": "crm-escuro-16",
        "NO_COLOR": "1",
        **frames,
    }


def test_frames_chosen_outside_are_kept() -> None:
    environ = {"TEXTUAL_FPS": "20"}
    prepare(environ, Look(Depth.TRUE))
    assert environ["TEXTUAL_FPS"] == "20"
