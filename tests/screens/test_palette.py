"""The palette by keyboard: every action by name, with its key, and why it cannot be done now."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.screens.core.palette import PaletteScreen
from crm_tui.ui import config, keymap
from crm_tui.widgets.fields import Changed
from tests.conftest import Clock
from tests.screens.machine import own_config
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("own_config")
__all__ = ["own_config"]


async def test_colon_offers_every_action_with_its_key_over_the_place(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        queue = ana.lines()[-3]
        await ana.press(":")
        await ana.sees("actions", "Write a note")
        assert ana.lines()[-3] == queue, "the record below stays in sight"
        await ana.type("filter")
        await ana.sees("Filter while typing")
        found = next(line for line in ana.lines() if "Filter while typing" in line)
        assert found.split()[1] == "List"
        assert found.split()[-1] == "/"


async def test_pieces_of_words_in_any_order_find_an_action(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("ctrl+p")
        await ana.type("stage mov")
        await ana.sees("Move to a stage")
        await ana.press("backspace", "backspace", "backspace")
        await ana.type("zzz")
        await ana.sees("No action has these words.")


async def test_enter_does_it_on_the_screen_below(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press(":")
        await ana.type("mark all")
        await ana.press("enter")
        await ana.sees("marked")
        assert len(ana.app.screen_stack) == 1


async def test_what_was_done_last_stands_below(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press(":")
        await ana.gone("Recent ones")
        await ana.type("mark all")
        await ana.press("enter", ":")
        await ana.sees("Recent ones")
        lines = ana.lines()
        heading = next(i for i, line in enumerate(lines) if "Recent ones" in line)
        assert "Mark all shown" in lines[heading + 1]


async def test_what_only_another_place_can_do_stays_with_the_reason(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press(":")
        await ana.type("one stage forward")
        await ana.sees("only in Board (2)")
        await ana.press("enter")
        assert type(ana.app.screen).__name__ == "PaletteScreen", "the reason stays in sight"
        await ana.press("escape")
        assert len(ana.app.screen_stack) == 1


async def test_the_key_that_opens_it_closes_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("ctrl+p")
        await ana.sees("actions")
        await ana.press("ctrl+p")
        assert len(ana.app.screen_stack) == 1


async def test_a_number_opens_the_card_of_that_number(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press(":")
        await ana.type("142")
        await ana.sees("OP-0142, Padaria Aurora")
        await ana.press("enter")
        await ana.until(lambda: type(ana.app.screen).__name__ == "CardScreen", "the card did not open")
        await ana.sees("OP-0142")


async def test_a_login_shows_a_colleagues_list_and_esc_ones_own(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        mine = list(ana.app.screen.vlist.keys)  # type: ignore[attr-defined]
        await ana.press(":")
        await ana.type("@beto")
        await ana.sees("The list of Roberto")
        await ana.press("enter")
        await ana.sees("owner:beto")
        assert list(ana.app.screen.vlist.keys) != mine  # type: ignore[attr-defined]
        await ana.press("escape")
        await ana.sees("owner:me")
        assert list(ana.app.screen.vlist.keys) == mine  # type: ignore[attr-defined]


@pytest.mark.parametrize(("word", "seen"), [("w", "nothing is being written here"), ("u", "Undo")])
async def test_habits_of_other_programs_are_understood(
    demo_db: Path, clock: Clock, word: str, seen: str
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press(":")
        await ana.type(word)
        await ana.sees(seen)


async def test_wq_files_what_is_being_written(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("c")
        await ana.type("Prefere tarde")
        await ana.press("ctrl+p")
        await ana.type("wq")
        await ana.press("enter")
        await ana.sees("Comment saved")
        assert len(ana.app.screen_stack) == 1


async def test_language_theme_and_keys_change_while_it_runs_and_are_kept(
    demo_db: Path, clock: Clock, own_config: Path
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press(":")
        await ana.type("change language")
        await ana.press("enter")
        await ana.sees("1 Hoje", "enter abrir", "? ajuda")
        await ana.press(":")
        await ana.type("claro")
        await ana.press("enter")
        await ana.until(lambda: ana.app.theme == "crm-claro", "the theme is the old one")
        await ana.press(":")
        await ana.type("vim")
        await ana.press("enter")
        await ana.until(lambda: keymap.in_force().of("rec.edit") == ("e", "i"), "the keys are the old ones")
        await ana.press("i")
        await ana.until(lambda: type(ana.app.screen).__name__ == "FormScreen", "i does not edit")
        await ana.press("escape", "enter")
        await ana.until(lambda: type(ana.app.screen).__name__ == "CardScreen", "the card is not open")
        await ana.press("i")
        await ana.until(lambda: type(ana.app.screen).__name__ == "FormScreen", "i does not edit a new screen")
    assert config.load(own_config) == config.Config("pt-BR", "light", "vim")


async def test_a_letter_that_arrives_when_the_palette_has_gone_does_no_harm(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press(":")
        palette = ana.app.screen
        assert isinstance(palette, PaletteScreen)
        palette.dismiss(None)
        palette.on_field_changed(Changed(palette.line, "note"))
        await ana.until(lambda: ana.app.screen is not palette, "the palette is still there")
        palette.on_field_changed(Changed(palette.line, "note of"))
        await ana.sees("Restaurante")


async def test_a_list_of_settings_is_found_by_its_name_and_come_to(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "admin", clock=clock) as admin:
        await admin.press(":")
        await admin.type("import lay")
        await admin.sees("Settings: Import layouts")
        await admin.press("enter")
        await admin.sees("Import layouts", "n new")
        await admin.press(":")
        await admin.type("working cal")
        await admin.sees("Settings: Working calendars")
        await admin.press("enter")
        await admin.sees("Working calendars")
        await admin.gone("Settings: Working calendars")
