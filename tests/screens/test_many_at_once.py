"""A form about many records of which some or all cannot be done: nothing typed is lost, and it is said why."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.domain.followup import QueueRow
from crm_tui.domain.outcome import Done
from crm_tui.screens.core.forms import FormScreen
from crm_tui.services.followup import views
from crm_tui.services.followup.commands import Redate
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


async def mark_two(ana: Operator) -> list[QueueRow]:
    """The first two rows of Hoje are marked."""
    rows = list(ana.crm.read(views.page, ana.crm.read(views.queue).keys[:2]))
    await ana.press("space", "space")
    await ana.sees("2 marcados")
    return rows


def redated_by_carla(db: Path, clock: Clock, *rows: QueueRow) -> None:
    """The manager puts their steps on another day, in a program of her own."""
    carla = open_crm(db, "carla", clock)
    try:
        day = clock().date().replace(month=12)
        for row in rows:
            assert row.activity_id is not None
            assert isinstance(carla.run(Redate(activity=row.activity_id, when=day)), Done)
    finally:
        carla.store.close()


async def redate(ana: Operator, words: str) -> None:
    await ana.press("R")
    await ana.sees("Remarcar 2 contatos")
    await ana.type(words)


async def test_if_all_are_in_conflict_the_form_stays_says_which_and_keeps_what_was_typed(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        rows = await mark_two(ana)
        await redate(ana, "seg")
        redated_by_carla(demo_db, clock, *rows)
        await ana.press("ctrl+s")
        await ana.sees("Nada foi gravado", "carla mudou isto", rows[0].party or rows[0].title)
        assert isinstance(ana.app.screen, FormScreen)
        assert ana.app.screen.raw() == {"when": "seg"}
        kept = ana.crm.drafts.find("redate", "many")
        assert kept is not None
        assert kept.payload["when"] == "seg"
        await ana.press("ctrl+s")  # told what happened, the same key is meant
        await ana.sees("2 remarcados")
        after = ana.crm.read(views.page, [row.key for row in rows])
        assert {str(row.due_on) for row in after} == {"2026-11-23"}
        assert ana.crm.drafts.find("redate", "many") is None


async def test_left_by_esc_its_marks_and_its_draft_are_still_there(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        rows = await mark_two(ana)
        await redate(ana, "seg")
        redated_by_carla(demo_db, clock, *rows)
        await ana.press("ctrl+s")
        await ana.sees("Nada foi gravado")
        await ana.press("escape")
        await ana.sees("2 marcados")
        await ana.press("R")
        await ana.sees("Remarcar 2 contatos", "seg")
        await ana.press("ctrl+s")
        await ana.sees("2 remarcados")


async def test_those_that_were_left_stay_marked_are_named_and_can_be_tried_again(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        done, left = await mark_two(ana)
        await redate(ana, "seg")
        redated_by_carla(demo_db, clock, left)
        await ana.press("ctrl+s")
        await ana.sees("1 salvo   u desfaz   1 recusado", left.party or left.title, "1 marcado")
        assert set(ana.app.screen.vlist.marks) == {left.key}  # type: ignore[attr-defined]
        after = {row.key: str(row.due_on) for row in ana.crm.read(views.page, [done.key, left.key])}
        assert after == {done.key: "2026-11-23", left.key: "2026-12-19"}
        await ana.press("R")
        await ana.sees("Remarcar 1 contato")
        screen = ana.app.screen
        assert isinstance(screen, FormScreen)
        assert screen.raw() == {"when": "seg"}  # what was typed waited for it
        await ana.press("ctrl+s")
        await ana.sees("1 remarcado")
        assert str(ana.crm.read(views.page, [left.key])[0].due_on) == "2026-11-23"
        assert ana.crm.drafts.find("redate", "many") is None
