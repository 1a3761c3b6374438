"""`f`: the filter field by field; what one sets there the line says, what no field shows is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from crm_tui.screens.core.filterdialog import FilterDialog
from crm_tui.screens.core.filtered import Filtered
from crm_tui.widgets.pick import Pick
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


def dialog(ana: Operator) -> FilterDialog:
    assert isinstance(ana.app.screen, FilterDialog)
    return ana.app.screen


def in_force(ana: Operator) -> str:
    place = cast("Any", ana.app.screen)
    assert isinstance(place, Filtered)
    return place.line_of(place.found)


async def to(ana: Operator, field: str) -> None:
    """Go to a field by tab."""
    await ana.press(*["tab"] * list(dialog(ana).inputs).index(field))


async def test_every_kind_of_condition_is_set_and_the_title_says_the_line(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "f")
        await ana.sees("Filtro", "Donos", "Membros", "Mais condições", "ctrl+s aplicar")
        await ana.type("pdv")
        await ana.press("tab")
        await ana.type("eu")
        await ana.press("enter")
        await ana.type("rob")
        await ana.press("enter", "tab", "tab", "tab")
        await ana.type("pro")
        await ana.press("enter")
        await ana.type("neg")
        await ana.press("enter", "tab", "tab", "tab", "tab")
        await ana.type("-90d")
        await ana.press("tab", "tab")
        await ana.type("5k")
        await ana.press("tab", "tab")
        await ana.press("2")
        await ana.press("ctrl+s")
        line = "dono:eu,beto etapa:Proposta,Negociação criado:>=-90d parado:sim valor:>=5000 pdv"
        assert in_force(ana) == line
        await ana.press("f")
        shown = dialog(ana).fields()
        assert (shown.text, shown.since, shown.least) == ("pdv", "-90d", "5000")
        await ana.press("ctrl+s")
        assert in_force(ana) == line


async def test_what_no_field_shows_stands_in_one_row_and_is_kept(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("slash", "ctrl+u")
        await ana.type("etapa:novo (dono:eu ou membro:eu) -padaria")
        await ana.press("enter")
        before = in_force(ana)
        await ana.press("f")
        await ana.sees("(dono:eu ou membro:eu) -padaria")
        await ana.type("clube")
        await ana.press("f2")
        assert in_force(ana) == f"{before} clube"


async def test_f4_in_the_line_opens_it_with_what_is_typed_and_esc_comes_back_to_the_line(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("slash", "ctrl+u")
        await ana.type("valor:>5000 vence:")
        await ana.press("f4")
        assert dialog(ana).fields().least == ">5000"
        await ana.press("escape")
        assert cast("Any", ana.app.screen).filter_line.text == "valor:>5000 vence:"
        await ana.press("f4", "ctrl+s")
        assert in_force(ana) == "valor:>5000"
        assert cast("Any", ana.app.screen).filter_line is None


async def test_what_cannot_be_read_is_said_marked_and_focused(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("f")
        await to(ana, "least")
        await ana.type("caro")
        await ana.press("ctrl+s")
        await ana.sees("Esperava um valor, como 5000 ou 5k.", "! Valor de")
        assert ana.app.focused is dialog(ana).inputs["least"]
        await ana.press("ctrl+u")
        await ana.gone("Esperava um valor")
        await ana.press("shift+tab", "shift+tab")
        await ana.type("31/11")
        await ana.press("ctrl+s")
        assert isinstance(ana.app.screen, FilterDialog)
        assert dialog(ana).message.words


async def test_letters_that_name_nothing_are_not_dropped_in_silence(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("f")
        await to(ana, "stage")
        await ana.type("xyz")
        await ana.press("ctrl+s")
        await ana.sees("Nada se chama “xyz”")


async def test_f8_empties_all_fields_and_what_no_field_shows(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("slash", "ctrl+u")
        await ana.type("etapa:novo sem:valor criado:hoje")
        await ana.press("enter", "f", "f8")
        await ana.sees("Todos os campos estão vazios.")
        await ana.press("ctrl+s")
        assert in_force(ana) == ""


async def test_left_it_keeps_what_was_set(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("f")
        await ana.type("padaria")
        await ana.press("escape")
        assert in_force(ana) == "dono:eu situação:todos"
        await ana.press("f")
        await ana.sees("Como você deixou; f8 limpa todos os campos.")
        assert dialog(ana).fields().text == "padaria"
        await ana.press("f8", "escape", "f")
        assert dialog(ana).fields().text == ""


async def test_the_last_value_goes_by_backspace_and_empty_fields_say_what_holds(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "f")
        lost, status = dialog(ana).inputs["lost"], dialog(ana).inputs["status"]
        assert isinstance(lost, Pick)
        assert isinstance(status, Pick)
        assert (lost._placeholder, status._placeholder) == ("não", "em aberto")
        await to(ana, "lost")
        await ana.type("s")
        await ana.press("enter")
        assert status._placeholder == "todos", "who asks for lost ones sees closed ones"
        await ana.press("shift+tab", "backspace", "ctrl+s")
        assert in_force(ana) == ""


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_every_field_is_reached_and_seen_at_every_size(
    demo_db: Path, clock: Clock, size: tuple[int, int]
) -> None:
    async with at_work(demo_db, clock=clock, size=size) as ana:
        await ana.press("2", "f")
        for name in dialog(ana).inputs:
            label = dialog(ana).field_labels[name]
            await ana.until(lambda label=label: label.region.y < size[1] - 2, f"{name} is out of sight")  # type: ignore[misc]
            assert ana.app.focused is not None
            await ana.press("tab")
        assert ana.lines()[-1].rstrip().endswith("f1 ajuda")


async def test_people_have_their_own_fields(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4", "escape", "f")
        assert list(dialog(ana).inputs) == [
            *("text", "owner", "team", "dated", "since", "until"),
            *("archived", "converted", "service", "sort", "descending"),
        ]
        await ana.press("tab")
        await ana.type("eu")
        await ana.press("enter", "ctrl+s")
        await ana.sees("dono:eu")
        assert in_force(ana) == "dono:eu"
