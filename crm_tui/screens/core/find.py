"""Localizar: a sheet over wherever one is, one input over people, cards and notes. (JOBS 4)

Each row tells the telephone, so that one can dial before anything is opened. From the note editor it closes to the
same letter; what it opens stands on top of the editor.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, Final

from textual.app import ComposeResult

from crm_tui.domain.board import BoardCard, CardDetail
from crm_tui.domain.party import Found, PartyDetail
from crm_tui.i18n import C_, N_, say, say_in
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.findrows import Answer, AnswerPainter
from crm_tui.screens.core.go import Go
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.reach import reaches
from crm_tui.screens.core.searching import Searches
from crm_tui.screens.core.searchline import SearchLine
from crm_tui.screens.core.sheet import SheetScreen
from crm_tui.services.board import views as boards
from crm_tui.services.note import views as notes
from crm_tui.services.party import views as parties
from crm_tui.widgets.looks import Run
from crm_tui.widgets.rows import Group
from crm_tui.widgets.vlist import VList

PEOPLE, CARDS, NOTES = 8, 4, 3
"""Answers of each kind: what one sees at once; who wants more types another letter."""
ROWS_LEAST: Final = 4
HEADED: Final = 3
"""Headings: of people, cards and notes."""


class FindScreen(Searches, SheetScreen[None]):
    """See the module."""

    TOP = True
    FOOTER = "picker"
    SCOPES = ("app", "picker")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("pick.accept", "pick.cancel"))
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    FindScreen VList { height: 12; background: $panel; }
    """

    def __init__(self, **_: Any) -> None:
        super().__init__()
        self.answers: tuple[Answer, ...] = ()
        self._search: Latest[str, tuple[Answer, ...]] = Latest(self, self._ask, self._answered)
        self.search = SearchLine(
            placeholder=say(N_("a person, a phone, a card's number, words of a note")), bar=False
        )
        self.list: VList[Answer] = VList(
            self._fetch, AnswerPainter(datetime.fromtimestamp(0, UTC), UTC), live=True
        )
        self.list.GROUND = "raised"
        self.list.tall = 0

    # --- what is shown ------------------------------------------------------------------------------------

    def content(self) -> ComposeResult:
        self.list.styles.height = max(
            ROWS_LEAST, min(PEOPLE + CARDS + NOTES + HEADED, self.app.size.height - 6)
        )
        yield self.search
        yield self.list

    def on_mount(self) -> None:
        self.search.line.focus()
        self._answered("", self._ask(""))

    def _fetch(self, start: int, count: int) -> Sequence[Answer]:
        return self.answers[start : start + count]

    # --- searching ----------------------------------------------------------------------------------------

    def _ask(self, words: str) -> tuple[Answer, ...]:
        """People, cards and notes; a kind that the profile does not reach gives no answers."""
        found: list[Answer] = []
        with_cards = reaches(self.crm, boards.of_party)
        if reaches(self.crm, parties.search):
            people: Found = (
                self.crm.read(parties.search, words, most=PEOPLE)
                if words
                else self.crm.read(parties.lately, most=PEOPLE)
            )
            for hit in people.hits:
                cards = self.crm.read(boards.of_party, hit.id, most=1) if with_cards else []
                by = people.by.get(hit.id, "")
                dialled = by if by.startswith("+") else hit.phone or ""
                found.append(
                    Answer(hit, cards[0] if cards else None, dialled, by="" if by == dialled else by)
                )
        if words and with_cards:
            found += [
                Answer(card=card, phone=self._phone(card))
                for card in self.crm.read(boards.find, words, most=CARDS)
            ]
            found += [Answer(note=note) for note in self.crm.read(notes.find, words, most=NOTES)]
        return tuple(found)

    def _phone(self, card: BoardCard) -> str:
        """The telephone under which a card's contact, else its company, is reached."""
        detail: CardDetail | None = self.crm.read(boards.detail, card.id)
        for party in (detail.contact_id, detail.party_id) if detail is not None else ():
            who: PartyDetail | None = None
            if party is not None and reaches(self.crm, parties.detail):
                who = self.crm.read(parties.detail, party)
            phone = next((p for p in who.points if p.kind not in ("email", "site")), None) if who else None
            if phone is not None:
                return "" if phone.opted_out else phone.normalized
        return ""

    def _answered(self, words: str, answers: tuple[Answer, ...]) -> None:
        self.answers = answers
        answered = [answer.key for answer in answers]
        self.list.show(
            answered,
            self._groups(words),
            cursor=answered[0] if answered else None,
            painter=AnswerPainter(self.now, self.zone, words),
        )
        nothing = [Run("  "), Run(say(N_("Nobody, no card and no note has that.")), "muted")]
        self.list.below(*([] if answered else [nothing]))

    def _groups(self, words: str) -> list[Group]:
        """A heading over each kind of answer; none where nothing was typed, for then it is what one used last."""
        kinds = [0 if answer.hit else 1 if answer.card else 2 for answer in self.answers] if words else []
        names = (say(N_("People")), say(N_("Cards")), say_in("find", C_("find", "Notes")))
        return [
            Group(kinds.index(kind), name, kinds.count(kind), 0, "muted")
            for kind, name in enumerate(names)
            if kind in kinds
        ]

    # --- keys ---------------------------------------------------------------------------------------------

    def left(self, key: str) -> None:
        """The arrows move in the answers; `enter` takes one, and waits for the answer to what was typed."""
        if key == "up":
            self.list.action_nav_up()
        elif key == "down":
            self.list.action_nav_down()
        else:
            self._search.then(self.action_pick_accept)

    def on_search_line_closed(self) -> None:
        self.action_pick_cancel()

    def on_vlist_opened(self) -> None:
        self.action_pick_accept()

    def action_pick_accept(self) -> None:
        """Open the person, the open card first there; or the card."""
        answer = self.list.row
        if answer is None or not self.is_current:
            return
        if answer.hit is not None:
            going = Go("person", party=answer.hit.id)
        elif answer.card is not None:
            going = Go("card", card=answer.card.id)
        elif answer.note is not None and answer.note.card_id is not None:
            going = Go("card", card=answer.note.card_id)
        elif answer.note is not None and answer.note.party_id is not None:
            going = Go("person", party=answer.note.party_id)
        else:
            return
        self.shell.gate.hold()
        self.dismiss(None)
        self.app.post_message(going)

    def action_pick_cancel(self) -> None:
        self.dismiss(None)

    def action_app_find(self) -> None:
        """`ctrl+k` once more: back to the input, all of it chosen."""
        self.search.line.focus()
        self.search.line.select_all()
