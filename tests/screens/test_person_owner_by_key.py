"""The owner of a person by keyboard: chosen in *Nova pessoa* and in *Editar pessoa*, and undone. (K5)"""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Clock
from tests.screens.operator import Operator, at_work


def owner_of(ana: Operator, name: str) -> str | None:
    row = (
        ana.crm.store.reader()
        .execute('SELECT u.login FROM party p JOIN "user" u ON u.id = p.owner_id WHERE p.name = ?', (name,))
        .fetchone()
    )
    return None if row is None else str(row[0])


async def test_the_owner_is_chosen_in_the_forms_of_a_person_and_u_gives_them_back(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("Zebra Tintas")
        await ana.sees("0 of")
        await ana.press("down", "enter")
        await ana.sees("New person", "Owner")
        for _ in range(7):
            await ana.press("tab")
        await ana.type("beto")
        await ana.press("enter", "ctrl+s")
        await ana.sees("no phone or e-mail yet")
        assert owner_of(ana, "Zebra Tintas") == "beto"
        await ana.press("u")
        await ana.until(lambda: owner_of(ana, "Zebra Tintas") is None, "nobody was made")


async def test_a_person_is_handed_over_in_the_form_of_theirs_and_u_takes_them_back(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("padaria aurora")
        await ana.press("down")
        before = owner_of(ana, "Padaria Aurora")
        assert before != "beto"
        await ana.press("e")
        await ana.sees("Edit organisation")
        await ana.press("shift+tab")
        await ana.type("beto")
        await ana.press("enter", "ctrl+s")
        await ana.until(lambda: owner_of(ana, "Padaria Aurora") == "beto", "handed over")
        await ana.gone("Edit organisation")
        await ana.press("u")
        await ana.until(lambda: owner_of(ana, "Padaria Aurora") == before, "theirs again")
