"""The `/` line of Hoje speaks the filter language: what it means, offers and refuses while one types."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from crm_tui.domain.filter_tree import Filter, Place, Sort
from crm_tui.screens.core.filtered import Filtered
from crm_tui.screens.core.termline import TermLine
from crm_tui.services.followup import views
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")
HOME = "dono:eu situação:todos"


def place(ana: Operator) -> Any:
    assert isinstance(ana.app.screen, Filtered)
    return cast("Any", ana.app.screen)


def line(ana: Operator) -> TermLine:
    found = place(ana).filter_line
    assert isinstance(found, TermLine)
    return found


def in_force(ana: Operator) -> str:
    return str(place(ana).line_of(place(ana).found))


async def written(ana: Operator, text: str) -> None:
    """Open the line and type this over what stands there."""
    await ana.press("slash", "ctrl+u")
    await ana.type(text)


async def test_the_line_opens_with_the_filter_in_force(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("slash")
        assert line(ana).text == f"{HOME} "
        assert line(ana).cursor == len(line(ana).text)
        await ana.type("padaria")
        await ana.sees("2 de 36", "Padaria Aurora")
        assert in_force(ana) == f"{HOME} padaria"


async def test_after_enter_the_title_says_the_canonical_line(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await written(ana, "Value:>5k Owner:me sort:value-")
        await ana.press("enter")
        await ana.sees("Em aberto  dono:eu valor:>5000 ordem:valor-")
        values = [row.value_cents for row in ana.crm.read(views.page, place(ana).queue.keys)]
        assert values == sorted(values, reverse=True)
        assert min(values) > 500_000


async def test_an_unfinished_term_waits_and_is_wrong_only_when_the_line_is_left(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await written(ana, "dono:eu clinica valor:>")
        assert in_force(ana) == "dono:eu clinica"
        assert line(ana).terms.waiting == (16, 23)
        assert line(ana).panel.sentence == ""
        await ana.press("enter")
        await ana.sees("Esperava um valor, como 5000 ou 5k.")
        assert line(ana).typing
        assert in_force(ana) == "dono:eu clinica"


async def test_an_error_never_changes_the_list_and_is_marked_under_its_place(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await written(ana, "clinica dno:eu ")
        await ana.sees("Não conheço o campo “dno”.", "tab dono")
        rows = ana.lines()
        marks = next(row for row in rows if "^^^" in row)
        assert marks.index("^^^") == rows[1].index("dno:eu")
        assert in_force(ana) == "clinica"
        await ana.press("enter")
        assert line(ana).typing
        await ana.press("tab")
        assert line(ana).text == "clinica dono:eu "
        assert in_force(ana) == "dono:eu clinica"
        await ana.gone("Não conheço")


async def test_offers_stand_under_the_word_and_nothing_types_by_itself(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await written(ana, "et")
        await ana.sees("etapa:", "etiqueta:")
        assert line(ana).text == "et"
        await ana.press("tab")
        assert line(ana).text == "etapa:"
        await ana.type("pro")
        await ana.sees("Proposta")
        await ana.press("tab")
        assert line(ana).text == "etapa:Proposta "
        assert in_force(ana) == "etapa:Proposta"
        assert len(line(ana).panel.offers) == 0


async def test_a_comma_reopens_the_values_and_dates_say_what_they_mean(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await written(ana, "etapa:Proposta,")
        await ana.sees("Visita", "Novo")
        await ana.press("ctrl+u")
        await ana.type("vence:semana-que-vem")
        await ana.sees("23/11/2026..29/11/2026")


async def test_down_walks_the_offers_tab_takes_the_marked_one_and_esc_comes_back_from_them(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await written(ana, "et")
        await ana.press("down", "down")
        assert line(ana).marked == 1
        await ana.press("up")
        assert line(ana).marked == 0
        await ana.press("tab")
        assert line(ana).text == "etapa:"
        await ana.press("down", "escape")
        assert line(ana).typing
        await ana.press("escape")
        assert place(ana).filter_line is None
        assert in_force(ana) == HOME


async def test_down_leads_to_the_rows_where_nothing_is_offered(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await written(ana, "clinica ")
        await ana.press("down")
        assert place(ana).filter_line is None
        assert ana.app.focused is place(ana).vlist
        assert in_force(ana) == "clinica"


async def test_up_brings_earlier_filters_and_down_what_was_typed(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        for text in ("padaria", "clinica"):
            await written(ana, text)
            await ana.press("enter")
        await written(ana, "mer")
        await ana.press("up")
        assert line(ana).text == "clinica"
        await ana.press("up", "up")
        assert line(ana).text == "padaria"
        assert in_force(ana) == "padaria"
        await ana.press("down", "down")
        assert line(ana).text == "mer"
        await ana.press("up", "enter")
        await ana.sees("clinica")


async def test_f_capital_drops_the_filter_then_whose_list_it_is(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await written(ana, "dono:eu padaria")
        await ana.press("enter", "F")
        assert in_force(ana) == HOME
        await ana.press("F")
        assert in_force(ana) == "situação:todos"
        await ana.sees("de todos")
        await ana.press("escape")
        assert in_force(ana) == HOME


async def test_the_filter_survives_leaving_the_place(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await written(ana, "clinica")
        await ana.press("enter", "4", "escape", "1")
        await ana.sees("Em aberto  clinica  por data")
        await ana.press("enter")
        await ana.sees("Hoje, 1 de 2")
        await ana.press("escape")
        assert in_force(ana) == "clinica"


async def test_s_takes_the_place_of_an_order_that_the_filter_asked_for(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await written(ana, "dono:eu ordem:valor-")
        await ana.press("enter")
        assert place(ana).found.sort == Sort("value", True)
        await ana.press("s", "q")
        assert place(ana).found.sort is None
        await ana.sees("dono:eu  por data")


async def test_marks_outside_the_filter_are_counted_and_stay_what_was_marked(
    demo_db: Path, clock: Clock
) -> None:
    """An action on all of a filter means the rows that it left then, whatever it leaves afterwards."""
    async with at_work(demo_db, clock=clock) as ana:
        await written(ana, "dono:eu etapa:proposta")
        await ana.press("enter", "asterisk")
        marked = frozenset(place(ana).queue.keys)
        assert place(ana).vlist.marks == marked
        await written(ana, "padaria")
        await ana.press("enter")
        await ana.sees(f"{len(marked)} marcados ({len(marked) - 1} fora)")
        await ana.gone("Enter fica com este filtro")
        assert place(ana).vlist.marks == marked


async def test_english_is_understood_and_said_back_in_english(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crm_tui import i18n

    i18n.set_language("en")
    async with at_work(demo_db, clock=clock) as ana:
        await written(ana, "dono:eu estado:vencido")
        await ana.press("enter")
        await ana.sees("Open only  owner:me due:overdue  by date")
        await written(ana, "stge:new ")
        await ana.sees("I do not know the field “stge”.", "tab stage")


async def test_people_understand_it_too_and_what_names_no_field_is_looked_for_as_it_comes(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("phase:cliente email:padaria")
        await ana.sees("Não conheço o campo “phase”.")
        await ana.press("ctrl+u")
        await ana.type("marina owner:me")
        await ana.sees("Marina Alves", "1 de ")
        await ana.press("enter")
        assert place(ana).search.text == "dono:eu marina"
        assert ana.app.focused is place(ana).list
        await ana.press("F")
        assert place(ana).found == Filter()
        assert place(ana).FILTERED is Place.PEOPLE
