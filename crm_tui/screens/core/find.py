"""Localizar: a sheet over wherever one is, one input over people and cards. (JOBS 4)

Each row tells the telephone, so that one can dial before anything is opened. From the note editor it closes to the
same letter; what it opens stands on top of the editor.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.strip import Strip

from crm_tui.domain.board import BoardCard, CardDetail
from crm_tui.domain.due import DueFacts, DueState
from crm_tui.domain.party import PartyDetail, PartyHit
from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.go import Go
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.reach import reaches
from crm_tui.screens.core.searching import Searches
from crm_tui.screens.core.searchline import SearchLine
from crm_tui.screens.core.sheet import SheetScreen
from crm_tui.services.board import views as boards
from crm_tui.services.party import views as parties
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.queue import Words
from crm_tui.widgets.rows import RowPainter
from crm_tui.widgets.vlist import VList

PEOPLE, CARDS = 8, 4
"""Answers of each kind: what one sees at once; who wants more types another letter."""
ROWS_LEAST: Final = 4
_PHONE, _STEP, _OWNER = 15, 15, 6


@dataclass(frozen=True, slots=True)
class Answer:
    """A person with the card that is due first, or a card (then `hit` is None); `phone` E.164 or empty."""

    hit: PartyHit | None
    card: BoardCard | None
    phone: str

    @property
    def key(self) -> int:
        """The person's id, or minus the card's."""
        return self.hit.id if self.hit is not None else -self.card.id if self.card is not None else 0


class _Painter(RowPainter[Answer]):
    def __init__(self, now: datetime, zone: tzinfo, words: str = "") -> None:
        self.now, self.zone = now, zone
        self.words = Words(words.split())

    def stamp(self, row: Answer) -> Hashable:
        return row, self.words.folded

    def paint(
        self, look: Look, row: Answer, width: int, *, cursor: bool, marked: bool, focused: bool
    ) -> Strip:
        ground = ground_of(cursor=cursor, marked=marked, focused=focused, plain="raised")
        owner = width >= 76
        room = width - 3 - _PHONE - 2 - _STEP - 2 - (_OWNER + 1 if owner else 0)
        runs = [Run(look.glyph("bar") if cursor and focused else " ", "accent"), Run(" ")]
        runs += self._who(look, row, room, cursor)
        runs.append(Run(f" {look.pad(formats.phone(row.phone), _PHONE)}  "))
        runs += self._step(look, row.card, owner)
        return paint(look, runs, width, ground)

    def _who(self, look: Look, row: Answer, room: int, cursor: bool) -> list[Run]:
        """A person's name and company; a card's number, whose it is, and its title."""
        if row.hit is not None:
            name, more = clean(row.hit.name), clean(row.hit.company or "")
        elif row.card is not None:
            party, title = clean(row.card.party or ""), clean(row.card.title)
            name = f"{row.card.number}  {party or title}"
            more = title if party else ""
        else:
            return [Run(" " * room)]
        shown = look.cut(name, room if not more else max(room * 3 // 4, room - cells(more) - 2))
        rest = room - cells(shown)
        beside = look.cut(f"  {more}", rest) if more and rest > 6 else ""
        runs = [*self.words.runs(shown, "bright", cursor), Run(beside, "muted")]
        return [*runs, Run(" " * (rest - cells(beside)))]

    def _step(self, look: Look, card: BoardCard | None, owner: bool) -> list[Run]:
        if card is None:
            return [Run(look.pad(say(N_("no card")), _STEP), "muted")]
        if card.archived:
            return [Run(look.pad(say(N_("in the archive")), _STEP), "muted")]
        state = card.state(self.now, self.zone)
        facts = DueFacts(state is DueState.CLOSED, card.due_on, card.start_at, card.internal_on)
        flag = f" {look.glyph('reopened')}" if card.reopened else ""
        when = look.pad(formats.when_word(facts, self.now, self.zone), _STEP - 2 - len(flag))
        runs = [Run(f"{look.glyph(state)} {when}", state), Run(flag, "internal")]
        if owner:
            runs.append(Run(f"  {look.pad(card.owner or '', _OWNER)}", "muted"))
        return runs


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
            placeholder=say(N_("a person, a company, a phone or a card's number")), bar=False
        )
        self.list: VList[Answer] = VList(
            self._fetch, _Painter(datetime.fromtimestamp(0, UTC), UTC), live=True
        )
        self.list.GROUND = "raised"

    # --- what is shown ------------------------------------------------------------------------------------

    def content(self) -> ComposeResult:
        self.list.styles.height = max(ROWS_LEAST, min(PEOPLE + CARDS, self.app.size.height - 6))
        yield self.search
        yield self.list

    def on_mount(self) -> None:
        self.search.line.focus()
        self._answered("", self._ask(""))

    def _fetch(self, start: int, count: int) -> Sequence[Answer]:
        return self.answers[start : start + count]

    # --- searching ----------------------------------------------------------------------------------------

    def _ask(self, words: str) -> tuple[Answer, ...]:
        """People and cards; a kind that the profile does not reach gives no answers."""
        found: list[Answer] = []
        with_cards = reaches(self.crm, boards.of_party)
        if reaches(self.crm, parties.search):
            for hit in self.crm.read(parties.search, words, most=PEOPLE).hits:
                cards = self.crm.read(boards.of_party, hit.id, most=1) if with_cards else []
                found.append(Answer(hit, cards[0] if cards else None, hit.phone or ""))
        if words and with_cards:
            found += [
                Answer(None, card, self._phone(card))
                for card in self.crm.read(boards.find, words, most=CARDS)
            ]
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
                return phone.normalized
        return ""

    def _answered(self, words: str, answers: tuple[Answer, ...]) -> None:
        self.answers = answers
        answered = [answer.key for answer in answers]
        self.list.painter = _Painter(self.now, self.zone, words)
        self.list.show(answered, cursor=answered[0] if answered else None)
        nothing = [Run("  "), Run(say(N_("Nobody and no card has that.")), "muted")]
        self.list.below(*([] if answered else [nothing]))

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
