"""The field for date words: its echo, its refusal, and the offers that down and enter take."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding
from widget_stage import Stage

from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.when_field import Echo, Offer, WhenField


def reader(words: str) -> Echo:
    """A grammar of three words, standing in for the domain's."""
    if not words.strip():
        return Echo()
    if words == "seg 14h":
        return Echo("seg 23/11/2026 14:00", "livre até 16:00", "open")
    if words == "3/13":
        offers = (Offer("3/12", "em 14 dias"), Offer("13/3", "em 114 dias"))
        return Echo(refusal="não há mês 13", start=2, end=4, offers=offers)
    return Echo(refusal="não entendi")


class Form(Stage):
    BINDINGS: ClassVar = [Binding("escape", "note")]

    def __init__(self, *, beside: bool = False, days: bool = False) -> None:
        super().__init__(lambda: [WhenField(reader, beside=beside, days=days)])
        self.escaped = 0

    @property
    def when(self) -> WhenField:
        return self.query_one(WhenField)

    def on_mount(self) -> None:
        self.when.focus()

    def action_note(self) -> None:
        self.escaped += 1

    def on_field_changed(self, message: Changed) -> None:
        assert message.field is self.when
        self.heard.append(message.raw)

    def on_field_leave(self, message: Leave) -> None:
        assert message.field is self.when
        self.heard.append(message.key)

    def on_when_days_asked(self, message: WhenField.DaysAsked) -> None:
        self.heard.append(message)


async def test_the_date_understood_stands_under_the_words() -> None:
    form = Form()
    async with form.run_test(size=(60, 8)) as pilot:
        await pilot.press(*"seg", "space", *"14h")
        await pilot.pause()
        assert form.screen_text()[:2] == ["▌seg 14h", " → seg 23/11/2026 14:00  livre até 16:00"]
        assert form.heard[-1] == form.when.raw == "seg 14h"
        assert not form.when.line.wrong


async def test_or_beside_them() -> None:
    form = Form(beside=True)
    async with form.run_test(size=(70, 8)) as pilot:
        form.when.set_raw("seg 14h")
        await pilot.pause()
        assert form.screen_text()[0] == "▌seg 14h             → seg 23/11/2026 14:00  livre até 16:00"


async def test_a_refusal_is_a_sentence_and_its_offers_are_taken_by_down_and_enter() -> None:
    form = Form()
    async with form.run_test(size=(60, 8)) as pilot:
        await pilot.press(*"3/13")
        await pilot.pause()
        assert form.screen_text()[1:4] == [" ! não há mês 13", "   3/12  em 14 dias", "   13/3  em 114 dias"]
        assert form.when.line.wrong
        await pilot.press("down", "down")
        await pilot.pause()
        assert form.screen_text()[3].startswith("▌  13/3")
        await pilot.press("up", "enter")
        await pilot.pause()
        assert form.when.raw == "3/12"
        assert form.heard[-1] == "3/12"
        await pilot.press("ctrl+z")
        assert form.when.raw == "3/13"


async def test_esc_leaves_the_offers_before_the_form() -> None:
    form = Form()
    async with form.run_test(size=(60, 8)) as pilot:
        await pilot.press(*"3/13", "down", "escape")
        assert form.escaped == 0
        await pilot.press("escape")
        assert form.escaped == 1


async def test_without_offers_the_arrows_leave_or_ask_for_the_days() -> None:
    form = Form()
    async with form.run_test(size=(60, 8)) as pilot:
        await pilot.press("down", "up", "enter")
        await pilot.pause()
        assert form.heard == ["down", "up", "enter"]
    form = Form(days=True)
    async with form.run_test(size=(60, 8)) as pilot:
        await pilot.press("down")
        await pilot.pause()
        assert isinstance(form.heard[0], WhenField.DaysAsked)


async def test_the_mouse_takes_an_offer() -> None:
    form = Form()
    async with form.run_test(size=(60, 8)) as pilot:
        await pilot.press(*"3/13")
        await pilot.pause()
        await pilot.click(offset=(4, 3))
        await pilot.pause()
        assert form.when.raw == "13/3"
