"""Histórico: what happened to a card, to a person, on a board, or to everybody, the newest first. (JOBS 9)

From the note editor it opens over the text and goes back to the same letter; there `enter` quotes an entry.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult

from crm_tui.domain.board import BoardRow, CardDetail
from crm_tui.domain.party import PartyDetail
from crm_tui.domain.text import sanitise
from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.filterline import Filters
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.note_deeds import FILED
from crm_tui.screens.core.place import Place
from crm_tui.screens.core.story import Source, StoryPane, Teller
from crm_tui.services.board import views as boards
from crm_tui.services.party import views as parties
from crm_tui.services.trail.views import COUNTED
from crm_tui.ui import formats
from crm_tui.ui.footers import footer
from crm_tui.widgets.bars import ROOMY, Footer, Title
from crm_tui.widgets.looks import Run
from crm_tui.widgets.pane import Line, Pane


class HistoryScreen(Filters, Navigates, Place[None]):
    """See the module. `quote` takes the text of a chosen entry; without it `enter` opens the entry's card."""

    OVER = True
    FOOTER = "history"
    FILTER_HINT = N_("kind:note by:ana on:week words")
    SCOPES = ("app", "place", "history")
    OFFERS: ClassVar[frozenset[str]] = NAV | {
        *("hi.filter", "hi.std", "hi.quote", "hi.copy", "hi.note", "hi.close", "hi.actions", "place.history")
    }
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    HistoryScreen #agreed { height: 1; }
    HistoryScreen #agreed.-none { display: none; }
    """

    def __init__(
        self,
        *,
        card: int | None = None,
        party: int | None = None,
        board: int | None = None,
        quote: Callable[[str], Any] | None = None,
        filtering: bool = False,
        **_: Any,
    ) -> None:
        """`filtering`: the line for the filter is open from the start."""
        super().__init__()
        self._filtering = filtering
        self.card, self.party, self.board = card, party, board
        self._quote = quote
        self.standard = False
        self.agreed = Pane(id="agreed", gap=0)
        self.story = StoryPane(id="story")

    # --- what is shown ------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        yield self.title_bar
        yield self.agreed
        yield self.story

    def on_mount(self) -> None:
        self.read()
        self.story.focus()
        if self._filtering:
            self.run_worker(self.action_view_filter())

    def _source(self) -> Source:
        return Source(self.crm, self.card, self.party, self.board)

    @property
    def _whole(self) -> bool:
        """Whether everybody's story is shown already."""
        return self.card is None and self.party is None and self.board is None

    def action_place_history(self) -> None:
        """From the story of one to that of everybody, over which `esc` goes back as before."""
        if not self._whole:
            self.card = self.party = self.board = None
            self.read()
            self.show_footer()

    def read(self) -> None:
        self.story.tell(self._source(), self.words, standard=self.standard)
        self._show_agreed()
        self.show_title()

    def _show_agreed(self) -> None:
        """What was agreed comes first: it is what one asks for in the middle of a call."""
        card = self._card()
        self.agreed.set_class(card is None or card.next_subject is None, "-none")
        if card is not None and card.next_subject is not None:
            state = card.state(self.now, self.zone)
            when = formats.when_long(card.facts(), self.now, self.zone)
            words = f"{self.shell.look.glyph(state)} {card.next_subject}, {when}"
            label = say(N_("Next step")) + "  " if self.app.size.width >= ROOMY else ""
            self.agreed.set_blocks([[Line((Run(label, "muted"), Run(words, state)), most=1)]])

    def _card(self) -> CardDetail | None:
        found: CardDetail | None = self.crm.read(boards.detail, self.card) if self.card is not None else None
        return found

    def head(self) -> Title:
        title = say(N_("History, standard texts only")) if self.standard else say(N_("History"))
        return Title(title, self.words or self._about(), count=self.matches())

    def _about(self) -> str:
        card = self._card()
        if card is not None:
            return "  ".join(part for part in (card.number, card.party, card.title) if part)
        if self.party is not None:
            party: PartyDetail | None = self.crm.read(parties.detail, self.party)
            return f"{party.name}  {party.code}" if party is not None else ""
        if self.board is not None:
            rows: list[BoardRow] = self.crm.read(boards.boards)
            return next((say(N_("of {board}"), board=b.name) for b in rows if b.id == self.board), "")
        return say(N_("of everybody, the newest first"))

    def show_footer(self) -> None:
        """Quoting is shown only where there is a text to quote in, everybody's story where it is not shown yet."""
        missing = (set() if self._quote else {"hi.quote"}) | ({"place.history"} if self._whole else set())
        typing = self.filter_line is not None and self.filter_line.typing
        alone = "history.all" if self._whole else "history.one"
        *hints, last = footer(
            "filterline" if typing else self.FOOTER if self._quote else alone,
            self.size.width or self.app.size.width,
            only={"fl.apply", "fl.list", "fl.close"} if typing else self.OFFERS - missing,
            ascii=self.shell.look.ascii,
        )
        self.footer.show(Footer(tuple(hints), last))

    def on_story_grown(self) -> None:
        self.show_title()

    def on_descendant_focus(self) -> None:
        self.show_footer()

    # --- the filter -----------------------------------------------------------------------------------------

    async def action_hi_filter(self) -> None:
        await self.action_view_filter()

    def narrow(self, words: str) -> None:
        if words != self.words:
            self.words = words
            self.story.tell(self._source(), words, standard=self.standard)
            self.tell_matches()
        self.show_title()

    def matches(self) -> str:
        """How many are shown; while they are narrowed, of how many."""
        shown, more = self.story.found
        found = f"{formats.number(shown)}{'+' if more else ''}"
        if self.story.total is None:
            return found
        most = self.story.total >= COUNTED
        total = f"{formats.number(COUNTED - 1)}+" if most else formats.number(self.story.total)
        return say(N_("{found} of {total}"), found=found, total=total)

    def to_list(self) -> None:
        self.story.focus()

    # --- keys ---------------------------------------------------------------------------------------------

    def target(self) -> Pane:
        return self.story

    def action_hi_quote(self) -> None:
        entry = self.story.entry
        if entry is None:
            return
        if self._quote is not None:
            self._quote(entry.body or self._teller().told(entry))
            self.dismiss(None)
        elif entry.card_id is not None and entry.card_id != self.card:
            self.go("card", card=entry.card_id)
        else:
            self.tell(say(N_("This entry belongs to what is open already.")))

    def action_hi_std(self) -> None:
        """`s`: only the notes that used a standard text; once more: the whole history. (B59, B60)"""
        self.standard = not self.standard
        self.read()

    def action_hi_note(self) -> None:
        """`o`: a note that was filed is corrected, or made void."""
        entry = self.story.entry
        if entry is None or entry.kind not in FILED:
            self.tell(say(N_("Only a filed note is corrected or made void.")))
        else:
            self.go("note_menu", note=entry.entity_id)

    def acted(self, done: int, what: str, left: Sequence[int] = ()) -> None:
        """A note was corrected, or made void, over this screen."""
        self.read()
        self.tell(what)

    def action_hi_copy(self) -> None:
        entry = self.story.entry
        if entry is not None:
            self.app.copy_to_clipboard(sanitise(self._teller().text(entry)))
            self.tell(say(N_("sent to the terminal: {what}"), what=self._teller().told(entry)))

    def _teller(self) -> Teller:
        return Teller(self.shell.look, self.now, self.zone)

    def action_hi_actions(self) -> None:
        """Only what was registered, of the same card or person, or of everybody. (T13)"""
        self.go("actions", card=self.card, party=self.party)

    def action_hi_close(self) -> None:
        """One step: the filter first, then back to where one was."""
        if self.words:
            self.narrow("")
        else:
            self.action_app_back()
