"""What is pasted arrives as the sanitised text, letter by letter in its order, whatever controls it holds."""

from __future__ import annotations

import pytest
from textual import events
from widget_stage import Stage

from crm_tui.domain.text import sanitise
from crm_tui.widgets.body import Body
from crm_tui.widgets.line import Line

HOSTILE = [
    "".join(f"{chr(code)}{chr(ord('a') + code % 26)}" for code in range(0x20)),
    "a\x1b[31mb\x1b[0mc",
    "a\x1b]0;título\x07b",
    "um\r\ndois\rtrês\nquatro\tcinco",
    "um\u2028dois\u2029três\x85quatro\x0bcinco\x0cseis\x1csete\x1doito\x1enove",
    "a\ud800b\udfffc",
    "e\u0301 a\u0303o c\u0327 👩‍🚀 한글",
    "x\u200by\u202ez\u2066w",
    "fim\x1c",
    "\x85início",
    "\r\n\r\nmeio\r\n\r\n",
]
"""Python takes `\\x0b`, `\\x1c` and `\\x85` for line ends, a text does not; half of a pair, marks over a letter."""


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
async def test_a_body_holds_the_sanitised_text_in_order(text: str) -> None:
    stage = Stage(lambda: [Body("antesdepois")])
    async with stage.run_test(size=(60, 10)) as pilot:
        body = stage.query_one(Body)
        body.focus()
        body.move_cursor((0, 5))
        stage.post_message(events.Paste(text))
        await pilot.pause()
        await pilot.press("Z")
        kept = sanitise(text).replace("\t", "    ")
        assert body.raw == f"antes{kept}Zdepois"
        await pilot.press("backspace", "ctrl+z", "ctrl+z", "ctrl+z")
        assert body.raw == "antesdepois"


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
async def test_a_line_holds_it_too_with_blanks_for_line_ends(text: str) -> None:
    stage = Stage(lambda: [Line("antesdepois")])
    async with stage.run_test(size=(60, 10)) as pilot:
        line = stage.query_one(Line)
        line.focus()
        line.cursor_position = 5
        stage.post_message(events.Paste(text))
        await pilot.pause()
        await pilot.press("Z")
        kept = sanitise(text.strip("\r\n")).replace("\n", " ").replace("\t", " ")
        assert line.raw == f"antes{kept}Zdepois"
