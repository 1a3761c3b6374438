"""The agenda by keyboard alone: its four views, whose it is, going to a date, the cursor on an appointment."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui import i18n
from tests.conftest import Clock
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("pt")


async def test_the_week_is_read_on_the_next_appointment_and_arrows_walk(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3")
        await op.sees("Semana 47", "seg 16 a dom 22/11", "hoje 11:30 às 12:30", "Clínica Sorriso")
        await op.press("down")
        await op.sees("hoje, qui 19/11 13:00")
        await op.press("down", "down")
        await op.sees("n agenda aqui")
        await op.press("up", "up", "up")
        await op.sees("hoje 11:30 às 12:30")
        await op.press("left")
        await op.sees("qua 18/11 11:30")
        await op.press("home")
        await op.sees("qua 18/11 08:00")


async def test_periods_turn_and_today_comes_back(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "pagedown")
        await op.sees("Semana 48", "▌         +1")
        await op.press("pageup", "pageup")
        await op.sees("Semana 46")
        await op.press("full_stop")
        await op.sees("Semana 47", "hoje 11:30 às 12:30")


async def test_beyond_the_edge_of_the_week_comes_the_next_one(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "right", "right", "right", "right")
        await op.sees("Semana 48", "seg 23/11")
        await op.press("left")
        await op.sees("Semana 47", "dom 22/11")


@pytest.mark.parametrize(
    ("words", "seen"),
    [("terça", "ter 24"), ("ontem", "qua 18/11"), ("15/1", "Semana 2")],
)
async def test_one_goes_to_a_date_in_words_behind_or_ahead(
    demo_db: Path, clock: Clock, words: str, seen: str
) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "g")
        await op.sees("Ir à data")
        await op.type(words)
        await op.press("enter")
        await op.gone("Ir à data")
        await op.sees(seen)


async def test_an_hour_that_is_said_is_gone_to_as_well(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "g")
        await op.type("qua 10h")
        await op.press("enter")
        await op.sees("qua 25/11 10:00", "n agenda aqui")


async def test_what_is_no_date_is_said_and_the_sheet_stays(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "g")
        await op.type("xyz")
        await op.press("ctrl+s")
        await op.sees("Não entendi “xyz”", "Ir à data")
        await op.press("escape")
        await op.gone("Ir à data")


async def test_the_view_changes_and_the_cursor_stays_on_its_appointment(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "s", "l")
        await op.sees("Lista", "Farmácia São Bento", "qui 26/11 15:00-15:15")
        assert "Clínica Sorriso" in op.row_of_cursor()
        await op.press("s", "d")
        await op.sees("Dia", "hoje, qui 19/11", "hoje 11:30 às 12:30")
        await op.press("s", "m")
        await op.sees("Novembro 2026", "20 × Di", "hoje, qui 19/11")
        await op.press("down", "left")
        await op.sees("qua 25/11")
        await op.press("pagedown")
        await op.sees("Dezembro 2026", "25/12")
        await op.press("enter")
        await op.sees("Dia", "sex 25/12")


async def test_past_ones_are_listed_on_request(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "s", "l")
        await op.sees("Lista")
        assert "Posto Avenida" not in op.text()
        await op.press("s", "p")
        await op.sees("com passados", "Posto Avenida")
        await op.press("s", "p")
        await op.gone("com passados")


async def test_several_people_stand_side_by_side_and_a_team_brings_its_own(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, "carla", clock=clock) as op:
        await op.press("3", "s", "d", "O")
        await op.sees("De quem são as agendas")
        await op.press("backspace", *"ana", "enter", *"beto", "enter", "ctrl+s")
        await op.gone("De quem são")
        await op.sees("ana, beto", " beto", "Farmácia São")
        await op.press("O", "backspace", "backspace", *"vendas", "enter", "enter")
        await op.sees("admin, ana, carla +1", "Marmoraria")


async def test_enter_opens_the_card_and_coming_back_finds_the_cursor(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "enter")
        await op.sees("OP-0151", "Linha do tempo")
        await op.press("escape")
        await op.sees("Semana 47", "hoje 11:30 às 12:30")


async def test_a_click_chooses_and_two_open(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3")
        await op.pilot.click("#grid", offset=(50, 15))
        await op.sees("hoje 15:00 às 16:00")
        for place in ((0, 0), (2, 3), (79, 18), (70, 5)):
            await op.pilot.click("#grid", offset=place)
        await op.press("s", "m")
        await op.sees("Novembro")
        for place in ((0, 0), (40, 8), (79, 18)):
            await op.pilot.click("#month", offset=place)
        await op.sees("2026")


async def test_at_60x20_it_opens_on_the_day(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(60, 20)) as op:
        await op.press("3")
        await op.sees("Dia", "Farmácia São Bento  Confirmar TEF", "10:42")


async def test_a_new_one_is_booked_at_the_cursors_half_hour(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "pagedown", "home", "down", "down", "n")
        await op.sees("Agendar", "qui 26/11 09:00")
        await op.press("escape")
        await op.sees("Semana 48")


async def test_free_days_are_those_of_whoever_is_shown(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "D")
        await op.sees("Dias livres", "ana")


async def test_an_internal_one_opens_with_everything_of_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", *["down"] * 7)
        await op.sees("Prévia do fechamento do mês")
        await op.press("enter")
        await op.sees("Sala grande", "Quem faz", "beto (talvez)", "15 min antes")
        await op.press("escape")
        await op.sees("Semana 47")
        await op.press("o")
        await op.sees("Aceitar o convite")
        await op.press("a")
        await op.sees("Respondido: aceitou")


async def test_the_cursors_hour_is_readable_in_english_too(demo_db: Path, clock: Clock) -> None:
    i18n.set_language("en")
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "pagedown", "pagedown", "home", "right", "down", "down", "n")
        await op.sees("Schedule", "→ Fri 4 Dec 09:00")


async def test_a_half_hour_that_runs_already_offers_the_one_to_come(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "up", "up")
        await op.sees("hoje, qui 19/11 10:30")
        await op.press("n")
        await op.sees("Agendar", "→ qui 19/11 11:00")
        assert "já passou" not in op.text()


async def test_the_list_says_below_what_its_bar_is_on_from_the_first_moment(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "s")
        await op.pilot.press("l")
        assert "hoje 11:30 às 12:30" in op.text(), op.text()
        await op.press("s", "m", "down", "left")
        await op.sees("qua 25/11")
        await op.press("s")
        await op.pilot.press("l")
        assert "qui 26/11 14:00 às 17:00" in op.text(), op.text()


async def test_help_and_footer_name_the_four_views(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3")
        await op.sees("s dia, mês…")
        await op.press("question_mark")
        await op.sees("dia, semana, mês ou lista", "compromisso: foi realizado")
