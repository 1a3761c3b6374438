"""The copies of the database by keyboard: listed, one made, refused to who may not. (M105)"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crm_tui.connectors import copies
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
        await admin.sees(made.path.name, "crm-tui restore")
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
