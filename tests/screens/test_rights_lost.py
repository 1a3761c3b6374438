"""How far an operator sees changes while the program is open: it follows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from house import do

from crm_tui.domain.access import Scope
from crm_tui.services.access.commands import EditTeam
from crm_tui.services.access.profile_commands import EditProfile
from crm_tui.services.core.crm import Crm
from crm_tui.services.note.commands import AddComment
from crm_tui.services.party.commands import EditParty, NewParty
from tests.conftest import Clock
from tests.screens.operator import at_work


async def test_a_change_of_the_teams_is_followed_by_an_open_program(
    demo_db: Path, crm_as: Callable[[str], Crm], clock: Clock
) -> None:
    """Who leads the team above sees the cards of the one below, and no longer once it is moved away."""
    admin = crm_as("admin")
    teams = dict(admin.store.reader().execute("SELECT name, id FROM team"))
    davi = admin.store.reader().execute("SELECT id FROM user WHERE login = 'davi'").fetchone()[0]
    async with at_work(demo_db, "carla", clock) as carla:
        await carla.until(lambda: carla.app._feed is not None, "the feed is not there")
        assert davi not in carla.crm.viewer.subtree_ids
        admin.run(EditTeam(team=teams["Suporte"], parent=teams["Vendas"]))
        await carla.until(lambda: davi in carla.crm.viewer.subtree_ids, "the team is not seen")
        admin.run(EditTeam(team=teams["Suporte"], parent=None))
        await carla.until(lambda: davi not in carla.crm.viewer.subtree_ids, "the team is still seen")


async def test_who_may_not_see_the_operators_is_offered_none_and_told_when_it_is_saved(
    demo_db: Path, crm_as: Callable[[str], Crm], clock: Clock
) -> None:
    """Typing into the field of an owner ended the program."""
    admin = crm_as("admin")
    profile = admin.store.reader().execute("SELECT profile_id FROM user WHERE login = 'carla'").fetchone()[0]
    admin.run(EditProfile(profile=profile, user_read=Scope.NONE))
    async with at_work(demo_db, "carla", clock) as carla:
        await carla.press("4", "down", "space", "e")
        await carla.sees("Change 1 person")
        await carla.type("bet")
        await carla.press("ctrl+s")
        await carla.sees("Your profile does not allow this (Setup: see operators)")


@pytest.mark.parametrize("lost", ["the profile sees nobody", "somebody else has them"])
async def test_of_who_is_out_of_sight_by_now_nothing_stays_on_the_screen(
    demo_db: Path, crm_as: Callable[[str], Crm], clock: Clock, lost: str
) -> None:
    """The screen of the person said that they are gone above their cards and story, or ended the program."""
    admin = crm_as("admin")
    rows = admin.store.reader()
    profile = rows.execute("SELECT profile_id FROM user WHERE login = 'carla'").fetchone()[0]
    party = do(admin, NewParty(name="Bento Luz", preferences="gosta de café")).entity_id or 0
    do(admin, AddComment(party=party, body="Disse que volta em março."))
    admin.run(EditProfile(profile=profile, party_read=Scope.OWN))
    admin.run(
        EditParty(party=party, owner=rows.execute("SELECT id FROM user WHERE login = 'carla'").fetchone()[0])
    )
    async with at_work(demo_db, "carla", clock) as carla:
        await carla.until(lambda: carla.app._feed is not None, "the feed is not there")
        await carla.press("4")
        await carla.type("bento luz")
        await carla.press("enter", "enter")
        await carla.sees("gosta de café", "volta em março")
        if lost.startswith("the profile"):
            admin.run(EditProfile(profile=profile, party_read=Scope.NONE))
        else:
            beto = rows.execute("SELECT id FROM user WHERE login = 'beto'").fetchone()[0]
            do(admin, EditParty(party=party, owner=beto))
        await carla.sees("gone, or not for you to see")
        await carla.gone("volta em março")
        assert "Bento" not in carla.text()
        await carla.press("down", "enter", "tab", "down", "enter", "escape", "1", "4")
        await carla.sees("Nobody has that")
