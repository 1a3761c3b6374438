"""Avisos: what one was told of and has not read, then every other card of one's own that is late in its stage, or
soon will be. (E29)

Whoever leaves the list has read it. The rows are read in the reading thread; keys wait for them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult

from crm_tui.domain.board import late
from crm_tui.domain.notice import AT_MOST, AgendaNotice, DueCard
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.place import PLACE_OFFERS, Place
from crm_tui.screens.notice.rows import NoticePainter
from crm_tui.services.core.drafts import StoreRefused
from crm_tui.services.notice import views
from crm_tui.services.notice.telling import mark_read
from crm_tui.ui import formats
from crm_tui.widgets.bars import Title
from crm_tui.widgets.looks import Run
from crm_tui.widgets.pane import wrap
from crm_tui.widgets.rows import Group
from crm_tui.widgets.vlist import VList


class Found(NamedTuple):
    """The unread notices, of stages and of the agenda, and the cards of which none of them tells."""

    told: Sequence[DueCard]
    agenda: Sequence[AgendaNotice]
    rest: Sequence[DueCard]
    more: bool


class NoticesScreen(Navigates, Place[None]):
    """See the module."""

    OVER = True
    FOOTER = "notices"
    SCOPES = ("app", "place", "notices")
    OFFERS: ClassVar[frozenset[str]] = (PLACE_OFFERS | NAV | {"nt.open", "nt.read", "nt.close"}) - {
        "place.back",
        "work.notices",
    }
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = "NoticesScreen VList { height: 1fr; }"

    def __init__(self, **_: Any) -> None:
        super().__init__()
        self.found = Found((), (), (), False)
        self._rows: dict[int, DueCard | AgendaNotice] = {}
        self._seen: set[int] = set()
        self._aside: Latest[None, Found] = Latest(self, self._ask, self._show)
        self.vlist: VList[DueCard | AgendaNotice] = VList(self._fetch, NoticePainter(date.min), id="rows")

    # --- what is shown ------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        yield self.title_bar
        yield self.vlist

    def target(self) -> VList[DueCard | AgendaNotice]:
        return self.vlist

    def on_mount(self) -> None:
        self.vlist.focus()
        self.show_title()
        self.read()

    def read(self) -> None:
        self._aside.want(None)
        self._aside.then(lambda: None)

    def noticed(self) -> None:
        super().noticed()
        self.read()

    def _ask(self, _: None) -> Found:
        """In the reading thread."""
        told: list[DueCard] = self.crm.read(views.told)
        agenda: list[AgendaNotice] = self.crm.read(views.appointments)
        cards: list[DueCard] = self.crm.read(views.cards)
        named = {card.card_id for card in told}
        rest = [card for card in cards if card.card_id not in named]
        more = max(len(told), len(agenda), len(cards)) > AT_MOST
        return Found(told[:AT_MOST], agenda[:AT_MOST], rest[:AT_MOST], more)

    def _show(self, _: None, found: Found) -> None:
        self.found = found
        new: list[AgendaNotice | DueCard] = [*found.agenda, *found.told]
        self._seen |= {each.notice for each in new}
        self._rows = {-each.notice: each for each in new} | {card.card_id: card for card in found.rest}
        groups = []
        if new:
            groups.append(Group(0, say(N_("New")), len(new), 0, "accent"))
        if found.rest:
            label = say(N_("Stages late or nearly so"))
            groups.append(Group(len(new), label, len(found.rest), 0))
        self.vlist.show([*self._rows], groups, painter=NoticePainter(self.today, self.zone))
        self.vlist.below(*self._below())
        self.show_title()
        self.show_footer()

    def _fetch(self, start: int, count: int) -> Sequence[DueCard | AgendaNotice]:
        return [*self._rows.values()][start : start + count]

    def _below(self) -> list[list[Run]]:
        if self._rows:
            return []
        good = say(N_("No stage is late, and none will be on the next working day."))
        here = say(
            N_("Here stand the cards that should have left their stage: yours, and those of whom you lead.")
        )
        width = min(self.app.size.width - 6, 74)
        return [
            [Run("   "), Run(good, "bright", True)],
            *([Run("   "), *row] for row in wrap([Run(here, "muted")], width)),
        ]

    def head(self) -> Title:
        found, today = self.found, self.today
        cards = [*found.told, *found.rest]
        over = sum(late(card.due_on, today) is not None for card in cards)
        plus = "+" if found.more else ""
        words = []
        if new := len(found.told) + len(found.agenda):
            words.append(say_n("{n} new", "{n} new", new))
        if over:
            words.append(say_n("{count} late", "{count} late", over, count=f"{formats.number(over)}{plus}"))
        if len(cards) > over:
            words.append(say_n("{n} nearly late", "{n} nearly late", len(cards) - over))
        return Title(say(N_("Notices")), ", ".join(words))

    # --- keys ---------------------------------------------------------------------------------------------

    @property
    def hinted(self) -> frozenset[str]:
        row = self.vlist.row
        gone = (set() if row is not None else {"nt.open"}) | (
            set() if row is not None and row.notice else {"nt.read"}
        )
        return self.OFFERS - gone

    def record_ids(self) -> dict[str, int]:
        row = self.vlist.row
        return {"card": row.card_id} if isinstance(row, DueCard) else {}

    def on_vlist_moved(self) -> None:
        self.show_footer()

    def on_vlist_opened(self) -> None:
        self.action_nt_open()

    def action_nt_open(self) -> None:
        row = self.vlist.row
        if isinstance(row, AgendaNotice):
            self.go("appointment", activity=row.activity_id)
        elif row is not None:
            cards = [each.card_id for each in self._rows.values() if isinstance(each, DueCard)]
            self.go("card", card=row.card_id, siblings=cards)

    async def action_nt_read(self) -> None:
        """`space`: this one is read; the card stays in the list as long as it is late."""
        row = self.vlist.row
        if row is None or not row.notice:
            self.action_nav_down()
            return
        try:
            await self.shell.park(partial(mark_read, self.crm, [row.notice]))
        except StoreRefused as refused:
            self.tell(say(refused.reason))
            return
        self.read()
        self.show_header()

    def action_nt_close(self) -> None:
        self.action_app_back()

    def on_unmount(self) -> None:
        """Whoever leaves has read what stood here, but not who ends the program; what cannot be written stands here
        again."""
        if self._seen and self.app.return_code is None:
            self.shell.park_behind(partial(_read, self.crm, sorted(self._seen)))


def _read(crm: Any, ids: Sequence[int]) -> None:
    with contextlib.suppress(StoreRefused):  # unread, as before
        mark_read(crm, ids)
