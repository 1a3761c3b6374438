"""Parking from two threads: a hang-up stores on the UI's while an autosave still waits in the writer's."""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from textual import events

from crm_tui.bootstrap import open_crm
from crm_tui.screens.core.parking import Parked, Parking
from crm_tui.services.core.crm import Crm
from tests.conftest import Clock
from tests.screens.operator import at_work


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
        self.parking = Parking(cast("Any", self), "add_comment", "card:1", self._collect, failed=pytest.fail)

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


async def test_an_autosave_due_while_the_form_was_being_saved_leaves_no_draft_of_it(crm: Crm) -> None:
    form = Form(crm)
    form.typed = "feito"
    form.writer.submit(form.free.wait)  # the command waits for the lock
    autosave = asyncio.create_task(form.parking.save())
    await asyncio.sleep(0)
    filed = asyncio.create_task(form.parking.filed())
    await asyncio.sleep(0)
    form.free.set()
    await asyncio.gather(autosave, filed)
    assert form.texts() == []


async def test_what_was_stored_and_then_spilled_goes_when_the_form_is_saved(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = Form(crm)
    form.typed = "antes"
    await form.parking.save()
    form.typed = "antes e depois"
    monkeypatch.setattr("crm_tui.store.store.DRAFT_DEADLINE", 0.01)
    with open_crm(crm.store.path, "beto").store.writing():
        await form.parking.save()
    assert [*crm.store.path.parent.glob("*.spill-*")]
    await form.parking.filed()
    assert form.texts() == []
    assert [*crm.store.path.parent.glob("*.spill-*")] == []


NO_ROOM = "What you typed is not on the disk yet (No space left on device)"


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the base nor a file beside it takes a draft."""

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def busy(*_: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("crm_tui.services.core.drafts.os.open", refuse)
    monkeypatch.setattr("crm_tui.services.core.drafts.Drafts._store_form", busy)


@pytest.mark.parametrize("form", ["p", "e"])
@pytest.mark.usefixtures("full_disk")
async def test_on_a_full_disk_nothing_typed_is_lost_by_a_key(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        if form == "e":
            await ana.press("enter")
        await ana.press(form)
        typing = ana.app.screen
        await ana.type("kept")
        for key in ("escape", "ctrl+q"):
            await ana.press(key)
            await ana.sees(NO_ROOM)
            assert ana.app.screen is typing
            assert "kept" in ana.text()
        monkeypatch.undo()  # room was made
        await ana.press("escape")
        await ana.until(lambda: ana.app.screen is not typing, "Esc does not leave")
        assert any("kept" in str(draft.payload) for draft in ana.crm.drafts.list())


@pytest.mark.parametrize("form", ["p", "e"])
@pytest.mark.usefixtures("full_disk")
async def test_once_there_is_room_again_it_is_no_longer_said_to_be_missing(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        if form == "e":
            await ana.press("enter")
        await ana.press(form)
        await ana.type("kept")
        await ana.sees(NO_ROOM)
        monkeypatch.undo()  # room was made, and no key is pressed
        await ana.until(lambda: NO_ROOM not in ana.text(), "the alarm stays")
        assert any("kept" in str(draft.payload) for draft in ana.crm.drafts.list())


async def test_what_a_paste_had_too_much_is_said_and_stays_said(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        ana.app.post_message(events.Paste("x" * 70_000))
        await ana.sees("4464 letters did not fit")
        await ana.press("n")
        await ana.sees("4464 letters did not fit", "65536 letters")


async def test_the_rest_of_a_long_paste_is_kept_as_a_file_of_the_card(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        ana.app.post_message(events.Paste("início" + "x" * 65_530 + "o que não coube"))
        await ana.sees("Attach the rest to the card as a file?")
        await ana.press("y")
        await ana.sees("Attached to the card: pasted 2026-11-")
        run = ana.crm.store.reader().execute
        stored = run("SELECT b.data FROM attachment a JOIN blob b ON b.sha256 = a.blob_sha256").fetchall()
        assert ("o que não coube".encode(),) in stored
        await ana.press("escape", "i")
        await ana.sees("attached, 16 bytes")


async def test_who_does_not_want_the_file_goes_on_writing(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        editor = ana.app.screen
        ana.app.post_message(events.Paste("x" * 70_000))
        await ana.sees("Attach the rest")
        await ana.press("escape")
        await ana.until(lambda: ana.app.screen is editor, "the editor is left")
        assert ana.crm.store.reader().execute("SELECT count(*) FROM attachment").fetchone() == (0,)
