"""The one-line field: what is typed lands in it, its undo stays in it, and how it is left."""

from __future__ import annotations

import string
from typing import ClassVar

import pytest
from textual import events
from textual.binding import Binding
from widget_stage import Stage

from crm_tui.ui.look import Depth, Look
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.line import Line


class Form(Stage):
    """Two lines on a stage whose screen binds what must not be eaten or reached."""

    BINDINGS: ClassVar = [Binding(key, f"note('{key}')") for key in
                ("f6", "f7", "ctrl+k", "ctrl+z", "ctrl+y", "escape", "p", "tab2")]  # fmt: skip

    def __init__(self, look: Look | None = None) -> None:
        super().__init__(lambda: [Line(id="first"), Line(id="second")], look)
        self.fired: list[str] = []

    @property
    def line(self) -> Line:
        return self.query_one("#first", Line)

    def on_mount(self) -> None:
        self.line.focus()

    def action_note(self, key: str) -> None:
        self.fired.append(key)

    def on_field_changed(self, message: Changed) -> None:
        self.heard.append(message.raw)

    def on_field_leave(self, message: Leave) -> None:
        self.heard.append((message.step, message.key))


async def test_every_letter_digit_and_sign_is_text() -> None:
    form = Form()
    typed = string.ascii_letters + string.digits + "?:/,.;+-*[]<>ção"
    async with form.run_test() as pilot:
        for char in typed:
            await pilot.press(char)
        assert form.line.raw == typed
        assert form.heard[-1] == typed
        assert form.fired == []


async def test_undo_takes_back_words_and_never_leaves_the_field() -> None:
    form = Form()
    async with form.run_test() as pilot:
        await pilot.press(*"sex", "space", *"14h")
        await pilot.press("ctrl+z")
        assert form.line.raw == "sex "
        await pilot.press("ctrl+z")
        assert form.line.raw == "sex"
        await pilot.press("ctrl+y", "ctrl+y")
        assert form.line.raw == "sex 14h"
        for _ in range(10):
            await pilot.press("ctrl+z")
        assert form.line.raw == ""
        assert form.fired == []
        for _ in range(10):
            await pilot.press("ctrl+y")
        assert form.line.raw == "sex 14h"
        assert form.fired == []


@pytest.mark.parametrize("key", ["ctrl+w", "ctrl+backspace", "alt+backspace"])
async def test_words_are_deleted_to_the_left(key: str) -> None:
    form = Form()
    async with form.run_test() as pilot:
        form.line.set_raw("um dois três")
        await pilot.press("ctrl+left", key)
        assert form.line.raw == "um três"


async def test_the_editors_keys_pass_through() -> None:
    form = Form()
    async with form.run_test() as pilot:
        form.line.set_raw("fica")
        await pilot.press("home", "f6", "f7", "ctrl+k")
        assert form.fired == ["f6", "f7", "ctrl+k"]
        assert form.line.raw == "fica"


async def test_up_down_and_enter_ask_to_leave() -> None:
    form = Form()
    async with form.run_test() as pilot:
        await pilot.press("up", "down", "enter")
        await pilot.pause()
        assert form.heard == [(-1, "up"), (1, "down"), (1, "enter")]


async def test_a_paste_is_joined_and_its_controls_are_made_visible() -> None:
    form = Form()
    async with form.run_test() as pilot:
        form.post_message(events.Paste("um\r\ndois\x1b[31m\ttrês\n"))
        await pilot.pause()
        assert form.line.raw == "um dois␛[31m três"
        await pilot.press("ctrl+z")
        assert form.line.raw == ""


async def test_alt_letter_is_esc_and_then_the_letter() -> None:
    form = Form()
    async with form.run_test() as pilot:
        form.app.post_message(events.Key("alt+p", "p"))
        await pilot.pause()
        await pilot.pause()
        assert form.fired == ["escape"]  # the letter went where the focus was after Esc
        assert form.line.raw == "p"
        form.app.post_message(events.Key("alt+p", None))  # a real alt, under the kitty protocol
        await pilot.pause()
        assert form.fired == ["escape"]
        assert form.line.raw == "p"


async def test_esc_that_moves_the_focus_sends_the_letter_there() -> None:
    class Moving(Form):
        def action_note(self, key: str) -> None:
            super().action_note(key)
            self.query_one("#second", Line).focus()

    form = Moving()
    async with form.run_test() as pilot:
        form.app.post_message(events.Key("alt+p", "p"))
        await pilot.pause()
        await pilot.pause()
        assert form.line.raw == ""
        assert form.query_one("#second", Line).raw == "p"


async def test_long_text_scrolls_inside_its_edges_and_the_cursor_is_seen() -> None:
    form = Form()
    async with form.run_test(size=(20, 3)) as pilot:
        form.line.set_raw("abcdefghijklmnopqrstuvwxyz")
        await pilot.pause()
        assert form.screen_text()[0] == "▌jklmnopqrstuvwxyz"
        await pilot.press("home")
        await pilot.pause()
        assert form.screen_text()[0] == "▌abcdefghijklmnopqr"
        await pilot.click("#first", offset=(4, 0))
        assert form.line.cursor_position == 3


async def test_focus_is_a_bar_and_without_grounds_fields_have_brackets() -> None:
    form = Form(Look(Depth.MONO, ascii=True))
    async with form.run_test(size=(20, 3)) as pilot:
        await pilot.press("a")
        await pilot.pause()
        assert form.screen_text()[:2] == ["|a                 ]", "[                  ]"]
        cursor = [s for s in form.line.render_line(0) if s.style is not None and s.style.reverse]
        assert [s.text for s in cursor] == [" "]


async def test_wrong_fields_have_the_tint_of_danger() -> None:
    form = Form()
    async with form.run_test(size=(20, 3)) as pilot:
        other = form.query_one("#second", Line)
        other.wrong = True
        await pilot.pause()
        style = next(iter(other.render_line(0))).style
        assert style is not None
        assert style.bgcolor == form.look.style("text", "overdue_bg").bgcolor


async def test_passwords_are_never_drawn() -> None:
    stage = Stage(lambda: [Line("segredo", password=True)])
    async with stage.run_test(size=(20, 3)) as pilot:
        await pilot.pause()
        assert stage.screen_text()[0] == "▌•••••••"
