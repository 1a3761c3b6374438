"""The shelf of settings: headings, looking for a list, its last one in sight; a board's workflow as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui import bootstrap, i18n
from crm_tui.bootstrap import commands, open_crm
from crm_tui.domain.register import SECTION_NAMES, Section
from crm_tui.screens.core.shelf import shelved
from crm_tui.services.board import views as boards
from crm_tui.widgets.looks import cells
from tests.conftest import Clock
from tests.screens.operator import at_work, shelf

pytestmark = pytest.mark.usefixtures("pt")
SIZES = [(60, 20), (80, 24), (120, 36)]


def test_every_list_stands_in_a_section_of_its_own_choice_and_sections_follow_one_another() -> None:
    sections = [each.section for each in bootstrap.registers()]
    assert sections == sorted(sections)
    assert set(sections) | {Section.PROGRAM} == set(SECTION_NAMES)
    places = [(each.section, each.place) for each in bootstrap.registers()]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("spoken", i18n.LANGUAGES)
def test_no_name_on_the_shelf_is_cut(spoken: str) -> None:
    """At 60 columns there are fourteen cells, two less where the number of records stands beside."""
    i18n.set_language(spoken)
    for each in bootstrap.registers():
        one = shelved(each.title, "8", each.section, short=each.short)
        assert cells(one.name) <= 14 or 0 < cells(one.short) <= 12, one
    assert all(cells(i18n.say(name)) <= 14 for name in SECTION_NAMES.values())


@pytest.mark.parametrize("size", SIZES)
async def test_the_lists_stand_under_headings_and_the_last_is_in_sight(
    demo_db: Path, clock: Clock, size: tuple[int, int]
) -> None:
    async with at_work(demo_db, "admin", clock=clock, size=size) as admin:
        await admin.press("comma")
        await admin.sees("Programa", "Processo", "Esta m")
        await admin.press("end")
        await admin.sees("Cadastros", "Preços")
        await admin.press("pageup")
        await admin.press("pageup")
        await admin.sees("Operadores", "Usuários")


async def test_a_narrow_screen_leaves_out_what_is_about_a_setting_and_shows_nothing_in_its_place(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, "admin", clock=clock, size=(60, 20)) as admin:
        await admin.press("comma")
        await admin.sees("Esta máquina", "Idioma")
        assert "Project-Id" not in admin.text(), "of no words a catalogue gives its own head"


async def test_slash_on_the_shelf_looks_for_a_list_and_esc_shows_them_all(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, "admin", clock=clock) as admin:
        await admin.press("comma")
        await admin.sees("Esta máquina", "Etapas")
        await admin.press("slash")
        await admin.type("regras")
        await admin.sees("Regras camp.")
        await admin.gone("Etapas")
        await admin.press("enter", "enter")
        await admin.until(lambda: not admin.app.screen.on_shelf, "not among its records")  # type: ignore[attr-defined]
        await admin.press("escape")
        await admin.gone("Etapas")
        await admin.press("escape")
        await admin.sees("Etapas", "Regras camp.")


@pytest.mark.parametrize("size", SIZES)
async def test_a_board_shows_its_workflow_whole(demo_db: Path, clock: Clock, size: tuple[int, int]) -> None:
    crm = open_crm(demo_db, "admin", clock)
    board = next(each for each in crm.read(boards.boards) if each.name == "Vendas")
    stages = {each.name: each.id for each in crm.read(boards.stages, board.id)}
    crm.run(commands()["add_transition"](stage=stages["Negociação"], label="Fechou", to=stages["Ganha"]))
    crm.store.close()
    async with at_work(demo_db, "admin", clock=clock, size=size) as admin:
        await admin.press("comma", *shelf("boards"), "enter")
        await admin.until(lambda: admin.app.screen.list.row is not None, "no boards")  # type: ignore[attr-defined]
        at = [row.name for row in admin.app.screen.rows].index("Vendas")  # type: ignore[attr-defined]
        await admin.press(*["down"] * at, "o", "f")
        await admin.sees("Fluxo", "1. ")
        await admin.press("end")
        await admin.sees("Perdida")
        await admin.press("pageup")
        await admin.until(
            lambda: "Fechou → Ganha, venda" in admin.text() or admin.app.screen.pane._top == 0, "-"
        )  # type: ignore[attr-defined]
        await admin.press("home", "escape")
        await admin.sees("Quadros")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("férias", "Ausências"),
        ("almoco", "Calendários"),
        ("emenda", "Exceções"),
        ("municipais", "Feriados locais"),
        ("backup", "Esta máquina"),
    ],
)
async def test_a_list_is_found_by_what_people_call_it(
    demo_db: Path, clock: Clock, words: str, found: str
) -> None:
    async with at_work(demo_db, "admin", clock=clock) as admin:
        await admin.press("comma", "slash")
        await admin.type(words)
        await admin.gone("Etapas")
        await admin.sees(found)


async def test_where_no_list_is_called_so_the_records_of_none_are_shown(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "admin", clock=clock) as admin:
        await admin.press("comma", "slash")
        await admin.type("xyzw")
        await admin.sees("Nenhuma lista tem esse nome")
        assert "desliga uma" not in admin.text()
        await admin.press("escape")
        await admin.sees("Etapas", "desliga uma")


async def test_words_that_no_list_has_stand_whole_in_the_title(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "admin", clock=clock) as admin:
        await admin.press("comma", "slash")
        await admin.type("zebras")
        await admin.sees("0 de")
        await admin.press("enter")
        await admin.sees("Nada corresponde.  zebras")


async def test_the_reach_of_a_profile_is_not_cut_in_its_list(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "admin", clock=clock) as admin:
        await admin.press("comma", *shelf("profiles"))
        await admin.sees("Gestor", "equipe e abaixo", "de quem veem os cartões")
