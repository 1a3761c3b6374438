"""An operator at the program, for tests that read like a manual: keys in, screen text out, keys counted.

Keys are counted as in the table of jobs: every key that is not free text, picked letters and digits included.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from crm_tui import bootstrap
from crm_tui.app import CrmApp
from crm_tui.bootstrap import open_crm
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.resting import Resting
from crm_tui.screens.followup.told import StageTeller
from crm_tui.services.core.crm import Crm
from crm_tui.ui.look import Look

PATIENCE = 8.0
"""Seconds until a test gives up on what should be on the screen; what is there is seen at once."""


class Operator:
    """One person at one terminal."""

    def __init__(self, app: CrmApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot
        self.keys = 0

    @property
    def crm(self) -> Crm:
        """The CRM as this operator's program has it open."""
        return self.app.crm

    async def press(self, *keys: str) -> Operator:
        """Press keys one after the other; each counts."""
        for key in keys:
            self.keys += 1
            await self.pilot.press(key)
            await self.quiet()
        return self

    async def type(self, text: str) -> Operator:
        """Type free text, which does not count."""
        for char in text:
            await self.pilot.press(_key(char))
        await self.quiet()
        return self

    async def quiet(self) -> None:
        """Until the key gate is empty and the screen that was asked for is there, or the program has ended."""

        def still() -> bool:
            if self.app.return_code is not None:
                return True
            gate = self.app.gate
            gate.follow()
            return not gate._waiting and gate._flying is None and not gate._held

        await self._until(still, "the keys were not dealt with")
        await self.pilot.pause()

    async def sees(self, *texts: str) -> Operator:
        """Wait until every text is on the screen."""
        for text in texts:
            await self._until(lambda text=text: text in self.text(), f"not on the screen: {text!r}")  # type: ignore[misc]
        return self

    async def gone(self, text: str) -> Operator:
        """Wait until a text is on the screen no more."""
        await self._until(lambda: text not in self.text(), f"still on the screen: {text!r}")
        return self

    async def until(self, test: Callable[[], bool], what: str) -> Operator:
        """Wait for a fact."""
        await self._until(test, what)
        return self

    async def _until(self, test: Callable[[], bool], what: str) -> None:
        end = asyncio.get_running_loop().time() + PATIENCE
        while not test():
            assert asyncio.get_running_loop().time() < end, f"{what}\n{self.text()}"
            await asyncio.sleep(0.005)

    def lines(self) -> list[str]:
        """The screen, row by row."""
        strips: list[Any] = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines())

    def row_of_cursor(self) -> str:
        """The row with the accent bar, as one reads it."""
        bar = self.app.look.glyph("bar")
        return next((line for line in self.lines()[1:] if line.startswith(bar)), "")


def _key(char: str) -> str:
    names = {
        " ": "space",
        "\n": "enter",
        ".": "full_stop",
        ",": "comma",
        "+": "plus",
        "/": "slash",
        ":": "colon",
    }
    return names.get(char, char)


def _resting(app: CrmApp) -> list[Resting]:
    """What on this screen follows the cursor once it rests."""
    return [value for value in vars(app.screen).values() if isinstance(value, Resting)]


def _asking(app: CrmApp) -> list[Latest[Any, Any]]:
    """What this screen, and those under it, ask in the reading thread."""
    held = [value for screen in app.screen_stack for value in vars(screen).values()]
    held += [value for teller in held if isinstance(teller, StageTeller) for value in vars(teller).values()]
    return [value for value in held if isinstance(value, Latest)]


def shelf(register: str) -> list[str]:
    """The keys from the top of the settings' shelf to a list."""
    return ["down"] * next(n for n, each in enumerate(bootstrap.registers(), 1) if each.name == register)


@contextlib.asynccontextmanager
async def at_work(
    db: Path, login: str = "ana", clock: Callable[[], Any] | None = None, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Operator]:
    """Open the program on a database as an operator; Hoje is there."""
    app = CrmApp(lambda: open_crm(db, login, clock), Look(), bootstrap)
    async with app.run_test(size=size) as pilot:
        operator = Operator(app, pilot)
        await operator.until(lambda: getattr(app.screen, "ready", False), "the program did not open")
        await operator.quiet()
        yield operator


async def look(keys: tuple[str, ...], sees: str, pilot: Pilot[int]) -> None:
    """Before a picture is taken: the program open with its commands loaded, these keys pressed, this text seen."""
    app = pilot.app
    assert isinstance(app, CrmApp)
    operator = Operator(app, pilot)
    await operator.until(lambda: getattr(app.screen, "ready", False), "the program did not open")
    if app.first_start is None:  # until then no key is drawn as barred
        await operator.until(lambda: app.warm, "the commands were not loaded")
    await operator.press(*keys)
    await operator.sees(sees)
    await operator.until(lambda: not any(r.pending for r in _resting(app)), "what follows the cursor did not")
    await operator.until(lambda: not any(a.pending for a in _asking(app)), "what was asked is not answered")
