"""Somebody who is not known yet, made from the field in which they were wanted, and put into it. (T31, T51)"""

from __future__ import annotations

from functools import partial
from typing import Any

from crm_tui.domain.outcome import Done
from crm_tui.domain.party import PartyKind
from crm_tui.screens.core import inputs
from crm_tui.screens.core.base import CrmScreen
from crm_tui.services.party import views as parties
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.fresh_pick import FreshPick


class MakesPeople:
    """Mixin of screens with fields of people."""

    def on_fresh_pick_wanted(self, event: FreshPick.Wanted) -> None:
        """*Nova pessoa* opens over it, with what was typed; leaving that leaves the field as it was."""
        event.stop()
        assert isinstance(self, CrmScreen)
        works_at = self._organisation() if event.field.contact else ""
        self.go("new_party", name=event.text, company=works_at, made=partial(self._made, event.field))

    def account(self) -> int | None:
        """Whom the screen is about."""
        return None

    def _organisation(self: Any) -> str:
        """Where a contact works: at whom the screen is about, unless that is a person."""
        account = self.account()
        party = self.crm.read(parties.detail, account) if account is not None else None
        return party.name if party is not None and party.kind == PartyKind.ORGANIZATION else ""

    def _made(self: Any, field: FreshPick, done: Done) -> None:
        """The new one is in the field, and one goes on behind it."""
        found = self.crm.read(parties.detail, done.entity_id or 0)
        if found is None or not field.is_attached:
            return
        inputs.put(field, f"#{found.id}", found.name)
        field.post_message(Changed(field, field.raw))
        field.focus()
        field.post_message(Leave(field, 1, "tab"))
