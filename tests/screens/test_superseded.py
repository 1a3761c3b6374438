"""Asking aside: what is no longer wanted is cancelled, and nobody's answer is lost by another's newer question."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.screens.core.latest import Latest
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.reading import Reading, Superseded, view
from tests.conftest import Clock

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"


@pytest.fixture
def crm(demo_db: Path, clock: Clock) -> Iterator[Crm]:
    opened = open_crm(demo_db, "ana", clock)
    yield opened
    opened.store.close()


@view("card.read")
def answer(reading: Reading, words: str) -> str:
    """Words that are looked for without end, or found at once."""
    if words == "endless":
        reading.connection.execute(ENDLESS).fetchone()
    return words.upper()


class Screen:
    """What Latest needs of a screen: its CRM and its workers."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm
        self.app = self.shell = SimpleNamespace(gate=None)
        self.workers: list[asyncio.Task[None]] = []

    def run_worker(self, work: Any, **_: Any) -> None:
        self.workers.append(asyncio.create_task(work))


def asking(screen: Any, told: list[tuple[str, str]]) -> Latest[str, str]:
    return Latest(
        cast("Any", screen),
        lambda words: str(screen.crm.read(answer, words)),
        lambda words, found: told.append((words, found)),
    )


async def test_a_newer_question_cancels_the_one_that_runs(crm: Crm) -> None:
    screen, told = Screen(crm), list[tuple[str, str]]()
    latest = asking(screen, told)
    latest.want("endless")
    await asyncio.sleep(0)
    while not told:
        latest.want("ana")
        await asyncio.wait(screen.workers, timeout=0.01)
    assert told == [("ana", "ANA")]


async def test_a_question_cancelled_by_anothers_is_asked_again(crm: Crm) -> None:
    told: list[tuple[str, str]] = []
    tries: list[str] = []

    def read(view: Any, words: str) -> str:
        tries.append(words)
        if len(tries) == 1:
            raise Superseded
        return str(crm.read(view, words))

    screen = Screen(cast("Any", SimpleNamespace(read=read, cancel_reading=crm.cancel_reading)))
    asking(screen, told).want("beto")
    await asyncio.gather(*screen.workers)
    assert (tries, told) == (["beto", "beto"], [("beto", "BETO")])


def test_a_word_list_that_was_cancelled_while_it_was_opened_is_superseded_and_no_fault(crm: Crm) -> None:
    """SQLite tells it as an error like any other: whoever typed on in Localizar was thrown out."""

    @view("card.read")
    def fails(reading: Reading, cancelled: bool) -> None:
        if cancelled:
            crm.cancel_reading("search")
        reading.connection.execute("SELECT none_such")

    with pytest.raises(Superseded):
        crm.read(fails, True)
    with pytest.raises(sqlite3.OperationalError):
        crm.read(fails, False)
