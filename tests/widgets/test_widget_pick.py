"""The pick field: letters filter, digits pick, tab and enter accept and go on, esc gives back."""

from __future__ import annotations

from typing import ClassVar

import pytest
from textual.binding import Binding
from widget_stage import Stage

from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.line import Line
from crm_tui.widgets.pick import Option, Pick, among

RESULTS = tuple(
    Option(str(i), label, hint)
    for i, (label, hint) in enumerate(
        [("Positivo", ""), ("Neutro", ""), ("Negativo", "pede detalhe"), ("Não atendeu", ""), ("Ótimo", "")],
        1,
    )
)


class Form(Stage):
    BINDINGS: ClassVar = [Binding(key, f"note('{key}')") for key in ("p", "1", "escape", "ctrl+z")]

    def __init__(self, search: bool = False) -> None:
        super().__init__(
            lambda: [Pick(among(RESULTS), RESULTS[1], search=search, id="pick"), Line(id="next")]
        )
        self.fired: list[str] = []

    @property
    def pick(self) -> Pick:
        return self.query_one(Pick)

    def on_mount(self) -> None:
        self.pick.focus()

    def action_note(self, key: str) -> None:
        self.fired.append(key)

    def on_field_changed(self, message: Changed) -> None:
        self.heard.append((message.raw, message.settled))

    def on_field_leave(self, message: Leave) -> None:
        self.heard.append(message.key)


def test_choices_are_found_without_accents_by_the_beginnings_of_words() -> None:
    find = among(RESULTS)
    assert [o.label for o in find("OT")] == ["Ótimo"]
    assert [o.label for o in find("n")] == ["Neutro", "Negativo", "Não atendeu"]
    assert [o.label for o in find("nao at")] == ["Não atendeu"]
    assert find("x") == []
    assert len(find("")) == 5


async def test_shows_its_value_with_the_mark_at_the_end() -> None:
    form = Form()
    async with form.run_test(size=(24, 12)) as pilot:
        await pilot.pause()
        assert form.screen_text()[0] == "▌Neutro               ▾"


async def test_a_digit_picks_at_once_and_tab_goes_on() -> None:
    form = Form()
    async with form.run_test(size=(40, 12)) as pilot:
        await pilot.press("1")
        assert form.pick.value == RESULTS[0]
        assert not form.pick._open
        await pilot.press("tab")
        await pilot.pause()
        assert form.focused is form.query_one("#next")
        assert form.heard == [("1", True)]
        assert form.fired == []


async def test_letters_filter_at_once_and_tab_accepts_and_goes_on() -> None:
    form = Form()
    async with form.run_test(size=(40, 12)) as pilot:
        await pilot.press("n", "e", "g")
        await pilot.pause()
        assert form.pick._open
        assert form.screen_text()[1].split() == ["▌1", "Negativo", "pede", "detalhe"]
        await pilot.press("tab")
        await pilot.pause()
        assert form.pick.value == RESULTS[2]
        assert form.focused is form.query_one("#next")
        assert form.heard[-1] == ("3", True)
        assert form.heard[0] == ("n", False)
        assert form.screen_text()[0] == " Negativo                             ▾"  # no bar: the next has it
        assert form.fired == []


async def test_enter_accepts_and_asks_to_go_on() -> None:
    form = Form()
    async with form.run_test(size=(40, 12)) as pilot:
        await pilot.press("p", "enter")
        await pilot.pause()
        assert form.pick.value == RESULTS[0]
        assert form.heard[-1] == "enter"


async def test_down_opens_at_the_value_and_arrows_walk() -> None:
    form = Form()
    async with form.run_test(size=(40, 12)) as pilot:
        await pilot.press("down")
        await pilot.pause()
        assert [line[:2] for line in form.screen_text()[1:6]] == [" 1", "▌2", " 3", " 4", " 5"]
        await pilot.press("down", "down", "up", "enter")
        await pilot.pause()
        assert form.pick.value == RESULTS[2]
        assert not form.pick._open


