"""The editor: typing, its own undo, the limit, which keys it leaves alone, and the few rows it sends."""

from __future__ import annotations

import string
from typing import ClassVar

import pytest
from textual import events
from textual.binding import Binding
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import TextArea
from widget_stage import Stage

from crm_tui.ui.look import Depth, Look
from crm_tui.widgets.body import MOST, Body
from crm_tui.widgets.fields import Changed


class Form(Stage):
    BINDINGS: ClassVar = [
        Binding(key, f"note('{key}')") for key in ("f6", "f7", "ctrl+k", "ctrl+z", "ctrl+y", "escape", "p")
    ]

    def __init__(self, text: str = "", look: Look | None = None) -> None:
        super().__init__(lambda: [Body(text)], look)
        self.fired: list[str] = []

    @property
    def body(self) -> Body:
        return self.query_one(Body)

    def on_mount(self) -> None:
        self.body.focus()

    def action_note(self, key: str) -> None:
        self.fired.append(key)

    def on_field_changed(self, message: Changed) -> None:
        self.heard.append(message.raw)

    def on_body_too_long(self, message: Body.TooLong) -> None:
        self.heard.append(message)


async def test_every_key_of_text_is_text_and_undo_stays_inside() -> None:
    form = Form()
    typed = string.ascii_letters + string.digits + "?:/,. ção"
    async with form.run_test(size=(60, 8)) as pilot:
        for char in typed:
            await pilot.press("space" if char == " " else char)
        await pilot.press("enter", "x")
        assert form.body.raw == typed + "\nx" == form.heard[-1]
        for _ in range(30):
            await pilot.press("ctrl+z")
        assert form.body.raw == ""
        assert form.fired == []
        for _ in range(30):
            await pilot.press("ctrl+y")
        assert form.body.raw == typed + "\nx"
        assert form.fired == []


async def test_the_keys_of_the_editor_are_left_alone() -> None:
    form = Form("um dois\ntrês")
    async with form.run_test(size=(60, 8)) as pilot:
        await pilot.press("f6", "f7", "ctrl+k", "escape")
        assert form.fired == ["f6", "f7", "ctrl+k", "escape"]
        assert form.body.raw == "um dois\ntrês"
        assert form.body.selection.is_empty


@pytest.mark.parametrize("key", ["ctrl+w", "ctrl+backspace", "alt+backspace"])
async def test_words_are_deleted_to_the_left(key: str) -> None:
    form = Form()
    async with form.run_test(size=(60, 8)) as pilot:
        form.body.set_raw("um dois três")
        await pilot.press("ctrl+left", key)
        assert form.body.raw == "um três"


async def test_alt_letter_is_esc_and_never_typed() -> None:
    form = Form()
    async with form.run_test(size=(60, 8)) as pilot:
        form.app.post_message(events.Key("alt+p", "p"))
        await pilot.pause()
        await pilot.pause()
        assert form.fired == ["escape"]


async def test_what_is_over_the_limit_is_handed_out_and_not_lost() -> None:
    form = Form()
    async with form.run_test(size=(60, 8)) as pilot:
        form.body.set_raw("a" * (MOST - 3))
        form.post_message(events.Paste("12345"))
        await pilot.pause()
        assert len(form.body.raw) == MOST
        assert form.body.raw.endswith("a123")
        over = [m.rest for m in form.heard if isinstance(m, Body.TooLong)]
        assert over == ["45"]
        await pilot.press("x")
        await pilot.pause()
        assert len(form.body.raw) == MOST
        assert [m.rest for m in form.heard if isinstance(m, Body.TooLong)] == ["45", "x"]


async def test_a_paste_cannot_carry_control_sequences() -> None:
    form = Form()
    async with form.run_test(size=(60, 8)) as pilot:
        form.post_message(events.Paste("um\r\ndois\x1b]0;x\x07"))
        await pilot.pause()
        assert form.body.raw == "um\ndois␛]0;x␇"


async def test_a_draft_comes_back_with_its_cursor() -> None:
    form = Form()
    async with form.run_test(size=(60, 8)) as pilot:
        form.body.set_raw("um\ndois", (0, 1))
        await pilot.press("X")
        assert form.body.raw == "uXm\ndois"
        form.body.set_raw("um", (9, 9))  # a cursor that the text does not have
        await pilot.press("X")
        assert form.body.raw == "umX"


async def test_a_letter_sends_one_row_and_an_enter_those_below(monkeypatch: pytest.MonkeyPatch) -> None:
    form = Form("um\ndois\ntrês\nquatro")
    async with form.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        asked: list[Region | None] = []
        plain = TextArea.refresh

        def spy(widget: Widget, *regions: Region, **kinds: bool) -> Widget:
            if kinds.get("repaint", True):
                asked.extend(regions or [None])
            return plain(widget, *regions, **kinds)  # type: ignore[arg-type, return-value]

        monkeypatch.setattr(TextArea, "refresh", spy)
        await pilot.press("down")
        await pilot.pause()
        asked.clear()
        await pilot.press("x")
        await pilot.pause()
        assert asked == [Region(0, 1, 60, 1)]
        asked.clear()
        await pilot.press("enter")
        await pilot.pause()
        assert {region.y for region in asked if region} == {1, 2, 3, 4}
        assert None not in asked


async def test_wraps_between_the_bar_and_the_margin_and_follows_the_cursor() -> None:
    form = Form("palavra " * 20)
    async with form.run_test(size=(30, 4)) as pilot:
        await pilot.pause()
        shown = form.screen_text()
        assert all(line.startswith("▌") for line in shown)
        assert max(map(len, shown)) <= 29
        assert shown[0] == "▌palavra palavra palavra"
        await pilot.press("ctrl+end", "f", "i", "m")
        await pilot.pause()
        assert any("fim" in line for line in form.screen_text())


async def test_without_grounds_the_cursor_is_reversed_and_nothing_is_coloured() -> None:
    form = Form("abc", Look(Depth.MONO, ascii=True))
    async with form.run_test(size=(30, 4)) as pilot:
        await pilot.pause()
        assert form.screen_text()[0] == "|abc"
        lit = [s.text for s in form.body.render_line(0) if s.style is not None and s.style.reverse]
        assert lit == ["a"]


async def test_the_letter_that_begins_a_row_below_the_last_one_is_seen_at_once() -> None:
    form = Form("palavra " * 20)
    async with form.run_test(size=(30, 5)) as pilot:
        form.body.move_cursor(form.body.document.end)
        await pilot.pause()
        for n in range(60):
            await pilot.press("a" if n % 7 else "space")
            body = form.body
            row = body.wrapped_document.location_to_offset(body.cursor_location).y
            assert body.scroll_offset.y <= row < body.scroll_offset.y + body.size.height, n


def test_nothing_is_wrapped_before_there_is_a_size() -> None:
    """A draft's first frame had one letter a row."""
    body = Body("Falei com a Marina. " * 20)
    body.set_raw("Ligar amanhã cedo. " * 20)
    assert body.wrapped_document.height == 1
