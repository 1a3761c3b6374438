"""The copies of the database by keyboard: listed, one made, refused to who may not. (M105)"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crm_tui.connectors import copies
from crm_tui.domain.outcome import Done
from crm_tui.services.party import views as parties
from crm_tui.services.party.commands import NewParty
from crm_tui.store import backup
from tests.conftest import Clock
from tests.screens.machine import own_config
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("own_config")
__all__ = ["own_config"]


async def opened(who: Operator) -> None:
    await who.press(",")
    await who.sees("This machine")
    await who.press("o", "c")
    await who.sees("Copies of the database")


async def test_a_copy_is_made_by_key_checked_and_listed(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="admin", clock=clock) as admin:
        await opened(admin)
        await admin.sees("There is no copy yet.")
        await admin.press("ctrl+s")
        await admin.sees("is a complete copy")
        [made] = copies.kept(demo_db)
        backup.check(made.path)
        now = admin.crm.clock().timestamp()
        os.utime(made.path, (now, now))
        await admin.press("o", "c")
        await admin.sees(made.path.name, "chooses one to put back")
        await admin.press("escape")
        os.utime(made.path, (now, now - 3 * 24 * 60 * 60))
        await admin.press("o", "c")
        await admin.sees(made.path.name, "The newest copy is old")


async def test_who_may_not_copy_the_base_is_refused_and_there_is_none(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crm_tui.services.core import custody
    from crm_tui.services.core.reading import Denied

    def denied(*_: object) -> None:
        raise Denied(custody.BACKUP)

    monkeypatch.setattr(custody, "ask", denied)
    async with at_work(demo_db, login="admin", clock=clock) as admin:
        await opened(admin)
        await admin.press("ctrl+s")
        await admin.sees("Your profile does not allow this")
    assert copies.kept(demo_db) == []


async def test_a_copy_is_put_back_by_key_and_every_open_program_reads_it_anew(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, login="admin", clock=clock) as admin, at_work(demo_db, clock=clock) as ana:
        await opened(admin)
        await admin.press("ctrl+s")
        await admin.sees("is a complete copy")
        assert isinstance(ana.crm.run(NewParty(name="Zuleica Prado")), Done)
        people = admin.crm.read(parties.count)
        await admin.press("o", "c")
        await admin.sees("chooses one to put back")
        await admin.press("down")
        await admin.sees("Put a copy back")
        await admin.press("enter")
        await admin.sees("Put back the copy of", "kept as a copy")
        await admin.press("escape")
        assert admin.crm.read(parties.count) == people
        await admin.press("down", "1", "y")
        await admin.until(lambda: admin.crm.read(parties.count) == people - 1, "it was not put back")
        await ana.sees("was restored from a copy")
        assert ana.crm.read(parties.count) == people - 1
        [before] = [each for each in copies.kept(demo_db) if "before-restore" in each.path.name]
        backup.check(before.path)
        assert isinstance(ana.crm.run(NewParty(name="Zuleica Ramos")), Done)


async def test_who_may_not_put_a_copy_back_is_refused_and_nothing_changes(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crm_tui.services.core import custody
    from crm_tui.services.core.reading import Denied

    backup.backup(demo_db, demo_db.with_name(f"{demo_db.name}.copy-2026-11-20-1000"))

    def denied(_: Path, key: str, __: object) -> None:
        raise Denied(key)

    monkeypatch.setattr(custody, "ask", denied)
    async with at_work(demo_db, login="admin", clock=clock) as admin:
        await opened(admin)
        await admin.press("down", "1", "y")
        await admin.sees("Your profile does not allow this")
    assert [each for each in copies.kept(demo_db) if "before-restore" in each.path.name] == []
