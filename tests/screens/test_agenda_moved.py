"""Appointments moved, stretched and ended in the agenda by one key each; what clashes is said, a series asked about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.domain.outcome import Done
from crm_tui.domain.recurring import Repeat
from crm_tui.services.access import views as access
from crm_tui.services.agenda import views
from crm_tui.services.agenda.commands import BookAppointment
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")
MEETING = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)
"""Wednesday of next week, 10:00 in São Paulo: nothing else is that day."""


def _book(db: Path, clock: Clock, **more: Any) -> int:
    crm = open_crm(db, "ana", clock)
    said: dict[str, Any] = {"when": MEETING, "subject": "Reunião interna"} | more
    done = crm.run(BookAppointment(**said))
    assert isinstance(done, Done), done
    crm.store.close()
    assert done.entity_id is not None
    return done.entity_id


async def _on_it(op: Operator, activity: int) -> None:
    """The next week, the cursor on this appointment."""
    await op.press("3", "pagedown")
    op.app.screen.arrive(activity=activity)  # type: ignore[attr-defined]
    await op.sees("Reunião interna")


def _at(op: Operator, activity: int) -> tuple[datetime, datetime]:
    found = op.crm.read(views.appointment, activity)
    return found.start_at, found.end_at


async def test_half_hours_days_and_length_each_by_a_key_and_back(demo_db: Path, clock: Clock) -> None:
    meeting = _book(demo_db, clock)
    async with at_work(demo_db, clock=clock) as op:
        await _on_it(op, meeting)
        _, end = _at(op, meeting)
        lasts = end - MEETING
        await op.press("J")
        await op.sees("Movido para qua 25/11 10:30")
        assert _at(op, meeting)[0] == MEETING + timedelta(minutes=30)
        await op.press("K", "K", "L")
        await op.sees("Movido para qui 26/11 09:30")
        await op.press("greater_than_sign")
        assert _at(op, meeting)[1] - _at(op, meeting)[0] == lasts + timedelta(minutes=30)
        await op.press("less_than_sign", "H", "J")
        assert _at(op, meeting) == (MEETING, end)
        await op.press("u")
        await op.sees("Desfeito")
        assert _at(op, meeting)[0] == MEETING - timedelta(minutes=30)


async def test_where_nothing_stands_it_is_said(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "pagedown", "home")
        for key in ("J", "L", "greater_than_sign", "w", "x", "R", "p", "e", "enter"):
            await op.press(key)
            await op.sees("Nenhum compromisso aqui: n agenda um")


async def test_moved_out_of_the_week_the_agenda_follows(demo_db: Path, clock: Clock) -> None:
    meeting = _book(demo_db, clock, when=MEETING + timedelta(days=2))
    async with at_work(demo_db, clock=clock) as op:
        await _on_it(op, meeting)
        await op.press("L", "L", "L")
        await op.sees("Semana 49", "seg 30/11", "Reunião interna")


async def test_what_clashes_is_said_and_may_be_done_knowingly(demo_db: Path, clock: Clock) -> None:
    meeting = _book(demo_db, clock)
    _book(demo_db, clock, when=MEETING + timedelta(minutes=30), subject="Outra coisa")
    async with at_work(demo_db, clock=clock) as op:
        await _on_it(op, meeting)
        await op.press("J")
        await op.sees("Não foi feito", "Outra coisa")
        assert _at(op, meeting)[0] == MEETING
        await op.press("escape")
        await op.gone("Não foi feito")
        await op.press("J")
        await op.sees("Não foi feito", "Mesmo assim")
        await op.press("m")
        await op.sees("Movido para")
        assert _at(op, meeting)[0] == MEETING + timedelta(minutes=30)
        await op.press("u")
        await op.sees("Desfeito")
        await op.press("J")
        await op.sees("Ou em")
        await op.press("o")
        await op.sees("Movido para")
        assert _at(op, meeting)[0] not in (MEETING, MEETING + timedelta(minutes=30))


async def test_whole_days_stand_over_the_hours_and_move_by_days(demo_db: Path, clock: Clock) -> None:
    feast = _book(demo_db, clock, when=date(2026, 11, 25), subject="Feira", all_day=True)
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "pagedown")
        op.app.screen.arrive(activity=feast)  # type: ignore[attr-defined]
        await op.sees("dias  ", "○ Feira", "qua 25/11")
        await op.press("J")
        await op.sees("O que ocupa dias inteiros não tem hora")
        await op.press("L")
        await op.sees("Planejamento das férias coletivas", "ter 01/12")
        assert "Em qua 25/11" not in op.text()  # where it lies already
        await op.press("m")
        await op.sees("Movido para qui 26/11")
        assert op.crm.read(views.appointment, feast).due_on == date(2026, 11, 26)
        await op.press("down")
        await op.sees("qui 26/11 08:00")


async def test_of_a_series_it_is_asked_which_ones(demo_db: Path, clock: Clock) -> None:
    meeting = _book(demo_db, clock, repeat=Repeat.WEEKLY)
    async with at_work(demo_db, clock=clock) as op:
        await _on_it(op, meeting)
        await op.press("J")
        await op.sees("Só este")
        await op.press("enter")
        await op.sees("Movido para qua 25/11 10:30")
        await op.press("pagedown")
        await op.sees("Semana 49", "Reunião…")
        assert _at(op, meeting)[0] == MEETING + timedelta(minutes=30)


async def test_held_not_held_cancelled_and_deleted_are_shown_on_request(demo_db: Path, clock: Clock) -> None:
    meeting = _book(demo_db, clock)
    async with at_work(demo_db, clock=clock) as op:
        await _on_it(op, meeting)
        await op.press("x")
        await op.sees("Cancelar", "Apagar")
        await op.press("c")
        await op.sees("Motivo")
        await op.type("remarcou por telefone")
        await op.press("ctrl+s")
        await op.gone("Motivo")
        await op.press("down", "s", "c")
        await op.sees("com excluídos", "Reunião…")
        op.app.screen.arrive(activity=meeting)  # type: ignore[attr-defined]
        await op.sees("cancelado")
        await op.press("x", "p")
        await op.sees("Planejado de novo")
        assert op.crm.read(views.appointment, meeting).state == "planned"
        clock.advance(days=7)
        await op.press("w")
        await op.sees("Realizado")
        assert op.crm.read(views.appointment, meeting).state == "done"


async def test_with_a_card_held_means_a_parecer(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "w")
        await op.sees("Parecer", "Clínica Sorriso")


async def test_what_is_over_is_not_held_twice_and_still_has_its_parecer(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "left", "down", "down", "down")
        await op.sees("Conferir a pista")
        for key in ("w", "x"):
            await op.press(key)
            await op.sees("Já foi realizado")
        await op.press("p")
        await op.sees("Parecer", "Posto Avenida")


async def test_another_hour_in_words_and_other_data(demo_db: Path, clock: Clock) -> None:
    meeting = _book(demo_db, clock)
    async with at_work(demo_db, clock=clock) as op:
        await _on_it(op, meeting)
        await op.press("R")
        await op.sees("Remarcar")
        await op.type("27/11 16h")
        await op.press("ctrl+s")
        await op.sees("Remarcado")
        assert _at(op, meeting)[0] == datetime(2026, 11, 27, 19, tzinfo=UTC)
        await op.press("e")
        await op.sees("Editar compromisso", "Reunião interna", "2026-11-27 16:00")
        await op.press("tab", "tab", "tab", "tab", "tab")
        await op.type("Sala 2")
        await op.press("ctrl+s")
        await op.sees("Compromisso alterado", "Sala 2")
        assert op.crm.read(views.appointment, meeting).location == "Sala 2"


async def test_a_colleague_books_and_it_stands_here_with_the_cursor_where_it_was(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "pagedown")
        await op.sees("Semana 48")
        before = op.lines()[-2]
        _book(demo_db, clock)
        await op.sees("Reunião…")
        assert op.lines()[-2] == before


async def test_what_one_declined_says_so_and_can_be_answered_anew(demo_db: Path, clock: Clock) -> None:
    crm = open_crm(demo_db, "ana", clock)
    known = {user.login: user.id for user in crm.read(access.users)}
    crm.store.close()
    activity = _book(demo_db, clock, who=(known["ana"], known["beto"]))
    async with at_work(demo_db, login="beto", clock=clock) as op:
        await _on_it(op, activity)
        await op.press("o", "r")
        await op.sees("Respondido: recusou")
        await op.press("escape")
        await op.until(lambda: "recusou" in op.lines()[-2], "the answer is not told")
        await op.press("o", "a")
        await op.until(lambda: "recusou" not in op.lines()[-2], "the answer stayed")
