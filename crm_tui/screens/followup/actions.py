"""Histórico de ação: every registered action, the latest first, found as one types. (T13)

Pages follow the cursor; what is looked for among many is looked for in the reading thread, and keys stay alive.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult

from crm_tui.connectors import exported, files
from crm_tui.domain.action_history import NEWEST, ActionPage, ActionRow, ActionsAsked, After
from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.filterline import FILTERS, Filters
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.path_sheet import PathScreen
from crm_tui.screens.core.place import PLACE_OFFERS, Place
from crm_tui.screens.followup.action_rows import ActionHeads, ActionPainter
from crm_tui.services.board import views as boards
from crm_tui.services.followup import actions as views
from crm_tui.services.party import views as parties
from crm_tui.ui import formats
from crm_tui.widgets.bars import Title
from crm_tui.widgets.looks import Run, clean
from crm_tui.widgets.vlist import VList

NEAR_THE_END = 20
"""So many rows before the last one that is known, the next page is asked for."""


class Wanted(NamedTuple):
    """A page: what is asked for, the line that said it, and behind which action it begins."""

    asked: ActionsAsked
    line: str
    after: After


class ActionsScreen(Filters, Navigates, Place[None]):
    """See the module. `card` or `party` narrow it to one record, `asked` to whatever it says: then `about` says it."""

    OVER = True
    FOOTER = "actions"
    FILTER_HINT = N_("account, number, action, result, by:ana from:monday to:today")
    SCOPES = ("app", "place", "actions")
    OFFERS: ClassVar[frozenset[str]] = (
        PLACE_OFFERS | NAV | FILTERS | {"ac.open", "ac.mine", "ac.export", "ac.close"}
    ) - {"place.back"}
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = "ActionsScreen VList { height: 1fr; }"

    def __init__(
        self,
        *,
        card: int | None = None,
        party: int | None = None,
        asked: ActionsAsked | None = None,
        about: str = "",
        **_: Any,
    ) -> None:
        super().__init__()
        self.asked = asked or ActionsAsked(card=card, account=None if card is not None else party)
        self.about = about
        self._rows: list[ActionRow] = []
        self._behind: After | None = None
        self._pages: Latest[Wanted, ActionPage] = Latest(self, self._ask, self._show)
        self.heads = ActionHeads()
        self.vlist: VList[ActionRow] = VList(self._fetch, ActionPainter(None, None), id="rows")

    # --- what is shown ------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        yield self.title_bar
        yield self.heads
        yield self.vlist

    def target(self) -> VList[ActionRow]:
        return self.vlist

    def on_mount(self) -> None:
        self.vlist.focus()
        self.show_title()
        self.read()

    def read(self) -> None:
        """Anew, from the latest on."""
        self._pages.want(Wanted(self.asked, self.words, NEWEST))

    def _ask(self, wanted: Wanted) -> ActionPage:
        """In the reading thread."""
        asked = self._meant(wanted.line, wanted.asked)
        found: ActionPage = self.crm.read(views.page_of_actions, asked, wanted.after)
        return found

    def _meant(self, line: str, kept: ActionsAsked) -> ActionsAsked:
        """What the line asks for, within that to which the history is narrowed: its days are meant unless the line
        says others."""
        told: ActionsAsked = self.crm.read(views.meant, line)
        since, until = told.since or kept.since, told.until or kept.until
        within = replace(
            told, card=kept.card, account=kept.account, mine=kept.mine, of=kept.of, about=kept.about
        )
        return replace(within, since=since, until=until)

    def _show(self, wanted: Wanted, found: ActionPage) -> None:
        rows = found.rows if wanted.after == NEWEST else [*self._rows, *found.rows]
        self._rows, self._behind = rows, found.after
        painter = ActionPainter(self.now, self.zone, self.words.split())
        self.vlist.show([row.id for row in rows], painter=painter)
        told = N_("Looking further back …") if found.after is not None else N_("No action is like that.")
        self.vlist.below(*([] if rows else [[Run("   "), Run(say(told), "bright", True)]]))
        self.show_title()
        self.tell_matches()
        self.show_footer()
        if len(found.rows) < views.PAGE:
            self._read_on()

    def _fetch(self, start: int, count: int) -> Sequence[ActionRow]:
        return self._rows[start : start + count]

    def on_vlist_moved(self) -> None:
        """Near the end of what is known the next page follows."""
        if not self._pages.pending:
            self._read_on()
        self.show_footer()

    def _read_on(self) -> None:
        """Near the end of what is known, or before there is a page of it, what follows is asked for."""
        at = next((n for n, row in enumerate(self._rows) if row.id == self.vlist.key), 0)
        near = at >= len(self._rows) - NEAR_THE_END or len(self._rows) < views.PAGE
        if self._behind is not None and near:
            self._pages.want(Wanted(self.asked, self.words, self._behind))

    def matches(self) -> str:
        return f"{formats.number(len(self._rows))}{'+' if self._behind is not None else ''}"

    def head(self) -> Title:
        about = [self.about, self.words] if self.about else [self.words or self._about()]
        if self.asked.mine:
            about.append(say(N_("registered by me")))
        return Title(say(N_("History of actions")), "  ".join(filter(None, about)), count=self.matches())

    def _about(self) -> str:
        if self.asked.card is not None:
            card = self.crm.read(boards.detail, self.asked.card)
            return "  ".join(filter(None, (card.number, card.party))) if card is not None else ""
        if self.asked.account is not None:
            party = self.crm.read(parties.detail, self.asked.account)
            return party.name if party is not None else ""
        return say(N_("of everybody, the newest first"))

    # --- the filter -----------------------------------------------------------------------------------------

    def narrow(self, words: str) -> None:
        if words != self.words:
            self.words = words
            self.read()
        self.show_title()

    def to_list(self) -> None:
        self.vlist.focus()

    # --- keys -------------------------------------------------------------------------------------------------

    @property
    def hinted(self) -> frozenset[str]:
        return self.OFFERS if self.vlist.row is not None else self.OFFERS - {"ac.open", "ac.export"}

    def record_ids(self) -> dict[str, int]:
        row = self.vlist.row
        return {"card": row.card_id} if row is not None and row.card_id is not None else {}

    def on_vlist_opened(self) -> None:
        self.action_ac_open()

    def action_ac_open(self) -> None:
        row = self.vlist.row
        if row is not None and row.card_id is not None:
            self.go("card", card=row.card_id)
        elif row is not None and row.party_id is not None:
            self.go("person", party=row.party_id)

    def action_ac_mine(self) -> None:
        self.asked = replace(self.asked, mine=not self.asked.mine)
        self.read()

    def action_ac_export(self) -> None:
        """All that is asked for, not only the page, into a file."""
        self.go("export_actions", asked=self._meant(self.words, self.asked))

    def action_ac_close(self) -> None:
        """One step: the filter first, then back to where one was."""
        if self.words:
            self.narrow("")
        else:
            self.action_app_back()


class ExportScreen(PathScreen):
    """Write the actions that are meant to a new CSV file of this machine."""

    def __init__(self, *, asked: ActionsAsked, **_: Any) -> None:
        name = say(exported.NAME)
        super().__init__(say(N_("Export actions")), name, say(N_("As")), f"~/{name}")
        self.asked = asked

    async def act(self, typed: str) -> None:
        rows = views.every(self.crm.read, self.asked)
        write = partial(exported.actions, files.located(typed), rows, self.zone, self.crm.store.path)
        try:
            written: tuple[Path, int] = await asyncio.to_thread(write)
        except files.FileFault as fault:
            self.refuse(say(fault.reason))
            return
        self.done(exported.told(Path(clean(str(written[0]))), written[1]))
