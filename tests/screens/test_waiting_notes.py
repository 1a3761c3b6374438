"""What was left to conclude is seen wherever its person or card is, and says what became of the card. (B45-B47)"""

from __future__ import annotations

from pathlib import Path

import pytest
from house import do

from crm_tui.bootstrap import open_crm
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import DeleteCard, LoseCard, MoveCard
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")
OWED = "OP-0113"


async def begun(ana: Operator, words: str) -> int:
    await ana.press("p")
    await ana.sees(OWED)
    await ana.type(words)
    await ana.press("escape")
    await ana.sees("¶3")
    return int(ana.crm.read(boards.find, OWED)[0].id)


async def test_header_card_and_person_show_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await begun(ana, "Falta o preço")
        await ana.press("enter")
        await ana.sees(OWED, "Falta o preço")
        party = ana.crm.read(boards.detail, card).party_id
        ana.app.screen.go("person", party=party)  # type: ignore[attr-defined]
        await ana.sees("Restaurante Dona Benta", f"{OWED} “Falta o preço”")


@pytest.mark.parametrize("what", ["closed", "moved", "deleted"])
async def test_a_card_that_is_no_longer_as_it_was_keeps_its_draft_which_says_so(
    what: str, demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = await begun(ana, "Falta o preço")
        clock.advance(minutes=5)
        admin = open_crm(demo_db, "admin", clock)
        detail = admin.read(boards.detail, card)
        stages = admin.read(boards.stages, detail.board_id)
        reason = admin.store.reader().execute("SELECT id FROM loss_reason LIMIT 1").fetchone()[0]
        do(
            admin,
            {
                "closed": LoseCard(card=card, reason=reason, note="x"),
                "moved": MoveCard(card=card, stage=stages[2].id),
                "deleted": DeleteCard(card=card),
            }[what],
        )
        admin.store.close()
        await ana.press("d")
        await ana.sees("Falta o preço")
        told = {
            "closed": "encerrado por admin",
            "moved": stages[2].name,
            "deleted": "o registro não existe mais",
        }[what]
        await ana.until(lambda: told in ana.text(), f"not told: {what}")
        assert ana.crm.drafts.find("file_note", f"card:{card}") is not None
