"""Atender by keyboard: chosen, passed over with and without a reason, put off; what is done and what is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.services.followup import views
from crm_tui.services.trail import views as trails
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


def _key(ana: Operator) -> int:
    key = ana.app.screen.vlist.key  # type: ignore[attr-defined]
    assert isinstance(key, int)
    return key


async def test_attending_says_what_is_left_and_its_own_keys(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        left = ana.crm.read(views.day_left)
        await ana.press("A")
        await ana.sees("Atendendo", f"restam {left}", "] próximo", "z adiar", "próximo: ")
        await ana.press("escape")
        await ana.gone("Atendendo")
        assert "] próximo" not in ana.text()


@pytest.mark.parametrize("key", ["A", "]"])
async def test_passed_over_it_stays_so_for_the_day_in_every_program(
    demo_db: Path, clock: Clock, key: str
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("A")
        first = _key(ana)
        await ana.press("right_square_bracket" if key == "]" else key)
        second = _key(ana)
        assert second != first
        await ana.sees("Atendendo")
    async with at_work(demo_db, clock=clock) as again:
        await again.press("A")
        assert _key(again) == second


async def test_once_all_were_passed_over_the_round_begins_anew(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("A")
        first, seen = _key(ana), set()
        while _key(ana) not in seen:
            seen.add(_key(ana))
            await ana.press("A")
        await ana.sees("a volta recomeça")
        assert _key(ana) == first
        assert len(seen) > ana.crm.read(views.day_left)


async def test_shift_z_says_why_and_goes_on(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("A")
        first = _key(ana)
        await ana.press("Z")
        await ana.sees("Pular por hoje", "Motivo")
        await ana.type("linha ocupada")
        await ana.press("ctrl+s")
        await ana.sees("pulado por hoje", "Atendendo")
        assert "u desfaz" not in ana.text()  # it would take back what was done before
        assert _key(ana) != first
        told = ana.crm.read(trails.of_card, first)[0]
        assert (told.kind, told.reason) == ("card.skipped", "linha ocupada")


async def test_z_puts_the_contact_off_says_so_and_goes_on(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("A")
        first = _key(ana)
        await ana.press("z")
        await ana.sees("Adiar 1 contato", "Até", "Motivo")
        await ana.type("15h")
        await ana.press("tab")
        await ana.type("em reunião")
        await ana.press("ctrl+s")
        await ana.sees("1 adiado", "z adiado 15:00")
        assert _key(ana) != first
        await ana.sees("Atendendo")
        ana.app.screen.vlist.go_to(first)  # type: ignore[attr-defined]
        await ana.sees("z adiado até hoje 15:00: em reunião")
        await ana.press("u")
        await ana.gone("z adiado 15:00")


async def test_marked_contacts_are_put_off_in_one_batch(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        keys = list(ana.crm.read(views.queue).keys[:3])
        await ana.press("space", "space", "space", "z")
        await ana.sees("Adiar 3 contatos")
        await ana.type("sex")
        await ana.press("ctrl+s")
        await ana.sees("3 adiados")
        assert all(row.snoozed_until is not None for row in ana.crm.read(views.page, keys))
        await ana.press("u")
        await ana.sees("Desfeito")
        assert all(row.snoozed_until is None for row in ana.crm.read(views.page, keys))


async def test_a_moment_that_is_over_is_refused_in_the_field(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("z")
        await ana.type("ontem")
        await ana.press("ctrl+s")
        await ana.sees("já passou")


async def test_on_the_board_the_card_and_the_person_z_does_the_same(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "j", "j", "z")
        await ana.type("15h")
        await ana.press("ctrl+s")
        await ana.sees("z15:00")
        await ana.press("enter")
        await ana.sees("z adiado 15:00")
        await ana.press("z")
        await ana.type("16h")
        await ana.press("ctrl+s")
        await ana.sees("z adiado 16:00")


async def test_on_the_person_z_and_r_are_about_the_card_under_the_cursor(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("padaria aurora")
        await ana.press("enter", "enter")
        await ana.sees("OP-0142", "Cartões")
        await ana.press("z")
        await ana.type("16h")
        await ana.press("ctrl+s")
        await ana.sees("z adiado 16:00")
        await ana.press("R")
        await ana.type("seg")
        await ana.press("enter")
        await ana.gone("z adiado 16:00")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_put_off_and_attending_cut_no_word(demo_db: Path, clock: Clock, size: tuple[int, int]) -> None:
    from crm_tui.services.followup.commands import Snooze

    crm = open_crm(demo_db, "ana", clock)
    for key in crm.read(views.queue).keys[:3]:
        crm.run(Snooze(card=key, until=clock.now.date().replace(day=27)))
    crm.store.close()
    async with at_work(demo_db, clock=clock, size=size) as ana:
        await ana.press("A")
        await ana.sees("Atendendo", "restam", "z adiado 27/11", "próximo: chegou a hora")
        await ana.press("right_square_bracket")
        await ana.sees("próximo: o vencido há mais tempo")
        assert "…" not in ana.lines()[0] + ana.lines()[1]
        await ana.press("escape", "g")
        await ana.sees("z adiado até sex 27/11")


async def test_a_lead_that_nobody_has_taken_is_shown_in_its_list(demo_db: Path, clock: Clock) -> None:
    from crm_tui.domain.followup import WhyNext
    from crm_tui.services.followup.commands import SkipContact

    crm = open_crm(demo_db, "carla", clock)
    found = crm.read(views.next_card)
    while found is not None and found.why is not WhyNext.UNTAKEN_LEAD:
        crm.run(SkipContact(card=found.key) if found.key > 0 else SkipContact(activity=-found.key))
        found = crm.read(views.next_card)
    assert found is not None
    crm.store.close()
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await carla.press("A")
        await carla.until(lambda: _key(carla) == found.key, "the cursor is not on the lead")
        await carla.sees("um lead sem dono", "Atendendo")


async def test_s_shows_my_list_my_teams_or_everybodys(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        mine = len(ana.crm.read(views.queue, closed=True).keys)
        await ana.press("s")
        await ana.sees("Os meus", "Os da equipe", "Os de todos")
        await ana.press("p")
        await ana.sees("dono:equipe")
        await ana.until(lambda: len(ana.app.screen.queue.keys) > mine, "not the team's list")  # type: ignore[attr-defined]
        team = len(ana.app.screen.queue.keys)  # type: ignore[attr-defined]
        await ana.press("s", "d")
        await ana.until(lambda: len(ana.app.screen.queue.keys) >= team, "not everybody's list")  # type: ignore[attr-defined]
        await ana.press("s", "m")
        await ana.until(lambda: len(ana.app.screen.queue.keys) == mine, "not one's own list")  # type: ignore[attr-defined]


@pytest.mark.parametrize("place", ["1", "4"])
async def test_the_legend_is_one_key_away(demo_db: Path, clock: Clock, place: str) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press(place)
        if place == "4":
            await ana.type("padaria aurora")
            await ana.press("enter", "enter")
            await ana.sees("Cartões")
        await ana.press("question_mark")
        await ana.sees("! vencido", "● hoje", "◇ data interna", "○ em aberto", "✓ encerrado")
        await ana.sees("∅   sem próximo passo", "z   adiado")
