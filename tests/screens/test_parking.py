"""Parking from two threads: a hang-up stores on the UI's while an autosave still waits in the writer's."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.screens.core.parking import Parked, Parking
from crm_tui.services.core.crm import Crm
from tests.conftest import Clock


@pytest.fixture
def crm(demo_db: Path, clock: Clock) -> Iterator[Crm]:
    opened = open_crm(demo_db, "carla", clock)
    yield opened
    opened.store.close()


class Form:
    """A form with one field, and the application's one writer thread, which can be kept busy."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm
        self.typed = ""
        self.free = threading.Event()
        self.writer = ThreadPoolExecutor(1)
        self.shell = SimpleNamespace(park=self._park)
        self.now = crm.clock()
        self.parking = Parking(cast("Any", self), "add_comment", "card:1", self._collect)

    def _collect(self) -> Parked:
        return Parked({"body": self.typed}, {}, self.typed)

    async def _park(self, work: Callable[[], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.writer, work)

    def texts(self) -> list[str]:
        """What lies parked about this card."""
        drafts = self.crm.drafts.list()
        return [d.payload["body"] for d in drafts if (d.command, d.subject) == ("add_comment", "card:1")]


async def test_what_a_hang_up_stored_is_not_overwritten_by_the_autosave_before_it(crm: Crm) -> None:
    form = Form(crm)
    form.writer.submit(form.free.wait)  # a long save of somebody: the autosave waits its turn
    form.typed = "liga"
    autosave = asyncio.create_task(form.parking.save())
    await asyncio.sleep(0)
    form.typed = "ligar amanhã cedo"
    form.parking.now()
    form.free.set()
    await autosave
    assert form.texts() == ["ligar amanhã cedo"]


async def test_two_threads_at_once_leave_one_draft_and_not_a_copy(crm: Crm) -> None:
    form = Form(crm)
    for word in ("a", "ab", "abc", "abcd", "abcde", "abcdef"):
        form.typed = word
        autosave = asyncio.create_task(form.parking.save())
        await asyncio.sleep(0)
        form.typed = word + "!"
        form.parking.now()
        await autosave
    form.typed = "done"
    await form.parking.save()
    assert form.texts() == ["done"]
