"""The appointments of one card or one person: what is to come, what was, what was cancelled or deleted. (B32)

Opened from the record's menu and from inside the parecer, which stands below as it was.
"""

from __future__ import annotations

from typing import Any, ClassVar

from crm_tui.domain.agenda import Entry
from crm_tui.domain.agenda_view import entry_state
from crm_tui.i18n import N_, say
from crm_tui.screens.agenda.columns import glyph, gone, hours_of, words_of
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.navigate import NAV
from crm_tui.screens.core.one_list import OneList
from crm_tui.screens.core.place import PLACE_OFFERS
from crm_tui.services.agenda import views
from crm_tui.ui import formats
from crm_tui.widgets.agenda_rows import Listed, ListPainter
from crm_tui.widgets.bars import Title


class RecordAgenda(OneList[Listed]):
    """See the module. `name` is whose they are, as it is said."""

    FOOTER = "of_record"
    OFFERS: ClassVar[frozenset[str]] = PLACE_OFFERS | NAV | {"rec.open", "rec.schedule", "rec.free_days"}
    BINDINGS = keys(OneList.SCOPES, OFFERS)
    NOTHING = N_("No appointment yet, and none that was deleted: a schedules one.")

    def __init__(self, card: int | None = None, party: int | None = None, name: str = "", **_: Any) -> None:
        super().__init__()
        self.card, self.party, self.name_of = card, party, name

    def found(self) -> list[Listed]:
        return [self._listed(entry) for entry in self._entries()]

    def key_of(self, row: Listed) -> int:
        return row.key

    def painter(self) -> ListPainter:
        return ListPainter()

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

    def head(self) -> Title:
        return Title(say(N_("Appointments")), self.name_of, count=len(self.rows))

    def action_rec_open(self) -> None:
        if self.vlist.row is not None:
            self.go("appointment", activity=self.vlist.row.key)

    def action_rec_schedule(self) -> None:
        self.go("schedule", card=self.card, party=self.party, name=self.name_of)

    def action_rec_free_days(self) -> None:
        self.go("free", about={"card": self.card} if self.card is not None else {"party": self.party})
