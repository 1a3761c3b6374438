"""The first free hour and the days under a date field: in the parecer, in Remarcar, for everybody in *Quem*. (X20)"""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.services.free import views
from crm_tui.widgets.day_strip import DayStrip
from tests.conftest import Clock
from tests.screens.booked_days import taken
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


async def in_when(operator: Operator) -> None:
    """A note on the first contact, the focus in *Quando*."""
    await operator.press("p")
    await operator.sees("Próximo passo")
    await operator.type("Quer ver.")
    await operator.press("tab", "1", "tab")


async def test_f5_puts_the_first_free_hour_and_again_the_one_after(demo_db: Path, clock: Clock) -> None:
    clock.advance(days=3, hours=20)
    async with at_work(taken(demo_db), "ana", clock) as operator:
        await in_when(operator)
        await operator.press("f5")
        await operator.sees("seg 23/11 11:00", "livre até 12:00")
        await operator.press("f5")
        await operator.sees("seg 23/11 11:30")
        await operator.press("f5")
        await operator.sees("seg 23/11 13:00", "livre até 18:00")


async def test_a_day_that_is_typed_is_where_f5_begins(demo_db: Path, clock: Clock) -> None:
    async with at_work(taken(demo_db), "ana", clock) as operator:
        await in_when(operator)
        await operator.type("ter")
        await operator.press("f5")
        await operator.sees("ter 24/11 08:00", "livre até 12:00")


