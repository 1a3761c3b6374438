"""Pessoa: who it is, how to reach them, all their cards, and one story over everything. (M1, JOBS 4)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult

from crm_tui.domain.board import BoardCard
from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.note_deeds import note_of
from crm_tui.screens.core.place import PLACE_OFFERS
from crm_tui.screens.core.shape import Sided
from crm_tui.screens.core.story import Source, StoryPane
from crm_tui.screens.party.cards import CardPainter
from crm_tui.screens.party.facts import Facts, Personal, gather
from crm_tui.screens.party.verbs import DATED, VERBS, PersonVerbs
from crm_tui.ui import formats
from crm_tui.widgets.bare import Beside, Stacked
from crm_tui.widgets.bars import Title
from crm_tui.widgets.looks import Run
from crm_tui.widgets.pane import Line, Pane
from crm_tui.widgets.vlist import VList

_EPOCH = (datetime.fromtimestamp(0, UTC), UTC)
"""For the painter until the first reading."""
OWN, OWN_WIDE = 2, 8
"""Lines of the fields of one's own, at most."""
CARDS_SHOWN = 6
"""Rows of cards at most while the story stands below."""


class PersonScreen(PersonVerbs, Navigates, Sided[None]):
    """One person or organisation. The cursor starts on the open card that is due first."""

    MODE = "4"
    FOOTER = "card"
    SCOPES = ("app", "place", "record")
    OFFERS: ClassVar[frozenset[str]] = (
        PLACE_OFFERS
        | NAV
        | VERBS
        | DATED
        | {*("rec.open", "rec.next", "rec.prev", "rec.menu", "new.here", "view.filter")}
    )
    ASKS: ClassVar[dict[str, str]] = {"rec.edit": "edit_party", "new.here": "new_card"}
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    PersonScreen #who { height: auto; width: 100%; }
    PersonScreen #facts, PersonScreen #heading { height: 1; }
    PersonScreen #cards { height: 1; }
    PersonScreen #story { height: 1fr; }
    PersonScreen.-wide #who { width: 48; height: 100%; }
    PersonScreen.-wide #cards { height: 1fr; }
    """

    def __init__(self, *, party: int, siblings: Sequence[int] = (), said: str = "", **_: Any) -> None:
        """`siblings`: the people of the list one came from, in its order; `said`: why one is here."""
        super().__init__()
        self.party = party
        self._said = said
        self.neighbours = list(siblings)
        self.found: Personal | None = None
        self.facts = Pane(id="facts", gap=0)
        self.heading = Pane(id="heading", gap=0, ground="background")
        self.cards: VList[BoardCard] = VList(self._fetch, CardPainter(*_EPOCH), id="cards")
        self.story = StoryPane(id="story")

    # --- what is shown ------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        yield self.title_bar
        with Beside(id="work"):
            with Stacked(id="who"):
                yield self.facts
                yield self.heading
                yield self.cards
            yield self.story

    def on_mount(self) -> None:
        self.shell.park_behind(partial(self.crm.remembered.opened, f"p{self.party}"))
        self.read()
        (self.cards if self.cards.keys else self.story).focus()
        if self._said:
            self.tell(self._said)

    def on_resize(self) -> None:
        self._show()

    def read(self) -> None:
        self.found = gather(self.crm, self.party)
        cards = self.found.cards if self.found is not None else ()
        self.cards.show([card.id for card in cards], painter=CardPainter(self.now, self.zone))
        self.story.tell(Source(self.crm, party=self.party))  # of who is out of sight by now nothing is told
        self._show()
        self.show_title()

    def _show(self) -> None:
        found = self.found
        if found is None:
            gone = say(N_("This person is gone, or not for you to see."))
            self.facts.set_blocks([[Line((Run(gone, "text"),))]])
            self.heading.set_blocks([])
            return
        facts = Facts(self.shell.look, self.now, self.zone)
        lines = facts.who(found.party, wide=self.wide)
        lines += facts.own(found, OWN_WIDE if self.wide else OWN, apart=self.wide)
        lines += facts.waiting(self.crm, found)
        width = 48 if self.wide else self.app.size.width
        self.facts.styles.height = facts.height(lines, width)
        self.facts.set_blocks([lines])
        self.heading.set_blocks([[facts.rule(say(N_("Cards")), formats.number(len(found.cards)))]])
        if not self.wide:
            self.cards.styles.height = min(max(2, len(found.cards)), CARDS_SHOWN)
        else:
            self.cards.styles.height = "1fr"
        if not found.cards:
            self.cards.below([Run(f" {say(N_('no card yet: n opens one'))}", "muted")])

    def _fetch(self, start: int, count: int) -> Sequence[BoardCard]:
        return self.found.cards[start : start + count] if self.found is not None else ()

    def head(self) -> Title:
        if self.found is None:
            return Title(say(N_("Person")))
        facts = Facts(self.shell.look, self.now, self.zone)
        party = self.found.party
        place = ""
        if self.party in self.neighbours and len(self.neighbours) > 1:
            at = self.neighbours.index(self.party) + 1
            place = say(N_("{n} of {total}  [ ]"), n=at, total=len(self.neighbours)) + "   "
        return Title(party.name, facts.what(party), extra=(Run(place, "muted"), Run(party.code, "muted")))

    # --- keys ---------------------------------------------------------------------------------------------

    def target(self) -> VList[Any] | Pane:
        return self.story if self.story.has_focus else self.cards

    def person(self) -> int | None:
        return self.party if self.found is not None else None

    def card_meant(self, party: int) -> int | None:
        """The open card under the cursor, else the one that is due first."""
        row = self.cards.row if self.cards.has_focus else None
        if row is not None and row.listed:
            return row.id
        card = self.found.open_card() if self.found is not None else None
        return card.id if card is not None else None

    def action_rec_open(self) -> None:
        """`enter`: the card under the cursor, or the one that the entry of the story is about."""
        entry = self.story.entry if self.story.has_focus else None
        card = entry.card_id if entry is not None else self.cards.key
        if card is not None:
            self.go("card", card=card, siblings=list(self.cards.keys))

    def action_rec_menu(self) -> None:
        """`o`: what is done seldom with the person, and with the card under the cursor, reopening it among that; in the
        story, with the note under it."""
        row = self.cards.row
        note = note_of(self.story.entry) if self.story.has_focus else None
        if note is not None:
            self.go("note_menu", note=note, party=self.person())
        elif row is None:
            self._with_person("person_menu")
        else:
            self.go("card_menu", cards=[(row.id, row.version, row.number)], party=self.person())

    def action_view_filter(self) -> None:
        """`/`: the story on its own, with the line for what of it is meant."""
        self._with_person("history", filtering=True)

    def on_vlist_opened(self) -> None:
        self.action_rec_open()

    def action_rec_next(self) -> None:
        self._sibling(1)

    def action_rec_prev(self) -> None:
        self._sibling(-1)

    def _sibling(self, by: int) -> None:
        """The next or previous person of the list one came from."""
        at = self.neighbours.index(self.party) + by if self.party in self.neighbours else -1
        if 0 <= at < len(self.neighbours):
            self.party = self.neighbours[at]
            self.turned_to(party=self.party)
            self.read()
            (self.cards if self.cards.keys else self.story).focus()
        else:
            self.tell(say(N_("There is no further person in the list.")))

    def action_new_here(self) -> None:
        self.go("new_card", party=self.party)

    def acted(self, done: int, what: str, left: Sequence[int] = ()) -> None:
        """A form was saved over this screen."""
        self.read()
        self.tell(what)
