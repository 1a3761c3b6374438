"""`+` on the board: the name of a card typed at the foot of its column; Enter makes it, and the next may be typed.

Each card is a command of its own, with its own undo. What is in the line when one leaves, or when a save fails, is
kept as the draft of a new card. Which column it is about, and with what it is made, is the board's. (K22)
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.strip import Strip

from crm_tui.domain.fields import Option
from crm_tui.domain.form_cycle import MARK
from crm_tui.domain.outcome import Conflict, Done, Refusal
from crm_tui.domain.party import PartyHit
from crm_tui.domain.text import fold
from crm_tui.i18n import N_, say
from crm_tui.screens.board.board import BoardScreen
from crm_tui.screens.board.forms import NEW, REACH, WHO
from crm_tui.screens.core import barred
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.kept import SHAPE
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.screens.core.parking import Parked, Parking
from crm_tui.screens.core.saving import Locks
from crm_tui.screens.core.sheet import SheetScreen
from crm_tui.screens.core.shell import Shell
from crm_tui.services.party import views as parties
from crm_tui.widgets.bare import Stacked
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.line import Line
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, clean, paint
from crm_tui.widgets.pane import wrap

COMMAND = "new_card"
KEPT = 2
"""Rows at the foot of the column: the line, and what is said under it."""
TOLD = 5
"""Rows of what is said, at most."""
LEAST = 3
"""Letters from which on somebody known is offered."""
LONGEST = 200


class _Said(Lines):
    """What is said under the line: who is known by that name, or why it was refused."""

    DEFAULT_CSS = "_Said { height: 1; width: 100%; }"
    GROUND = "raised"

    def __init__(self) -> None:
        super().__init__()
        self.words, self.tone = "", "muted"

    def say(self, words: str, tone: str, width: int) -> None:
        """Another sentence, in as many rows as it needs."""
        self.words, self.tone = words, tone
        self.styles.height = min(TOLD, max(1, len(self._wrapped(width))))
        self.sync()

    def _wrapped(self, width: int) -> list[list[Run]]:
        return wrap([Run(self.words, self.tone)], max(1, width - 2))

    def draw(self, width: int, height: int) -> list[Strip]:
        return [
            paint(self.look, [Run(" "), *row], width, self.GROUND) for row in self._wrapped(width)[:height]
        ]


class QuickAdd(SheetScreen[None], Locks[None]):
    """See the module. `fixed` are the raw texts that every card of this column is made with."""

    FOOTER = "quick"
    SCOPES = ("app", "quick", "text")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        ("quick.add", "quick.again", "quick.save", "quick.known", "quick.base", "quick.leave")
    )
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    QuickAdd > #slip { position: absolute; height: auto; background: $panel; }
    """

    def __init__(self, board: int, column: int, fixed: Mapping[str, str]) -> None:
        super().__init__()
        self.board_id, self.column = board, column
        self.fixed = dict(fixed)
        self.subject = f"new in {board}/{'/'.join(sorted(fixed.values()))}"
        self.line = Line(placeholder=say(N_("name, then Enter")), max_length=LONGEST, id="name")
        self.said = _Said()
        self.slip = Stacked(self.line, self.said, id="slip")
        self.parking = self._parking()
        self.base: Option | None = None
        self.known: PartyHit | None = None
        self.party: PartyHit | None = None
        self.despite = ""
        """Of whom one was told that they are known. (M70)"""
        self._search: Latest[str, PartyHit | None] = Latest(self, self._named, self._offer)

    def hindrance(self, shell: Shell) -> Refusal | None:
        """Why no card may be made here at all."""
        return barred.refusal(shell, COMMAND, barred.ids(self.fixed))

    def compose(self) -> ComposeResult:
        yield self.slip
        yield self.footer

    def on_mount(self) -> None:
        found = self.parking.found()
        if found is not None:
            self.parking.take(found)
            self.line.set_raw(found.payload.get("party_name", ""))
            self._tell_kept()
        self.line.focus()
        self.board.begin_adding(self.column, KEPT, self._place)
        self._place()

    def on_resize(self) -> None:
        self.call_after_refresh(self._place)

    @property
    def board(self) -> BoardScreen:
        """The board that this lies over."""
        below = self.under()
        assert isinstance(below, BoardScreen)
        return below

    def _place(self) -> None:
        """At the foot of the column, under its last card; what is said grows upwards where there is no room."""
        if self not in self.app.screen_stack:
            return
        room = self.board.room_of(self.column)
        high = 1 + int(self.said.styles.height.value if self.said.styles.height is not None else 1)
        top = min(self.board.free_row(self.column), room.height - high)
        self.slip.styles.width = room.width
        self.slip.styles.offset = (room.x, room.y + max(0, top))

    def tell(self, sentence: str) -> None:
        self._tell(sentence)

    def _tell(self, words: str, tone: str = "muted") -> None:
        self.said.say(words, tone, self.board.room_of(self.column).width)
        self._place()

    def _tell_kept(self) -> None:
        self._tell(
            say(N_("Taken up from your draft; esc leaves it kept, or drops it where the line is empty."))
        )

    # --- typing -------------------------------------------------------------------------------------------

    def on_field_changed(self, event: Changed) -> None:
        event.stop()
        text = event.raw.strip()
        if self.party is not None and self.party.name != text:
            self.party = None
            self._tell("")
        self.despite = ""
        if self.line.wrong:
            self.line.wrong = False
            self._tell("")
        self.parking.touched()
        if self.party is None:
            self._search.want(text)

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        if event.key == "enter":
            self.action_quick_add()

    def _named(self, text: str) -> PartyHit | None:
        """Who is known already by a name that begins so."""
        if len(text) < LEAST:
            return None
        hits = self.crm.read(parties.search, text, 8).hits
        return next((hit for hit in hits if fold(hit.name).startswith(fold(text))), None)

    def _offer(self, text: str, hit: PartyHit | None) -> None:
        if text != self.line.raw.strip() or self.party is not None:
            return
        before, self.known = self.known, hit
        if hit is not None:
            self._tell(say(N_("tab: {name}, {code}"), name=clean(hit.name), code=hit.code))
        elif before is not None:
            self._tell("")

    def action_quick_known(self) -> None:
        """Take the person who is known by this name, so that no second one is made."""
        hit = self.known
        if hit is None:
            self._tell(say(N_("Nobody is known by this name: Enter makes the person, too.")))
            return
        self.party = hit
        self.line.set_raw(hit.name)
        self._tell(say(N_("for {name}, {code}"), name=clean(hit.name), code=hit.code), "open")

    # --- base card ----------------------------------------------------------------------------------------

    @property
    def offered(self) -> frozenset[str]:
        return self.OFFERS if self._bases() else self.OFFERS - {"quick.base"}

    def _bases(self) -> Sequence[Option]:
        """The base cards of this board."""
        found: Sequence[Option] = self.crm.read(self.shell.pickers["templates"], "", board_id=self.board_id)
        return found

    def action_quick_base(self) -> None:
        """Begin the cards from a base card, until another one is chosen or this is closed. (K14)"""
        bases = self._bases()
        if not bases:
            self._tell(say(N_("This board has no base cards.")))
            return

        def base(number: int, option: Option | None) -> Item:
            label = say(N_("without a base card")) if option is None else clean(option.label)
            now = say(N_("now")) if option == self.base else ""
            return Item(label, now, lambda: self._begin_from(option), key=str(number) if number < 10 else "")

        items = [base(0, None), *(base(n, option) for n, option in enumerate(bases, 1))]
        self.app.push_screen(MenuScreen(say(N_("Base card")), items))

    def _begin_from(self, option: Option | None) -> None:
        self.base = option
        self._tell(say(N_("from {name}"), name=clean(option.label)) if option is not None else "")

    # --- draft --------------------------------------------------------------------------------------------

    def _parking(self) -> Parking:
        return Parking(self, COMMAND, self.subject, self._collect, failed=self.tell)

    def _shape(self) -> dict[str, Any]:
        """The form in which such a card is made in full: what it has no field for, the board, goes with it unseen."""
        unseen = {name: text for name, text in self.fixed.items() if name not in NEW}
        head = {"heading": say(N_("New card")), "fixed": unseen, "context": {"board": self.board_id}}
        return {**head, "raw": self.fixed, "fields": NEW, "again": self.fixed}

    def _collect(self) -> Parked | None:
        text = self.line.raw.strip()
        if not text:
            return None
        payload = {"party_name": text, **self.fixed, SHAPE: json.dumps(self._shape(), ensure_ascii=False)}
        return Parked(payload, {"field": "party_name"}, text)

    def park_now(self) -> bool:
        return self.parking.now()

    async def action_quick_leave(self) -> None:
        """Esc ends; a name that was not made a card is kept for the next `+` here."""
        if self.line.raw.strip():
            if not await self.parking.save():
                return
        else:
            await self.parking.filed()
        self._end()

    def _end(self) -> None:
        board = self.board
        self.dismiss(None)
        board.end_adding()

    # --- saving -------------------------------------------------------------------------------------------

    def action_quick_add(self) -> None:
        self._send(closes=False)

    def action_quick_again(self) -> None:
        self._send(closes=False)

    def action_quick_save(self) -> None:
        self._send(closes=True)

    def _send(self, *, closes: bool) -> None:
        if not self.line.raw.strip():
            self._tell(say(N_("Write a name first; esc ends.")))
            return
        self.locked_while(self._save(closes))

    async def _save(self, closes: bool) -> None:
        who = {"party": f"#{self.party.id}"} if self.party else {"party_name": self.line.raw}
        who |= {"despite": self.despite} if self.despite else {}
        begun = {"template": f"#{self.base.value}"} if self.base is not None else {}
        asked = self.read_as(COMMAND, {**self.fixed, **who, **begun})
        outcome = asked if isinstance(asked, Refusal) else await self.write(asked)
        match outcome:
            case Done():
                await self._made(outcome, closes)
            case Refusal() if outcome.approval or any(name.startswith(MARK) for name in outcome.fields):
                await self._ask_more(outcome)
            case Refusal():
                self.line.wrong = True
                self.despite = " ".join(outcome.warned)
                again = N_("{why} Somebody else? Enter once more; tab takes who is known.")
                told = say(outcome.reason)
                self._tell(say(again, why=told) if outcome.warned else told, "overdue")
            case Conflict():
                raise TypeError(outcome)  # what is new was changed by nobody

    async def _ask_more(self, refusal: Refusal) -> None:
        """The board asks something that one line cannot answer, or somebody has to approve it: the whole form opens
        with what was typed in it."""
        if not await self.parking.save():
            return
        draft, board, shape = self.parking.found(), self.board, self._shape()
        known = {"party": f"#{self.party.id}"} if self.party is not None else {}
        if self.party is not None:
            shape |= {"about": self.party.name, "fields": [n for n in NEW if n not in (*WHO, *REACH)]}
        base = {"template": f"#{self.base.value}"} if self.base is not None else {}
        shape["fixed"] |= known | base
        self._end()
        board.go(
            "card_form",
            command=COMMAND,
            **shape,
            subject=self.subject,
            draft=draft,
            why=refusal,
        )

    async def _made(self, done: Done, closes: bool) -> None:
        await self.parking.filed()
        self.parking, self.party, self.known, self.despite = self._parking(), None, None, ""
        self.line.set_raw("")
        self._begin_from(self.base)
        board = self.board
        if done.entity_id is not None:
            board.added(done.entity_id)
        board.tell(say(N_("{what}   u undoes"), what=say(N_("{number} made"), number=done.ref or "")))
        if closes:
            self._end()
        else:
            self._place()