async def test_esc_gives_the_old_value_back_and_only_then_leaves() -> None:
    form = Form()
    async with form.run_test(size=(40, 12)) as pilot:
        await pilot.press("p", "o", "escape")
        await pilot.pause()
        assert form.pick.value == RESULTS[1]
        assert not form.pick._open
        assert form.fired == []
        assert form.heard[-1] == ("2", True)
        await pilot.press("escape")
        assert form.fired == ["escape"]


async def test_letters_that_match_nothing_are_not_accepted() -> None:
    form = Form()
    async with form.run_test(size=(40, 12)) as pilot:
        await pilot.press("x", "tab")
        await pilot.pause()
        assert form.focused is form.pick
        assert "Nothing found" in form.screen_text()[1]
        await pilot.press("backspace", "n", "tab")
        await pilot.pause()
        assert form.pick.value == RESULTS[1]
        assert form.focused is not form.pick


@pytest.mark.parametrize(("key", "left"), [("backspace", "xy z"), ("ctrl+w", "xy"), ("ctrl+u", "")])
async def test_a_search_is_erased_by_letter_by_word_and_whole(key: str, left: str) -> None:
    form = Form(search=True)
    async with form.run_test(size=(40, 12)) as pilot:
        await pilot.press("x", "y", "space", "z", "w", key)
        assert form.pick._text == left
        assert form.fired == []


async def test_in_a_search_digits_are_text() -> None:
    form = Form(search=True)
    async with form.run_test(size=(40, 12)) as pilot:
        await pilot.press("1", "space", "2")
        assert form.pick.raw == "1 2"
        assert form.fired == []


async def test_backspace_empties_and_undo_stays_inside() -> None:
    form = Form()
    async with form.run_test(size=(40, 12)) as pilot:
        await pilot.press("backspace", "ctrl+z")
        await pilot.pause()
        assert form.pick.value is None
        assert form.heard == [("", True)]
        assert form.fired == []


async def test_an_answer_no_longer_offered_stays_and_says_so() -> None:
    form = Form()
    async with form.run_test(size=(40, 12)) as pilot:
        form.pick.set_value(Option("9", "Antigo"), offered=False)
        await pilot.pause()
        assert form.screen_text()[0].startswith("▌Antigo no longer fits")
        assert form.pick.raw == "9"


async def test_the_mouse_opens_and_takes() -> None:
    form = Form()
    async with form.run_test(size=(40, 12)) as pilot:
        await pilot.click("#pick", offset=(5, 0))
        await pilot.pause()
        assert form.pick._open
        await pilot.click(offset=(5, 4))
        await pilot.pause()
        assert form.pick.value == RESULTS[3]


async def test_an_open_list_follows_the_width_of_its_field() -> None:
    form = Form()
    async with form.run_test(size=(40, 12)) as pilot:
        await pilot.press("down")
        await pilot.resize_terminal(70, 12)
        await pilot.pause()
        assert form.pick._list.size.width == 70


async def test_a_list_opens_at_its_value_whatever_hint_that_was_stored_with() -> None:
    pick = Pick(among(RESULTS), Option("3", "Negativo"))
    stage = Stage(lambda: [pick])
    async with stage.run_test(size=(40, 12)) as pilot:
        pick.focus()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert pick.value == RESULTS[2]


async def test_without_room_below_the_list_lies_above_and_leaves_the_footer() -> None:
    pick = Pick(among(RESULTS), RESULTS[1])
    pick.styles.margin = (8, 0, 0, 0)
    stage = Stage(lambda: [pick])
    async with stage.run_test(size=(40, 12)) as pilot:
        pick.focus()
        await pilot.press("down")
        await pilot.pause()
        shown = stage.screen_text()
        assert [line[:2] for line in shown[3:8]] == [" 1", "▌2", " 3", " 4", " 5"]
        assert shown[8].startswith("▌Neutro")


async def test_the_last_field_of_a_sheet_makes_room_for_its_list() -> None:
    pick = Pick(among(RESULTS), RESULTS[1], inline=True)
    stage = Stage(lambda: [pick, Line("depois")])
    async with stage.run_test(size=(40, 12)) as pilot:
        pick.focus()
        await pilot.press("down")
        await pilot.pause()
        shown = stage.screen_text()
        assert [line[:2] for line in shown[1:6]] == [" 1", "▌2", " 3", " 4", " 5"]
        assert "depois" in shown[6]
