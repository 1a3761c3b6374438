"""The story of a card, of a person or of everybody: entries by day, the newest first, with a cursor over them.

Used by the history, by the person's and the card's screen, and over the text of the note editor. Reads through
views, page by page; what a chosen entry is for (quoting, copying) is told as a message or asked by the screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby

from textual.message import Message

from crm_tui.domain.board import BoardCard
from crm_tui.domain.events.note import AttendanceTakenIn, CommentAdded, NoteAmended, NoteFiled, NoteTakenIn
from crm_tui.domain.form_read import told
from crm_tui.domain.story_filter import StoryAsked, kind_names
from crm_tui.domain.text import fold
from crm_tui.domain.trail import Entry, Redone, Undone
from crm_tui.i18n import N_, language, say, say_n
from crm_tui.screens.core.reach import reaches
from crm_tui.services.board import views as boards
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.reading import Denied
from crm_tui.services.trail import views as trails
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.ui.sentences import sentence
from crm_tui.widgets.looks import Run, cells, clean
from crm_tui.widgets.pane import Line, Pane
from crm_tui.widgets.queue import Words

PAGE = 100
"""Entries per reading: 1 ms, and more than a screen of 100 rows shows."""
SEARCHED = 1000
"""So many entries back a filter looks by itself; the cursor at the end reads on."""
AUTHOR = 5
TONES = {"positive": "open", "neutral": "muted", "negative": "overdue"}
SAID = frozenset(
    (NoteFiled.kind, NoteAmended.kind, CommentAdded.kind, NoteTakenIn.kind, AttendanceTakenIn.kind)
)
"""Kinds that somebody said; everything else follows from work and is told in one muted line."""


@dataclass(frozen=True, slots=True)
class Source:
    """Whose story: a card's, a person's over all cards, a board's, or without any of them everybody's."""

    crm: Crm
    card: int | None = None
    party: int | None = None
    board: int | None = None

    def meant(self, line: str) -> StoryAsked:
        """What a line asks for; words alone where the profile reaches no more."""
        if not reaches(self.crm, trails.meant):
            return StoryAsked(words=line, shown=line)
        found: StoryAsked = self.crm.read(trails.meant, line)
        return found

    def total(self) -> int | None:
        """How many entries a card or person has, at most `trails.COUNTED`; of a board or everybody nobody counts."""
        if self.card is not None:
            return int(self.crm.read(trails.how_many_of_card, self.card))
        return None if self.party is None else int(self.crm.read(trails.how_many_of_party, self.party))

    def page(self, before: int, asked: StoryAsked) -> list[Entry]:
        """The entries before an event id, the newest first; `Denied` if the profile does not reach them. Those of a
        card or person are what is asked; of the others whoever reads on looks for it."""
        found: list[Entry]
        if self.card is not None:
            found = self.crm.read(trails.of_card, self.card, before=before, most=PAGE, asked=asked)
        elif self.party is not None:
            found = self.crm.read(trails.of_party, self.party, before=before, most=PAGE, asked=asked)
        elif self.board is not None:
            found = self.crm.read(trails.of_board, self.board, before=before, most=PAGE)
        else:
            found = self.crm.read(trails.everything, before=before, most=PAGE)
        return found

    def cards(self, entries: Sequence[Entry]) -> dict[int, BoardCard]:
        """The cards that the entries are about, where that differs from entry to entry."""
        if self.card is not None:
            return {}
        ids = {e.card_id for e in entries if e.card_id is not None}
        return {card.id: card for card in self.crm.read(boards.cards, sorted(ids))}


class Teller:
    """Puts entries into lines for this look, moment and zone. `words` of a filter are underlined."""

    def __init__(
        self, look: Look, now: datetime, zone: tzinfo, words: str = "", *, standard: bool = False
    ) -> None:
        """`standard`: of all entries only the notes that used a standard text hold. (B60)"""
        self.look, self.now, self.zone = look, now, zone
        self.standard = standard
        self.words = Words(words.split())

    def told(self, entry: Entry) -> str:
        """The sentence of an entry."""
        return sentence(entry.kind, entry.params, self.now, self.zone, ascii=self.look.ascii)

    def text(self, entry: Entry) -> str:
        """An entry as plain text, as it is copied or quoted."""
        at = formats.stamp(entry.at, self.now, self.zone)
        head = f"{at} {entry.actor or ''}".strip()
        said = [entry.body] if entry.body else [f"{words}: {given}" for words, given in self.answers(entry)]
        return "\n".join([f"{head}: {self.told(entry)}", *said])

    def holds(self, entry: Entry) -> bool:
        """Whether every word of the filter is in the entry, without accents, in any order."""
        if self.standard and not entry.standard:
            return False
        given = " ".join(f"{words} {said}" for words, said in self.answers(entry))
        said = fold(f"{self.told(entry)} {entry.body or given} {entry.actor or ''} {entry.reason or ''}")
        return all(word in said for word in self.words.folded)

    def day(self, day: date) -> Line:
        """The heading of a day."""
        today = self.now.astimezone(self.zone).date()
        return Line((Run(formats.day_title(day, today), "muted"),), rule=True)

    def lines(self, entry: Entry, about: str, *, author: bool, most: int = 0) -> list[Line]:
        """An entry: hour, author, sentence; under it what was said, of which `most` rows are shown (0: all)."""
        who = self.look.pad((entry.actor or "") if author else "", AUTHOR)
        lead = f"{formats.clock(entry.at, self.zone)}  {who}  "
        tone, bold = self._tone(entry)
        struck = entry.void or entry.correction is not None
        right = (Run(about, "muted"),) if about else ()
        head = Line(
            (Run(lead, "muted"), *self.words.runs(self.told(entry), tone, bold)), right=right, hang=len(lead)
        )
        found = [head]
        indent = Run(" " * cells(lead))
        if entry.reason:
            found.append(Line((indent, *self.words.runs(entry.reason, "muted")), hang=cells(lead)))
        for part in (entry.body or "").rstrip().split("\n") if entry.body else ():
            said = self.words.runs(part, "muted" if struck else "text")
            found.append(Line((indent, *said), hang=cells(lead), most=most))
        for asked, answer in self.answers(entry):
            runs = [indent, *self.words.runs(f"{asked}: ", "muted"), *self.words.runs(answer, "text")]
            found.append(Line(tuple(runs), hang=cells(lead) + 2, most=most))
        found += self._became(entry, indent, cells(lead), most)
        return found

    def answers(self, entry: Entry) -> list[tuple[str, str]]:
        """What was said to which question of a form; where it was answered again, what is another now."""
        again = str(entry.params.get("questions", ""))
        shown = [(q, v) for q, v in entry.answers if not again or q.label in again]
        found = []
        for question, value in shown:
            words = told(question, value, formats.money)
            found.append((clean(question.label), clean(words if isinstance(words, str) else say(words))))
        return found

    def _became(self, entry: Entry, indent: Run, hang: int, most: int) -> list[Line]:
        """What has become of a note, said under it: that it is void, what corrects it; and the files that it has."""
        found: list[Line] = []
        if entry.void:
            found.append(Line((indent, Run(say(N_("void: it counts no more")), "overdue")), hang=hang))
        elif entry.correction is not None and entry.correction.at is not None:
            at = formats.stamp(entry.correction.at, self.now, self.zone)
            told = say(N_("corrected by {who}, {when}:"), who=entry.correction.by, when=at)
            found.append(Line((indent, Run(told, "today")), hang=hang))
            for part in entry.correction.body.rstrip().split("\n"):
                found.append(
                    Line((indent, Run("  "), *self.words.runs(part, "text")), hang=hang + 2, most=most)
                )
        if entry.files:
            names = ", ".join(f"{file.filename} {formats.size(file.size)}" for file in entry.files)
            told = say_n("file: {names}", "files: {names}", len(entry.files), names=names)
            found.append(Line((indent, Run(told, "muted")), hang=hang))
        return found

    @staticmethod
    def _tone(entry: Entry) -> tuple[str, bool]:
        if entry.kind == NoteFiled.kind:
            return "muted" if entry.void else TONES.get(str(entry.params.get("tone")), "text"), False
        if entry.kind in (Undone.kind, Redone.kind):
            return "internal", False
        return ("text" if entry.kind in SAID else "muted"), False


def by_batch(entries: Sequence[Entry]) -> Iterator[tuple[Entry, bool]]:
    """Entries with the newest batch first, each batch in the order in which it happened.

    A parecer stands over the step and the move that came of it; True marks the first one, which names who.
    """
    for _, batch in groupby(entries, key=lambda e: e.batch):
        for n, entry in enumerate(reversed(list(batch))):
            yield entry, n == 0


class StoryPane(Pane):
    """The entries of a source in a pane. `choose` entries with `step`; `entry` is the chosen one."""

    class Grown(Message, namespace="story"):
        """Older entries were read: there are more to count."""

    DEFAULT_CSS = "StoryPane { width: 1fr; height: 1fr; }"

    def __init__(self, *, ground: str = "background", most: int = 0, id: str | None = None) -> None:
        """`most`: rows of a text that are shown, 0 for all."""
        super().__init__(ground=ground, gap=0, focusable=True, id=id)
        self.source: Source | None = None
        self.words = ""
        self.standard = False
        self._most = most
        self.asked = StoryAsked()
        self.total: int | None = None
        """How many there are without the filter, while there is one; None: that is not counted."""
        self._read: list[Entry] = []
        self._end = False
        self._shown: list[Entry | None] = []
        """The entry of each block; None for the heading of a day."""
        self.refused = ""

    # --- reading ------------------------------------------------------------------------------------------

    def tell(self, source: Source, words: str = "", *, standard: bool = False) -> None:
        """Show a source from its newest entry; the same one again keeps cursor and offset."""
        same = (source, words, standard) == (self.source, self.words, self.standard)
        wanted = len(self._read) if same else 0
        chosen = self.entry
        self.source, self.words, self.standard = source, words, standard
        self._read, self._end, self.refused = [], False, ""
        self._ask(source)
        while not self._end and (len(self._read) < max(wanted, PAGE) or self._hungry()):
            self._read_on()
        self._draw(chosen if same else None, keep=same)

    def _ask(self, source: Source) -> None:
        """What the words ask for, and how many entries that is of."""
        try:
            self.asked = source.meant(self.words) if self.words else StoryAsked()
            self.total = source.total() if self._narrowed else None
        except Denied as denied:
            self.refused, self._end = say(denied.reason), True

    def _hungry(self) -> bool:
        """A filter goes on looking until it has a page of answers or has looked far enough."""
        return self._narrowed and len(self._read) < SEARCHED and len(self._matching()) < PAGE

    def _read_on(self) -> None:
        if self.source is None:
            return
        try:
            page = self.source.page(self._read[-1].id if self._read else trails.NEWEST, self.asked)
        except Denied as denied:
            page, self.refused = [], say(denied.reason)
        self._read += page
        self._end = len(page) < PAGE

    def _grow(self, chosen: Entry | None) -> None:
        self._read_on()
        self._draw(chosen, keep=True)
        self.post_message(self.Grown())

    def _teller(self) -> Teller:
        crm = self.source.crm if self.source is not None else None
        assert crm is not None
        return Teller(self.look, crm.clock(), crm.viewer.zone, self.asked.words, standard=self.standard)

    @property
    def _narrowed(self) -> bool:
        return bool(self.words) or self.standard

    def _matching(self) -> list[Entry]:
        if not self._narrowed:
            return self._read
        teller = self._teller()
        return [entry for entry in self._read if self.asked.holds(entry) and teller.holds(entry)]

    @property
    def found(self) -> tuple[int, bool]:
        """How many entries are shown, and whether there may be more."""
        return sum(e is not None for e in self._shown), not self._end

    # --- drawing ------------------------------------------------------------------------------------------

    def _draw(self, chosen: Entry | None, *, keep: bool) -> None:
        if self.source is None:
            return
        teller = self._teller()
        entries = self._matching()
        cards = self.source.cards(entries)
        blocks: list[list[Line]] = []
        self._shown = []
        zone = self.source.crm.viewer.zone
        for day, of_day in groupby(entries, key=lambda e: e.at.astimezone(zone).date()):
            blocks.append([teller.day(day)])
            self._shown.append(None)
            for entry, first in by_batch(list(of_day)):
                about = self._about(entry, cards)
                blocks.append(teller.lines(entry, about, author=first, most=self._most))
                self._shown.append(entry)
        if not blocks:
            blocks = [[Line((Run(self.refused or self._nothing(), "muted"),))]]
            self._shown = [None]
        at = next((n for n, e in enumerate(self._shown) if e and chosen and e.id == chosen.id), None)
        self.set_blocks(blocks, keep=keep)
        if at is not None:
            self.choose(at)

    def _nothing(self) -> str:
        if self.standard and not self.words:
            return say(N_("No note here used a standard text."))
        if self.words:
            kinds = ", ".join(kind_names(language()))
            return say(N_("Nothing matches. Kinds there are: {kinds}"), kinds=kinds)
        return say(N_("Nothing has happened here yet."))

    def _about(self, entry: Entry, cards: Mapping[int, BoardCard]) -> str:
        card = cards.get(entry.card_id) if entry.card_id is not None else None
        if card is None:
            return ""
        whole = self.source is not None and self.source.party is None
        return f"{card.number}  {card.party}" if whole and card.party else card.number

    # --- the cursor -----------------------------------------------------------------------------------------

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return (
            self._shown[self.chosen] if self.chosen is not None and self.chosen < len(self._shown) else None
        )

    def on_focus(self) -> None:
        if self.chosen is None:
            self.step(0)

    def step(self, by: int) -> None:
        """The cursor to the next entry down or up; at the end older ones are read."""
        places = [n for n, entry in enumerate(self._shown) if entry is not None]
        if not places:
            return
        now = places.index(self.chosen) + by if self.chosen in places else 0
        if now >= len(places) and not self._end:
            before = self.entry
            self._grow(before)
            places = [n for n, entry in enumerate(self._shown) if entry is not None]
        self.choose(places[max(0, min(now, len(places) - 1))])

    def _beyond(self) -> int:
        """Rows of the chosen entry that lie under the pane's end."""
        rows = [y for y, (block, _) in enumerate(self._laid()) if block == self.chosen]
        return max(0, rows[-1] + 1 - self._top - self.size.height) if rows else 0

    def action_pane_down(self) -> None:
        """To the next entry; one that is higher than the pane is scrolled to its end first."""
        if self._beyond():
            self.scroll_rows(1)
        else:
            self.step(1)

    def action_pane_up(self) -> None:
        self.step(-1)
        if self.chosen is not None and self.chosen <= 1:
            self.scroll_rows(-1)

    def action_pane_page_down(self) -> None:
        self._page(1)

    def action_pane_page_up(self) -> None:
        self._page(-1)

    def _page(self, way: int) -> None:
        """A screen further; the cursor goes to the first entry that is seen whole."""
        height = max(1, self.size.height - 1)
        if way > 0 and self._top + 2 * height > len(self._laid()) and not self._end:
            self._grow(self.entry)
        self.scroll_rows(way * height)
        first: dict[int, int] = {}
        for y, (block, _) in enumerate(self._laid()):
            first.setdefault(block, y)
        seen = [b for b, y in first.items() if y >= self._top and self._shown[b] is not None]
        if seen:
            self.choose(seen[0])

    def action_pane_first(self) -> None:
        self.choose(None)
        super().action_pane_first()
        self.step(0)

    def action_pane_last(self) -> None:
        places = [n for n, entry in enumerate(self._shown) if entry is not None]
        if places:
            self.choose(places[-1])
