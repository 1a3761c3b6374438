"""Who else edits a record is told in the parecer and in the edit forms; nobody is locked out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.screens.core.announce import Announced
from crm_tui.services.board import views as boards
from crm_tui.services.core.crm import Crm
from crm_tui.services.party import views as parties
from tests.conftest import Clock
from tests.screens.operator import PATIENCE, Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")
GONE = 2**22 + 1
"""No process has this number: Linux gives none above 2**22."""


@pytest.fixture
def beto(demo_db: Path, clock: Clock) -> Iterator[Crm]:
    crm = open_crm(demo_db, "beto", clock)
    yield crm
    crm.store.close()


def card_of(ana: Operator) -> int:
    return int(ana.crm.read(boards.find, "OP-0113")[0].id)


def arrives(crm: Crm, subject: str) -> None:
    crm.presence.enter(subject)
    crm.presence.tell(subject)


def leaves(crm: Crm, subject: str) -> None:
    crm.presence.leave(subject)
    crm.presence.tell(subject)


@pytest.mark.parametrize("kind", ["card", "party"])
async def test_an_edit_form_tells_who_else_is_at_the_record(
    kind: str, demo_db: Path, clock: Clock, beto: Crm
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        found = card_of(ana) if kind == "card" else ana.crm.read(parties.search, "benta").hits[0].id
        arrives(beto, f"{kind}:{found}")
        ana.app.screen.go(f"edit_{kind}", **{kind: found})  # type: ignore[attr-defined]
        await ana.sees("beto está editando")
        here = f"{kind}:{found}"
        await ana.until(lambda: beto.presence.others(here) == ["ana"], "the others are not told")
        leaves(beto, f"{kind}:{found}")
        await ana.gone("beto está editando")
        await ana.press("escape")
        await ana.until(lambda: beto.presence.others(f"{kind}:{found}") == [], "ana is still said to edit")


async def test_a_form_over_the_parecer_does_not_take_its_presence_away(
    demo_db: Path, clock: Clock, beto: Crm
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        subject = f"card:{card_of(ana)}"
        await ana.press("p")
        await ana.until(lambda: beto.presence.others(subject) == ["ana"], "the parecer is not told")
        await ana.press("f8")
        await ana.sees("Editar cartão")
        await ana.press("escape")
        await ana.sees("Parecer")
        assert beto.presence.others(subject) == ["ana"]


async def test_ones_own_terminal_that_was_killed_is_not_told_but_a_second_one_is(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        subject = f"card:{card_of(ana)}"
        killed = open_crm(demo_db, "ana", clock)
        killed.drafts.terminal = f"{GONE}-abc"
        arrives(killed, subject)
        assert ana.crm.presence.others(subject) == []
        second = open_crm(demo_db, "ana", clock)
        assert second.drafts.terminal.startswith(f"{os.getpid()}-")
        arrives(second, subject)
        assert ana.crm.presence.others(subject) == ["ana"]
        await ana.press("p")
        await ana.sees("ana está editando")
        killed.store.close()
        second.store.close()


async def test_a_form_at_rest_is_told_who_edits_only_when_that_changes(
    demo_db: Path, clock: Clock, beto: Crm
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        told: list[str] = []
        announced = Announced(ana.app.screen, "card:1", told.append)  # type: ignore[arg-type]
        announced.begin()
        arrives(beto, "card:1")
        for _ in range(3):
            announced._look()
        leaves(beto, "card:1")
        for _ in range(3):
            announced._look()
        announced.end()
        assert told == ["beto está editando", ""]


def test_a_form_that_is_closed_before_it_was_told_leaves_nothing_behind(beto: Crm) -> None:
    beto.presence.enter("card:1")
    beto.presence.leave("card:1")
    beto.presence.tell("card:1")
    assert beto.store.reader().execute("SELECT count(*) FROM presence").fetchone() == (0,)


async def test_a_form_that_closes_does_not_wait_for_anothers_save(
    demo_db: Path, clock: Clock, beto: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "crm_tui.store.store.DRAFT_DEADLINE", PATIENCE
    )  # who waits waits too long for the test
    async with at_work(demo_db, clock=clock) as ana:
        subject = f"card:{card_of(ana)}"
        await ana.press("p")
        await ana.until(lambda: beto.presence.others(subject) == ["ana"], "the parecer is not told")
        with beto.store.writing():
            await ana.press("escape")
            assert type(ana.app.screen).__name__ == "TodayScreen"
            await ana.press("down")
            assert beto.presence.others(subject) == ["ana"], "the row could not go yet"
        await ana.until(lambda: beto.presence.others(subject) == [], "ana is still said to edit")


async def test_whoever_leaves_the_program_is_said_to_edit_no_longer(
    demo_db: Path, clock: Clock, beto: Crm
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        subject = f"card:{card_of(ana)}"
        await ana.press("p")
        await ana.until(lambda: beto.presence.others(subject) == ["ana"], "the parecer is not told")
        await ana.press("ctrl+q")
    assert beto.presence.others(subject) == []


async def test_the_board_tells_on_the_card_who_edits_it_and_when_that_ends(
    demo_db: Path, clock: Clock, beto: Crm
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2")
        screen: Any = ana.app.screen
        card = screen.loaded.of(screen.stage)[1]
        assert "beto edita" not in ana.text()
        arrives(beto, f"card:{card.id}")
        screen._look_around()
        await ana.sees("beto edita")
        kept = screen.card
        screen._look_around()
        assert screen.card == kept
        leaves(beto, f"card:{card.id}")
        screen._look_around()
        await ana.gone("beto edita")


async def test_the_board_looks_around_by_itself_and_not_at_what_one_edits_oneself(
    demo_db: Path, clock: Clock, beto: Crm
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "right")
        screen: Any = ana.app.screen
        await ana.press("p")
        await ana.until(lambda: beto.presence.others(f"card:{screen.card}") == ["ana"], "not told")
        await ana.press("escape")
        assert ana.crm.presence.everywhere("card") == {}
        arrives(beto, f"card:{screen.card}")
        await ana.sees("beto edita")
