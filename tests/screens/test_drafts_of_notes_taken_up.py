"""A parecer that was left is filed as it stood: on the step it was begun on, for no campaign if it said so, and an
undone one takes its card where it took it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from house import do

from crm_tui.bootstrap import commands, open_crm
from crm_tui.services.board import views as boards
from crm_tui.services.followup.commands import PlanStep
from crm_tui.services.note.commands import FileNote
from crm_tui.services.trail.commands import UndoBatch
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")
OWED = "OP-0113"


def one(ana: Operator, sql: str, *params: object) -> Any:
    found: Any = ana.crm.store.reader().execute(sql, params).fetchone()[0]
    return found


async def test_it_registers_the_step_on_which_it_was_begun(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = int(ana.crm.read(boards.find, OWED)[0].id)
        later = do(ana.crm, PlanStep(card=card, when=date(2027, 1, 11), subject="depois")).entity_id
        ana.app.screen.go("note", card=card, activity=later)  # type: ignore[attr-defined]
        await ana.sees("Parecer")
        await ana.type("Do passo de janeiro")
        await ana.press("escape", "d")
        await ana.sees("Do passo de janeiro")
        await ana.press("enter")
        await ana.sees("Parecer", "Do passo de janeiro")
        await ana.press("tab", "1", "ctrl+s")
        await ana.until(lambda: not ana.crm.drafts.find("file_note", f"card:{card}"), "not filed")
        state = ana.crm.store.reader().execute("SELECT state FROM activity WHERE id = ?", (later,)).fetchone()
        assert state == ("done",)


async def test_a_campaign_that_was_taken_out_stays_out(demo_db: Path, clock: Clock) -> None:
    admin = open_crm(demo_db, "admin", clock)
    card = int(admin.read(boards.find, OWED)[0].id)
    campaign = do(admin, commands()["add_campaign"](name="Prospecção")).entity_id
    do(admin, commands()["edit_card"](card=card, campaign=campaign))
    admin.store.close()
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.sees("Prospecção")
        await ana.type("Sem campanha")
        ana.app.screen.inputs["campaign"].focus()  # type: ignore[attr-defined]
        await ana.press("backspace", "backspace")
        await ana.gone("Prospecção")
        await ana.press("escape", "p")
        await ana.sees("Sem campanha", "Campanha")
        assert "Prospecção" not in ana.text()
        await ana.press("f4", "1", "ctrl+s")
        await ana.until(lambda: not ana.crm.drafts.find("file_note", f"card:{card}"), "not filed")
        done = "SELECT campaign_id FROM activity WHERE card_id = ? AND state = 'done' ORDER BY done_at DESC"
        assert one(ana, done, card) is None


async def test_beside_a_campaign_that_the_card_has_its_contact_holds_too(demo_db: Path, clock: Clock) -> None:
    """Both stand in one row: the one that is filled makes the field of the other."""
    admin = open_crm(demo_db, "admin", clock)
    card = int(admin.read(boards.find, OWED)[0].id)
    campaign = do(admin, commands()["add_campaign"](name="Prospecção")).entity_id
    do(admin, commands()["edit_card"](card=card, campaign=campaign))
    admin.store.close()
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.sees("com Benta Carvalho", "Falei com       Benta Carvalho", "Prospecção")
        await ana.type("Falei")
        await ana.press("tab", "1", "ctrl+s")
        await ana.sees("gravado")
        told = "SELECT p.name FROM activity a JOIN party p ON p.id = a.contact_id WHERE a.card_id = ?"
        assert one(ana, f"{told} AND a.state = 'done' ORDER BY done_at DESC", card) == "Benta Carvalho"


async def test_an_undone_note_filed_again_moves_its_card_again(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = int(ana.crm.read(boards.find, OWED)[0].id)
        stands = ana.crm.read(boards.detail, card)
        to = ana.crm.read(boards.stages, stands.board_id)[1]
        if to.id == stands.stage_id:
            to = ana.crm.read(boards.stages, stands.board_id)[0]
        result = one(ana, "SELECT id FROM result ORDER BY id")
        do(ana.crm, FileNote(card=card, body="Andou", result=result, stage=to.id))
        do(ana.crm, UndoBatch())
        assert one(ana, "SELECT stage_id FROM card WHERE id = ?", card) == stands.stage_id
        ana.app.screen.go("note", card=card)  # type: ignore[attr-defined]
        await ana.sees("Andou", to.name)
        await ana.press("ctrl+s")
        await ana.until(lambda: not ana.crm.drafts.find("file_note", f"card:{card}"), "not filed")
        assert one(ana, "SELECT stage_id FROM card WHERE id = ?", card) == to.id
