"""The appointments of one card or one person: what is to come, what was, what was cancelled or deleted. (B32)

Opened from the record's menu and from inside the parecer, which stands below as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult

from crm_tui.domain.agenda import Entry
from crm_tui.domain.agenda_view import entry_state
from crm_tui.i18n import N_, say
from crm_tui.screens.agenda.columns import glyph, gone, hours_of, words_of
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.place import PLACE_OFFERS, Place
from crm_tui.services.agenda import views
from crm_tui.ui import formats
from crm_tui.widgets.agenda_rows import Listed, ListPainter
from crm_tui.widgets.bars import Title
from crm_tui.widgets.looks import Run
from crm_tui.widgets.vlist import VList


class RecordAgenda(Navigates, Place[None]):
    """See the module. `name` is whose they are, as it is said."""

    OVER = True
    FOOTER = "of_record"
    SCOPES = ("app", "place", "record")
    OFFERS: ClassVar[frozenset[str]] = PLACE_OFFERS | NAV | {"rec.open", "rec.schedule", "rec.free_days"}
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = "RecordAgenda VList { height: 1fr; }"

    def __init__(self, card: int | None = None, party: int | None = None, name: str = "", **_: Any) -> None:
        super().__init__()
        self.card, self.party, self.name_of = card, party, name
        self._rows: list[Listed] = []
        self.vlist: VList[Listed] = VList(self._fetch, ListPainter(), id="rows")

    def body(self) -> ComposeResult:
        yield self.title_bar
        yield self.vlist

    def target(self) -> VList[Listed]:
        return self.vlist

    def on_mount(self) -> None:
        self.read()
        self.vlist.focus()

    def read(self) -> None:
        self._rows = [self._listed(entry) for entry in self._entries()]
        self.vlist.show([row.key for row in self._rows])
        told = say(N_("No appointment yet, and none that was deleted: a schedules one."))
        self.vlist.below(*([] if self._rows else [[Run("   "), Run(told, "bright", True)]]))
        self.show_title()
        self.show_footer()

    def _entries(self) -> list[Entry]:
        found: list[Entry] = self.crm.read(views.of_record, card=self.card, party=self.party)
        return found

    def _listed(self, entry: Entry) -> Listed:
        state = entry_state(entry, self.now, self.zone)
        who, what = words_of(entry)
        return Listed(
            entry.id,
            formats.day_word(entry.day(self.zone), self.today),
            hours_of(entry, self.zone, short=True),
            state.value,
            glyph(entry, state),
            what or who,
            entry.action,
            entry.location,
            "",
            gone(entry),
        )

    def _fetch(self, start: int, count: int) -> Sequence[Listed]:
        return self._rows[start : start + count]

    def head(self) -> Title:
        return Title(say(N_("Appointments")), self.name_of, count=len(self._rows))

    @property
    def hinted(self) -> frozenset[str]:
        return self.OFFERS if self.vlist.row is not None else self.OFFERS - {"rec.open"}

    def on_vlist_moved(self) -> None:
        self.show_footer()

    def on_vlist_opened(self) -> None:
        self.action_rec_open()

    def action_rec_open(self) -> None:
        if self.vlist.row is not None:
            self.go("appointment", activity=self.vlist.row.key)

    def action_rec_schedule(self) -> None:
        self.go("schedule", card=self.card, party=self.party, name=self.name_of)

    def action_rec_free_days(self) -> None:
        self.go("free", about={"card": self.card} if self.card is not None else {"party": self.party})
