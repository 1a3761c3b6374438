"""The first start by keyboard: three ways to begin, and what each leads to."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crm_tui import bootstrap, i18n
from crm_tui.app import FirstStartApp
from crm_tui.services.access import views as users
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.first_start import FirstStart, Progress
from crm_tui.store.errors import StoreRefused
from crm_tui.ui.look import Look
from tests.conftest import NOW
from tests.screens.machine import own_config
from tests.screens.operator import Operator

pytestmark = pytest.mark.usefixtures("own_config")
__all__ = ["own_config"]


def starting(folder: Path) -> FirstStart:
    """What the command line hands over, for a folder without a database."""
    path, demonstration = folder / "crm.db", folder / "demo.db"

    def create(name: str) -> Crm:
        bootstrap.create_here(path, name, login="ana")
        return bootstrap.open_crm(path, "ana")

    def demonstrate(progress: Progress | None) -> Crm:
        bootstrap.make_demo(demonstration, cards=60, progress=progress)
        return bootstrap.open_crm(demonstration)

    return FirstStart(
        path,
        "ana",
        "Ana Souza",
        demonstration,
        create,
        demonstrate,
        NOW.astimezone(ZoneInfo("America/Sao_Paulo")),
    )


def never() -> Crm:
    """There is no database to open."""
    raise AssertionError("opened before it was made")


@contextlib.asynccontextmanager
async def first_time(folder: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Operator]:
    app = FirstStartApp(never, Look(), bootstrap, first_start=starting(folder))
    async with app.run_test(size=size) as pilot:
        ana = Operator(app, pilot)
        await ana.until(lambda: getattr(app.screen, "ready", False), "the program did not open")
        await ana.sees("Good morning. There is no base here yet")
        yield ana


async def test_it_shows_three_ways_who_one_is_and_where_the_file_will_lie(tmp_path: Path) -> None:
    async with first_time(tmp_path) as ana:
        await ana.sees("Create my base", "Import my contacts", "See the demonstration")
        await ana.sees("Ana Souza", "ana", "crm.db", "0600")
        assert not (tmp_path / "crm.db").exists()


async def test_enter_creates_the_base_and_goes_on_to_the_day(tmp_path: Path) -> None:
    async with first_time(tmp_path) as ana:
        await ana.press("enter")
        await ana.sees("Nothing is due")
        assert [(u.login, u.name) for u in ana.crm.read(users.users)] == [("ana", "Ana Souza")]
        await ana.press("n")
        await ana.sees("New card")


async def test_the_name_can_be_changed_and_is_asked_for(tmp_path: Path) -> None:
    async with first_time(tmp_path) as ana:
        await ana.press("tab", "ctrl+u", "enter", "enter")
        await ana.sees("Your name is missing")
        assert not (tmp_path / "crm.db").exists()
        await ana.type("Beatriz")
        await ana.press("enter", "1")
        await ana.sees("Nothing is due")
        assert [u.name for u in ana.crm.read(users.users)] == ["Beatriz"]


async def test_two_creates_the_base_and_opens_the_import(tmp_path: Path) -> None:
    async with first_time(tmp_path) as ana:
        await ana.press("2")
        await ana.sees("Import contacts", "Follow-up")
        assert (tmp_path / "crm.db").exists()
        await ana.press("escape")
        await ana.sees("Nothing is due")


async def test_three_makes_the_demonstration_in_another_file(tmp_path: Path) -> None:
    async with first_time(tmp_path) as ana:
        await ana.press("down", "down", "enter")
        await ana.sees("owner:me", "Padaria Aurora")
        assert not (tmp_path / "crm.db").exists()


async def test_the_language_changes_every_word_at_once_and_is_kept(tmp_path: Path, own_config: Path) -> None:
    async with first_time(tmp_path) as ana:
        await ana.press("shift+tab")
        await ana.press("p", "tab")
        await ana.sees("Criar meu banco", "Ainda não há um banco aqui")
        assert i18n.language() == "pt-BR"
    assert 'language = "pt-BR"' in own_config.read_text()


async def test_a_base_that_cannot_be_made_says_why_and_waits(tmp_path: Path) -> None:
    (tmp_path / "crm.db").write_text("mine")
    async with first_time(tmp_path) as ana:
        with pytest.raises(StoreRefused) as refused:
            ana.app.first_start.create("Ana")  # type: ignore[union-attr]
        await ana.press("enter")
        await ana.sees("Create my base")
        reason = "".join(i18n.say(refused.value.reason).split())
        await ana.until(lambda: reason in "".join(ana.text().split()), f"cut: {reason}")
    assert (tmp_path / "crm.db").read_text() == "mine"


async def test_esc_leaves_with_nothing_made(tmp_path: Path) -> None:
    async with first_time(tmp_path) as ana:
        await ana.press("escape")
        await ana.until(lambda: ana.app.return_code == 0, "it did not end")
    assert list(tmp_path.glob("*.db")) == []


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_everything_stands_on_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with first_time(tmp_path, size) as ana:
        assert {len(line) for line in ana.lines()} == {size[0]}
        await ana.sees("See the demonstration", "Your name", "File", "help")


async def test_the_footer_and_the_help_name_what_is_here(tmp_path: Path) -> None:
    async with first_time(tmp_path) as ana:
        assert " ".join(ana.lines()[-1].split()) == "enter begin ↓ choose tab next field esc leave f1 help"
        await ana.press("f1")
        await ana.sees("Keys here: First start", "create it and import contacts")
        assert "every action by name" not in ana.text()


async def test_esc_in_a_field_goes_back_to_the_ways_before_it_leaves(tmp_path: Path) -> None:
    async with first_time(tmp_path) as ana:
        await ana.press("tab", "escape", "down", "up")
        assert ana.app.return_code is None
        await ana.press("escape")
        await ana.until(lambda: ana.app.return_code == 0, "it did not end")


async def test_an_empty_list_of_people_can_be_left_again(tmp_path: Path) -> None:
    async with first_time(tmp_path) as ana:
        await ana.press("enter")
        await ana.sees("Nothing is due")
        await ana.press("4")
        await ana.sees("name, CPF or CNPJ")
        await ana.press("escape", "1")
        await ana.sees("Nothing is due")
