"""What is pasted arrives as the sanitised text, letter by letter in its order, whatever controls it holds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual import events

from crm_tui.domain.text import sanitise
from crm_tui.widgets.body import Body
from crm_tui.widgets.line import Line
from tests.widgets.widget_stage import Stage

HOSTILE = [
    *("".join(f"{chr(code)}{n % 10}" for n, code in enumerate(range(0x20))),),
    "a\x1b[31mb\x1b[0mc",
    "a\x1b]0;title\x07b",
    "um\r\ndois\rtrês\nquatro",
    "um\u2028dois\u2029três\x85quatro\x0bcinco\x0cseis\x1csete\x1doito\x1enove",
    "a\ud800b\udfffc",
    "e\u0301 a\u0303o c\u0327 👩‍🚀 한글",
    "x\u200by\u202ez\u2066w",
    "fim\x1c",
    "\x85início",
]
"""Paste, told apart by what was seen to go wrong in other programs: what Python takes for a line end and a text does
not (`\\x0b`, `\\x1c`, `\\x85`), half of a pair, marks over the letter before."""


def wanted(text: str, *, lines: bool) -> str:
    plain = sanitise(text)
    return (
        plain.replace("\t", "    ")
        if lines
        else sanitise(text.strip("\r\n")).replace("\n", " ").replace("\t", " ")
    )
