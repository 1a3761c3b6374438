"""The rules of the keyboard over the real screens: what a screen offers, it does; where one types, one types."""

from __future__ import annotations

import importlib
import pkgutil
import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crm_tui import screens
from crm_tui.app import CrmApp
from crm_tui.screens.core import keygate
from crm_tui.screens.core.base import ALWAYS, CrmScreen
from crm_tui.services.followup import views
from crm_tui.services.followup.commands import Redate
from crm_tui.services.trail import views as trails
from crm_tui.ui.actions import SCOPES
from crm_tui.ui.keymap import clashes, keymap
from tests.conftest import Clock
from tests.screens.operator import at_work

TYPED = string.ascii_letters + string.digits + "?:/,.+-*[]<> ç"
CONTEXTS = {
    "parecer": ("p",),
    "form": ("n",),
    "comment": ("c",),
    "when": ("R",),
    "filter": ("slash", "ctrl+u"),
    "filter dialog": ("f",),
    "find": ("ctrl+k",),
    "people": ("4",),
    "palette": ("colon",),
    "history filter": ("I", "slash"),
    "settings filter": ("comma", "slash"),
}
"""Everywhere one types, and the keys that lead there from Hoje."""


def _all_screens() -> Iterator[type[CrmScreen[Any]]]:
    for module in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}."):
        importlib.import_module(module.name)
    waiting: list[type[CrmScreen[Any]]] = [CrmScreen]
    while waiting:
        found = waiting.pop()
        waiting += found.__subclasses__()
        if "SCOPES" in vars(found):
            yield found


SCREENS = sorted(set(_all_screens()), key=lambda found: found.__name__)


def test_every_place_is_looked_at() -> None:
    assert {"TodayScreen", "BoardScreen", "CardScreen", "PeopleScreen", "NoteEditor", "FormScreen"} <= {
        found.__name__ for found in SCREENS
    }


@pytest.mark.parametrize("keyset", ["default", "vim"])
@pytest.mark.parametrize("screen", SCREENS, ids=lambda found: found.__name__)
def test_no_key_means_two_things_on_a_screen(screen: type[CrmScreen[Any]], keyset: str) -> None:
    alive = screen.OFFERS | ALWAYS
    assert [c for c in clashes(screen.SCOPES, keymap(keyset)) if {c[1], c[2]} <= alive] == []


@pytest.mark.parametrize("screen", SCREENS, ids=lambda found: found.__name__)
def test_what_a_screen_offers_it_does(screen: type[CrmScreen[Any]]) -> None:
    """An offered action is of one of its scopes, and a method of the screen or of the application answers."""
    known = {action.id for scope in screen.SCOPES for action in SCOPES[scope].actions}
    assert screen.OFFERS - known == set()
    methods = {action: f"action_{action.replace('.', '_')}" for action in screen.OFFERS}
    deaf = {a for a, name in methods.items() if not hasattr(screen, name) and not hasattr(CrmApp, name)}
    assert deaf == set()


@pytest.mark.parametrize("place", CONTEXTS)
async def test_where_one_types_every_key_is_text_and_undo_stays_inside(
    place: str, demo_db: Path, clock: Clock
) -> None:
    """Letters, digits and signs land in the field; ctrl+z takes back typing, never what was saved before."""
    async with at_work(demo_db, clock=clock) as ana:
        for draft in ana.crm.drafts.list():
            ana.crm.drafts.drop(draft.id)
        row = ana.crm.read(views.page, ana.crm.read(views.queue).keys[:1])[0]
        assert row.activity_id is not None
        ana.crm.run(Redate(activity=row.activity_id, when=date(2026, 11, 19)))
        await ana.pilot.pause()
        newest = ana.crm.read(trails.everything)[0].id
        await ana.press(*CONTEXTS[place])
        screen, field = ana.app.screen, ana.app.focused
        await ana.type(TYPED)
        assert ana.app.screen is screen
        assert ana.app.focused is field
        assert field is not None
        assert getattr(field, "raw", None) == TYPED
        for _ in range(10):
            await ana.press("ctrl+z")
        assert getattr(field, "raw", None) != TYPED
        assert ana.crm.read(trails.everything)[0].id == newest


@pytest.mark.usefixtures("pt")
async def test_what_is_typed_behind_the_letter_of_a_menu_waits_for_nothing(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The letter closes the menu that it was typed in: nobody is left there who would say that it was dealt with."""
    monkeypatch.setattr(keygate, "STUCK", 3600.0)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("2", "s", "g", "d")
        await ana.sees("por dono")