async def test_elsewhere_in_the_note_f5_opens_dias_livres_and_the_text_stays(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(taken(demo_db), "ana", clock) as operator:
        await operator.press("p")
        await operator.type("Quer ver.")
        await operator.press("f5")
        await operator.sees("1º livre", "juntos")
        await operator.press("escape")
        await operator.sees("Quer ver.")


async def test_the_echo_says_what_clashes_and_that_an_hour_is_free(demo_db: Path, clock: Clock) -> None:
    async with at_work(taken(demo_db), "ana", clock) as operator:
        await in_when(operator)
        await operator.type("seg 10h")
        await operator.sees("colide com Reunião de vendas às 08:00")
        await operator.press("ctrl+w", "ctrl+w")
        await operator.type("seg 19h")
        await operator.gone("colide")
        assert "livre até" not in operator.text()


async def test_the_days_show_under_the_date_and_arrows_walk_them(demo_db: Path, clock: Clock) -> None:
    async with at_work(taken(demo_db), "ana", clock) as operator:
        await in_when(operator)
        await operator.sees("Dias livres    qui 19 sex 20 sáb 21")
        await operator.press("down")
        assert isinstance(operator.app.focused, DayStrip)
        await operator.sees("enter escolher")
        await operator.press("right", "right", "right", "right")
        await operator.sees("seg 23         08 █")
        await operator.press("enter")
        assert not isinstance(operator.app.focused, DayStrip)
        await operator.sees("→ seg 23/11")
        await operator.sees("ctrl+s gravar")


async def test_the_days_keep_the_hour_turn_by_months_and_esc_leaves_the_words(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(taken(demo_db), "ana", clock) as operator:
        await in_when(operator)
        await operator.type("ter 14h")
        await operator.sees("■ 14:00 às 14:30")
        await operator.press("down", "pagedown")
        await operator.sees("qui 24")
        await operator.press("escape")
        await operator.sees("▌ter 14h")
        await operator.press("down", "right", "enter")
        await operator.sees("qua 25/11 14:00")
        await operator.press("down", "full_stop", "f5")
        await operator.sees("qua 25/11 14:00")


async def test_a_holiday_says_so_in_the_days(demo_db: Path, clock: Clock) -> None:
    async with at_work(taken(demo_db), "ana", clock) as operator:
        await in_when(operator)
        await operator.sees("× fer.")
        await operator.type("sex")


async def test_rescheduling_asks_for_whoever_does_the_step(demo_db: Path, clock: Clock) -> None:
    clock.advance(days=3, hours=20)
    async with at_work(taken(demo_db), "ana", clock) as operator:
        await operator.press("R")
        await operator.sees("Remarcar")
        await operator.press("f5")
        await operator.sees("seg 23/11 11:00", "Dias livres")


async def test_a_visit_with_two_colleagues_is_booked_in_the_first_hour_that_all_have(
    demo_db: Path, clock: Clock
) -> None:
    """Job 7: ten keys. Of the week carla and beto leave no whole hour before the Thursday."""
    clock.advance(days=3, hours=20)
    async with at_work(taken(demo_db), "ana", clock) as operator:
        await operator.press("a", "v", "tab", "b", "enter", "c", "enter", "tab", "f5")
        await operator.sees("qui 26/11 08:00", "livre para os 3", "Todos livres", "■ 08:00 às 09:00")
        await operator.press("ctrl+s")
        await operator.sees("u desfaz")
        assert operator.keys == 10
        found = operator.crm.store.reader().execute(
            "SELECT count(*) FROM agenda_slot WHERE start_at = '2026-11-26T11:00:00.000Z' AND busy"
        )
        assert found.fetchone() == (3,)


async def test_another_one_in_who_makes_the_echo_another(demo_db: Path, clock: Clock) -> None:
    async with at_work(taken(demo_db), "ana", clock) as operator:
        await operator.press("a", "v", "tab", "tab")
        await operator.type("seg 14h")
        await operator.sees("livre até 18:00")
        await operator.press("shift+tab")
        await operator.press("b", "enter")
        await operator.sees("beto tem Feira às 08:00")


async def test_on_a_low_screen_the_days_come_when_they_are_asked_for(demo_db: Path, clock: Clock) -> None:
    async with at_work(taken(demo_db), "ana", clock, size=(60, 20)) as operator:
        await in_when(operator)
        assert "Dias livres" not in operator.text()
        await operator.press("down")
        await operator.sees("Dias livres")


async def test_a_letter_in_the_date_reads_no_agenda_again(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is free is read once for a stretch of days."""
    async with at_work(taken(demo_db), "ana", clock) as operator:
        await in_when(operator)
        await operator.type("ter 14h")
        asked = []
        read = type(operator.crm).read

        def counted(self: object, view: object, *args: object, **more: object) -> object:
            asked.append(view)
            return read(self, view, *args, **more)  # type: ignore[arg-type]

        monkeypatch.setattr(type(operator.crm), "read", counted)
        await operator.type("30")
        assert views.times not in asked
        await operator.sees("14:30")


async def _scheduling(operator: Operator, when: str, until: str) -> None:
    """*Agendar* with these words, the focus in *Quando*."""
    await operator.press("a", "v", "tab", "tab")
    await operator.type(when)
    await operator.press("tab")
    await operator.type(until)
    await operator.press("shift+tab")


async def test_until_says_for_how_long_the_days_and_f5_look(demo_db: Path, clock: Clock) -> None:
    async with at_work(taken(demo_db), "ana", clock) as operator:
        await _scheduling(operator, "ter 8h", "10h30")
        await operator.sees("08:00 às 10:30")
        await operator.press("f5")
        await operator.sees("ter 24/11 08:00")
        await operator.press("f5")
        await operator.sees("ter 24/11 13:00", "13:00 às 15:30", "Termina às         15:30")
        await operator.press("f5")
        await operator.sees("qua 25/11 08:00", "Termina às         10:30")


async def test_a_date_without_an_hour_of_an_activity_has_its_days(demo_db: Path, clock: Clock) -> None:
    async with at_work(taken(demo_db), "ana", clock) as operator:
        await operator.press("a", "v", *["tab"] * 7)
        await operator.sees("Dias livres        qui 19")
        await operator.press("down", "right", "enter")
        await operator.sees("→ sex 20/11")
        await operator.press("ctrl+u", "f5")
        await operator.sees("→ qui 19/11  hoje")
        await operator.press("f5")
        await operator.sees("→ seg 23/11  em 4 dias")
