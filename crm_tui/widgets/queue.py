"""How a row of the follow-up list looks, its column headings and its group rows.

Knows `QueueRow` and the words of `ui.formats`, but not where rows come from nor what a key does with them.
Cells of a row: 0 bar, 1 mark, 3 glyph, 5 when (13), 19 who (18), 38 what (the rest), then stage (12), value
(9, right), flag (4), one blank cell of margin in which the list draws its scroll mark.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterable
from datetime import datetime, tzinfo
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.strip import Strip

from crm_tui.domain.aside import put_off
from crm_tui.domain.due import DueState
from crm_tui.domain.followup import QueueRow
from crm_tui.domain.text import fold
from crm_tui.i18n import C_, say, say_in
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.rows import Group, RowPainter

if TYPE_CHECKING:
    from crm_tui.domain.list_columns import ListColumn

WIDE: Final = 76
"""Under so many cells stage and value go: both stand in the briefing."""
_WHEN_X, _WHO_X = 5, 19
_WHO, _WHO_LEAST = 18, 14
_WHAT_LEAST = 8
_FLAG, _VALUE, _STAGE = 4, 9, 12

GROUPS: Final = {
    DueState.OVERDUE: C_("band", "Overdue"),
    DueState.TODAY: C_("band", "Today"),
    DueState.INTERNAL: C_("band", "Internal date"),
    DueState.OPEN: C_("band", "Upcoming"),
    DueState.NONE: C_("band", "No next step"),
    DueState.CLOSED: C_("band", "Closed"),
}
"""The name of each band of the day, in the order in which the queue shows them."""


class Columns(NamedTuple):
    """Widths of the columns that give way, in cells; `wide` tells whether stage and value are there."""

    who: int
    what: int
    wide: bool


def columns(width: int) -> Columns:
    """The fixed order of sacrifice: what, then stage and value, then who down to 14, never when nor flag."""
    wide = width >= WIDE
    right = 1 + _FLAG + 1 + (_VALUE + _STAGE + 1 if wide else 0)
    rest = width - _WHO_X - right - 1
    what = rest - _WHO
    if what >= _WHAT_LEAST:
        return Columns(_WHO, what, wide)
    who = max(_WHO_LEAST, min(_WHO, rest - _WHAT_LEAST))
    return Columns(who, max(0, rest - who), wide)


def flags(look: Look, row: QueueRow) -> list[Run]:
    """The flags of a row, worst first; in a list the first is shown, in a briefing and on a card all."""
    found = []
    if row.stale_days is not None:
        found.append(Run(look.glyph("stale") + _few_days(row.stale_days), "stale"))
    if row.late_days is not None:
        found.append(Run(look.glyph("late") + _few_days(row.late_days), "today"))
    if row.reopened:
        found.append(Run(look.glyph("reopened"), "internal"))
    return found


def _few_days(days: int) -> str:
    """Two digits and the unit are all that four cells hold behind the glyph; more is `99+`."""
    return formats.days_short(days) if days <= 99 else "99+"


class Words:
    """The free words of a filter, found in a text whatever their accents and case."""

    __slots__ = ("folded",)

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.folded = tuple(sorted({w for w in map(fold, words) if w}))

    def runs(self, text: str, fg: str, bold: bool = False) -> list[Run]:
        """The text with what matched underlined and accented."""
        hit = self._hits(text) if self.folded else ()
        if not any(hit):
            return [Run(text, fg, bold)]
        runs: list[Run] = []
        for found, part in groupby(zip(text, hit, strict=True), key=lambda pair: pair[1]):
            piece = "".join(char for char, _ in part)
            runs.append(Run(piece, "accent" if found else fg, bold, underline=found))
        return runs

    def _hits(self, text: str) -> list[bool]:
        folded: list[str] = []
        owner: list[int] = []
        for i, char in enumerate(text):
            plain = [
                c for c in unicodedata.normalize("NFKD", char.casefold()) if not unicodedata.combining(c)
            ]
            folded += plain
            owner += [i] * len(plain)
        hit = [False] * len(text)
        whole = "".join(folded)
        for word in self.folded:
            at = whole.find(word)
            while at >= 0:
                for i in range(at, at + len(word)):
                    hit[owner[i]] = True
                at = whole.find(word, at + 1)
        return hit


class QueuePainter(RowPainter[QueueRow]):
    """Paints `QueueRow`s as they are at `now` (aware) for a reader in `zone`. `words` are underlined."""

    def __init__(
        self,
        now: datetime,
        zone: tzinfo,
        words: Iterable[str] = (),
        *,
        sorted_by: str = "when",
        shown: tuple[str, ...] = (),
    ) -> None:
        """`sorted_by`: when, who, what, stage or value; its heading carries the mark. `shown`: the columns behind who
        (`domain.list_columns.TODAY`); none are the usual ones."""
        self.now = now
        self.zone = zone
        self.words = Words(words)
        self.sorted_by = sorted_by
        self.shown = shown

    def stamp(self, row: QueueRow) -> Hashable:
        day = self.now.astimezone(self.zone).date()
        return (
            row,
            row.state(self.now, self.zone),
            put_off(row.snoozed_until, self.now),
            day,
            self.words.folded,
            self.shown,
        )

    def paint(
        self, look: Look, row: QueueRow, width: int, *, cursor: bool, marked: bool, focused: bool
    ) -> Strip:
        """See `RowPainter.paint`; the cells are in the module's docstring."""
        room = columns(width)
        state = row.state(self.now, self.zone)
        flagged = flags(look, row)
        runs = _edge(look, row, cursor and focused, marked)
        when = formats.when_word(row.facts(), self.now, self.zone)
        agreed = _agreed_today(row, state, self.now, self.zone)
        runs.append(Run(f"{look.glyph(state)} {look.pad(when, _WHO_X - _WHEN_X)}", state, agreed))
        aside = put_off(row.snoozed_until, self.now)
        closed = state is DueState.CLOSED or aside
        who = clean(row.party or row.title)
        name = "muted" if closed and not cursor else "bright"
        if self.shown:
            runs += self._chosen(look, row, width, who, name, cursor)
            runs += flagged[:1]
            return paint(look, runs, width, ground_of(cursor=cursor, marked=marked, focused=focused))
        runs += self._cell(look, who, room.who, name, cursor)
        if room.what:
            what = (
                self._aside(look, row, room.what) if aside else self._what(row, state) or look.glyph("dash")
            )
            runs.append(Run(" "))
            runs += self._cell(look, what, room.what, "muted" if closed else "text")
        runs.append(Run(" "))
        if room.wide:
            runs += self._worth(look, row, closed)
        runs += flagged[:1]
        return paint(look, runs, width, ground_of(cursor=cursor, marked=marked, focused=focused))

    def _laid(self, width: int) -> tuple[int, tuple[tuple[ListColumn, int], ...]]:
        from crm_tui.domain.list_columns import TODAY, laid_out

        return laid_out(self.shown, width - _WHO_X - _FLAG - 2, TODAY, _WHO)

    def _chosen(self, look: Look, row: QueueRow, width: int, who: str, tone: str, cursor: bool) -> list[Run]:
        """Who, and the columns that somebody has chosen."""
        name, laid = self._laid(width)
        runs = self._cell(look, who, name, tone, cursor)
        state = row.state(self.now, self.zone)
        muted = state is DueState.CLOSED or put_off(row.snoozed_until, self.now)
        for column, room in laid:
            runs.append(Run("  "))
            if column.key == "value":
                money = formats.money_list(row.value_cents, look.glyph("dash"))
                runs.append(Run(money.rjust(room), "muted" if muted or not row.value_cents else "text"))
            elif column.key == "what" and put_off(row.snoozed_until, self.now):
                runs += self._cell(look, self._aside(look, row, room), room, "muted")
            else:
                told = self._told(row, column.key, state) or look.glyph("dash")
                runs += self._cell(look, told, room, "muted" if muted or column.key == "stage" else "text")
        return [*runs, Run(" ")]

    def _told(self, row: QueueRow, key: str, state: DueState) -> str:
        match key:
            case "what":
                return self._what(row, state)
            case "title":
                return clean(row.title)
            case "stage":
                return clean(row.stage or "")
            case "owner":
                return clean(row.owner or "")
            case "board":
                return clean(row.board or "")
        return row.number or ""

    def _aside(self, look: Look, row: QueueRow, room: int) -> str:
        """`z adiado 24/11`, and what it is about where there is room; of its date nothing is cut."""
        assert row.snoozed_until is not None
        sign = look.glyph("snoozed")
        said = f"{sign} {formats.put_off_until(row.snoozed_until, self.now, self.zone)}"
        if cells(said) > room:
            return sign
        whole = f"{said}  {clean(row.subject or row.title)}"
        return whole if cells(said) + 8 <= room else said

    @staticmethod
    def _what(row: QueueRow, state: DueState) -> str:
        if state is DueState.NONE:
            return ""
        return clean((row.title if state is DueState.CLOSED else row.subject) or row.title)

    @staticmethod
    def _worth(look: Look, row: QueueRow, closed: bool) -> list[Run]:
        """Stage and value share 21 cells; a value of ten takes one from the stage, is never cut."""
        value = formats.money_list(row.value_cents, look.glyph("dash"))
        stage = look.pad(clean(row.stage or ""), min(_STAGE, _STAGE + _VALUE - 1 - cells(value)))
        value = value.rjust(_STAGE + _VALUE - cells(stage))
        tone = "muted" if closed or not row.value_cents else "text"
        return [Run(stage, "muted"), Run(f"{value} ", tone)]

    def _cell(self, look: Look, text: str, room: int, fg: str, bold: bool = False) -> list[Run]:
        shown = look.cut(text, room)
        return [*self.words.runs(shown, fg, bold), Run(" " * (room - cells(shown)), fg)]

    def head(self, look: Look, width: int) -> Strip:
        """The column headings; the sorted one carries the mark."""
        room = columns(width)

        def label(name: str, text: str) -> str:
            return f"{text} {look.glyph('choice')}" if self.sorted_by == name else text

        line = " " * _WHEN_X + look.pad(label("when", say("When")), _WHO_X - _WHEN_X)
        if self.shown:
            name, laid = self._laid(width)
            line += look.pad(label("who", say("Who")), name)
            for column, cells_of in laid:
                head = label(column.key, say(column.head))
                line += "  " + look.pad(head, cells_of, right=column.key == "value")
            return paint(look, [Run(line, "muted")], width)
        line += look.pad(label("who", say("Who")), room.who) + " "
        line += look.pad(label("what", say("What")), room.what) + " "
        if room.wide:
            value = label("value", say("Value R$"))
            stage = look.cut(label("stage", say("Stage")), _STAGE + _VALUE - 1 - cells(value))
            line += stage + " " * (_STAGE + _VALUE - cells(stage) - cells(value)) + value
        return paint(look, [Run(line, "muted")], width)

    def group(self, look: Look, group: Group, width: int) -> Strip:
        """`Vencidos 5 ────── 32.750`, the sum under the values."""
        total = formats.money_list(group.cents, "0")
        end = width - (_FLAG + 2 if columns(width).wide else 1)
        name = look.cut(group.label, max(1, end - 2 - cells(total) - 8))
        head = [Run("  "), Run(name, group.tone, True), Run(f" {formats.number(group.count)} ", "muted")]
        used = sum(cells(run.text) for run in head)
        rule = look.rule(end - used - cells(total) - 1)
        return paint(look, [*head, Run(rule, "line"), Run(f" {total}", "muted")], width)


def _agreed_today(row: QueueRow, state: DueState, now: datetime, zone: tzinfo) -> bool:
    """An hour of today that is to be kept, or has come: its word is bold, with and without colours. (M76)"""
    if row.start_at is None or state not in (DueState.OVERDUE, DueState.TODAY):
        return False
    return row.start_at.astimezone(zone).date() == now.astimezone(zone).date()


def _edge(look: Look, row: QueueRow, live: bool, marked: bool) -> list[Run]:
    """Cells 0 to 2: the bar (orange if stale, blue at the cursor; if both, orange) and the mark."""
    tone = "stale" if row.stale_days is not None else "accent"
    bar = look.glyph("bar") if live or row.stale_days is not None else " "
    return [Run(bar, tone), Run(look.glyph("mark") if marked else " ", "accent"), Run(" ")]


def bands(counts: Iterable[tuple[DueState, int, int]]) -> list[Group]:
    """The group rows of a queue ordered by state, from (state, rows, sum in cents); empty bands have none."""
    found, start = [], 0
    for state, count, cents in counts:
        if count:
            tone = "muted" if state is DueState.CLOSED else state.value
            found.append(Group(start, say_in("band", GROUPS[state]), count, cents, tone))
            start += count
    return found
