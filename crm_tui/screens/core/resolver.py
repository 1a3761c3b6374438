"""From the name of a place to its screen: a mode is switched to, anything else is put on top.

Knows the table of places that it is given, and no place by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from textual.app import App
from textual.screen import Screen

from crm_tui.i18n import say
from crm_tui.screens.core import stack
from crm_tui.screens.core.base import CrmScreen
from crm_tui.screens.core.go import Go, Where
from crm_tui.ui import inside

if TYPE_CHECKING:
    from crm_tui.screens.core.keygate import KeyGate
    from crm_tui.screens.core.shell import Shell

REFUSAL = "refusal"
"""The place that says why another one did not open."""


class Resolver(App[int], inherit_bindings=False):
    """The part of the application that answers `Go`."""

    gate: KeyGate
    _places: dict[str, Where]

    def know(self, places: Sequence[Where]) -> None:
        """Learn the places; modes can be switched to from then on."""
        self._places = {place.name: place for place in places}
        for place in places:
            if place.mode:
                self.add_mode(place.name, partial(self.make, place.name))

    @property
    def modes_shown(self) -> tuple[tuple[str, str], ...]:
        """Digit and name of each mode."""
        return tuple((place.digit, say(place.label)) for place in self._places.values() if place.digit)

    @property
    def elsewhere(self) -> tuple[tuple[str, str, frozenset[str]], ...]:
        """Digit, name and offers of each mode."""
        modes = (place for place in self._places.values() if place.digit)
        return tuple((p.digit, say(p.label), self._load(p.name).OFFERS) for p in modes)

    def _load(self, name: str) -> Any:
        module, _, attribute = self._places[name].path.partition(":")
        return getattr(import_module(f"crm_tui.screens.{module}"), attribute)

    def make(self, name: str, **args: Any) -> Screen[Any]:
        """The screen of a place."""
        screen: Screen[Any] = self._load(name)(**args)
        inside.count_as_styled(self, screen)
        return screen

    async def on_go(self, message: Go) -> None:
        """Resolve a place; keys typed ahead wait for it."""
        message.stop()
        try:
            if self._places[message.place].mode:
                await self._to_mode(message)
            elif not await stack.gone_back(self, message):
                self._on_top(message)
        finally:
            await self.gate.release()

    async def _to_mode(self, message: Go) -> None:
        while len(self.screen_stack) > 1 and self.screen.is_modal:
            await self.pop_screen()
        if self.current_mode != message.place:
            await self.switch_mode(message.place)
            if not message.args:
                return
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if message.args:
            self.call_later(self.screen_stack[0].arrive, **message.args)  # type: ignore[attr-defined]

    def _on_top(self, going: Go) -> None:
        """Open a screen, or say why it would be of no use: nobody writes what cannot be saved."""
        factory = self._load(going.place)
        made = factory(**going.args) if isinstance(factory, type) else factory(self, **going.args)
        if not isinstance(made, Screen):
            return
        refusal = made.hindrance(cast("Shell", self)) if isinstance(made, CrmScreen) else None
        if isinstance(made, CrmScreen):
            made.came_by = stack.came(going)
        self.push_screen(made if refusal is None else self.make(REFUSAL, refusal=refusal))
        stack.thin(self)

    def take_out(self, screen: Screen[Any]) -> None:
        """Remove a screen that lies under others in this mode."""
        inside.take_out(self, screen)
